"""
One file that holds the database and the files of an installation on SQLite, and the way back.

    jalon-….tar.gz
    ├── manifest.json     {"format": "jalon-backup", "version": 1, "made_at": "…", "database_sha256": "…",
    │                      "encryption_keys": ["9f2c…"]}      fingerprints of the keys that the issuers'
    keys need
    ├── jalon.sqlite3     a consistent copy, taken while the installation runs
    ├── files/…           what was uploaded and made
    └── key-encryption-key   only when asked for

The key-encryption key stays out unless asked for: whoever finds a backup must not be able to sign.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from jalon.foundation import clock
from jalon.foundation.errors import BackupError

FORMAT = "jalon-backup"
VERSION = 1
DATABASE = "jalon.sqlite3"
MANIFEST = "manifest.json"
KEY = "key-encryption-key"
_MAX_MANIFEST_BYTES = 1_000_000


@dataclass(frozen=True)
class Manifest:
    """
    What a backup says of itself.

    Attributes:
        encryption_keys: Fingerprints (`vault.Vault.fingerprint`) of the keys needed to sign and revoke again.
        holds_key: Whether the key-encryption key is inside.
    """

    made_at: str
    database_sha256: str
    encryption_keys: tuple[str, ...] = ()
    holds_key: bool = False

    def as_dict(self) -> dict[str, Any]:
        """JSON types."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "made_at": self.made_at,
            "database_sha256": self.database_sha256,
            "encryption_keys": list(self.encryption_keys),
            "holds_key": self.holds_key,
        }


def save(
    target: Path, *, data_dir: Path, key: str = "", fingerprints: Callable[[Path], list[str]]
) -> Manifest:
    """
    Write a backup of the installation in *data_dir*, readable by this account alone.

    Args:
        key: The key-encryption key in base64url, to be put inside; empty to leave it out.
        fingerprints: Told the copied database, gives the fingerprints of the encryption keys that it needs.

    Raises:
        BackupError: ``backup.no_database``, ``backup.exists``.
    """
    source = data_dir / DATABASE
    if not source.is_file():
        raise BackupError("expected a database to save", code="backup.no_database", path=str(source))
    if target.exists():
        raise BackupError("expected no file there yet", code="backup.exists", path=str(target))
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.absolute().parent) as folder:
        copy = Path(folder) / DATABASE
        _copy_database(source, copy)
        manifest = Manifest(
            made_at=clock.now().isoformat(timespec="seconds"),
            database_sha256=_sha256(copy),
            encryption_keys=tuple(fingerprints(copy)),
            holds_key=bool(key),
        )
        draft = Path(folder) / "archive"
        with _private(draft) as handle, tarfile.open(fileobj=handle, mode="w:gz") as archive:
            _add_bytes(archive, MANIFEST, json.dumps(manifest.as_dict(), indent=2).encode())
            archive.add(copy, DATABASE)
            if key:
                _add_bytes(archive, KEY, key.encode())
            if (data_dir / "files").is_dir():
                archive.add(data_dir / "files", "files")
        os.replace(draft, target)
    return manifest


def restore(source: Path, *, data_dir: Path) -> Manifest:
    """
    Put a backup back into an empty *data_dir*: all of it, or nothing.

    Raises:
        BackupError: ``backup.unreadable`` (not a backup, cut, or changed), ``backup.not_empty``.
    """
    if (data_dir / DATABASE).exists():
        raise BackupError("expected an empty folder", code="backup.not_empty", path=str(data_dir))
    data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=data_dir) as folder:
        unpacked = Path(folder)
        try:
            manifest = _unpack(source, unpacked)
        except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as error:
            raise BackupError(f"expected a backup, met {error}", code="backup.unreadable") from error
        if _sha256(unpacked / DATABASE) != manifest.database_sha256:
            raise BackupError("the database inside was changed", code="backup.unreadable")
        if (unpacked / "files").is_dir():
            shutil.copytree(unpacked / "files", data_dir / "files", dirs_exist_ok=True)
        if manifest.holds_key:
            secrets = data_dir / "secrets"
            secrets.mkdir(mode=0o700, exist_ok=True)
            with _private(secrets / KEY) as handle:
                handle.write((unpacked / KEY).read_bytes())
        (unpacked / DATABASE).chmod(0o600)
        os.replace(unpacked / DATABASE, data_dir / DATABASE)
    return manifest


def _copy_database(source: Path, target: Path) -> None:
    """SQLite's online backup: consistent, while others read and write."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _private(path: Path) -> Iterator[Any]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file


def _add_bytes(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(data), 0o600
        archive.addfile(member, file)


def _unpack(source: Path, folder: Path) -> Manifest:
    with tarfile.open(source, "r:gz") as archive:
        for member in archive:
            path = PurePosixPath(member.name)
            is_ours = member.name in (MANIFEST, DATABASE, KEY) or path.parts[:1] == ("files",)
            if not is_ours or ".." in path.parts or not (member.isfile() or member.isdir()):
                raise ValueError(f"an unexpected member {member.name[:80]!r}")
            archive.extract(member, folder, filter="data")
    manifest = folder / MANIFEST
    if not manifest.is_file() or manifest.stat().st_size > _MAX_MANIFEST_BYTES:
        raise ValueError("no manifest")
    read = json.loads(manifest.read_bytes())
    if read["format"] != FORMAT or read["version"] != VERSION:
        raise ValueError(f"format {read['format']!r}, version {read['version']!r}")
    return Manifest(
        made_at=str(read["made_at"]),
        database_sha256=str(read["database_sha256"]),
        encryption_keys=tuple(map(str, read["encryption_keys"])),
        holds_key=bool(read["holds_key"]),
    )
