"""
The MUSTs of the data model, for all that is read here.

Source:
    W3C Verifiable Credentials Data Model v2.0, section 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sceau.errors import DataModelError
from sceau.model import moments

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f]+")


def check(document: dict[str, Any]) -> None:
    """
    Check the shape of a credential; its contexts and proofs are looked at elsewhere.

    Raises:
        DataModelError: The first MUST that is not kept.
    """
    if "VerifiableCredential" not in types_of(document):
        raise DataModelError("expected the type VerifiableCredential, met none")
    if "id" in document:
        _url(document["id"], "id")
    issuer = document.get("issuer")
    _url(issuer.get("id") if isinstance(issuer, dict) else issuer, "issuer")
    _subjects(document.get("credentialSubject"))
    starts, ends = (
        moments.read(document[name]) if name in document else None for name in ("validFrom", "validUntil")
    )
    if starts is not None and ends is not None and ends < starts:
        raise DataModelError("expected validUntil to come after validFrom, met the contrary")
    for entry in objects(document, "credentialStatus"):
        if not types_of(entry):
            raise DataModelError("expected credentialStatus to have a type, met none")
    _told_once(document)


def check_presentation(document: dict[str, Any]) -> None:
    """
    Check the shape of a presentation; the credentials in it are looked at one by one.

    Raises:
        DataModelError: The first MUST that is not kept.

    Source:
        Section 4.13.
    """
    if "VerifiablePresentation" not in types_of(document):
        raise DataModelError("expected the type VerifiablePresentation, met none")
    if "id" in document:
        _url(document["id"], "id")
    if "holder" in document:
        holder = document["holder"]
        _url(holder.get("id") if isinstance(holder, dict) else holder, "holder")


def types_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The types an object states, whether alone or in a list."""
    types = document.get("type")
    return tuple(name for name in (types if isinstance(types, list) else [types]) if isinstance(name, str))


def issuer_of(document: Mapping[str, Any]) -> tuple[str, str]:
    """The issuer's id and name, empty where they cannot be read."""
    issuer = document.get("issuer")
    entries = issuer if isinstance(issuer, dict) else {"id": issuer}
    own_id, name = entries.get("id"), entries.get("name")
    return own_id if isinstance(own_id, str) else "", name if isinstance(name, str) else ""


def objects(document: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """
    The objects at *name*, one or a list; none where it is absent.

    Raises:
        DataModelError: Something else than objects.
    """
    value = document.get(name, [])
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(item, dict) for item in found):
        raise DataModelError(f"expected {name} to hold objects, met something else")
    return found


def _url(value: object, where: str) -> None:
    if not isinstance(value, str) or not _URL.fullmatch(value):
        raise DataModelError(f"expected a URL in {where}, met {str(value)[:120]!a}")


def _subjects(subjects: Any) -> None:
    found = subjects if isinstance(subjects, list) else [subjects]
    if not found or not all(isinstance(subject, dict) and subject for subject in found):
        raise DataModelError("expected credentialSubject to say something, met nothing")
    for subject in found:
        if "id" in subject:
            _url(subject["id"], "credentialSubject.id")


def _told_once(document: dict[str, Any]) -> None:
    """
    What is said of one thing stands in one object, where it is looked for.

    In RDF it could as well be spread over several objects with the same id: a signature would not notice that
    an expiry date, or the name of an outcome, was moved to where nobody reads it.
    """
    own_id = document.get("id")
    for siblings in _below(document):
        ids = [item["id"] for item in siblings if isinstance(item.get("id"), str)]
        if own_id in ids:
            raise DataModelError("expected the credential to be described once, met its id further down")
        if len(ids) != len(set(ids)):
            raise DataModelError("expected each thing to be described once, met an id twice in one list")


def _below(document: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """The objects below, those of one property together."""
    pending: list[Any] = list(document.values())
    while pending:
        value = pending.pop()
        items = value if isinstance(value, list) else [value]
        found = [item for item in items if isinstance(item, dict)]
        yield found
        for item in found:
            pending.extend(item.values())
        pending.extend(item for item in items if isinstance(item, list))
