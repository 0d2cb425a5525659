"""Writing: the small pieces of JSON that several parts of a badge are made of."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sceau.errors import DataModelError
from sceau.formats.open_badges_3 import terms
from sceau.model import characters, moments
from sceau.model.concepts import Concept
from sceau.model.credential import Issuer, StatusEntry
from sceau.model.texts import Text

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f]+")
_SCHEMES = frozenset({"urn", "did", "https", "http", "mailto"})


def is_iri(value: str) -> bool:
    """An absolute URL or URN of a kind that cannot do anything by itself?"""
    return _IRI.fullmatch(value) is not None and value.partition(":")[0].lower() in _SCHEMES


def iri(value: str, where: str) -> str:
    """
    *value* as it is.

    Raises:
        DataModelError: Not an absolute URL or URN.
    """
    if not is_iri(value):
        raise DataModelError(f"expected an absolute URL or URN in {where}, met {value[:120]!a}")
    return value


def named(text: Text, language: str, what: str) -> str:
    """
    *text* in *language*, or in its own where it lacks it.

    Raises:
        DataModelError: Nothing is said; *what* names it in the message.
    """
    if not text:
        raise DataModelError(f"expected a name of {what}, met none")
    return text.get(language)


def language_of(text: Text, what: str) -> str:
    """
    The language that a document is written in: that of *text*.

    Raises:
        DataModelError: Not a tag as Open Badges takes it; *what* names the text in the message.
    """
    if not terms.LANGUAGE.fullmatch(text.language):
        raise DataModelError(
            f"expected a language code such as fr or fr-FR for {what}, met {text.language!a}"
        )
    return text.language


def filled(entries: dict[str, Any]) -> dict[str, Any]:
    """Without the empty ones: an empty value says nothing, and would be signed as if it did."""
    return {key: value for key, value in entries.items() if value not in ("", None, [])}


def validity(valid_from: datetime, valid_until: datetime | None) -> dict[str, str]:
    """
    The two ends.

    Raises:
        DataModelError: A naive moment, or an end that is not after the beginning.
    """
    if valid_until is None:
        return {"validFrom": moments.write(valid_from)}
    written = {"validFrom": moments.write(valid_from), "validUntil": moments.write(valid_until)}
    if valid_until <= valid_from:
        raise DataModelError("expected the validity to end after it begins, met the contrary")
    return written


def alignment(concept: Concept, kind: str, language: str, description: Text | None = None) -> dict[str, Any]:
    """
    An Alignment to *concept*.

    Raises:
        DataModelError: It has no label, or no absolute IRI.
    """
    name = concept.label.get(language)
    if not name:
        raise DataModelError(f"expected each concept to have a label, met {concept.iri!r} without")
    return filled(
        {
            "type": ["Alignment"],
            "targetName": name,
            "targetDescription": description.get(language) if description else "",
            "targetUrl": iri(concept.iri, f"the {kind} {name!r}"),
            "targetType": kind,
            "targetFramework": concept.framework,
            "targetCode": concept.code,
        }
    )


def profile(issuer: Issuer) -> dict[str, Any]:
    """An organisation."""
    return filled(
        {
            "id": iri(issuer.id, "issuer.id"),
            "type": ["Profile"],
            "name": issuer.name,
            "url": iri(issuer.url, "issuer.url") if issuer.url else "",
            "email": issuer.email,
            "address": _address(issuer),
            "otherIdentifier": [
                {
                    "type": "IdentifierEntry",
                    "identifier": identifier.value,
                    "identifierType": terms.scheme_to_type(identifier.scheme),
                }
                for identifier in issuer.identifiers
            ],
        }
    )


def _address(issuer: Issuer) -> dict[str, Any] | None:
    told = filled(
        {
            "addressCountry": issuer.country,
            "addressCountryCode": issuer.country_code,
            "addressRegion": issuer.region,
            "addressLocality": issuer.locality,
        }
    )
    return {"type": ["Address"], **told} if told else None


def statuses(entries: tuple[StatusEntry, ...]) -> dict[str, Any]:
    """The member ``credentialStatus``, where there are any."""
    written = [_status(entry) for entry in entries]
    # The strict schema of 1EdTech wants one object; the data model allows several.
    return {"credentialStatus": written[0] if len(written) == 1 else written} if written else {}


def _status(entry: StatusEntry) -> dict[str, Any]:
    if entry.index < 0:
        raise DataModelError(f"expected a status index from 0 on, met {entry.index}")
    return {
        "id": f"{iri(entry.list_url, 'status.list_url')}#{entry.index}",
        "type": terms.STATUS_ENTRY,
        "statusPurpose": entry.purpose,
        "statusListIndex": str(entry.index),
        "statusListCredential": entry.list_url,
    }


def check_texts(document: dict[str, Any]) -> None:
    """
    Refuse forbidden characters in any value, naming the path.

    Raises:
        ForbiddenCharacterError: A control character, noncharacter or lone surrogate.
    """
    pending: list[tuple[str, Any]] = [("", document)]
    while pending:
        where, value = pending.pop()
        if isinstance(value, str):
            characters.check(value, where)
        elif isinstance(value, dict):
            pending.extend((f"{where}.{key}".lstrip("."), child) for key, child in value.items())
        elif isinstance(value, list):
            pending.extend((f"{where}[{number}]", child) for number, child in enumerate(value))
