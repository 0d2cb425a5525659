"""DID documents: writing one's own, and finding a key in another's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sceau.errors import KeyFormatError, ResolutionError, WrongKeyError
from sceau.keys.multikey import decode_ed25519

CONTEXT = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")
_MAX_METHODS = 200


def build(did: str, keys: Sequence[tuple[str, str]]) -> dict[str, object]:
    """
    A DID document whose keys make statements.

    Args:
        keys: Pairs of the full DID URL of a key and its Multikey. Keys of the past stay listed, so that what
            they signed remains verifiable.

    Returns:
        ``{"@context": […], "id": did, "verificationMethod": [{…}], "assertionMethod": ["did…#key-1"]}``
    """
    return {
        "@context": list(CONTEXT),
        "id": did,
        "verificationMethod": [
            {"id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": multibase}
            for method, multibase in keys
        ],
        "assertionMethod": [method for method, _ in keys],
    }


def did_of(verification_method: str) -> str:
    """The DID before the ``#``."""
    return verification_method.partition("#")[0]


def public_key(document: Mapping[str, Any], verification_method: str) -> bytes:
    """
    The Ed25519 key of a verification method that may make statements.

    Args:
        document: The DID document of the issuer.
        verification_method: Full DID URL, as the proof names it.

    Raises:
        ResolutionError: The document is not that of the DID, or cannot be read.
        WrongKeyError: The method is not there, not in assertionMethod, or controlled by somebody else.
        KeyFormatError: Not an Ed25519 Multikey.
    """
    did = did_of(verification_method)
    if document.get("id") != did:
        raise ResolutionError(
            f"expected the DID document of {did!r}, met that of {str(document.get('id'))[:120]!r}"
        )
    allowed = _entries(document, "assertionMethod")
    embedded = [entry for entry in allowed if isinstance(entry, dict)]
    named = {_absolute(entry, did) for entry in allowed if isinstance(entry, str)}
    listed = [entry for entry in _entries(document, "verificationMethod") if isinstance(entry, dict)]
    candidates = embedded + [entry for entry in listed if _absolute(entry.get("id"), did) in named]
    for entry in candidates:
        if _absolute(entry.get("id"), did) == verification_method:
            return _key(entry, did)
    raise WrongKeyError(f"expected {verification_method!r} among the keys that make statements, met none")


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


def _key(entry: Mapping[str, Any], did: str) -> bytes:
    if entry.get("controller") != did:
        raise WrongKeyError(
            f"expected a key controlled by {did!r}, met {str(entry.get('controller'))[:120]!r}"
        )
    if entry.get("type") not in ("Multikey", "Ed25519VerificationKey2020"):
        raise KeyFormatError(f"expected a Multikey, met {str(entry.get('type'))[:60]!r}")
    return decode_ed25519(entry.get("publicKeyMultibase"))
