"""
Public keys as JSON Web Keys.

    {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}

Source:
    RFC 7517, RFC 7518 section 6, RFC 8037 section 2; thumbprints: RFC 7638.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from sceau.canon import strict_json
from sceau.errors import KeyFormatError
from sceau.keys.public import COORDINATE_LENGTHS, CURVES, KeyType, PublicKey

_ALGORITHMS = {
    KeyType.ED25519: ("EdDSA", "Ed25519"),
    KeyType.P256: ("ES256",),
    KeyType.P384: ("ES384",),
    KeyType.P521: ("ES512",),
    KeyType.RSA: ("RS256",),
}
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_MAX_LETTERS = 2_048
_REQUIRED = {"OKP": ("crv", "kty", "x"), "EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n")}


def base64url_encode(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def base64url_decode(text: object, *, max_letters: int = _MAX_LETTERS) -> bytes:
    """
    Base64url without padding; one text for one sequence of bytes.

    Raises:
        KeyFormatError: Padding, another alphabet, bits left over, or too long.
    """
    if not isinstance(text, str) or len(text) > max_letters or not _BASE64URL.fullmatch(text):
        raise KeyFormatError(f"expected base64url without padding, met {str(text)[:20]!a}")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise KeyFormatError(f"expected base64url without padding, met {text[:20]!a}") from error
    if base64url_encode(data) != text:
        raise KeyFormatError(f"expected base64url with no bits left over, met {text[-20:]!a}")
    return data


def encode(key: PublicKey) -> dict[str, str]:
    """The members that make the key, and no other."""
    native = key.native
    if isinstance(native, ec.EllipticCurvePublicKey):
        numbers = native.public_numbers()
        size = COORDINATE_LENGTHS[key.type]
        x, y = numbers.x.to_bytes(size, "big"), numbers.y.to_bytes(size, "big")
        return {"kty": "EC", "crv": str(key.type), "x": base64url_encode(x), "y": base64url_encode(y)}
    if isinstance(native, rsa.RSAPublicKey):
        modulus, exponent = native.public_numbers().n, native.public_numbers().e
        return {"kty": "RSA", "n": _unsigned(modulus), "e": _unsigned(exponent)}
    return {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(key.data)}


def decode(jwk: Mapping[str, Any]) -> PublicKey:
    """
    The public key that a JWK is.

    Args:
        jwk: ``use``, ``key_ops`` and ``alg`` are held against what the key would be used for: checking
            signatures.

    Raises:
        KeyFormatError: Another kind, a point that is not on the curve, a key meant for something else, or one
            that gives its private half away, so that anybody may have signed with it.
    """
    if given := _PRIVATE.intersection(jwk):
        raise KeyFormatError(f"expected a public key, met one with its private part {sorted(given)[0]!r}")
    if jwk.get("use", "sig") != "sig":
        raise KeyFormatError(f"expected a key for signatures, met one for {str(jwk['use'])[:20]!a}")
    operations = jwk.get("key_ops", ["verify"])
    if not isinstance(operations, list) or "verify" not in operations:
        raise KeyFormatError(f"expected a key to verify with, met one for {str(operations)[:60]!a}")
    key = _decoded(jwk)
    if jwk.get("alg") is not None and jwk["alg"] not in _ALGORITHMS[key.type]:
        raise KeyFormatError(f"expected an algorithm of {key.type}, met {str(jwk['alg'])[:20]!a}")
    return key


def _decoded(jwk: Mapping[str, Any]) -> PublicKey:
    kind, curve = jwk.get("kty"), jwk.get("crv")
    if kind == "OKP" and curve == "Ed25519":
        key = PublicKey(KeyType.ED25519, base64url_decode(jwk.get("x")))
        if len(key.data) != 32:
            raise KeyFormatError(f"expected an Ed25519 key of 32 bytes, met {len(key.data)}")
        key.native  # noqa: B018 -- refuses points of low order
        return key
    if kind == "EC" and curve in tuple(CURVES):
        native_curve, size = CURVES[KeyType(curve)], COORDINATE_LENGTHS[KeyType(curve)]
        x, y = base64url_decode(jwk.get("x")), base64url_decode(jwk.get("y"))
        if len(x) != size or len(y) != size:
            raise KeyFormatError(
                f"expected coordinates of {size} bytes for {curve}, met {len(x)} and {len(y)}"
            )
        try:
            return PublicKey.of(ec.EllipticCurvePublicKey.from_encoded_point(native_curve, b"\x04" + x + y))
        except ValueError as error:
            raise KeyFormatError(f"expected a point of {curve}, met {error}") from error
    if kind == "RSA":
        return _rsa(jwk)
    raise KeyFormatError(f"expected a key of {', '.join(KeyType)}, met {str((kind, curve))[:60]!a}")


def _rsa(jwk: Mapping[str, Any]) -> PublicKey:
    modulus = int.from_bytes(base64url_decode(jwk.get("n")), "big")
    exponent = int.from_bytes(base64url_decode(jwk.get("e")), "big")
    if exponent.bit_length() > 32:  # a long exponent makes each check slow
        raise KeyFormatError(f"expected an RSA exponent of at most 32 bits, met {exponent.bit_length()}")
    try:
        return PublicKey.of(rsa.RSAPublicNumbers(exponent, modulus).public_key())
    except ValueError as error:
        raise KeyFormatError(f"expected an RSA key, met {error}") from error


def _unsigned(number: int) -> str:
    return base64url_encode(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def thumbprint(key: PublicKey) -> str:
    """
    SHA-256 over the members that make the key, in base64url: the same for each way to write the key.

    Source:
        RFC 7638, section 3.
    """
    members = encode(key)
    ordered = {name: members[name] for name in _REQUIRED[members["kty"]]}
    return base64url_encode(hashlib.sha256(strict_json.write(ordered)).digest())


def from_pem(pem: bytes) -> PublicKey:
    """
    The public key of a PEM file.

    Raises:
        KeyFormatError: Not a public key that is read here.
    """
    try:
        return PublicKey.of(serialization.load_pem_public_key(pem))
    except ValueError as error:
        raise KeyFormatError("expected a public key in PEM, met something else") from error
