"""
The check of a token's place in a Token Status List: an answer only from a list signed by whom it must be, for
that address, whole and fresh. Whatever is wrong with the list leaves the status unknown, never good.

    find = keys_of_did("did:web:example.org:o:atelier", at=now, policy=policy)
    check(claims["status"], signed_by=find, at=now, policy=policy)

Lists come as JWT; the CWT form is not read here.

Source:
    IETF draft-ietf-oauth-status-list-17, «Status List Token in JWT Format», «Status Types» and «Validation
    Rules».
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sceau.canon import strict_json
from sceau.did import document as did_document
from sceau.errors import (
    FetchError,
    ProofError,
    ResolutionError,
    SceauError,
    StatusListError,
    StatusListExpiredError,
    WrongKeyError,
)
from sceau.keys.public import PublicKey
from sceau.model import moments
from sceau.ports import Fetched
from sceau.proofs import jose
from sceau.proofs.jose import Jws
from sceau.status import token_list
from sceau.status.token_list import Reference, Status
from sceau.verifying.policy import Policy
from sceau.verifying.report import Check, Outcome, Question
from sceau.verifying.statuses import age_facts, code_of, fetch, staleness

NAME = "revocation"
"""Of the check: one list tells of revocation and of suspension."""

KeyFinder = Callable[[Jws], PublicKey]
"""
Given a status list token that is not verified yet, the key it must be signed with: chosen among those the
caller relies on. May raise `WrongKeyError` or `ResolutionError`.
"""
_LONGEST_TTL = 10 * 365 * 86_400


def check(status: object, *, signed_by: PublicKey | KeyFinder, at: datetime, policy: Policy) -> Check:
    """
    The place that a token names in a list.

    Args:
        status: The claim ``status``: ``{"status_list": {"idx": 0, "uri": "https://…"}}``.
        signed_by: The key of the list, or what finds it.
        policy: Its `statuses` gets the list, its `algorithms` say how it may be signed, its `max_status_age`
            how old a copy may be.

    Returns:
        Passed for 0; failed with ``status.revoked`` for 1, also from an old copy, and ``status.suspended``
        for 2; else indeterminate, with ``status.application_specific`` for a value whose meaning only the
        issuer knows. Facts: ``list``, ``purpose``, ``read_at``, ``age_seconds``, ``value``.
    """
    try:
        place = token_list.read_reference(status)
    except StatusListError as error:
        return _unknown(error.code, str(error), {})
    facts: dict[str, Any] = {"list": place.uri, "purpose": NAME}
    try:
        fetched = fetch(place.uri, policy)
    except FetchError as error:
        return _unknown("status.offline" if policy.offline else "status.unreachable", str(error), facts)
    facts |= age_facts(fetched, at)
    try:
        claims = _claims(fetched, signed_by, policy)
        _check_claims(claims, place, at, policy)
        found = token_list.decode(claims.get(token_list.CLAIM))
        value, ttl = found.value(place.index), _ttl(claims)
    except SceauError as error:
        return _unknown(code_of(error), str(error), facts)
    facts["value"] = value
    # What was once revoked stays so, however old the copy.
    if value != Status.INVALID and (bound := staleness(fetched, at, policy, ttl)) is not None:
        facts["max_age_seconds"] = int(bound.total_seconds())
        age = at - fetched.fetched_at
        return _unknown("status.stale", f"expected a recent list, met one read {age} ago", facts)
    return _told(value, place, facts)


def keys_of_did(did: str, *, at: datetime, policy: Policy) -> KeyFinder:
    """The key that the token names by ``kid``, among those with which *did* makes statements at a moment."""

    def find(token: Jws) -> PublicKey:
        method = token.header.get("kid")
        if not isinstance(method, str) or did_document.did_of(method) != did:
            raise WrongKeyError(f"expected a key of {did[:120]!r}, met {str(method)[:120]!a}")
        return did_document.public_key(policy.resolver.resolve(did), method, at=at)

    return find


def _told(value: int, place: Reference, facts: dict[str, Any]) -> Check:
    if value == Status.VALID:
        return Check(NAME, Question.VALID, Outcome.PASSED, facts=facts)
    detail = f"expected the status 0 at {place.index}, met {value}"
    if value in (Status.INVALID, Status.SUSPENDED):
        code = "status.revoked" if value == Status.INVALID else "status.suspended"
        return Check(NAME, Question.VALID, Outcome.FAILED, code, detail, facts)
    return _unknown("status.application_specific", detail, facts)


def _unknown(code: str, detail: str, facts: dict[str, Any]) -> Check:
    return Check(NAME, Question.VALID, Outcome.INDETERMINATE, code, detail, facts)


def _claims(fetched: Fetched, signed_by: PublicKey | KeyFinder, policy: Policy) -> dict[str, Any]:
    """
    What a list token says, once its signature holds.

    Raises:
        StatusListError: It is no such token, or its signature does not hold.
        ResolutionError: The key could not be obtained.
    """
    largest = policy.max_status_list_bytes
    try:
        token = jose.parse(fetched.body.decode("ascii").strip(), max_bytes=largest)
        if token.type != token_list.TOKEN_TYPE:
            raise ProofError(f"expected typ {token_list.TOKEN_TYPE}, met {token.type[:40]!r}")
        jose.check_header(token, algorithms=policy.algorithms)
        key = signed_by if isinstance(signed_by, PublicKey) else signed_by(token)
        jose.verify(token, key, algorithms=policy.algorithms)
        return strict_json.read_object(token.payload, max_bytes=largest)
    except UnicodeDecodeError as error:
        raise StatusListError(f"expected a status list as a token, met another byte: {error}") from None
    except ResolutionError:
        raise
    except SceauError as error:
        raise StatusListError(f"expected a status list token that holds: {error}") from error


def _check_claims(claims: dict[str, Any], place: Reference, at: datetime, policy: Policy) -> None:
    if claims.get("sub") != place.uri:
        met = str(claims.get("sub"))[:120]
        raise StatusListError(f"expected the list of {place.uri[:200]!r}, met that of {met!a}")
    if "iat" not in claims:
        raise StatusListError("expected iat, the moment of the list, met none")
    for name in ("iat", "nbf"):
        if name in claims and _seconds(claims, name) > (at + policy.clock_skew).timestamp():
            raise StatusListError(f"expected a list made before {moments.write(at)}, met {name} later")
    # A token past its end must not be processed at all (RFC 7519, section 4.1.4): not even a revocation.
    if "exp" in claims and _seconds(claims, "exp") <= at.timestamp():
        met = _written(_seconds(claims, "exp"))
        raise StatusListExpiredError(f"expected a list that is valid, met one until {met}")


def _seconds(claims: dict[str, Any], name: str) -> float:
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        raise StatusListError(f"expected {name} to be seconds, met {str(value)[:40]!a}")
    return value


def _ttl(claims: dict[str, Any]) -> timedelta | None:
    if "ttl" not in claims:
        return None
    seconds = _seconds(claims, "ttl")
    if not seconds:
        raise StatusListError("expected ttl to be more than 0, met 0")
    return timedelta(seconds=min(seconds, _LONGEST_TTL))


def _written(seconds: float) -> str:
    try:
        return moments.write(datetime.fromtimestamp(seconds, UTC))
    except (OverflowError, ValueError, OSError):
        return str(seconds)[:20]
