"""
Signing keys of the command line: one file each under ``JALON_DATA_DIR/keys``.

    {"format": 1, "public": "z6Mk…", "created": "2026-03-02T09:00:00+00:00", "private": "base64url"}

With JALON_KEY_ENCRYPTION_KEY set when the key is made, ``sealed`` (AES-256-GCM) takes the place of
``private``.
The file is readable by its owner alone either way; whoever copies an unsealed one can sign in the issuer's
name.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import json
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jalon.cli.environment import Environment
from jalon.cli.errors import KeyFileError
from jalon.foundation import clock
from sceau.did import did_key
from sceau.errors import KeyFormatError
from sceau.keys.signer import Ed25519Signer

DEFAULT_NAME = "default"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NONCE = 12


@dataclass(frozen=True)
class SigningKey:
    """A key at hand. `made` says that it was made just now, `sealed` that its file is encrypted."""

    name: str
    path: Path
    private_bytes: bytes
    public_multibase: str
    made: bool
    sealed: bool

    def signer(self, verification_method: str) -> Ed25519Signer:
        """A signer that signs under *verification_method*."""
        return Ed25519Signer(self.private_bytes, verification_method)


def open_existing(name: str, environment: Environment) -> SigningKey:
    """
    The key *name*.

    Raises:
        KeyFileError: There is none of that name, or its file cannot be used.
    """
    path = _path(name, environment)
    if not path.exists():
        raise KeyFileError(f"Il n’y a pas de clé « {name} » dans {path.parent}.")
    return _read(path, name, _encryption_key(environment))


def open_or_make(name: str, environment: Environment) -> SigningKey:
    """
    The key *name*, made on first use.

    Raises:
        KeyFileError: The name is not one, or the file cannot be used.
    """
    path = _path(name, environment)
    secret = _encryption_key(environment)
    if path.exists():
        return _read(path, name, secret)
    _make(path, name, secret)
    return replace(_read(path, name, secret), made=True)


def _path(name: str, environment: Environment) -> Path:
    if not _NAME.fullmatch(name):
        raise KeyFileError(
            f"« {name} » ne peut pas nommer une clé : lettres sans accent, chiffres, tirets et points."
        )
    return environment.data_dir / "keys" / name


def _encryption_key(environment: Environment) -> bytes | None:
    text = environment["JALON_KEY_ENCRYPTION_KEY"]
    if not text:
        return None
    try:
        key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error) as error:
        raise KeyFileError(
            "JALON_KEY_ENCRYPTION_KEY n’est pas lisible : on attend 32 octets en base64url."
        ) from error
    if len(key) != 32:
        raise KeyFileError(
            "JALON_KEY_ENCRYPTION_KEY n’a pas la bonne longueur : on attend 32 octets en base64url."
        )
    return key


def _fingerprint(secret: bytes) -> str:
    return hashlib.sha256(b"jalon key-encryption key\x00" + secret).hexdigest()[:16]


def _make(path: Path, name: str, secret: bytes | None) -> None:
    """Write a new key, whole or not at all, and never over another one."""
    signer = Ed25519Signer.generate(did_key.verification_method)
    record: dict[str, object] = {
        "format": 1,
        "public": signer.public_key_multibase,
        "created": clock.now().isoformat(),
    }
    if secret is None:
        record["private"] = base64.urlsafe_b64encode(signer.private_bytes()).decode()
    else:
        nonce = os.urandom(_NONCE)
        sealed = nonce + AESGCM(secret).encrypt(nonce, signer.private_bytes(), _bound(name))
        record |= {"sealed": base64.urlsafe_b64encode(sealed).decode(), "sealed_with": _fingerprint(secret)}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{name}.{os.getpid()}.tmp")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(record, file)
        file.flush()
        os.fsync(file.fileno())
    # Another command may have made it in the meantime: its key is then the one that counts.
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _bound(name: str) -> bytes:
    return f"jalon command-line key {name}".encode()


def _read(path: Path, name: str, secret: bytes | None) -> SigningKey:
    damaged = KeyFileError(f"La clé {path} est abîmée. Remettez sa copie de sauvegarde à sa place.")
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        public = str(record["public"])
        sealed = "sealed" in record
        raw = base64.urlsafe_b64decode(record["sealed" if sealed else "private"])
    except (ValueError, KeyError, TypeError) as error:
        raise damaged from error
    if sealed:
        raw = _opened(raw, str(record.get("sealed_with", "")), name, secret, damaged)
    try:
        signer = Ed25519Signer(raw, did_key.verification_method(public))
    except KeyFormatError as error:
        raise damaged from error
    if signer.public_key_multibase != public:
        raise damaged
    return SigningKey(name, path, raw, public, False, sealed)


def _opened(raw: bytes, sealed_with: str, name: str, secret: bytes | None, damaged: KeyFileError) -> bytes:
    if secret is None:
        raise KeyFileError(
            f"La clé « {name} » est chiffrée. Donnez JALON_KEY_ENCRYPTION_KEY, celle du jour où elle a été "
            f"faite."
        )
    if sealed_with != _fingerprint(secret):
        raise KeyFileError(
            f"La clé « {name} » a été chiffrée avec une autre JALON_KEY_ENCRYPTION_KEY. Donnez celle d’alors."
        )
    try:
        return AESGCM(secret).decrypt(raw[:_NONCE], raw[_NONCE:], _bound(name))
    except (InvalidTag, ValueError) as error:
        raise damaged from error
