"""
The envelope of a Comprehensive Learner Record 2.0: Open Badges 3.0 inside, and how they belong together.

    {"@context": ["…/credentials/v2", "…/clr/v2p0/context-2.0.1.json", "…/ob/v3p0/context-3.0.3.json"],
     "type": ["VerifiableCredential", "ClrCredential"],
     "credentialSubject": {"type": ["ClrSubject"],
                           "verifiableCredential": [{"type": […, "OpenBadgeCredential"], …}],
                           "association": [{"type": ["Association"], "associationType": "isPartOf",
                                            "sourceId": "urn:…", "targetId": "urn:…"}]}}

Source:
    1EdTech Comprehensive Learner Record Standard 2.0: ClrCredential, ClrSubject, Association.
"""

from __future__ import annotations

import functools
import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from sceau.canon.contexts import CREDENTIALS_V2, OPEN_BADGES_3, Contexts, pinned
from sceau.errors import ContextError, DataModelError
from sceau.formats import open_badges_3
from sceau.model.credential import Credential

name = "clr_2"

CLR_2 = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
_CLR_2_FILE = "ob3/contexts/clr_context_2.0.1.json"
_CLR_2_SHA256 = "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6"
_TYPE, _SUBJECT = "ClrCredential", "ClrSubject"
_NAMESPACE = uuid.UUID("1d6ad7a3-4d2e-5c0a-9a35-6c0d6d1f0b11")


@functools.cache
def contexts() -> Contexts:
    """
    The contexts of a record. None is ever fetched: the one that sceau lacks comes with openbadgeslib.

    Raises:
        ContextError: The installed copy is not the one that was pinned.
    """
    data = resources.files("openbadgeslib").joinpath(_CLR_2_FILE).read_bytes()
    if (met := hashlib.sha256(data).hexdigest()) != _CLR_2_SHA256:
        raise ContextError(f"expected {_CLR_2_FILE} with sha256 {_CLR_2_SHA256}, met {met}")
    known = {url: pinned().document(url) for url in (CREDENTIALS_V2, OPEN_BADGES_3)}
    return Contexts({**known, CLR_2: json.loads(data)})


def recognises(document: Mapping[str, Any]) -> bool:
    """Does the document say that it is a record? Never raises."""
    types = document.get("type")
    return _TYPE in (types if isinstance(types, list) else [types])


def to_document(credential: Credential) -> dict[str, Any]:
    """
    A record with one badge in it, which the proof of the record will cover.

    Raises:
        DataModelError: The badge cannot be written.
    """
    micro = credential.micro_credential
    parts = [(part.id, micro.id) for part in micro.parts]
    record_id = uuid.uuid5(_NAMESPACE, credential.id).urn
    return wrap([open_badges_3.to_document(credential)], record_id=record_id, is_part_of=parts)


def wrap(
    badges: Sequence[Mapping[str, Any]], *, record_id: str, is_part_of: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """
    A record of badges that one issuer made for one person, signed or not.

    Args:
        badges: At least one. Issuer, person and beginning are those of the first.
        is_part_of: Ids of achievements, the smaller one first.

    Raises:
        DataModelError: No badge, or one of another issuer.
    """
    if not badges:
        raise DataModelError("expected at least one badge in a record, met none")
    first = badges[0]
    for number, badge in enumerate(badges):
        if _id_of(badge.get("issuer")) != _id_of(first.get("issuer")):
            raise DataModelError(f"expected one issuer of all badges, met another at badges[{number}].issuer")
    subject = _object(first.get("credentialSubject"))
    associations = [
        {"type": ["Association"], "associationType": "isPartOf", "sourceId": part, "targetId": whole}
        for part, whole in is_part_of
    ]
    return {
        "@context": [CREDENTIALS_V2, CLR_2, OPEN_BADGES_3],
        "id": record_id,
        "type": ["VerifiableCredential", _TYPE],
        "name": first.get("name", ""),
        "issuer": first.get("issuer"),
        **{key: first[key] for key in ("awardedDate", "validFrom", "validUntil") if key in first},
        "credentialSubject": {
            "type": [_SUBJECT],
            **{key: subject[key] for key in ("id", "identifier") if key in subject},
            "verifiableCredential": [dict(badge) for badge in badges],
            **({"association": associations} if associations else {}),
        },
    }


def from_document(document: Mapping[str, Any]) -> Credential:
    """
    The first badge of a record.

    Raises:
        DataModelError: Another document, no badge in it, or one that cannot be read or has another issuer
            than the record, whose proof then says nothing about it.
    """
    if not recognises(document):
        raise DataModelError(f"expected a {_TYPE}, met another document")
    found = badges_in(document)
    if not found:
        raise DataModelError("expected a badge at credentialSubject.verifiableCredential, met none")
    if _id_of(found[0].get("issuer")) != _id_of(document.get("issuer")):
        raise DataModelError(
            "expected the record's issuer at credentialSubject.verifiableCredential[0].issuer, met another"
        )
    return open_badges_3.from_document(found[0])


def badges_in(document: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """The Open Badges inside a record, in their order; other credentials are passed over."""
    inside = _object(document.get("credentialSubject")).get("verifiableCredential", [])
    entries = inside if isinstance(inside, list) else [inside]
    return tuple(each for each in entries if isinstance(each, Mapping) and open_badges_3.recognises(each))


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _id_of(issuer: object) -> object:
    return issuer.get("id") if isinstance(issuer, Mapping) else issuer
