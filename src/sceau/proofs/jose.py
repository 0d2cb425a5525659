"""
JSON Web Signatures in their compact form: a token says how it was signed; the verifier says what it accepts.

    <base64url of the protected header>.<base64url of the payload>.<base64url of the signature>

Written here, on the primitives of `cryptography`, since the signature must be made by a `Signer` whose key
may never leave its token; other libraries serve the tests as second opinions.

Source:
    RFC 7515; RFC 7518 section 3 (ES256, ES384, ES512, RS256); RFC 8037 and RFC 9864 (EdDSA, Ed25519); RFC
    8725 (best current practices).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sceau.canon import strict_json
from sceau.errors import (
    KeyFormatError,
    MissingProofError,
    ProofError,
    TooLargeError,
    UnreadableError,
    UnsupportedProofError,
)
from sceau.keys.jwk import base64url_decode, base64url_encode
from sceau.keys.public import KeyType, PublicKey
from sceau.ports import Signer

_KEY_OF_ALGORITHM = {
    "EdDSA": KeyType.ED25519,
    "Ed25519": KeyType.ED25519,
    "ES256": KeyType.P256,
    "ES384": KeyType.P384,
    "ES512": KeyType.P521,
    "RS256": KeyType.RSA,
}
ALGORITHMS = frozenset(_KEY_OF_ALGORITHM)
"""Those that are read here. ``none`` and shared secrets (HS256…) are not among them and never will be."""
_ALGORITHM_OF_KEY = {
    KeyType.ED25519: "EdDSA",
    KeyType.P256: "ES256",
    KeyType.P384: "ES384",
    KeyType.P521: "ES512",
    KeyType.RSA: "RS256",
}

MAX_BYTES = strict_json.MAX_BYTES
_MAX_HEADER = 16_000
"""Letters; a chain of certificates has its place in it."""
_MAX_SIGNATURE = 2_048


@dataclass(frozen=True)
class Jws:
    """
    A token taken apart, and not yet verified.

    Attributes:
        header: The protected header; nothing in it is trusted.
        payload: The bytes that were signed.
        signing_input: ``header.payload`` as the token writes them.
    """

    header: Mapping[str, Any]
    payload: bytes
    signature: bytes
    signing_input: bytes
    token: str

    @property
    def algorithm(self) -> str:
        """``alg``, empty where it is not text."""
        value = self.header.get("alg")
        return value if isinstance(value, str) else ""

    @property
    def type(self) -> str:
        """``typ`` in small letters and without ``application/``, as RFC 7515 section 4.1.9 compares it."""
        value = self.header.get("typ")
        return value.lower().removeprefix("application/") if isinstance(value, str) else ""

    def claims(self) -> dict[str, Any]:
        """
        The payload as a JSON object.

        Raises:
            UnreadableError: It is not one, or not one that every reader would read alike.
        """
        return strict_json.read_object(self.payload, max_bytes=MAX_BYTES)


def parse(token: str, *, max_bytes: int = MAX_BYTES) -> Jws:
    """
    Take a compact token apart.

    Raises:
        TooLargeError: Longer than *max_bytes*.
        UnreadableError: Not three parts of base64url, or a header that is not a JSON object.
    """
    if len(token) > max_bytes:
        raise TooLargeError(f"expected a token of at most {max_bytes} bytes, met {len(token)}")
    parts = token.split(".")
    if len(parts) != 3:
        raise UnreadableError(f"expected a token of three parts, met {len(parts)}")
    header, payload, signature = parts
    try:
        read = strict_json.read_object(base64url_decode(header, max_letters=_MAX_HEADER), max_depth=8)
        return Jws(
            header=read,
            payload=base64url_decode(payload, max_letters=max_bytes),
            signature=base64url_decode(signature, max_letters=_MAX_SIGNATURE),
            signing_input=f"{header}.{payload}".encode("ascii"),
            token=token,
        )
    except KeyFormatError as error:
        raise UnreadableError(f"expected a token in base64url: {error}") from error


def sign(
    payload: bytes,
    *,
    signer: Signer,
    typ: str,
    header: Mapping[str, Any] | None = None,
) -> str:
    """
    Sign *payload*.

    Args:
        typ: Such as ``"vc+jwt"``: a token for one use must not serve for another.
        header: More members, such as ``cty``; the key's DID URL is the ``kid`` unless one is given.

    Returns:
        The compact token.
    """
    protected = {
        "alg": algorithm_of(signer),
        "typ": typ,
        "kid": signer.verification_method,
        **(header or {}),
    }
    signing_input = f"{base64url_encode(strict_json.write(protected))}.{base64url_encode(payload)}"
    return f"{signing_input}.{base64url_encode(signer.sign(signing_input.encode()))}"


def algorithm_of(signer: Signer) -> str:
    """
    ``"EdDSA"``, ``"ES256"``, ``"ES384"``, ``"ES512"`` or ``"RS256"``: the kind of key decides.

    Raises:
        UnsupportedProofError: A kind of key that does not sign tokens here.
    """
    try:
        return _ALGORITHM_OF_KEY[KeyType(signer.key_type)]
    except (KeyError, ValueError):
        raise UnsupportedProofError(f"expected a key that signs tokens, met {signer.key_type!r}") from None


def verify(jws: Jws, key: PublicKey, *, algorithms: Collection[str]) -> None:
    """
    Check the signature of a token.

    Args:
        key: Found by the caller; nothing in the token chooses it.
        algorithms: Those the caller accepts. The token's own must be among them and go with the key, so that
            neither ``none`` nor a public key taken for a shared secret can pass.

    Raises:
        UnsupportedProofError: An algorithm that is not accepted, or a critical header that is not understood.
        ProofError: The algorithm does not go with the key.
        SignatureMismatchError: Another content, or another key.
    """
    check_header(jws, algorithms=algorithms)
    if _KEY_OF_ALGORITHM[jws.algorithm] is not key.type:
        raise ProofError(f"expected an algorithm of a key on {key.type}, met {jws.algorithm}")
    key.check(jws.signature, jws.signing_input)


def check_header(jws: Jws, *, algorithms: Collection[str]) -> None:
    """
    Check what can be checked before there is a key.

    Raises:
        MissingProofError: The algorithm ``none``.
        ProofError: An algorithm with a shared secret, which proves nothing to anybody else.
        UnsupportedProofError: As `verify`.
    """
    name = jws.algorithm
    if name.lower() == "none":
        raise MissingProofError("expected a signature, met the algorithm none")
    if name.upper().startswith("HS"):
        raise ProofError(f"expected a public key to check with, met the shared secret of {name[:20]!r}")
    if name not in algorithms or name not in ALGORITHMS:
        accepted = ", ".join(sorted(ALGORITHMS.intersection(algorithms))) or "none"
        raise UnsupportedProofError(f"expected an accepted algorithm ({accepted}), met {name[:40]!r}")
    if "crit" in jws.header:
        met = str(jws.header["crit"])[:80]
        raise UnsupportedProofError(f"expected no critical header that is not understood, met {met}")
    if "b64" in jws.header:
        raise UnsupportedProofError("expected a payload in base64url, met the header b64")
