"""`jalon backup FILE`: the database and the files in one file, taken while the installation runs."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from jalon.cli import django_setup


def add_parser(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "backup", help="sauvegarder la base et les fichiers en un fichier"
    )
    parser.add_argument("file", type=Path, metavar="FICHIER", help="fichier .tar.gz à écrire")
    parser.add_argument(
        "--with-encryption-key",
        action="store_true",
        help="y mettre aussi la clé de chiffrement : qui aura ce fichier pourra signer",
    )


def run(args: argparse.Namespace) -> int:
    """0 when the backup is written whole."""
    django_setup.start()
    from django.conf import settings

    from jalon.foundation import backups, vault
    from jalon.foundation.errors import BackupError

    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        path = str(settings.DATA_DIR / "files")
        raise BackupError("expected SQLite, met PostgreSQL", code="backup.postgresql", path=path)
    key = vault.open_vault().as_text if args.with_encryption_key else ""
    manifest = backups.save(args.file, data_dir=settings.DATA_DIR, key=key, fingerprints=needed_keys)
    size = f"{args.file.stat().st_size / 1_000_000:.1f}".replace(".", ",")
    print(f"Sauvegarde écrite : {args.file} ({size} Mo).")
    if manifest.holds_key:
        print("Elle contient la clé de chiffrement : gardez-la comme un coffre.")
    elif manifest.encryption_keys:
        print(
            "Elle ne contient pas la clé de chiffrement (empreinte "
            f"{', '.join(manifest.encryption_keys)}) : gardez celle-ci ailleurs, sans elle une restauration "
            "ne pourra plus ni signer ni révoquer."
        )
    return 0


def needed_keys(database: Path) -> list[str]:
    """The fingerprints of the encryption keys that the issuers' keys of a database need."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT DISTINCT sealed_with FROM awarding_issuerkey ORDER BY 1").fetchall()
    return [str(row[0]) for row in rows]
