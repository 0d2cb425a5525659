"""
Whose seal it is, since when it stands, and what may be said of it: never more than was checked.

Not checked, and said so in the facts: whether a certificate was revoked, and what a file carries for the long
term (revocation values, archive time-stamps).

Source:
    ETSI EN 319 102-1 v1.4.1, section 5 (validation of basic signatures and of those with time), of which a
    part is done here; ETSI EN 319 412-1, section 5.1.4 (identifiers of organisations).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sceau.errors import (
    CertificateExpiredError,
    OtherOrganisationError,
    ProofNotYetError,
    SceauError,
    SealCertificateError,
    UnknownAnchorError,
    UnsupportedTimeStampError,
)
from sceau.keys import timestamps, x509
from sceau.keys.x509 import Certificate, VerifiedChain
from sceau.model import moments
from sceau.proofs import jades
from sceau.proofs.jades import Jades, Level, Stamped
from sceau.verifying.proofs import failure
from sceau.verifying.report import Check, Outcome, Question
from sceau.verifying.trust import Anchors

OTHER_NAME, NO_ORGANISATION = "seal.other_name", "seal.no_organisation"
_CLOCK_SKEW = timedelta(minutes=5)
_MAX_TEXT = 200
_MAX_NAMES = 64
# A word of its own: «Test-Achats» is an organisation.
_TEST = re.compile(r"(?<![\w-])(?:test|demo|sample|dummy|essai|prueba)(?![\w-])", re.IGNORECASE)
_IDENTIFIER = re.compile(r"(VAT|NTR|PSD|LEI|[A-Z]{2}:)([A-Z]{2})-(.+)")


class Kind(StrEnum):
    """What may be said of a seal, from the least."""

    UNSEALED = "unsealed"
    """There is none."""
    BROKEN = "broken_seal"
    """It does not hold: the content is not what was sealed, or the seal is not made as it must be."""
    UNKNOWN = "unknown_seal"
    """The content is what was sealed with some key; that its certificate is good is not shown."""
    TEST = "test_seal"
    """Its certificate says itself that it is a test, whoever issued it."""
    ORGANISATION = "organisation_key"
    """Sealed with the key of an organisation, whose name an authority that the operator trusts confirms."""
    EIDAS = "eidas_seal"
    """The same, by a certificate for seals that says it is qualified, from a service of a trusted list."""


@dataclass(frozen=True)
class StampFacts:
    """
    Attributes:
        signs_seal: About the seal, not about the payload alone.
        time: What it says; None where it cannot be read.
        authority: Common name of whoever says so, as the token has it; empty where it does not hold.
        outcome: Passed: it holds, and somebody who is trusted says so. Failed: altered, or about something
            else. Indeterminate: the authority is not known here, or its certificate has ended since.
        code: Why it did not pass.
    """

    signs_seal: bool
    time: datetime | None
    authority: str
    outcome: Outcome
    code: str = ""
    detail: str = ""


@dataclass(frozen=True)
class SealFacts:
    """
    What was found.

    Attributes:
        outcome: Of the seal alone: passed where the content is what the certificate's key sealed.
        certificate: The signer's; None where it could not be read. What it says counts with `chain` only.
        chain: To an anchor, each certificate valid at `existed_at`, or at the moment of verification; None
            where that is not shown.
        under_trusted_list: The anchor is one of `Anchors.trusted_list`.
        level: That the file has the components of.
        unchecked: Names of what it carries and nobody here checks.
        claimed_at: When the signer says that it was sealed.
        existed_at: Since when the seal exists, by a time-stamp that is trusted.
        revocation_checked: Always false.
    """

    outcome: Outcome
    algorithm: str
    level: Level
    unchecked: tuple[str, ...]
    certificate: Certificate | None = None
    chain: VerifiedChain | None = None
    under_trusted_list: bool = False
    claimed_at: datetime | None = None
    existed_at: datetime | None = None
    time_stamps: tuple[StampFacts, ...] = ()
    revocation_checked: bool = False

    @property
    def says_test(self) -> bool:
        """The certificate says that it is a test."""
        if self.certificate is None:
            return False
        names = (self.certificate.common_name, self.certificate.organisation)
        return any(_TEST.search(name) for name in names)


@dataclass(frozen=True)
class SealReport:
    """
    Attributes:
        checks: ``"seal"`` (intact); ``"seal_time_stamp"`` (intact) for each time-stamp that holds or does not
            hold, and none for one of an unknown authority, which takes nothing away from the seal;
            ``"seal_certificate"`` (issuer).
    """

    facts: SealFacts
    checks: tuple[Check, ...]


def verify(
    sealed: Jades,
    *,
    at: datetime,
    anchors: Anchors,
    algorithms: Collection[str] = jades.ALGORITHMS,
    clock_skew: timedelta = _CLOCK_SKEW,
) -> SealReport:
    """
    Verify a seal: the signature over the exact bytes, its time-stamps, its certificate and the chain of it.

    The certificate must be valid at the time that a trusted time-stamp shows, or else at *at*. One that has
    ended since, with no such time, is indeterminate: what the signer says of the time can be made up later.

    Args:
        at: The moment of verification; aware.
        algorithms: Those the caller accepts, among `jades.ALGORITHMS`.

    Raises:
        DataModelError: *at* is naive.
    """
    moments.write(at)
    facts = SealFacts(Outcome.PASSED, sealed.algorithm[:40], sealed.level, sealed.unchecked)
    try:
        leaf = jades.check(sealed, algorithms=algorithms)
        claimed = sealed.claimed_time()
        if claimed is not None and claimed > at + clock_skew:
            raise ProofNotYetError(
                f"expected a seal made before {moments.write(at)}, met {moments.write(claimed)}"
            )
        stamped = sealed.time_stamps()
    except SceauError as error:
        met = failure("seal", Question.INTACT, error, {"algorithm": facts.algorithm})
        return SealReport(replace(facts, outcome=met.outcome), (met,))
    stamps = tuple(_stamp_facts(one, anchors.time_stamping, at, clock_skew) for one in stamped)
    shown = [one.time for one in stamps if one.signs_seal and one.outcome is Outcome.PASSED and one.time]
    facts = replace(
        facts,
        certificate=leaf,
        claimed_at=claimed,
        existed_at=min(shown) if shown else None,
        time_stamps=stamps,
    )
    facts, certified = _certified(sealed, leaf, facts, anchors, at)
    seal = Check("seal", Question.INTACT, Outcome.PASSED, facts={"algorithm": facts.algorithm})
    return SealReport(facts, (seal, *_stamp_checks(stamps), certified))


def kind_of_seal(facts: SealFacts | None) -> Kind:
    """
    What may be said of a seal; None where the file has none.

    That a certificate says «qualified» counts under the trusted list alone, and that it says «test» counts
    whoever issued it.
    """
    if facts is None:
        return Kind.UNSEALED
    if facts.outcome is Outcome.FAILED:
        return Kind.BROKEN
    if facts.outcome is not Outcome.PASSED or facts.certificate is None:
        return Kind.UNKNOWN
    if facts.says_test:
        return Kind.TEST
    if facts.chain is None or not facts.certificate.organisation:
        return Kind.UNKNOWN
    issued = len(facts.chain.certificates) > 1
    qualified = facts.certificate.says_qualified and facts.certificate.says_seal
    return Kind.EIDAS if facts.under_trusted_list and issued and qualified else Kind.ORGANISATION


def names_issuer(facts: SealFacts, *, names: Iterable[str], identifiers: Iterable[str] = ()) -> Check:
    """
    Is the certificate's organisation the one that the credential names as its issuer?

    Passed only where every name is the certificate's: whoever seals writes the credential too, and could put
    another's name beside his own number. So the same number with another name is indeterminate, and it is for
    a person to see both; another number, or nothing in common, has failed.

    The name is the certificate's own word as long as `SealFacts.chain` is None: read it beside the check
    ``"seal_certificate"``, which is of the same question.

    Its facts have both sides, so that a page can show one beside the other: ``organisation`` and
    ``organisation_identifier`` of the certificate; ``issuer_names`` and ``issuer_identifiers`` of the
    credential (only those that can be compared); where they part, ``differs`` is ``"number"`` or ``"name"``.

    Args:
        names: The issuer's legal name in each language.
        identifiers: Its registrations as certificates write them: ``"VATFR-12345678901"``,
            ``"NTRFR-123456789"``. Others are passed over. In France, the SIREN inside is compared.
    """
    name = "seal_names_issuer"
    certificate = facts.certificate
    if certificate is None:
        error = SealCertificateError("expected a certificate that can be read, met none")
        return Check(name, Question.ISSUER, Outcome.INDETERMINATE, error.code, str(error))
    given = [one.strip() for one in list(names)[:_MAX_NAMES] if one.strip()]
    numbers = [one for one in list(identifiers)[:_MAX_NAMES] if _number(one) is not None]
    told: dict[str, Any] = {
        "organisation": certificate.organisation[:_MAX_TEXT],
        "organisation_identifier": certificate.organisation_identifier[:_MAX_TEXT],
        "issuer_names": [one[:_MAX_TEXT] for one in given],
        "issuer_identifiers": [one[:_MAX_TEXT] for one in numbers],
    }
    if not certificate.organisation and not certificate.organisation_identifier:
        detail = "expected a certificate of an organisation, met one that names none"
        return Check(name, Question.ISSUER, Outcome.INDETERMINATE, NO_ORGANISATION, detail, told)
    same_number = _same_number(certificate.organisation_identifier, numbers)
    mine = _plain(certificate.organisation)
    matching = [one for one in given if mine and _plain(one) == mine]
    if same_number is not False and matching and len(matching) == len(given):
        return Check(name, Question.ISSUER, Outcome.PASSED, facts=told)
    told["differs"] = "number" if same_number is False else "name"
    shown = (certificate.organisation or certificate.organisation_identifier)[:_MAX_TEXT]
    named = ", ".join(repr(one[:_MAX_TEXT]) for one in given[:3]) or "nobody"
    if same_number or (same_number is None and matching):
        detail = (
            f"expected one name of issuer and certificate, met the issuer {named}, the certificate {shown!r}"
        )
        return Check(name, Question.ISSUER, Outcome.INDETERMINATE, OTHER_NAME, detail, told)
    what = "number" if same_number is False else "name"
    other = OtherOrganisationError(
        f"expected a certificate of the issuer, {named}, met one of {shown!r}: another {what}"
    )
    return failure(name, Question.ISSUER, other, told)


def _certified(
    sealed: Jades, leaf: Certificate, facts: SealFacts, anchors: Anchors, at: datetime
) -> tuple[SealFacts, Check]:
    when = facts.existed_at or at
    try:
        loose = [*sealed.certificates()[1:], *sealed.loose_certificates()]
        chain, under_list = _chain(leaf, loose, anchors, when)
    except SceauError as error:
        met = failure("seal_certificate", Question.ISSUER, error, _told(facts))
        if _may_have_been_valid(error, facts):
            met = replace(met, outcome=Outcome.INDETERMINATE)
        return facts, met
    facts = replace(facts, chain=chain, under_trusted_list=under_list)
    return facts, Check("seal_certificate", Question.ISSUER, Outcome.PASSED, facts=_told(facts))


def _chain(
    leaf: Certificate, loose: Sequence[Certificate], anchors: Anchors, when: datetime
) -> tuple[VerifiedChain, bool]:
    """The chain, by the trusted list first; else the error that says most."""
    errors: list[SceauError] = []
    for trusted, is_list in ((anchors.trusted_list, True), (anchors.authorities, False)):
        try:
            return x509.verify_chain(x509.arranged(leaf, loose, trusted), trusted, at=when), is_list
        except SceauError as error:
            errors.append(error)
    raise next((error for error in errors if not isinstance(error, UnknownAnchorError)), errors[0])


def _may_have_been_valid(error: SceauError, facts: SealFacts) -> bool:
    """Ended by now, and sealed before by the signer's own word, which nobody confirms."""
    leaf, claimed = facts.certificate, facts.claimed_at
    if not isinstance(error, CertificateExpiredError) or facts.existed_at or leaf is None or claimed is None:
        return False
    return leaf.not_before <= claimed <= leaf.not_after


def _stamp_facts(
    one: Stamped, trusted: Sequence[Certificate], at: datetime, clock_skew: timedelta
) -> StampFacts:
    time, authority = None, ""
    try:
        stamp = one.parse()
        time = stamp.time
        authority = timestamps.check(stamp, one.over).common_name[:_MAX_TEXT]
        if time > at + clock_skew:
            raise ProofNotYetError(
                f"expected a time-stamp made before {moments.write(at)}, met {moments.write(time)}"
            )
        timestamps.verify(stamp, one.over, anchors=trusted, at=at)
    except (UnsupportedTimeStampError, UnknownAnchorError, CertificateExpiredError) as error:
        return StampFacts(one.signs_seal, time, authority, Outcome.INDETERMINATE, error.code, str(error))
    except SceauError as error:
        return StampFacts(one.signs_seal, time, authority, Outcome.FAILED, error.code, str(error))
    return StampFacts(one.signs_seal, time, authority, Outcome.PASSED)


def _stamp_checks(stamps: Iterable[StampFacts]) -> list[Check]:
    return [
        Check("seal_time_stamp", Question.INTACT, one.outcome, one.code, one.detail, _stamp_told(one))
        for one in stamps
        if one.outcome is not Outcome.INDETERMINATE
    ]


def _stamp_told(one: StampFacts) -> dict[str, Any]:
    return {
        "about": "seal" if one.signs_seal else "payload",
        "time": _moment(one.time),
        "authority": one.authority,
        "outcome": str(one.outcome),
        "code": one.code,
    }


def _told(facts: SealFacts) -> dict[str, Any]:
    """What a page needs to word it; each text of a stranger cut."""
    certificate = facts.certificate
    told: dict[str, Any] = {
        "kind": str(kind_of_seal(facts)),
        "level": str(facts.level),
        "unchecked": [name[:40] for name in facts.unchecked],
        "claimed_at": _moment(facts.claimed_at),
        "existed_at": _moment(facts.existed_at),
        "trusted_list": facts.under_trusted_list,
        "revocation_checked": facts.revocation_checked,
        "time_stamps": [_stamp_told(one) for one in facts.time_stamps],
    }
    if certificate is not None:
        told |= {
            "common_name": certificate.common_name[:_MAX_TEXT],
            "organisation": certificate.organisation[:_MAX_TEXT],
            "organisation_identifier": certificate.organisation_identifier[:_MAX_TEXT],
            "country": certificate.country[:2],
            "authority": certificate.issuer_name[:_MAX_TEXT],
            "valid_from": _moment(certificate.not_before),
            "valid_until": _moment(certificate.not_after),
            "says_seal": certificate.says_seal,
            "says_qualified": certificate.says_qualified,
            "says_test": facts.says_test,
        }
    return told


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moments.write(moment)


def _same_number(own: str, others: Iterable[str]) -> bool | None:
    """None where no two can be compared."""
    mine = _number(own)
    if mine is None:
        return None
    comparable = [met for met in map(_number, others) if met is not None and met[0] == mine[0]]
    return all(met == mine for met in comparable) if comparable else None


def _number(identifier: str) -> tuple[str, str] | None:
    """
    The register and the number in it. A French VAT number is two digits and the SIREN; a SIRET, the SIREN and
    five digits.
    """
    met = _IDENTIFIER.fullmatch(identifier.strip().upper())
    if met is None:
        return None
    scheme, country, rest = met.groups()
    number = re.sub(r"[\s.\-]", "", rest)
    if country == "FR" and scheme == "VAT" and re.fullmatch(r"[0-9A-Z]{2}\d{9}", number, re.ASCII):
        return "SIREN", number[2:]
    if country == "FR" and re.fullmatch(r"\d{9}(\d{5})?", number, re.ASCII):
        return "SIREN", number[:9]
    return scheme + country, number


def _plain(name: str) -> str:
    """Letters and digits alone, without accents or case."""
    spread = unicodedata.normalize("NFKD", name[:_MAX_TEXT]).casefold()
    return "".join(letter for letter in spread if letter.isalnum())
