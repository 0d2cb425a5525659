"""Verifying for anybody: the engine's report, and what the request asked of the proofs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jalon.api.vc_api.answers import Findings
from jalon.api.vc_api.lists import OwnLists
from jalon.api.vc_api.requests import MAX_BYTES, MAX_PROOFS, Options
from jalon.foundation import clock
from jalon.verification import importers
from jalon.verification.rules import certificates_of
from sceau.canon import strict_json
from sceau.canon.contexts import for_conformance
from sceau.did.resolver import Resolver
from sceau.errors import ChallengeError, DomainError, ProofError
from sceau.verifying import presentations as shown
from sceau.verifying import proofs, verify
from sceau.verifying.policy import Policy
from sceau.verifying.report import Check, Outcome, Question


def policy() -> Policy:
    """
    No network: did:key and did:jwk say their own keys, and the lists are those of this door. Whose a seal is
    say those whom the operator trusts, as on the page.
    """
    anchors = importers.authorities()
    return Policy(
        resolver=Resolver(),
        statuses=OwnLists(),
        contexts=for_conformance(),
        max_bytes=MAX_BYTES,
        max_proofs=MAX_PROOFS,
        offline=True,
        seals=anchors,
        anchors=certificates_of(anchors),
    )


def credential(document: dict[str, Any], options: Options) -> Findings:
    """
    What was found about a credential.

    Raises:
        UnreadableError: It is none.
    """
    report = verify.verify(strict_json.write(document), at=clock.now(), policy=policy())
    asked = _question(document, options)
    return _findings([*report.checks, *asked])


def presentation(document: dict[str, Any], options: Options) -> Findings:
    """
    What was found about a presentation and about each credential in it.

    It may be unsigned where nothing was asked of it; a challenge or a domain can only be answered by a
    signature.

    Raises:
        UnreadableError: It is none.
    """
    report = shown.verify_presentation(
        strict_json.write(document),
        at=clock.now(),
        policy=policy(),
        challenge=options.challenge,
        domain=options.domain,
    )
    checks = [*report.checks, *report.unreadable]
    checks += [check for each in report.credentials for check in each.checks]
    return _findings([*checks, *_purpose(document, options)])


def _findings(checks: Iterable[Check]) -> Findings:
    """
    Who somebody is cannot be known of test keys: that is a warning. All else must have passed, and a
    seal must not be another organisation's.
    """
    found = list(checks)
    missed = [check for check in found if check.outcome is not Outcome.PASSED]
    return Findings(
        checks=tuple(dict.fromkeys(check.name for check in found)),
        errors=tuple(check for check in missed if not _is_who_unknown(check)),
        warnings=tuple(check for check in missed if _is_who_unknown(check)),
    )


def _is_who_unknown(check: Check) -> bool:
    return check.question is Question.ISSUER and check.outcome is Outcome.INDETERMINATE


def _question(document: dict[str, Any], options: Options) -> Iterator[Check]:
    """Do the proofs of a credential answer what was asked?"""
    for proof in _proofs(document):
        if options.challenge is not None and proof.get("challenge") != options.challenge:
            met = str(proof.get("challenge"))[:80]
            yield _refusal(ChallengeError(f"expected the challenge {options.challenge[:80]!a}, met {met!a}"))
        domain = proof.get("domain")
        if options.domain is not None and options.domain not in (
            domain if isinstance(domain, list) else [domain]
        ):
            met = str(domain)[:80]
            yield _refusal(DomainError(f"expected the domain {options.domain[:80]!a}, met {met!a}"))
    yield from _purpose(document, options)


def _purpose(document: dict[str, Any], options: Options) -> Iterator[Check]:
    for proof in _proofs(document):
        if options.expected_purpose is not None and proof.get("proofPurpose") != options.expected_purpose:
            met = str(proof.get("proofPurpose"))[:60]
            yield _refusal(ProofError(f"expected the purpose {options.expected_purpose[:60]!a}, met {met!a}"))


def _proofs(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of the document; where there are none, one that answers nothing."""
    found = document.get("proof")
    listed = found if isinstance(found, list) else [found]
    return [each for each in listed if isinstance(each, dict)] or [{}]


def _refusal(error: ProofError) -> Check:
    return proofs.failure("proof", Question.INTACT, error)
