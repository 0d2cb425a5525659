"""Ed25519: a signer that holds its key in memory, and the check of a signature."""

from __future__ import annotations

import os
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sceau.errors import KeyFormatError, SignatureMismatchError
from sceau.keys.multikey import encode_ed25519

PRIVATE_KEY_LENGTH = 32
SIGNATURE_LENGTH = 64


class Ed25519Signer:
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
        self._verification_method = verification_method
        self._public_key_multibase = encode_ed25519(self._key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls, verification_method_for: Callable[[str], str]) -> Ed25519Signer:
        """
        A signer with a new key.

        Args:
            verification_method_for: Told the public key (``z6Mk…``), gives its DID URL:
                `sceau.did.did_key.verification_method`, or one's own for did:web.
        """
        seed = os.urandom(PRIVATE_KEY_LENGTH)
        public = encode_ed25519(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())
        return cls(seed, verification_method_for(public))

    def __repr__(self) -> str:
        return f"Ed25519Signer({self._verification_method!r})"

    @property
    def verification_method(self) -> str:
        """Full DID URL of the key."""
        return self._verification_method

    @property
    def public_key_multibase(self) -> str:
        """Multikey of the public key: ``z6Mk…``."""
        return self._public_key_multibase

    def private_bytes(self) -> bytes:
        """The 32 bytes of the seed, to be kept encrypted."""
        return self._private_bytes

    def sign(self, data: bytes) -> bytes:
        """Signature of 64 bytes (RFC 8032)."""
        return self._key.sign(data)


def check_signature(public_key: bytes, signature: bytes, data: bytes) -> None:
    """
    Check an Ed25519 signature.

    Raises:
        SignatureMismatchError: It was not made with this key over this data.
        KeyFormatError: The key is not a point of the curve.
    """
    if len(signature) != SIGNATURE_LENGTH:
        raise SignatureMismatchError(f"expected a signature of 64 bytes, met {len(signature)}")
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
    except ValueError as error:
        raise KeyFormatError(f"expected an Ed25519 public key, met {error}") from error
    try:
        key.verify(signature, data)
    except InvalidSignature:
        raise SignatureMismatchError(
            "expected the content that was signed with this key, met another"
        ) from None
