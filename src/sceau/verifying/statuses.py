"""
The check of a status entry: an answer only from a list that is the issuer's, signed, whole and fresh.

Whatever is wrong with the list, the credential's status is then unknown, not bad: somebody else's failure
does not make it invalid, and never makes it valid.

Source:
    W3C Bitstring Status List v1.0, section 3.2, Validate Algorithm.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sceau.canon import strict_json
from sceau.errors import (
    DataModelError,
    FetchError,
    ResolutionError,
    SceauError,
    StatusListError,
    StatusListExpiredError,
    UnreadableError,
)
from sceau.formats.open_badges_3 import reading as open_badges
from sceau.formats.open_badges_3 import terms
from sceau.model import moments
from sceau.model.credential import StatusEntry
from sceau.ports import Fetched
from sceau.status import bitstring
from sceau.verifying import structure
from sceau.verifying.policy import Policy
from sceau.verifying.proofs import proofs_of, verify_one
from sceau.verifying.reading import types_of
from sceau.verifying.report import Check, Outcome, Question

LIST_CREDENTIAL = "BitstringStatusListCredential"
LIST = "BitstringStatusList"
_CODES = {"revocation": "status.revoked", "suspension": "status.suspended"}


def check(entry: dict[str, Any], *, issuer_id: str, at: datetime, policy: Policy) -> Check:
    """One status entry of a credential of *issuer_id*."""
    if terms.STATUS_ENTRY not in types_of(entry) or entry.get("statusSize", 1) != 1:
        return _unknown(
            "status", "status.unsupported", f"expected a {terms.STATUS_ENTRY} of one bit, met another"
        )
    try:
        (place,) = open_badges.status_entries({"credentialStatus": entry})
    except DataModelError as error:
        return _unknown("status", StatusListError.code, str(error))
    if place.purpose not in _CODES:
        return _unknown(
            "status", "status.unsupported", f"expected revocation or suspension, met {place.purpose!r}"
        )
    facts: dict[str, Any] = {"list": place.list_url, "purpose": place.purpose}
    try:
        fetched = _fetch(place.list_url, policy)
    except FetchError as error:
        code = "status.offline" if policy.offline else "status.unreachable"
        return _unknown(place.purpose, code, str(error), facts)
    age = at - fetched.fetched_at
    facts |= {"read_at": moments.write(fetched.fetched_at), "age_seconds": max(0, int(age.total_seconds()))}
    try:
        is_set = _bit(fetched, place, issuer_id, at, policy)
    except ResolutionError as error:
        return _unknown(place.purpose, error.code, str(error), facts)
    except SceauError as error:
        code = error.code if isinstance(error, StatusListError) else StatusListError.code
        return _unknown(place.purpose, code, str(error), facts)
    if is_set and (place.purpose == "revocation" or age <= policy.max_status_age):
        # What was once revoked stays so, however old the copy.
        return Check(
            place.purpose,
            Question.VALID,
            Outcome.FAILED,
            _CODES[place.purpose],
            f"expected bit {place.index} not to be set, met it set",
            facts,
        )
    if age > policy.max_status_age:
        facts["max_age_seconds"] = int(policy.max_status_age.total_seconds())
        return _unknown(
            place.purpose, "status.stale", f"expected a recent list, met one read {age} ago", facts
        )
    return Check(place.purpose, Question.VALID, Outcome.PASSED, facts=facts)


def _unknown(name: str, code: str, detail: str, facts: dict[str, Any] | None = None) -> Check:
    return Check(name, Question.VALID, Outcome.INDETERMINATE, code, detail, facts or {})


def _fetch(url: str, policy: Policy) -> Fetched:
    if policy.statuses is None:
        raise FetchError(f"expected {url[:200]} to be obtainable, met no way to ask")
    return policy.statuses.status_list(url)


def _bit(fetched: Fetched, place: StatusEntry, issuer_id: str, at: datetime, policy: Policy) -> bool:
    """
    Raises:
        StatusListError: The list cannot be relied on, and why.
        ResolutionError: The key that signs it could not be obtained.
    """
    try:
        document = strict_json.read_object(fetched.body, max_bytes=policy.max_status_list_bytes)
        structure.check(document)
        subject = _subject(document, place, issuer_id, at)
        for proof in proofs_of(document, policy):
            verify_one(document, proof, at=at, policy=policy)
    except (ResolutionError, StatusListError):
        raise
    except UnreadableError as error:
        raise StatusListError(f"expected a status list as JSON: {error}") from error
    except SceauError as error:
        raise StatusListError(f"expected a status list that holds: {error}") from error
    return bitstring.bit(bitstring.decode(subject.get("encodedList")), place.index)


def _subject(document: dict[str, Any], place: StatusEntry, issuer_id: str, at: datetime) -> dict[str, Any]:
    """The list inside its credential, once that is the one the entry meant."""
    if LIST_CREDENTIAL not in types_of(document):
        raise StatusListError(f"expected a {LIST_CREDENTIAL}, met another type")
    if document.get("id", place.list_url) != place.list_url:
        raise StatusListError(f"expected the list {place.list_url!r}, met another")
    if structure.issuer_of(document)[0] != issuer_id:
        raise StatusListError("expected the list to have the credential's issuer, met another")
    if "validFrom" in document and moments.read(document["validFrom"]) > at:
        raise StatusListError(f"expected a list that is valid, met one from {document['validFrom']}")
    if "validUntil" in document and moments.read(document["validUntil"]) < at:
        raise StatusListExpiredError(f"expected a list that is valid, met one until {document['validUntil']}")
    subject = document["credentialSubject"]
    if not isinstance(subject, dict) or LIST not in types_of(subject):
        raise StatusListError(f"expected one {LIST} inside the list, met another")
    purposes = subject.get("statusPurpose")
    if place.purpose not in (purposes if isinstance(purposes, list) else [purposes]):
        raise StatusListError(f"expected a list for {place.purpose}, met one for {str(purposes)[:60]}")
    return subject
