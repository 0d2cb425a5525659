"""`jalon check`: what a careful operator would look at, with what to do about each finding."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from jalon.cli import django_setup
from jalon.cli.database import unreachable
from jalon.cli.words import of_a_variable
from jalon.foundation.errors import ConfigurationError, JalonError


class Severity(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `code` is stable, `message` says what was met and what to do, in French."""

    severity: Severity
    code: str
    message: str


SIGNS = {Severity.OK: "✓", Severity.WARNING: "!", Severity.ERROR: "✗"}
LITTLE_DISK_BYTES = 1024**3


def add_parser(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "check", help="contrôler la configuration, les clés, la base et le disque"
    )
    parser.add_argument("--json", action="store_true", help="un objet JSON sur la sortie")


def run(args: argparse.Namespace) -> int:
    """0: nothing wrong (warnings included); 1: something will not work."""
    findings = list(_all())
    if args.json:
        print(
            json.dumps({"findings": [asdict(finding) for finding in findings]}, ensure_ascii=False, indent=2)
        )
    else:
        for finding in findings:
            print(f"{SIGNS[finding.severity]} {finding.message}")
    return 1 if any(finding.severity is Severity.ERROR for finding in findings) else 0


def _all() -> Iterator[Finding]:
    try:
        django_setup.start()
    except ConfigurationError as error:
        facts = error.facts
        told = of_a_variable(facts["name"], facts["met"], facts["expected"]) if "expected" in facts else error
        yield Finding(Severity.ERROR, error.code, f"Configuration illisible : {told}")
        return
    sections: tuple[Callable[[], Iterator[Finding]], ...] = (
        _configuration,
        _files,
        _database,
        _keys,
        _seals,
        _disk,
    )
    for section in sections:
        yield from section()


def _configuration() -> Iterator[Finding]:
    from django.conf import settings

    environment = settings.ENVIRONMENT
    if not environment.public_url_is_set:
        yield Finding(
            Severity.WARNING,
            "config.public_url",
            "JALON_PUBLIC_URL n'est pas défini : les liens et les identifiants d'émetteurs disent "
            f"{settings.PUBLIC_URL}, que personne d'autre ne peut ouvrir. "
            "À définir avant de délivrer pour de vrai.",
        )
    elif settings.PUBLIC_URL.startswith("http://"):
        yield Finding(
            Severity.WARNING,
            "config.http",
            f"L'adresse publique {settings.PUBLIC_URL} n'est pas en https : "
            "did:web ne pourra pas être vérifié ailleurs.",
        )
    else:
        yield Finding(Severity.OK, "config.public_url", f"Adresse publique : {settings.PUBLIC_URL}")
    if settings.DEMO:
        yield Finding(
            Severity.WARNING,
            "config.demo",
            "Mode démonstration : n'importe qui entre d'un clic dans les organismes fictifs. "
            "Retirez JALON_DEMO en production.",
        )
    if settings.CONFORMANCE:
        yield Finding(
            Severity.WARNING,
            "config.conformance",
            "La porte des suites de tests du W3C (/vc-api/) est ouverte : n'importe qui y fait signer par "
            "deux clés d'essai, qui ne sont à personne. Retirez JALON_CONFORMANCE en production.",
        )
    if settings.DEBUG:
        yield Finding(
            Severity.ERROR,
            "config.debug",
            "JALON_DEBUG=1 montre le code aux visiteurs en cas d'erreur. Retirez-le.",
        )
    if not environment["JALON_EMAIL_URL"]:
        yield Finding(
            Severity.WARNING,
            "config.mail",
            "JALON_EMAIL_URL n'est pas défini : aucun courriel ne part "
            "(invitations et mots de passe se donnent par lien).",
        )


def _files() -> Iterator[Finding]:
    from django.conf import settings

    folder: Path = settings.DATA_DIR
    if not os.access(folder, os.W_OK):
        yield Finding(
            Severity.ERROR, "files.not_writable", f"Le dossier {folder} n'est pas modifiable par ce compte."
        )
        return
    secrets = folder / "secrets"
    if secrets.is_dir():
        open_to_others = [
            p for p in secrets.rglob("*") if p.is_file() and p.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        ]
        for path in open_to_others:
            yield Finding(
                Severity.ERROR,
                "files.secret_readable",
                f"{path} est lisible par d'autres comptes : chmod 600 {path}",
            )
        if not open_to_others:
            yield Finding(Severity.OK, "files.secrets", "Les secrets ne sont lisibles que par ce compte.")


def _database() -> Iterator[Finding]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import DatabaseError

    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(Severity.ERROR, "database.unreachable", unreachable(error))
        return
    if plan:
        yield Finding(
            Severity.ERROR,
            "database.migrations",
            f"{len(plan)} étape(s) de mise à jour de la base à appliquer : `jalon serve --prepare-only`.",
        )
    else:
        yield Finding(Severity.OK, "database.migrations", f"La base ({connection.vendor}) est à jour.")


def _keys() -> Iterator[Finding]:
    from django.db.utils import DatabaseError

    from jalon.awarding import labels, queries

    try:
        warnings = list(queries.key_warnings())
    except DatabaseError:
        yield Finding(
            Severity.WARNING,
            "keys.unknown",
            "Les clés de signature n'ont pas pu être lues : la base n'est pas prête.",
        )
        return
    except JalonError as error:
        yield Finding(Severity.ERROR, error.code, labels.sentence(error.code, error.facts))
        return
    for warning in warnings:
        severity = Severity.ERROR if warning.is_error else Severity.WARNING
        yield Finding(severity, warning.code, warning.message)
    yield from _command_line_keys()
    if not warnings:
        yield Finding(
            Severity.OK,
            "keys.ok",
            "Les clés de signature se déchiffrent, et leur clé de chiffrement est gardée ailleurs.",
        )


def _seals() -> Iterator[Finding]:
    """Those whom the operator trusts with seals, and the organisations' own seals."""
    from django.conf import settings
    from django.db.utils import DatabaseError

    from jalon.awarding.queries.seals import seal_warnings
    from jalon.cli.errors import CommandError
    from jalon.cli.verifying_seals import authorities_for
    from jalon.verification.importers import count

    with contextlib.suppress(DatabaseError):  # told by the keys already
        for warning in seal_warnings():
            severity = Severity.ERROR if warning.is_error else Severity.WARNING
            yield Finding(severity, warning.code, warning.message)
    if not settings.SEAL_AUTHORITIES:
        return
    try:
        anchors = authorities_for(None)
    except CommandError as error:
        yield Finding(Severity.ERROR, "seals.authorities", str(error))
        return
    yield Finding(
        Severity.OK,
        "seals.authorities",
        f"Certificats d’autorités de confiance pour les cachets : {count(anchors)}.",
    )


def _command_line_keys() -> Iterator[Finding]:
    """The keys that `jalon issue` made without a key-encryption key lie open, for their owner alone."""
    from django.conf import settings

    for path in sorted((settings.DATA_DIR / "keys").glob("*")):
        with contextlib.suppress(OSError, ValueError):
            if "private" in json.loads(path.read_text(encoding="utf-8")):
                yield Finding(
                    Severity.WARNING,
                    "keys.unsealed",
                    f"La clé {path.name} de « jalon issue » n'est pas chiffrée : {path}. Gardez-la hors des "
                    "sauvegardes partagées, ou faites-en une nouvelle avec JALON_KEY_ENCRYPTION_KEY.",
                )


def _disk() -> Iterator[Finding]:
    from django.conf import settings

    free = shutil.disk_usage(settings.DATA_DIR).free
    gigabytes = f"{free / 1024**3:.1f}".replace(".", ",")
    if free < LITTLE_DISK_BYTES:
        yield Finding(
            Severity.WARNING,
            "disk.low",
            f"Il ne reste que {gigabytes} Go sur le disque de {settings.DATA_DIR}.",
        )
    else:
        yield Finding(Severity.OK, "disk.ok", f"Disque : {gigabytes} Go libres.")
