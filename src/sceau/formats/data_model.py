"""
The MUSTs of the data model, for all that is read and signed here: VC 2.0, and VC 1.1 where the first context
says so, as European Digital Credentials do.

What a word means, and so whether it means anything, is told by its contexts (`sceau.canon`); proofs and the
values of a status have homes of their own.

Source:
    W3C Verifiable Credentials Data Model v2.0, sections 4, 5 and 11.1; v1.1, sections 4 and 5.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sceau.canon import contexts
from sceau.canon.contexts import CREDENTIALS_V1
from sceau.errors import DataModelError, KeyFormatError
from sceau.keys.jwk import base64url_decode
from sceau.keys.multikey import base58_decode
from sceau.model import moments

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_LANGUAGE_KEYS = frozenset({"@value", "@language", "@direction"})
_ENVELOPES = ("EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation")


class Version(StrEnum):
    """A version of the data model."""

    V2_0 = "2.0"
    V1_1 = "1.1"


@dataclass(frozen=True)
class _Rules:
    """
    Where the versions differ.

    Attributes:
        beginnings, ends: The members that bound the validity; those *required* must be there.
        with_id: The members whose objects must have an id.
        has_words: Are name and description strings or language value objects?
    """

    beginnings: tuple[str, ...]
    ends: tuple[str, ...]
    required: tuple[str, ...]
    with_id: frozenset[str]
    has_words: bool


_RULES = {
    Version.V2_0: _Rules(("validFrom",), ("validUntil",), (), frozenset({"credentialSchema"}), True),
    # European credentials state validFrom and validUntil beside the members of VC 1.1; all of them bind.
    Version.V1_1: _Rules(
        ("issuanceDate", "validFrom"),
        ("expirationDate", "validUntil"),
        ("issuanceDate",),
        frozenset({"credentialSchema", "credentialStatus", "refreshService"}),
        False,
    ),
}
_ENDORSED = "EndorsementSubject"
_ENDORSED_KEYS = frozenset({"id", "type", "endorsementComment", "inLanguage"})
_TYPED = ("credentialStatus", "credentialSchema", "refreshService", "termsOfUse", "evidence")


def check(document: dict[str, Any]) -> None:
    """
    Check the shape of a credential.

    Raises:
        DataModelError: The first MUST that is not kept.
    """
    rules = _RULES[version_of(document)]
    _types(document, "the credential", wanted="VerifiableCredential")
    if "id" in document:
        _url(document["id"], "id")
    issuer = document.get("issuer")
    _url(issuer.get("id") if isinstance(issuer, dict) else issuer, "issuer")
    _subjects(document.get("credentialSubject"))
    if rules.has_words:
        _words(document, "")
        if isinstance(issuer, dict):
            _words(issuer, "issuer.")
    for name in rules.required:
        if name not in document:
            raise DataModelError(f"expected {name} in a credential of VC {version_of(document)}, met none")
    _validity(document)
    for name in _TYPED:
        _typed(document, name, with_id=name in rules.with_id)
    _related_resources(document)
    _told_once(document)


def check_presentation(document: dict[str, Any]) -> None:
    """
    Check the shape of a presentation. It need not be signed; the credentials in it are looked at one by one,
    and must be.

    Raises:
        DataModelError: The first MUST that is not kept.

    Source:
        VC 2.0, section 4.13.
    """
    _types(document, "the presentation", wanted="VerifiablePresentation")
    if "id" in document:
        _url(document["id"], "id")
    if "holder" in document:
        holder = document["holder"]
        _url(holder.get("id") if isinstance(holder, dict) else holder, "holder")
    _typed(document, "termsOfUse", with_id=False)
    for credential in objects(document, "verifiableCredential"):
        types = _types(credential, "verifiableCredential")
        own_id = credential.get("id")
        if set(types).intersection(_ENVELOPES) and not _is_data_url(own_id):
            raise DataModelError(f"expected a data URL in an envelope, met {str(own_id)[:120]!a}")


def version_of(document: Mapping[str, Any]) -> Version:
    """The version that the first context says; 2.0 where it is none of the two."""
    named = document.get("@context")
    first = named[0] if isinstance(named, list) and named else named
    return Version.V1_1 if first == CREDENTIALS_V1 else Version.V2_0


def beginning_of(document: Mapping[str, Any]) -> tuple[str, datetime] | None:
    """
    From when it is valid: the member that says so and its moment, the latest where several do.

    Raises:
        DataModelError: Not a moment.
    """
    stated = _moments(document, _RULES[version_of(document)].beginnings)
    return max(stated, key=lambda each: each[1]) if stated else None


def end_of(document: Mapping[str, Any]) -> tuple[str, datetime] | None:
    """
    Until when it is valid: the member that says so and its moment, the earliest where several do.

    Raises:
        DataModelError: Not a moment.
    """
    stated = _moments(document, _RULES[version_of(document)].ends)
    return min(stated, key=lambda each: each[1]) if stated else None


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


def _types(item: Mapping[str, Any], where: str, *, wanted: str = "") -> tuple[str, ...]:
    """The types of an object that must have one."""
    types = item.get("type")
    listed = types if isinstance(types, list) else [types]
    if not listed or not all(isinstance(name, str) and name for name in listed):
        raise DataModelError(f"expected {where} to have a type, met {str(types)[:120]!a}")
    if wanted and wanted not in listed:
        raise DataModelError(f"expected the type {wanted}, met {str(types)[:120]!a}")
    return tuple(listed)


def _typed(document: Mapping[str, Any], name: str, *, with_id: bool) -> None:
    for entry in objects(document, name):
        _types(entry, name)
        if with_id or "id" in entry:
            _url(entry.get("id"), f"{name}.id")


def _subjects(subjects: Any) -> None:
    found = subjects if isinstance(subjects, list) else [subjects]
    if not found or not all(isinstance(subject, dict) and subject for subject in found):
        raise DataModelError("expected credentialSubject to say something, met nothing")
    for subject in found:
        if "id" in subject:
            _url(subject["id"], "credentialSubject.id")


def _words(item: Mapping[str, Any], where: str) -> None:
    """
    Names and descriptions: one text, or texts that say their language.

    Source:
        VC 2.0, section 11.1.
    """
    for name in ("name", "description"):
        value = item.get(name, "")
        for each in value if isinstance(value, list) and value else [value]:
            if not (_is_language_value(each) or (isinstance(each, str) and each is value)):
                met = str(each)[:120]
                raise DataModelError(f"expected text or language value objects in {where}{name}, met {met!a}")


def _is_language_value(value: object) -> bool:
    return (
        isinstance(value, dict)
        and _LANGUAGE_KEYS.issuperset(value)
        and isinstance(value.get("@value"), str)
        and ("@language" not in value or _LANGUAGE.fullmatch(str(value["@language"])) is not None)
        and value.get("@direction", "ltr") in ("ltr", "rtl")
    )


def _moments(document: Mapping[str, Any], names: tuple[str, ...]) -> list[tuple[str, datetime]]:
    found = []
    for name in names:
        if name in document:
            try:
                found.append((name, moments.read(document[name])))
            except DataModelError as error:
                raise DataModelError(f"{error}, in {name}") from error
    return found


def _validity(document: Mapping[str, Any]) -> None:
    starts, ends = beginning_of(document), end_of(document)
    if starts is not None and ends is not None and ends[1] < starts[1]:
        raise DataModelError(f"expected {ends[0]} not to come before {starts[0]}, met the contrary")


def _related_resources(document: Mapping[str, Any]) -> None:
    """
    Each resource once, by its URL and with a digest; of what is held here, the digest must be right.

    Source:
        VC 2.0, section 5.3.
    """
    seen: set[str] = set()
    for resource in objects(document, "relatedResource"):
        _url(resource.get("id"), "relatedResource.id")
        own_id: str = resource["id"]
        if own_id in seen:
            raise DataModelError(f"expected each related resource once, met {own_id[:120]!a} twice")
        seen.add(own_id)
        if not {"digestSRI", "digestMultibase"}.intersection(resource):
            raise DataModelError(f"expected a digest of the related resource {own_id[:120]!a}, met none")
        held = contexts.as_published(own_id)
        for name, matches in (("digestSRI", _matches_sri), ("digestMultibase", _matches_multibase)):
            if name in resource and not matches(resource[name], held):
                met = str(resource[name])[:120]
                raise DataModelError(f"expected {name} of {own_id[:120]!a} to be its digest, met {met!a}")


def _matches_sri(value: object, data: bytes | None) -> bool:
    """
    Is it integrity metadata, and of *data* where that is known? Of several hashes, the strongest kind counts.

    Source:
        W3C Subresource Integrity, sections 3.3.4 and 3.5.
    """
    by_kind: dict[str, set[bytes]] = {}
    for each in value.split() if isinstance(value, str) else []:
        kind, _, digest = each.partition("?")[0].partition("-")
        try:
            found = base64.b64decode(digest, validate=True)
        except (binascii.Error, ValueError):
            return False
        if kind not in ("sha256", "sha384", "sha512") or len(found) != hashlib.new(kind).digest_size:
            return False
        by_kind.setdefault(kind, set()).add(found)
    if not by_kind:
        return False
    strongest = max(by_kind)
    return data is None or hashlib.new(strongest, data).digest() in by_kind[strongest]


def _matches_multibase(value: object, data: bytes | None) -> bool:
    """
    Is it a digest in base64url or base58btc, and of *data* where that is known?

    The standard asks for a multihash; its examples, and W3C's own suite, write the bare SHA-256.

    Source:
        VC 2.0, section 5.3; Controlled Identifiers v1.0, sections 2.4 and 2.5.
    """
    if not isinstance(value, str):
        return False
    try:
        if value.startswith("u"):
            found = base64url_decode(value[1:], max_letters=200)
        elif value.startswith("z"):
            found = base58_decode(value[1:])
        else:
            return False
    except KeyFormatError:
        return False
    kinds = {b"\x12\x20": "sha256", b"\x20\x30": "sha384", b"\x13\x40": "sha512"}
    kind = kinds.get(found[:2], "") if len(found) > 32 else ""
    digest = found[2:] if kind else found
    if len(digest) != hashlib.new(kind or "sha256").digest_size:
        return False
    return data is None or hashlib.new(kind or "sha256", data).digest() == digest


def _is_data_url(value: object) -> bool:
    return isinstance(value, str) and value.startswith("data:") and "," in value


def _told_once(document: dict[str, Any]) -> None:
    """
    What is said of one thing stands in one object, where it is looked for.

    In RDF it could as well be spread over several objects with the same id: a signature would not notice that
    an expiry date, or the name of an outcome, was moved to where nobody reads it. Only an endorsement speaks
    of the very credential that it stands in, and says nothing but its comment there.
    """
    own_id = document.get("id")
    for siblings in _below(document):
        ids = [item["id"] for item in siblings if isinstance(item.get("id"), str)]
        if any(item.get("id") == own_id and not _is_endorsed(item) for item in siblings if "id" in item):
            raise DataModelError("expected the credential to be described once, met its id further down")
        if len(ids) != len(set(ids)):
            raise DataModelError("expected each thing to be described once, met an id twice in one list")


def _is_endorsed(item: Mapping[str, Any]) -> bool:
    """Does it say what an endorsement says of its subject, and nothing else?"""
    return _ENDORSED in types_of(item) and _ENDORSED_KEYS.issuperset(item)


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
