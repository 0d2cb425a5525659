"""Public keys of every kind that is read here, and the one check of a signature."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from sceau.errors import KeyFormatError, SignatureMismatchError


class KeyType(StrEnum):
    """A kind of key; each signs in one way only, so that nobody but the key chooses the algorithm."""

    ED25519 = "Ed25519"
    P256 = "P-256"
    P384 = "P-384"
    P521 = "P-521"
    RSA = "RSA"

    @property
    def hash_name(self) -> str:
        """The hash that goes with it, as `hashlib` names it."""
        return {KeyType.P384: "sha384", KeyType.P521: "sha512"}.get(self, "sha256")


SIGNATURE_LENGTHS = {KeyType.ED25519: 64, KeyType.P256: 64, KeyType.P384: 96, KeyType.P521: 132}
"""Bytes. ECDSA signatures are written raw, ``r`` then ``s``, never in DER."""

CURVES: dict[KeyType, ec.EllipticCurve] = {
    KeyType.P256: ec.SECP256R1(),
    KeyType.P384: ec.SECP384R1(),
    KeyType.P521: ec.SECP521R1(),
}
COORDINATE_LENGTHS = {KeyType.P256: 32, KeyType.P384: 48, KeyType.P521: 66}
"""Bytes of one coordinate of a point, and of each half of a signature."""
_ORDERS = {
    KeyType.P256: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    KeyType.P384: int(
        "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16
    ),
    KeyType.P521: int(
        "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa"
        "51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
        16,
    ),
}
HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_MIN_RSA_BITS, _MAX_RSA_BITS = 2_048, 8_192

_FIELD_PRIME = 2**255 - 19

# The eight points whose order divides 8, in each encoding that decodes to one (sign bit left out): with such
# a key, or such an R, one signature holds for any message.
# Source: «Taming the many EdDSAs» (Chalkias, Garillot, Nikolaenko, 2020), table 1.
_LOW_ORDER = frozenset(
    bytes.fromhex(point)
    for point in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)


@dataclass(frozen=True)
class PublicKey:
    """
    A public key.

    Attributes:
        data: Ed25519: 32 bytes. P-256, P-384, P-521: the compressed point, 33, 49 or 67 bytes. RSA: the
            DER of its SubjectPublicKeyInfo.
    """

    type: KeyType
    data: bytes

    @classmethod
    def of(cls, key: object) -> PublicKey:
        """
        From a key object of `cryptography`.

        Raises:
            KeyFormatError: A kind or size that is not read here.
        """
        if isinstance(key, Ed25519PublicKey):
            return cls(KeyType.ED25519, key.public_bytes_raw())
        if isinstance(key, ec.EllipticCurvePublicKey):
            for kind, curve in CURVES.items():
                if key.curve.name == curve.name:
                    form = serialization.PublicFormat.CompressedPoint
                    return cls(kind, key.public_bytes(serialization.Encoding.X962, form))
            raise KeyFormatError(f"expected a key on P-256, P-384 or P-521, met one on {key.curve.name}")
        if isinstance(key, rsa.RSAPublicKey):
            if not _MIN_RSA_BITS <= key.key_size <= _MAX_RSA_BITS:
                raise KeyFormatError(
                    f"expected an RSA key of {_MIN_RSA_BITS} to {_MAX_RSA_BITS} bits, met {key.key_size}"
                )
            form = serialization.PublicFormat.SubjectPublicKeyInfo
            return cls(KeyType.RSA, key.public_bytes(serialization.Encoding.DER, form))
        raise KeyFormatError(f"expected a key of {', '.join(KeyType)}, met {type(key).__name__}")

    @cached_property
    def native(self) -> Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey:
        """
        The key object of `cryptography`.

        Raises:
            KeyFormatError: Not a point of the curve, or one of low order.
        """
        try:
            if self.type is KeyType.ED25519:
                if int.from_bytes(self.data, "little") % 2**255 >= _FIELD_PRIME:  # RFC 8032, section 5.1.3
                    raise KeyFormatError("expected an Ed25519 key in its one writing, met another of it")
                if _is_low_order(self.data):
                    raise KeyFormatError("expected an Ed25519 key of full order, met one of low order")
                return Ed25519PublicKey.from_public_bytes(self.data)
            if self.type is KeyType.RSA:
                loaded = serialization.load_der_public_key(self.data)
                if not isinstance(loaded, rsa.RSAPublicKey):
                    raise KeyFormatError("expected an RSA key, met another kind")
                return loaded
            if len(self.data) != COORDINATE_LENGTHS[self.type] + 1:
                raise KeyFormatError(
                    f"expected a compressed point of {self.type}, met {len(self.data)} bytes"
                )
            return ec.EllipticCurvePublicKey.from_encoded_point(CURVES[self.type], self.data)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise KeyFormatError(f"expected a public key of {self.type}, met {error}") from error

    def check(self, signature: bytes, data: bytes) -> None:
        """
        Check a signature over *data*.

        Args:
            signature: Raw: 64 bytes for Ed25519 and P-256, 96 for P-384, 132 for P-521, the modulus' length
                for RSA.

        Raises:
            SignatureMismatchError: It was not made with this key over this data.
            KeyFormatError: The key is not one.
        """
        native = self.native
        expected = SIGNATURE_LENGTHS.get(self.type)
        if expected is not None and len(signature) != expected:
            raise SignatureMismatchError(
                f"expected a signature of {expected} bytes for {self.type}, met {len(signature)}"
            )
        try:
            if isinstance(native, Ed25519PublicKey):
                if _is_low_order(signature[:32]):
                    raise InvalidSignature
                native.verify(signature, data)
            elif isinstance(native, ec.EllipticCurvePublicKey):
                native.verify(self._der(signature), data, ec.ECDSA(HASHES[self.type.hash_name]))
            else:
                native.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            raise SignatureMismatchError(
                "expected the content that was signed with this key, met another"
            ) from None

    def _der(self, signature: bytes) -> bytes:
        half = len(signature) // 2
        r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
        if not (0 < r < _ORDERS[self.type] and 0 < s < _ORDERS[self.type]):
            raise InvalidSignature
        return encode_dss_signature(r, s)


def _is_low_order(point: bytes) -> bool:
    return point[:31] + bytes([point[31] & 0x7F]) in _LOW_ORDER if len(point) == 32 else False
