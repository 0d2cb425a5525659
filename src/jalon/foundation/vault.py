"""
The key-encryption key: where it is, and the sealing of secrets with it.

It comes from JALON_KEY_ENCRYPTION_KEY, or from the file that JALON_KEY_ENCRYPTION_KEY_FILE names, or from
``JALON_DATA_DIR/secrets/key-encryption-key``, which is made on first use. The last one lies beside the
database: whoever takes the folder has both, so `jalon check` warns of it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from jalon.foundation.errors import (
    EncryptionKeyMissingError,
    EncryptionKeyUnreadableError,
    EncryptionKeyWrongError,
    SealBrokenError,
)

_NONCE_BYTES = 12
_KEY_BYTES = 32


class KeyPlace(StrEnum):
    """Where the key-encryption key comes from."""

    ENVIRONMENT = "environment"
    FILE = "file"
    BESIDE_DATABASE = "beside_database"


@dataclass(frozen=True)
class Vault:
    """
    Seals and opens small secrets under one key-encryption key.

    AES-256-GCM with a fresh nonce in front; *name* (the id of the row that keeps the secret) is
    authenticated, so that a sealed secret cannot be moved to another row.
    """

    key: bytes

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal signs that tell keys apart and give nothing away."""
        return hashlib.sha256(b"jalon key-encryption key\x00" + self.key).hexdigest()[:16]

    @property
    def as_text(self) -> str:
        """The key in base64url, as the environment or a file gives it."""
        return base64.urlsafe_b64encode(self.key).decode().rstrip("=")

    def seal(self, secret: bytes, *, name: str) -> bytes:
        """*secret*, encrypted and bound to *name*."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, secret, name.encode())

    def open(self, sealed: bytes, *, name: str, sealed_with: str) -> bytes:
        """
        Args:
            sealed_with: Fingerprint of the key it was sealed with, kept beside it.

        Raises:
            EncryptionKeyWrongError: This vault has another key; both fingerprints are in the facts.
            SealBrokenError: The key is right, and the sealed bytes were changed, cut or moved.
        """
        if sealed_with != self.fingerprint:
            raise EncryptionKeyWrongError(
                f"expected the key-encryption key {sealed_with}, met {self.fingerprint}",
                expected=sealed_with,
                met=self.fingerprint,
            )
        try:
            return AESGCM(self.key).decrypt(
                sealed[:_NONCE_BYTES], bytes(sealed[_NONCE_BYTES:]), name.encode()
            )
        except (InvalidTag, ValueError) as error:
            raise SealBrokenError(name=name) from error


def key_file() -> Path:
    """The file that holds the key-encryption key when the environment does not."""
    named = settings.ENVIRONMENT["JALON_KEY_ENCRYPTION_KEY_FILE"]
    return Path(named) if named else default_key_file()


def is_named() -> bool:
    """Whether JALON_KEY_ENCRYPTION_KEY_FILE says which file holds the key."""
    return bool(settings.ENVIRONMENT["JALON_KEY_ENCRYPTION_KEY_FILE"])


def default_key_file() -> Path:
    """Where the key is made on first use when nothing says otherwise: beside the database."""
    return Path(settings.DATA_DIR) / "secrets" / "key-encryption-key"


def place() -> KeyPlace:
    """
    Where the key-encryption key comes from.

    A file named by the environment that lies in the data folder is beside the database all the same.
    """
    if settings.ENVIRONMENT["JALON_KEY_ENCRYPTION_KEY"]:
        return KeyPlace.ENVIRONMENT
    inside = key_file().absolute().is_relative_to(Path(settings.DATA_DIR).absolute())
    return KeyPlace.BESIDE_DATABASE if inside else KeyPlace.FILE


def is_there() -> bool:
    """Whether a key-encryption key is given or was made."""
    return place() is KeyPlace.ENVIRONMENT or key_file().exists()


def open_vault(*, make: bool = False, sealed_with: str = "") -> Vault:
    """
    The vault of this installation.

    Args:
        make: Make the key where there is none. Only right when nothing was sealed yet: a new key opens
            nothing old.

    Raises:
        EncryptionKeyMissingError: There is none, and *make* is False.
        EncryptionKeyUnreadableError: What is there is not 32 bytes in base64url.
    """
    given = settings.ENVIRONMENT["JALON_KEY_ENCRYPTION_KEY"]
    if given:
        return Vault(_read(given, "JALON_KEY_ENCRYPTION_KEY"))
    path = key_file()
    if not path.exists():
        if not make:
            raise EncryptionKeyMissingError(
                f"expected the key-encryption key in JALON_KEY_ENCRYPTION_KEY or in {path}, met neither",
                path=str(path),
                expected=sealed_with or "…",
            )
        _make(path)
    return Vault(_read(path.read_text(encoding="ascii", errors="replace"), str(path)))


def _read(text: str, where: str) -> bytes:
    bare = text.strip().rstrip("=")
    try:
        key = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise EncryptionKeyUnreadableError(
            f"expected 32 bytes in base64url in {where}, met something else", where=where
        )
    return key


def _make(path: Path) -> None:
    """Write a new key that only this account may read; a process that was quicker wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(Vault(secrets.token_bytes(_KEY_BYTES)).as_text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # made meanwhile by another process: that one counts
    finally:
        draft.unlink()
