"""Signers that hold their key in memory; a key in a token implements `sceau.ports.Signer` as well."""

from __future__ import annotations

import os
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from sceau.errors import KeyFormatError
from sceau.keys import multikey
from sceau.keys.public import COORDINATE_LENGTHS, CURVES, HASHES, KeyType, PublicKey

PRIVATE_KEY_LENGTH = 32


class WithPublicKey:
    """What all signers have: a public key, and the DID URL under which others find it."""

    def __init__(self, public_key: PublicKey, verification_method: str) -> None:
        self._public_key = public_key
        self._verification_method = verification_method

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._verification_method!r})"

    @property
    def verification_method(self) -> str:
        """Full DID URL of the key."""
        return self._verification_method

    @property
    def public_key(self) -> PublicKey:
        """The public half."""
        return self._public_key

    @property
    def key_type(self) -> str:
        """``"Ed25519"``, ``"P-256"``, ``"P-384"``, ``"P-521"`` or ``"RSA"``."""
        return str(self._public_key.type)

    @property
    def public_key_multibase(self) -> str:
        """
        Multikey of the public key: ``z6Mk…``, ``zDna…`` or ``z82L…``.

        Raises:
            KeyFormatError: The key is on RSA, which has no Multikey.
        """
        return multikey.encode(self._public_key)


class Ed25519Signer(WithPublicKey):
    """
    Implements `sceau.ports.Signer`.

    Args:
        private_key_bytes: The 32 bytes of the seed (RFC 8032, section 5.1.5).
        verification_method: Full DID URL under which the public key is found.

    Raises:
        KeyFormatError: Another length.
    """

    def __init__(self, private_key_bytes: bytes, verification_method: str) -> None:
        if len(private_key_bytes) != PRIVATE_KEY_LENGTH:
            raise KeyFormatError(f"expected a private key of 32 bytes, met {len(private_key_bytes)}")
        self._key = Ed25519PrivateKey.from_private_bytes(private_key_bytes)
        self._private_bytes = private_key_bytes
        super().__init__(PublicKey.of(self._key.public_key()), verification_method)

    @classmethod
    def generate(cls, verification_method_for: Callable[[str], str]) -> Ed25519Signer:
        """
        A signer with a new key.

        Args:
            verification_method_for: Told the public key (``z6Mk…``), gives its DID URL:
                `sceau.did.did_key.verification_method`, or one's own for did:web.
        """
        seed = os.urandom(PRIVATE_KEY_LENGTH)
        public = PublicKey.of(Ed25519PrivateKey.from_private_bytes(seed).public_key())
        return cls(seed, verification_method_for(multikey.encode(public)))

    def private_bytes(self) -> bytes:
        """The 32 bytes of the seed, to be kept encrypted."""
        return self._private_bytes

    def sign(self, data: bytes) -> bytes:
        """Signature of 64 bytes (RFC 8032)."""
        return self._key.sign(data)


class EcdsaSigner(WithPublicKey):
    """
    Implements `sceau.ports.Signer` on P-256, P-384 or P-521.

    Nonces are derived from key and data (RFC 6979): the same bytes give the same signature, and no bad source
    of chance can give the key away.

    Args:
        key: Of `cryptography`, on one of these curves.

    Raises:
        KeyFormatError: Another curve.
    """

    def __init__(self, key: ec.EllipticCurvePrivateKey, verification_method: str) -> None:
        self._key = key
        super().__init__(PublicKey.of(key.public_key()), verification_method)
        self._hash = HASHES[self._public_key.type.hash_name]

    @classmethod
    def from_scalar(cls, kind: KeyType, scalar: bytes, verification_method: str) -> EcdsaSigner:
        """
        From the private number, big-endian.

        Raises:
            KeyFormatError: Not one of these curves, or a number outside the curve's order.
        """
        if kind not in CURVES:
            raise KeyFormatError(f"expected P-256, P-384 or P-521, met {kind}")
        try:
            key = ec.derive_private_key(int.from_bytes(scalar, "big"), CURVES[kind])
        except ValueError as error:
            raise KeyFormatError(f"expected a private key of {kind}, met {error}") from error
        return cls(key, verification_method)

    @classmethod
    def generate(cls, kind: KeyType, verification_method_for: Callable[[str], str]) -> EcdsaSigner:
        """A signer with a new key; see `Ed25519Signer.generate`."""
        if kind not in CURVES:
            raise KeyFormatError(f"expected P-256, P-384 or P-521, met {kind}")
        key = ec.generate_private_key(CURVES[kind])
        return cls(key, verification_method_for(multikey.encode(PublicKey.of(key.public_key()))))

    def private_key(self) -> ec.EllipticCurvePrivateKey:
        """The private half, to be kept encrypted."""
        return self._key

    def sign(self, data: bytes) -> bytes:
        """Signature as r then s, 64, 96 or 132 bytes."""
        half = COORDINATE_LENGTHS[self._public_key.type]
        r, s = decode_dss_signature(self._key.sign(data, ec.ECDSA(self._hash, deterministic_signing=True)))
        return r.to_bytes(half, "big") + s.to_bytes(half, "big")


class RsaSigner(WithPublicKey):
    """
    Implements `sceau.ports.Signer` with RSA (RS256), since many authorities certify such keys.

    It has no Multikey: such a key stands in a certificate or in a JWK, and `public_key_multibase` raises.

    Args:
        key: Of `cryptography`.
        verification_method: Full DID URL of the key's JWK; empty where only a certificate names the key.

    Raises:
        KeyFormatError: Under 2,048 bits, or over 8,192.
    """

    def __init__(self, key: rsa.RSAPrivateKey, verification_method: str = "") -> None:
        self._key = key
        super().__init__(PublicKey.of(key.public_key()), verification_method)

    def private_key(self) -> rsa.RSAPrivateKey:
        """The private half, to be kept encrypted."""
        return self._key

    def sign(self, data: bytes) -> bytes:
        """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2), as long as the modulus."""
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
