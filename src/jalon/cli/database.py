"""The database made ready, for the commands that may be the first on an installation."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any


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


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        print(f"Base de données : {len(plan)} étape(s) à appliquer…", file=sys.stderr, flush=True)
        call_command("migrate", interactive=False, verbosity=0)
