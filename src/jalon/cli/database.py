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
    _connect(settings.DATABASES["default"])
    _migrate()


def _make_private(database: dict[str, Any]) -> None:
    """
    On SQLite, make the file before the first connection does: it holds birth dates and sessions, so only
    this account reads it. SQLite gives its journal the same rights.
    """
    if database["ENGINE"].endswith("sqlite3") and "memory" not in str(database["NAME"]):
        Path(database["NAME"]).touch(mode=0o600)


def _connect(database: dict[str, Any]) -> None:
    """
    Raises:
        DatabaseError: It does not answer; says where it was looked for, and in whose words it was refused.
    """
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        if database["ENGINE"].endswith("sqlite3"):
            raise DatabaseError(f"La base {database['NAME']} ne s'ouvre pas : {said}.") from error
        where = f"{database['HOST'] or 'localhost'}:{database['PORT'] or 5432}"
        raise DatabaseError(
            f"La base «{database['NAME']}» ne répond pas sur {where}. Vérifiez DATABASE_URL, et que "
            f"PostgreSQL est démarré. Il a été répondu : {said}"
        ) from error


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        print(f"Base de données : {len(plan)} étape(s) à appliquer…", file=sys.stderr, flush=True)
        call_command("migrate", interactive=False, verbosity=0)
