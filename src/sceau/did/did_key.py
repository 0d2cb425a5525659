"""
did:key: the identifier is the public key itself, so nothing needs to be asked of anyone.

Source:
    The did:key Method v0.9 (W3C CCG), with the Multikey form of verification methods.
"""

from __future__ import annotations

from sceau.did import document
from sceau.errors import KeyFormatError, ResolutionError
from sceau.keys import multikey

PREFIX = "did:key:"


def did(public_key_multibase: str) -> str:
    """``did:key:z6Mk…``."""
    return PREFIX + public_key_multibase


def verification_method(public_key_multibase: str) -> str:
    """``did:key:z6Mk…#z6Mk…``: the fragment repeats the key."""
    return f"{PREFIX}{public_key_multibase}#{public_key_multibase}"


def resolve(identifier: str) -> dict[str, object]:
    """
    The DID document that a did:key stands for.

    Raises:
        ResolutionError: Not a key of Ed25519, P-256, P-384 or P-521.
    """
    encoded = identifier.removeprefix(PREFIX)
    try:
        multikey.decode(encoded).native  # noqa: B018 -- a point of the curve, and not one of low order
    except KeyFormatError as error:
        raise ResolutionError(
            f"expected a did:key of Ed25519, P-256, P-384 or P-521, met {identifier[:80]!a}: {error}"
        ) from error
    return document.build(identifier, [(verification_method(encoded), encoded)])
