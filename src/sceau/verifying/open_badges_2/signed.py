"""Badges in a JWS: by a key that the issuer's profile names, and that names the issuer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm

from sceau.errors import (
    KeyFormatError,
    MissingProofError,
    ProofError,
    SceauError,
    SignatureMismatchError,
    WrongKeyError,
)
from sceau.formats.open_badges_2 import nodes, reading, scope
from sceau.keys import jwk
from sceau.proofs import jose
from sceau.proofs.jose import Jws
from sceau.verifying.open_badges_2 import documents as had
from sceau.verifying.open_badges_2 import hosted, outcomes
from sceau.verifying.open_badges_2.documents import Documents, Issuer, UnavailableError
from sceau.verifying.report import Check, Outcome, Question

_MAX_KEYS = 8


@dataclass(frozen=True)
class _File:
    """A key of 1.x: a PEM file at an address that the assertion names."""

    url: str


def signature(assertion: Mapping[str, Any], jws: Jws | None, issuer: Issuer, documents: Documents) -> Check:
    facts: dict[str, Any] = {"algorithm": jws.algorithm[:60]} if jws else {}
    try:
        if jws is None:
            raise MissingProofError("expected a signed badge as a token, met its text without a signature")
        jose.check_header(jws, algorithms=documents.policy.algorithms)
        if issuer.problem is not None:
            if issuer.problem.outcome is Outcome.FAILED:
                raise WrongKeyError(
                    f"expected the issuer's profile to name its keys: {issuer.problem.detail}"
                )
            detail = f"expected the issuer's profile, which names its keys: {issuer.problem.detail}"
            return outcomes.unknown("proof", Question.INTACT, issuer.problem.code, detail, facts)
        facts["verification_method"] = _verified(jws, assertion, issuer, documents)
    except UnavailableError as error:
        return had.unavailable("proof", error, facts)
    except SceauError as error:
        return outcomes.failure("proof", error, facts)
    return outcomes.passed("proof", Question.INTACT, facts)


def _verified(jws: Jws, assertion: Mapping[str, Any], issuer: Issuer, documents: Documents) -> str:
    """
    The id of the key that signed.

    Raises:
        ProofError: None of the issuer's keys did.
        UnavailableError: One that may have could not be had.
    """
    unknown: UnavailableError | KeyFormatError | None = None
    failed: ProofError | None = None
    for number, key in enumerate(_candidates(assertion, issuer)):
        if number == _MAX_KEYS:
            unknown = UnavailableError("hosted.too_many", f"expected at most {_MAX_KEYS} keys, met more")
            break
        try:
            public = jwk.from_pem(_key(key, issuer, documents).encode("utf-8", "replace"))
            jose.verify(jws, public, algorithms=documents.policy.algorithms)
            return key.url if isinstance(key, _File) else nodes.linked(key)
        except UnsupportedAlgorithm as error:
            unknown = KeyFormatError(f"expected a public key that is read here, met another: {error}")
        except (UnavailableError, KeyFormatError) as error:
            unknown = error
        except ProofError as error:
            is_plainer = isinstance(error, SignatureMismatchError) or failed is None
            failed = error if is_plainer else failed
    raise unknown or failed or WrongKeyError(f"expected {issuer.id[:120]!a} to name a key, met none")


def _candidates(assertion: Mapping[str, Any], issuer: Issuer) -> list[Any]:
    """
    The keys that the profile names; only the one that the assertion names, where it names one.

    Raises:
        WrongKeyError: The assertion names a key that the profile does not name; or, in 1.x, where no profile
            names keys, a PEM file that lies elsewhere than the issuer.

    Source:
        Open Badges v2.0, section "Signed Verification"; Open Badges v1.1, VerificationObject, ``url``.
    """
    named = nodes.listed(issuer.profile, "publicKey")
    verification = reading.verification_of(assertion)
    creator = nodes.linked(verification.get("creator"))
    if creator:
        known = [key for key in named if nodes.linked(key) == creator]
        if not known:
            raise WrongKeyError(
                f"expected {issuer.id[:120]!a} to name the key {creator[:120]!a}, met no such key"
            )
        return known[:1]
    file = nodes.text(verification, "url")
    if named or not file:
        return named
    # Whoever signs names the file: that it is the issuer's shows by its place alone.
    if not scope.is_within(file, issuer_id=issuer.id, issuer=issuer.profile):
        raise WrongKeyError(f"expected a key of {issuer.id[:120]!a} where it lies, met {file[:120]!a}")
    return [_File(file)]


def _key(key: Any, issuer: Issuer, documents: Documents) -> str:
    """
    The PEM of a key: as the profile writes it out, else as it lies at its address and names its owner.

    Raises:
        WrongKeyError: It is somebody else's.
        KeyFormatError: No PEM in it.
        UnavailableError: Out of reach.
    """
    if isinstance(key, _File):
        return documents.pem_file(key.url)
    stated, address = nodes.node(key), nodes.linked(key)
    is_embedded = "publicKeyPem" in stated
    if not is_embedded:
        if not _may_fetch_key(issuer, documents, address):
            raise UnavailableError(
                "hosted.too_many", f"expected few documents to be needed, met {address[:200]!a}"
            )
        stated = had.at_home(address, had.KEY, documents)
    else:
        documents.note(had.KEY, had.EMBEDDED, address, stated)
    owner = nodes.linked(stated.get("owner"))
    if owner != issuer.id and not (is_embedded and "owner" not in stated):
        raise WrongKeyError(
            f"expected a key that names {issuer.id[:120]!a} as its owner, met {owner[:120]!a}"
        )
    pem = stated.get("publicKeyPem")
    if not isinstance(pem, str):
        raise KeyFormatError(f"expected publicKeyPem to be text, met {type(pem).__name__}")
    return pem


def _may_fetch_key(issuer: Issuer, documents: Documents, address: str) -> bool:
    """The last fetch is kept for the list of revocations, where there is one."""
    is_listed = bool(nodes.listed(issuer.profile, "revocationList"))
    return documents.had(address) is not None or documents.left > (1 if is_listed else 0)


def foreign_badge(badge: Mapping[str, Any], issuer: Issuer, documents: Documents) -> list[Check]:
    """
    A badge class that is written out and says that it lies elsewhere than its issuer: there it must name the
    same issuer, or somebody takes another's badge for their own.
    """
    badge_id = nodes.text(badge, "id")
    is_fetched = documents.had(badge_id) is badge
    if scope.https(badge_id) is None or is_fetched or scope.origin(badge_id) == scope.origin(issuer.id):
        return []
    if scope.is_within(badge_id, issuer_id=issuer.id, issuer=issuer.profile):
        return []
    try:
        served = had.at_home(badge_id, had.BADGE, documents)
    except UnavailableError as error:
        return [had.unavailable("badge", error)]
    if nodes.linked(served.get("issuer")) != issuer.id:
        return [had.out_of_scope(badge_id, issuer)]
    return []


def listed_revocation(assertion: Mapping[str, Any], issuer: Issuer, documents: Documents) -> Check:
    """
    Is a signed badge on its issuer's list? None is asked for where the profile names none.

    Source:
        Open Badges v2.0, RevocationList; in 1.x an object of ``uid`` and reason.
    """
    if reading.revoked(assertion) is not False:
        return hosted.own_revocation(assertion)
    if issuer.problem is not None:
        detail = (
            f"expected the issuer's profile, which names its list of revocations: {issuer.problem.detail}"
        )
        code = "status.offline" if documents.policy.offline else "status.unreachable"
        return outcomes.unknown("revocation", Question.VALID, code, detail)
    named = nodes.listed(issuer.profile, "revocationList")
    if not named:
        return outcomes.passed("revocation", Question.VALID)
    address = nodes.linked(named[0])
    try:
        listed = documents.fetch(address, had.REVOCATIONS)
    except UnavailableError as error:
        code = "status.offline" if error.code == "hosted.offline" else "status.unreachable"
        return outcomes.unknown("revocation", Question.VALID, code, str(error), {"list": address[:200]})
    return _on_list(assertion, listed, issuer, address)


def _on_list(assertion: Mapping[str, Any], listed: Mapping[str, Any], issuer: Issuer, address: str) -> Check:
    facts = {"list": address[:200]}
    ids = {name for name in (nodes.text(assertion, "id"), nodes.text(assertion, "uid")) if name}
    owner = nodes.linked(listed.get("issuer"))
    problem = ""
    if not ids:
        problem = "expected an id to look for, met none"
    elif owner and owner != issuer.id:
        problem = f"expected the list of {issuer.id[:120]!a}, met that of {owner[:120]!a}"
    elif "revokedAssertions" not in listed:
        # In 1.x any object is a list, and so is the answer of a site that is out of order: it tells of those
        # who are on it, and of nobody else.
        for name in ids.intersection(listed):
            return outcomes.revoked(listed[name] if isinstance(listed[name], str) else "")
        problem = "expected revokedAssertions in the list, met none"
    if problem:
        return outcomes.unknown("revocation", Question.VALID, "status.invalid", problem, facts)
    entries = [nodes.node(entry) for entry in nodes.listed(listed, "revokedAssertions")]
    for entry in entries:
        if ids & {nodes.text(entry, "id"), nodes.text(entry, "uid")} and entry.get("revoked") is not False:
            return outcomes.revoked(nodes.text(entry, "revocationReason"))
    if not all(nodes.text(entry, "id") or nodes.text(entry, "uid") for entry in entries):
        detail = "expected an id in each entry of the list, met something else"
        return outcomes.unknown("revocation", Question.VALID, "status.invalid", detail, facts)
    return outcomes.passed("revocation", Question.VALID, facts)
