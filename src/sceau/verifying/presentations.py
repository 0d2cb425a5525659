"""
Presentations: somebody shows one or several credentials, in answer to a question of this verifier.

    report = verify_presentation(data, at=now, policy=policy, challenge="3f9c…", domain="verifier.example")

Source:
    W3C Verifiable Credentials Data Model v2.0, section 4.13; Verifiable Credential Data Integrity 1.0,
    section 4.4; VC-JOSE, section 3.2.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sceau.did import document as did_document
from sceau.errors import (
    ChallengeError,
    DataModelError,
    DomainError,
    OtherHolderError,
    PresentationError,
    ProofError,
    SceauError,
)
from sceau.formats import data_model
from sceau.formats.data_model import types_of
from sceau.proofs.jose import Jws
from sceau.verifying import proofs, tokens
from sceau.verifying.policy import Policy
from sceau.verifying.reading import (
    CREDENTIAL,
    ENVELOPED_CREDENTIAL,
    Secured,
    opened,
    read_presentation,
)
from sceau.verifying.report import Check, Outcome, Question, Report
from sceau.verifying.verify import Remembering, verify_secured

MAX_CREDENTIALS = 50


@dataclass(frozen=True)
class PresentationReport:
    """
    All that was found out about a presentation.

    Attributes:
        checks: Of the presentation itself.
        credentials: One report for each credential in it, in its order.
        holder: Who shows it: the DID it names, else that of the key that signed it, else ``""``.
        unreadable: What stood among the credentials and could not be read, as checks that failed.
    """

    checks: tuple[Check, ...]
    credentials: tuple[Report, ...]
    verified_at: datetime
    holder: str = ""
    unreadable: tuple[Check, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """
        Of the presentation and of all it holds: is each intact and still valid? Who their issuers are is
        another question, for the reports.
        """
        outcomes = [check.outcome for check in (*self.checks, *self.unreadable)]
        for report in self.credentials:
            outcomes += [report.answer(Question.INTACT), report.answer(Question.VALID)]
        if Outcome.FAILED in outcomes:
            return Outcome.FAILED
        return Outcome.INDETERMINATE if Outcome.INDETERMINATE in outcomes or not outcomes else Outcome.PASSED


def verify_presentation(
    data: bytes | str,
    *,
    at: datetime,
    policy: Policy,
    challenge: str | None = None,
    domain: str | None = None,
    require_proof: bool | None = None,
    holder_is_subject: bool = False,
) -> PresentationReport:
    """
    Verify a presentation and each credential in it.

    Args:
        data: JSON, a compact token or an envelope; from anybody.
        challenge: What this verifier asked; every proof must answer it. None where nothing was asked.
        domain: Who this verifier is; every proof must be made for it.
        require_proof: Must the presentation itself be signed? By default it must where *challenge* or
            *domain* is given. Its credentials must be, always.
        holder_is_subject: Must each credential be about whoever shows it?

    Raises:
        UnreadableError: There is no presentation to report about.
    """
    secured = read_presentation(data, max_bytes=policy.max_bytes)
    policy = replace(policy, resolver=Remembering(policy.resolver))
    if require_proof is None:
        require_proof = challenge is not None or domain is not None
    shown = _Shown(secured, holder_of(secured.document) or _signer_of(secured), challenge, domain, at, policy)
    checks = [_structure(secured.document), *shown.signatures(wanted=require_proof)]
    found, unreadable = _credentials(secured.document, at, policy)
    if holder_is_subject:
        checks += [_about(report, shown.holder) for report in found]
    return PresentationReport(tuple(checks), tuple(found), at, shown.holder, tuple(unreadable))


def holder_of(document: dict[str, Any]) -> str:
    """The holder that a presentation names, ``""`` where it names none."""
    holder = document.get("holder")
    own_id = holder.get("id") if isinstance(holder, dict) else holder
    return own_id if isinstance(own_id, str) else ""


def _signer_of(secured: Secured) -> str:
    """Where no holder is named, whoever signed is the holder: the DID of the first proof's key."""
    if secured.token is not None:
        issuer = (secured.claims or {}).get("iss") or secured.token.header.get("kid")
        return did_document.did_of(issuer) if isinstance(issuer, str) else ""
    found = secured.document.get("proof")
    first = found[0] if isinstance(found, list) and found else found
    method = first.get("verificationMethod") if isinstance(first, dict) else None
    return did_document.did_of(method) if isinstance(method, str) else ""


def _structure(document: dict[str, Any]) -> Check:
    try:
        data_model.check_presentation(document)
    except DataModelError as error:
        return proofs.failure("structure", Question.INTACT, error)
    return Check("structure", Question.INTACT, Outcome.PASSED)


@dataclass(frozen=True)
class _Shown:
    """One presentation, and what this verifier asked."""

    secured: Secured
    holder: str
    challenge: str | None
    domain: str | None
    at: datetime
    policy: Policy

    def signatures(self, *, wanted: bool) -> Iterator[Check]:
        """One check for each proof, or one that says that there is none where one was wanted."""
        document, token = self.secured.document, self.secured.token
        if token is not None:
            yield self._checked(functools.partial(self._verify_token, token))
        elif "proof" in document or wanted:
            try:
                found = proofs.proofs_of(document, self.policy)
            except ProofError as error:
                yield proofs.failure("proof", Question.INTACT, error)
                return
            for proof in found:
                yield self._checked(functools.partial(self._verify_proof, proof))
            if not proofs.are_over_json(found):
                return
        yield from proofs.words(document, self.policy)

    def _checked(self, verify: Callable[[], None]) -> Check:
        try:
            verify()
        except SceauError as error:
            return proofs.failure("proof", Question.INTACT, error, {"holder": self.holder})
        return Check("proof", Question.INTACT, Outcome.PASSED, facts={"holder": self.holder})

    def _verify_proof(self, proof: dict[str, Any]) -> None:
        self._check_question(proof.get("challenge"), proof.get("domain"))
        proofs.verify_one(
            self.secured.document,
            proof,
            at=self.at,
            policy=self.policy,
            by=self.holder,
            purpose=did_document.AUTHENTICATION,
        )

    def _verify_token(self, token: Jws) -> None:
        claims = self.secured.claims or {}
        self._check_question(claims.get("nonce"), claims.get("aud"))
        tokens.verify_one(
            self.secured,
            token,
            by=self.holder,
            at=self.at,
            policy=self.policy,
            types=tokens.PRESENTATION_TYPES,
            relationship=did_document.AUTHENTICATION,
        )

    def _check_question(self, challenge: object, domain: object) -> None:
        """
        Is it the answer to what was asked, by whoever asked? Where nothing was asked, what a proof says of it
        is signed all the same.
        """
        if self.challenge is not None and challenge != self.challenge:
            raise ChallengeError(
                f"expected the challenge {self.challenge[:80]!r}, met {str(challenge)[:80]!r}"
            )
        named = domain if isinstance(domain, list) else [domain]
        if self.domain is not None and self.domain not in named:
            raise DomainError(f"expected the domain {self.domain[:80]!r}, met {str(domain)[:80]!r}")


def _credentials(document: dict[str, Any], at: datetime, policy: Policy) -> tuple[list[Report], list[Check]]:
    """A report for each credential, and a failed check for whatever else stands among them."""
    value = document.get("verifiableCredential", [])
    entries = value if isinstance(value, list) else [value]
    if len(entries) > MAX_CREDENTIALS:
        error = PresentationError(f"expected at most {MAX_CREDENTIALS} credentials, met {len(entries)}")
        return [], [proofs.failure("credential", Question.INTACT, error)]
    proofs_in_all = sum(_count_proofs(entry) for entry in entries)
    if proofs_in_all > MAX_CREDENTIALS:  # each of them asks for the work of a whole canonical form
        error = PresentationError(f"expected at most {MAX_CREDENTIALS} proofs in all, met {proofs_in_all}")
        return [], [proofs.failure("credential", Question.INTACT, error)]
    policy = replace(policy, max_endorsements=0)  # they would ask for as much work again
    found: list[Report] = []
    unreadable: list[Check] = []
    for entry in entries:
        try:
            found.append(verify_secured(_entry(entry, policy), at=at, policy=policy))
        except SceauError as error:
            unreadable.append(proofs.failure("credential", Question.INTACT, error))
    return found, unreadable


def _count_proofs(entry: object) -> int:
    value = entry.get("proof", []) if isinstance(entry, dict) else []
    return len(value) if isinstance(value, list) else 1


def _entry(entry: object, policy: Policy) -> Secured:
    if not isinstance(entry, dict):
        raise PresentationError(f"expected credentials as objects, met a {type(entry).__name__}")
    if ENVELOPED_CREDENTIAL in types_of(entry):
        return opened(entry, ENVELOPED_CREDENTIAL, max_bytes=policy.max_bytes)
    if CREDENTIAL not in types_of(entry):
        raise PresentationError("expected a VerifiableCredential in the presentation, met another type")
    return Secured(entry)


def _about(report: Report, holder: str) -> Check:
    """Is it about whoever shows it?"""
    subjects = (report.document or {}).get("credentialSubject")
    entries = subjects if isinstance(subjects, list) else [subjects]
    ids = [entry.get("id") for entry in entries if isinstance(entry, dict)]
    if holder and ids and all(own_id == holder for own_id in ids):
        return Check("holder", Question.INTACT, Outcome.PASSED, facts={"holder": holder})
    error = OtherHolderError(f"expected a credential about {holder[:120]!r}, met {str(ids)[:120]}")
    return proofs.failure("holder", Question.INTACT, error, {"holder": holder})
