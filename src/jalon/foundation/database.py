"""What only one of the two databases can do, each with what stands in for it on the other."""

from __future__ import annotations

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def is_sqlite() -> bool:
    """Whether this process works on SQLite, where one writer at a time is the rule."""
    return connection.vendor == "sqlite"


def refuse_changes(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """
    Have the database itself refuse to change the rows of an append-only *table*; for a migration.

    PostgreSQL refuses UPDATE and DELETE. SQLite refuses UPDATE alone: it has no TRUNCATE, so that Django
    empties a table for tests by DELETE, and a trigger cannot tell the two apart. The model refuses both
    everywhere.
    """
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        editor.execute(
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_stays()"
        )
    else:
        editor.execute(
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def allow_changes(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Undo `refuse_changes`."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_stays ON {table}")
        editor.execute(f"DROP FUNCTION IF EXISTS {table}_stays()")
    else:
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_stays")
