"""
did:jwk: the identifier is the public key itself, as a JWK in base64url.

Source:
    The did:jwk Method Specification (Quartzjer), version of 2022.
"""

from __future__ import annotations

from sceau.canon import strict_json
from sceau.errors import KeyFormatError, ResolutionError, UnreadableError
from sceau.keys import jwk
from sceau.keys.public import PublicKey

PREFIX = "did:jwk:"
_MAX_LETTERS = 2_000


def did(key: PublicKey) -> str:
    """``did:jwk:eyJrdHkiOiJPS1AiLCJjcnYiOi…``."""
    return PREFIX + jwk.base64url_encode(strict_json.write(jwk.encode(key)))


def verification_method(identifier: str) -> str:
    """The one key of a did:jwk has the fragment ``#0``."""
    return f"{identifier}#0"


def resolve(identifier: str) -> dict[str, object]:
    """
    The DID document that a did:jwk stands for.

    Raises:
        ResolutionError: Not a public key that is read here.
    """
    try:
        data = jwk.base64url_decode(identifier.removeprefix(PREFIX), max_letters=_MAX_LETTERS)
        members = strict_json.read_object(data, max_bytes=_MAX_LETTERS)
        jwk.decode(members)
    except (KeyFormatError, UnreadableError) as error:
        raise ResolutionError(
            f"expected a did:jwk of a public key, met {identifier[:80]!a}: {error}"
        ) from error
    method = verification_method(identifier)
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": identifier,
        "verificationMethod": [
            {"id": method, "type": "JsonWebKey", "controller": identifier, "publicKeyJwk": members}
        ],
        "assertionMethod": [method],
        "authentication": [method],
    }
