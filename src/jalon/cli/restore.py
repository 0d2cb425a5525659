"""`jalon restore FILE`: a backup back into an empty data folder, and what is missing to sign again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from jalon.cli import django_setup


def add_parser(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "restore", help="remettre une sauvegarde dans un dossier vide"
    )
    parser.add_argument("file", type=Path, metavar="FICHIER", help="sauvegarde faite par « jalon backup »")


def run(args: argparse.Namespace) -> int:
    """0 when all is back; 1 when it is back and the key-encryption key is missing or another one."""
    django_setup.start()
    from django.conf import settings
    from django.core.management import call_command

    from jalon.awarding.queries import key_warnings
    from jalon.foundation import backups
    from jalon.foundation.errors import BackupError

    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        path = str(settings.DATA_DIR / "files")
        raise BackupError("expected SQLite, met PostgreSQL", code="backup.postgresql", path=path)
    manifest = backups.restore(args.file, data_dir=settings.DATA_DIR)
    call_command("migrate", interactive=False, verbosity=0)
    print(f"Restauré dans {settings.DATA_DIR} : sauvegarde du {manifest.made_at}.")
    missing = [warning for warning in key_warnings() if warning.is_error]
    for warning in missing:
        print(warning.message)
    if manifest.encryption_keys and not missing:
        print("La clé de chiffrement est la bonne : les organismes peuvent signer et révoquer.")
    return 1 if missing else 0
