"""The database made ready, for the commands that may be the first on an installation."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from jalon.cli.errors import DatabaseError


def prepare() -> None:
    """Make the data folder and the tables where they are missing or behind; says so when it does."""
    from django.conf import settings

    for folder in (settings.DATA_DIR, settings.DATA_DIR / "files"):
        folder.mkdir(parents=True, exist_ok=True)
    _make_private(settings.DATABASES["default"])
    _migrate()


def _make_private(database: dict[str, Any]) -> None:
    """
    On SQLite, make the file before the first connection does: it holds birth dates and sessions, so only
    this account reads it. SQLite gives its journal the same rights.
    """
    if database["ENGINE"].endswith("sqlite3") and "memory" not in str(database["NAME"]):
        Path(database["NAME"]).touch(mode=0o600)


def unreachable(error: Exception) -> str:
    """What to say of a database that does not answer: where it was looked for, what to do, what it said."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    said = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
    if database["ENGINE"].endswith("sqlite3"):
        return (
            f"La base {database['NAME']} ne s'ouvre pas. Vérifiez JALON_DATA_DIR, les droits de ce compte et "
            f"la place sur le disque, ou restaurez une sauvegarde. SQLite répond : {said}."
        )
    where = f"{database['HOST'] or 'localhost'}:{database['PORT'] or 5432}"
    return (
        f"La base «{database['NAME']}» ne répond pas sur {where}. Vérifiez DATABASE_URL, et que PostgreSQL "
        f"est démarré. Il répond : {said}."
    )


def _migrate() -> None:
    """
    Raises:
        DatabaseError: It does not answer, or the file is no database.
    """
    from django.core.management import call_command
    from django.db import connection, utils
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except utils.DatabaseError as error:
        raise DatabaseError(unreachable(error)) from error
    if plan:
        print(f"Base de données : {len(plan)} étape(s) à appliquer…", file=sys.stderr, flush=True)
        call_command("migrate", interactive=False, verbosity=0)
