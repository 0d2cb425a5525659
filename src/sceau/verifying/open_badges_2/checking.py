"""The verification of one badge, whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sceau.errors import DataModelError, NothingFoundError, UnsupportedProofError
from sceau.formats import open_badges_2
from sceau.formats.open_badges_2 import nodes, reading
from sceau.formats.open_badges_2.reading import Given
from sceau.model import moments
from sceau.model.credential import Credential
from sceau.proofs.jose import Jws
from sceau.verifying.open_badges_2 import documents as had
from sceau.verifying.open_badges_2 import hosted, outcomes, signed
from sceau.verifying.open_badges_2.documents import Documents, Issuer, Source, UnavailableError
from sceau.verifying.policy import Policy
from sceau.verifying.report import Check, Outcome, Question


@dataclass(frozen=True)
class Checked:
    """
    Everything that was found out about a badge.

    Attributes:
        credential: What it says: the issuer's copy where that says all that was given, else what was given.
        issuer_id: The address of the issuer's profile, or empty.
        document: The assertion as *credential* was read from it, badge class and issuer inside; None where
            there was nothing but an address that led nowhere.
    """

    checks: tuple[Check, ...]
    credential: Credential | None
    issuer_id: str
    issuer_name: str
    provenance: tuple[Source, ...]
    document: dict[str, Any] | None = None


def check(given: Given | Mapping[str, Any] | bytes | str, *, at: datetime, policy: Policy) -> Checked:
    """
    Verify a badge.

    Args:
        given: JSON, a token, the address of an assertion, or one of these read by `open_badges_2.read`.
        at: Aware; the moment for which the answers hold.

    Raises:
        UnreadableError: There is no badge to report about; `NothingFoundError` also where an address leads to
            something else.
        DataModelError: One object with two different ids.
    """
    given = _given(given, policy)
    documents = Documents(policy, at)
    if given.document is not None:
        return _checked(given.document, given.jws, documents)
    try:
        document = documents.fetch(given.url, had.ASSERTION)
    except UnavailableError as error:
        return _nothing(error, documents)
    if not open_badges_2.recognises(document) and reading.revoked(document) is not True:
        raise NothingFoundError(
            f"expected an Open Badges 2 assertion at {given.url[:200]}, met something else"
        )
    return _checked(document, None, documents, address=given.url)


def _given(given: Given | Mapping[str, Any] | bytes | str, policy: Policy) -> Given:
    if isinstance(given, Given):
        return given
    if isinstance(given, (bytes, str)):
        return open_badges_2.read(given, max_bytes=policy.max_bytes)
    if not open_badges_2.recognises(given):
        raise NothingFoundError("expected an Open Badges 2 assertion, met something else")
    return Given(nodes.plain(given))


def _nothing(error: UnavailableError, documents: Documents) -> Checked:
    """Nothing but an address, and nothing there."""
    checks = [
        outcomes.unknown("hosted", Question.INTACT, error.code, str(error)),
        hosted.revocation_unknown(error),
        _issuer_known("", documents),
    ]
    return Checked(tuple(checks), None, "", "", ())


def _checked(assertion: dict[str, Any], jws: Jws | None, documents: Documents, address: str = "") -> Checked:
    kinds = reading.kinds_of_verification(assertion)
    if not address:
        documents.note(had.ASSERTION, had.GIVEN, reading.id_of(assertion), assertion)
    if "SignedBadge" in kinds or (jws is not None and not kinds):
        found = _by_signature(assertion, jws, documents)
    elif not kinds or "HostedBadge" in kinds:
        found = _by_address(assertion, documents, address)
    else:
        found = _by_something_else(assertion, kinds, documents)
    revocation = hosted.own_revocation(assertion) if reading.revoked(assertion) is True else found.revocation
    joined = had.joined(found.truth, documents)
    return Checked(
        checks=(
            *found.checks,
            _structure(found.truth),
            *_moments(joined, documents),
            revocation,
            _issuer_known(found.issuer.id, documents),
        ),
        credential=_credential(joined),
        issuer_id=found.issuer.id,
        issuer_name=str(nodes.texts(found.issuer.profile, "name", nodes.UNKNOWN_LANGUAGE)),
        provenance=tuple(documents.sources),
        document=joined,
    )


@dataclass(frozen=True)
class _Found:
    """
    Attributes:
        truth: The assertion that is shown.
        checks: Of the question whether it is intact.
    """

    truth: dict[str, Any]
    issuer: Issuer
    checks: tuple[Check, ...]
    revocation: Check


def _by_signature(assertion: dict[str, Any], jws: Jws | None, documents: Documents) -> _Found:
    badge, problem = had.badge(assertion, documents)
    issuer = had.issuer(badge, documents)
    checks = [signed.signature(assertion, jws, issuer, documents), *had.problems(problem, issuer)]
    if problem is None and issuer.problem is None:
        checks += signed.foreign_badge(badge, issuer, documents)
    return _Found(assertion, issuer, tuple(checks), signed.listed_revocation(assertion, issuer, documents))


def _by_address(assertion: dict[str, Any], documents: Documents, address: str) -> _Found:
    """A token around a hosted badge adds nothing: what is hosted counts, and anybody may sign a copy."""
    home = hosted.address_of(assertion) or address
    truth, held, gone, comparison = hosted.hold(assertion, documents, home)
    badge, problem = had.badge(truth, documents)
    issuer = had.issuer(badge, documents)
    held = held or hosted.embedded(comparison, documents, home)
    return _Found(
        truth=truth if held.outcome is Outcome.PASSED else assertion,
        issuer=issuer,
        checks=(held, *had.problems(problem, issuer), *hosted.scopes(home, badge, issuer)),
        revocation=hosted.revocation_unknown(gone) if gone else hosted.own_revocation(truth),
    )


def _by_something_else(assertion: dict[str, Any], kinds: frozenset[str], documents: Documents) -> _Found:
    """A blockchain, say."""
    badge, _ = had.badge(assertion, documents)
    met = ", ".join(sorted(kinds))[:120]
    check = outcomes.failure(
        "proof", UnsupportedProofError(f"expected a hosted or signed badge, met {met!a}")
    )
    detail = f"expected a way to know of revocations, met a badge that is verified by {met!a}"
    revocation = outcomes.unknown("revocation", Question.VALID, "status.unsupported", detail)
    return _Found(assertion, had.issuer(badge, documents), (check,), revocation)


def _structure(assertion: Mapping[str, Any]) -> Check:
    """What an assertion without would be about nobody, or about nothing. Little is left of a revoked one."""
    try:
        if reading.revoked(assertion) is not True:
            if not nodes.node(assertion.get("badge")):
                raise DataModelError("expected a badge class, or its address, at badge, met none")
            if open_badges_2.recipient_of(assertion) is None:
                raise DataModelError("expected an identity at recipient, met none")
            if nodes.moment(assertion.get("issuedOn")) is None:
                met = str(assertion.get("issuedOn"))[:40]
                raise DataModelError(f"expected a moment at issuedOn, met {met!a}")
    except DataModelError as error:
        return outcomes.failure("structure", error)
    return outcomes.passed("structure", Question.INTACT)


def _moments(joined: Mapping[str, Any], documents: Documents) -> list[Check]:
    at, skew = documents.at, documents.policy.clock_skew
    found = []
    for name, key in (("not_before", "issuedOn"), ("not_expired", "expires")):
        if joined.get(key) is None:
            found.append(outcomes.passed(name, Question.VALID))
            continue
        moment = nodes.moment(joined[key], is_end=key == "expires")
        if moment is None:
            detail = f"expected a moment at {key}, met {str(joined[key])[:40]!a}"
            found.append(outcomes.unknown(name, Question.VALID, "validity.unreadable", detail))
            continue
        facts = {"from" if key == "issuedOn" else "until": moments.write(moment)}
        is_missed = moment > at + skew if key == "issuedOn" else moment < at
        if is_missed:
            code = "validity.not_yet" if key == "issuedOn" else "validity.expired"
            detail = (
                f"expected a badge that is valid at {moments.write(at)}, met {key} {moments.write(moment)}"
            )
            found.append(outcomes.failed(name, Question.VALID, code, detail, facts))
        else:
            found.append(outcomes.passed(name, Question.VALID, facts))
    return found


def _issuer_known(issuer_id: str, documents: Documents) -> Check:
    facts = {"issuer": issuer_id}
    trust = documents.policy.trust
    if not issuer_id or trust is None or not trust.vouchers(issuer_id, at=documents.at):
        detail = f"expected somebody who vouches for {issuer_id[:200]!a}, met nobody"
        return outcomes.unknown("issuer_known", Question.ISSUER, "issuer.unknown", detail, facts)
    return outcomes.passed("issuer_known", Question.ISSUER, facts)


def _credential(joined: Mapping[str, Any]) -> Credential | None:
    try:
        return open_badges_2.from_document(joined)
    except DataModelError:
        return None
