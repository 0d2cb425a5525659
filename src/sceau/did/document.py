"""DID documents: writing one's own, and finding a key in another's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sceau.errors import DataModelError, KeyFormatError, ResolutionError, WrongKeyError
from sceau.keys import jwk, multikey
from sceau.keys.public import PublicKey
from sceau.model import moments

CONTEXT = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")
ASSERTION = "assertionMethod"
AUTHENTICATION = "authentication"
_MULTIKEY_TYPES = ("Multikey", "Ed25519VerificationKey2020")
_JWK_TYPES = ("JsonWebKey", "JsonWebKey2020")
_MAX_METHODS = 200


def build(did: str, keys: Sequence[tuple[str, str]]) -> dict[str, object]:
    """
    A DID document whose keys make statements.

    Args:
        keys: Pairs of the full DID URL of a key and its Multikey. Keys of the past stay listed, so that what
            they signed remains verifiable.

    Returns:
        ``{"@context": […], "id": did, "verificationMethod": [{…}], "assertionMethod": ["did…#key-1"],
        "authentication": ["did…#key-1"]}``
    """
    return {
        "@context": list(CONTEXT),
        "id": did,
        "verificationMethod": [
            {"id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": multibase}
            for method, multibase in keys
        ],
        ASSERTION: [method for method, _ in keys],
        AUTHENTICATION: [method for method, _ in keys],
    }


def did_of(verification_method: str) -> str:
    """The DID before the ``#``."""
    return verification_method.partition("#")[0]


def public_key(
    document: Mapping[str, Any],
    verification_method: str,
    *,
    at: datetime,
    relationship: str = ASSERTION,
) -> PublicKey:
    """
    The key of a verification method that may be used for a purpose.

    Args:
        document: The DID document of whoever signed.
        verification_method: Full DID URL, as the proof names it.
        at: Aware; a key that was withdrawn or has ended by then is not given.
        relationship: ``"assertionMethod"`` to make statements, ``"authentication"`` to show credentials.

    Raises:
        ResolutionError: The document is not that of the DID, or cannot be read.
        WrongKeyError: The method is not there, not for this purpose, withdrawn, or another's.
        KeyFormatError: A kind of key that is not read here.
    """
    did = did_of(verification_method)
    for entry in _methods(document, did, relationship):
        if _absolute(entry.get("id"), did) == verification_method:
            return _key(entry, did, at)
    raise WrongKeyError(f"expected {verification_method[:200]!r} among the keys for {relationship}, met none")


def public_keys(
    document: Mapping[str, Any], *, at: datetime, relationship: str = ASSERTION
) -> dict[str, PublicKey]:
    """
    Every key of a DID document that may be used for a purpose, by its full DID URL; those that cannot be read
    here are left out.

    Raises:
        ResolutionError: The document cannot be read.
    """
    did = str(document.get("id"))
    found = {}
    for entry in _methods(document, did, relationship):
        try:
            found[_absolute(entry.get("id"), did)] = _key(entry, did, at)
        except (WrongKeyError, KeyFormatError):
            continue
    return found


def _methods(document: Mapping[str, Any], did: str, relationship: str) -> list[dict[str, Any]]:
    """The verification methods of one relationship, embedded there or named."""
    if document.get("id") != did:
        raise ResolutionError(
            f"expected the DID document of {did[:200]!r}, met that of {str(document.get('id'))[:120]!r}"
        )
    allowed = _entries(document, relationship)
    embedded = [entry for entry in allowed if isinstance(entry, dict)]
    named = {_absolute(entry, did) for entry in allowed if isinstance(entry, str)}
    listed = [entry for entry in _entries(document, "verificationMethod") if isinstance(entry, dict)]
    return embedded + [entry for entry in listed if _absolute(entry.get("id"), did) in named]


def _entries(document: Mapping[str, Any], name: str) -> list[Any]:
    entries = document.get(name, [])
    if not isinstance(entries, list) or len(entries) > _MAX_METHODS:
        raise ResolutionError(f"expected {name} to be a list of at most {_MAX_METHODS}, met another")
    return entries


def _absolute(identifier: object, did: str) -> str:
    """DID documents may shorten their own URLs to ``#key-1``."""
    if not isinstance(identifier, str):
        return ""
    return did + identifier if identifier.startswith("#") else identifier


def _key(entry: Mapping[str, Any], did: str, at: datetime) -> PublicKey:
    if entry.get("controller") != did:
        raise WrongKeyError(
            f"expected a key controlled by {did!r}, met {str(entry.get('controller'))[:120]!r}"
        )
    _check_moments(entry, at)
    kind = entry.get("type")
    if kind in _MULTIKEY_TYPES and "publicKeyMultibase" in entry:
        return multikey.decode(entry["publicKeyMultibase"])
    if kind in _JWK_TYPES and isinstance(entry.get("publicKeyJwk"), dict):
        return jwk.decode(entry["publicKeyJwk"])
    raise KeyFormatError(f"expected a Multikey or JsonWebKey, met {str(kind)[:60]!r}")


def _check_moments(entry: Mapping[str, Any], at: datetime) -> None:
    """
    A key that was withdrawn proves nothing any more: who stole it can write any date. A key that was only
    replaced bears neither word, and what it signed remains verifiable.

    Source:
        W3C Controlled Identifiers v1.0, section 2.2, ``expires`` and ``revoked``.
    """
    for name in ("revoked", "expires"):
        if name in entry:
            try:
                moment = moments.read(entry[name])
            except DataModelError as error:
                raise KeyFormatError(f"expected {name} of a key to be a moment: {error}") from error
            if moment <= at:
                raise WrongKeyError(f"expected a key in use at {moments.write(at)}, met {name} {entry[name]}")
