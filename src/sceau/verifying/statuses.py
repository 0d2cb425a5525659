"""
The check of a status entry: an answer only from a list that is the issuer's, signed, whole and fresh.

Whatever is wrong with the list, the credential's status is then unknown, not bad: somebody else's failure
does not make it invalid, and never makes it valid.

Source:
    W3C Bitstring Status List v1.0, section 3.2, Validate Algorithm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sceau.errors import (
    FetchError,
    ResolutionError,
    SceauError,
    StatusListError,
    StatusListExpiredError,
    UnreadableError,
)
from sceau.formats import data_model
from sceau.formats.data_model import types_of
from sceau.model import moments
from sceau.ports import Fetched
from sceau.status import bitstring, entries
from sceau.status.entries import Entry, Purpose
from sceau.verifying import tokens
from sceau.verifying.policy import Policy
from sceau.verifying.proofs import proofs_of, verify_one
from sceau.verifying.reading import Secured, read
from sceau.verifying.report import Check, Outcome, Question

# What a value other than 0 means to the credential. A message and a refresh are told, not judged.
_FAILURES = {Purpose.REVOCATION: "status.revoked", Purpose.SUSPENSION: "status.suspended"}
_FOR_GOOD = (Purpose.REVOCATION, Purpose.REFRESH)
"""Purposes that cannot be taken back: once seen, they hold however old the copy is."""


def check_all(
    found: Sequence[dict[str, Any]], *, issuer_id: str, at: datetime, policy: Policy
) -> Iterator[Check]:
    """One check for each status entry of a credential of *issuer_id*; a place named twice is refused."""
    seen: set[tuple[str, int, str]] = set()
    for entry in found:
        place = _place(entry)
        if place is not None and place in seen:
            url, index, purpose = place
            yield _unknown(
                purpose,
                "status.reused",
                f"expected each place to be named once, met index {index} of {url[:200]!r} twice",
                {"list": url, "purpose": purpose},
            )
            continue
        if place is not None:
            seen.add(place)
        yield check(entry, issuer_id=issuer_id, at=at, policy=policy)


def check(entry: dict[str, Any], *, issuer_id: str, at: datetime, policy: Policy) -> Check:
    """
    One status entry of a credential of *issuer_id*.

    Facts of the check: ``list``, ``purpose``, ``read_at``, ``age_seconds``; where a value has a meaning of
    its own also ``value``, ``message`` (the issuer's words for software) and ``references``.
    """
    try:
        place = entries.read(entry)
    except StatusListError as error:
        return _unknown("status", error.code, str(error))
    facts: dict[str, Any] = {"list": place.list_url, "purpose": str(place.purpose)}
    try:
        fetched = fetch(place.list_url, policy)
    except FetchError as error:
        code = "status.offline" if policy.offline else "status.unreachable"
        return _unknown(place.purpose, code, str(error), facts)
    facts |= age_facts(fetched, at)
    try:
        found = _reading(fetched, place, issuer_id, at, policy)
    except SceauError as error:
        return _unknown(place.purpose, code_of(error), str(error), facts)
    if place.purpose is Purpose.MESSAGE or place.size > 1:
        facts |= {"value": found.value, "message": place.message(found.value)}
    if place.references:
        facts["references"] = list(place.references)
    if found.value and place.purpose in _FOR_GOOD:
        return _told(place, found.value, facts)
    if found.expired:
        return _unknown(place.purpose, StatusListExpiredError.code, found.expired, facts)
    if (stale := staleness(fetched, at, policy, found.ttl)) is not None:
        facts["max_age_seconds"] = int(stale.total_seconds())
        age = at - fetched.fetched_at
        return _unknown(
            place.purpose, "status.stale", f"expected a recent list, met one read {age} ago", facts
        )
    return _told(place, found.value, facts)


def fetch(url: str, policy: Policy) -> Fetched:
    """
    A list, by the source that the verifier lends.

    Raises:
        FetchError: Out of reach, or there is no source.
    """
    if policy.statuses is None:
        raise FetchError(f"expected {url[:200]} to be obtainable, met no way to ask")
    return policy.statuses.status_list(url)


def age_facts(fetched: Fetched, at: datetime) -> dict[str, Any]:
    """When this copy was obtained, and its age."""
    age = max(0, int((at - fetched.fetched_at).total_seconds()))
    return {"read_at": moments.write(fetched.fetched_at), "age_seconds": age}


def staleness(fetched: Fetched, at: datetime, policy: Policy, ttl: timedelta | None) -> timedelta | None:
    """
    The age that a copy may have, where this one is older; else None. Of the verifier's bound and the issuer's
    «time to live», the smaller wins.
    """
    bound = policy.max_status_age if ttl is None else min(ttl, policy.max_status_age)
    return bound if at - fetched.fetched_at > bound else None


def code_of(error: SceauError) -> str:
    """The code of what is wrong with a list: its own, that of a key out of reach, or the general one."""
    return error.code if isinstance(error, (StatusListError, ResolutionError)) else StatusListError.code


def _place(entry: dict[str, Any]) -> tuple[str, int, str] | None:
    try:
        place = entries.read(entry)
    except StatusListError:
        return None
    return place.list_url, place.index, str(place.purpose)


def _told(place: Entry, value: int, facts: dict[str, Any]) -> Check:
    """What the list says of the credential."""
    if place.purpose is Purpose.MESSAGE:
        return Check(place.purpose, Question.VALID, Outcome.PASSED, "status.message", facts=facts)
    if not value:
        return Check(place.purpose, Question.VALID, Outcome.PASSED, facts=facts)
    if place.purpose is Purpose.REFRESH:
        return Check(place.purpose, Question.VALID, Outcome.PASSED, "status.refresh", facts=facts)
    met = "it set" if place.size == 1 else f"the value {value}"
    detail = f"expected bit {place.index} not to be set, met {met}"
    return Check(place.purpose, Question.VALID, Outcome.FAILED, _FAILURES[place.purpose], detail, facts)


def _unknown(name: str, code: str, detail: str, facts: dict[str, Any] | None = None) -> Check:
    return Check(str(name), Question.VALID, Outcome.INDETERMINATE, code, detail, facts or {})


@dataclass(frozen=True)
class _Reading:
    """
    What a signed list says.

    Attributes:
        ttl: The issuer's bound on the age of a copy, or None.
        expired: Why the list is past its own end, or empty.
    """

    value: int
    ttl: timedelta | None
    expired: str


def _reading(fetched: Fetched, place: Entry, issuer_id: str, at: datetime, policy: Policy) -> _Reading:
    """
    Raises:
        StatusListError: The list cannot be relied on, and why.
        ResolutionError: The key that signs it could not be obtained.
    """
    try:
        secured = read(fetched.body, max_bytes=policy.max_status_list_bytes)
        document = secured.document
        data_model.check(document)
        subject = _subject(document, place, issuer_id)
        expired = _moments(document, at, policy)
        _check_signatures(secured, issuer_id, at, policy)
    except (ResolutionError, StatusListError):
        raise
    except UnreadableError as error:
        raise StatusListError(f"expected a status list that can be read: {error}") from error
    except SceauError as error:
        raise StatusListError(f"expected a status list that holds: {error}") from error
    bits = bitstring.decode(subject.get("encodedList"), size=place.size)
    return _Reading(bitstring.value(bits, place.index, size=place.size), _ttl(subject), expired)


def _check_signatures(secured: Secured, issuer_id: str, at: datetime, policy: Policy) -> None:
    """Every one of them, and there must be one; a list may come as a token, like any credential."""
    if secured.token is not None:
        tokens.verify_one(secured, secured.token, by=issuer_id, at=at, policy=policy)
        return
    for proof in proofs_of(secured.document, policy):
        verify_one(secured.document, proof, at=at, policy=policy)


def _subject(document: dict[str, Any], place: Entry, issuer_id: str) -> dict[str, Any]:
    """The list inside its credential, once that is the one the entry meant."""
    if entries.LIST_CREDENTIAL not in types_of(document):
        raise StatusListError(f"expected a {entries.LIST_CREDENTIAL}, met another type")
    if document.get("id", place.list_url) != place.list_url:
        raise StatusListError(f"expected the list {place.list_url!r}, met another")
    if data_model.issuer_of(document)[0] != issuer_id:
        raise StatusListError("expected the list to have the credential's issuer, met another")
    subject = document["credentialSubject"]
    if not isinstance(subject, dict) or entries.LIST not in types_of(subject):
        raise StatusListError(f"expected one {entries.LIST} inside the list, met another")
    stated = subject.get("statusPurpose")
    purposes = stated if isinstance(stated, list) else [stated]
    if not all(isinstance(purpose, str) for purpose in purposes) or place.purpose not in purposes:
        raise StatusListError(f"expected a list for {place.purpose}, met one for {str(stated)[:60]}")
    if subject.get("statusSize", place.size) != place.size:
        raise StatusListError(f"expected values of {place.size} bits, met a list of another size")
    return subject


def _moments(document: dict[str, Any], at: datetime, policy: Policy) -> str:
    """Why a list is past its own end, or empty."""
    if "validFrom" in document and moments.read(document["validFrom"]) > at + policy.clock_skew:
        raise StatusListError(f"expected a list that is valid, met one from {document['validFrom']}")
    if "validUntil" in document and moments.read(document["validUntil"]) < at:
        return f"expected a list that is valid, met one until {document['validUntil']}"
    return ""


def _ttl(subject: dict[str, Any]) -> timedelta | None:
    """Source: section 2.2, ``ttl``: milliseconds, and no default."""
    if "ttl" not in subject:
        return None
    ttl = subject["ttl"]
    if isinstance(ttl, bool) or not isinstance(ttl, int) or ttl < 0:
        raise StatusListError(f"expected ttl to be milliseconds, met {str(ttl)[:40]!a}")
    return timedelta(milliseconds=ttl)
