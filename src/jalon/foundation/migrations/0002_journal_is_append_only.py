"""The database itself refuses changes to the journal."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from jalon.foundation.database import allow_changes, refuse_changes

TABLE = "foundation_journalentry"


def refuse(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    refuse_changes(editor, TABLE)


def allow(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    allow_changes(editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_journal_and_jobs")]

    operations = [migrations.RunPython(refuse, allow)]
