"""
Triggers that refuse any change to a published version, even by plain SQL.

Only the accounts named beside it may go, when they are erased. On SQLite a later migration that rebuilds this table
(any AlterField does) loses the triggers: it must run `create` again; a test looks for them in the migrated database.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

_FINAL = (
    "id",
    "micro_credential_id",
    "number",
    "state",
    "content",
    "revision",
    "published_at",
    "content_sha256",
)
_CUT_ONLY = ("published_by_id", "updated_by_id")
_MESSAGE = "a published version never changes"


def _changed(differs: str) -> str:
    final = [f"NEW.{column} {differs} OLD.{column}" for column in _FINAL]
    cut = [f"(NEW.{column} IS NOT NULL AND NEW.{column} {differs} OLD.{column})" for column in _CUT_ONLY]
    return " OR ".join(final + cut)


_SQLITE = (
    f"""
    CREATE TRIGGER design_published_no_update BEFORE UPDATE ON design_specification
    WHEN OLD.state = 'published' AND ({_changed("IS NOT")})
    BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END
    """,
    f"""
    CREATE TRIGGER design_published_no_delete BEFORE DELETE ON design_specification
    WHEN OLD.state = 'published'
    BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END
    """,
)
_POSTGRESQL = (
    f"""
    CREATE FUNCTION design_refuse_published() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    f"""
    CREATE TRIGGER design_published_no_update BEFORE UPDATE ON design_specification
    FOR EACH ROW WHEN (OLD.state = 'published' AND ({_changed("IS DISTINCT FROM")}))
    EXECUTE FUNCTION design_refuse_published()
    """,
    """
    CREATE TRIGGER design_published_no_delete BEFORE DELETE ON design_specification
    FOR EACH ROW WHEN (OLD.state = 'published')
    EXECUTE FUNCTION design_refuse_published()
    """,
)


def create(apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place."""
    statements = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    """Take them away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER design_published_no_update ON design_specification")
        schema_editor.execute("DROP TRIGGER design_published_no_delete ON design_specification")
        schema_editor.execute("DROP FUNCTION design_refuse_published()")
    else:
        schema_editor.execute("DROP TRIGGER design_published_no_update")
        schema_editor.execute("DROP TRIGGER design_published_no_delete")


class Migration(migrations.Migration):
    dependencies = [("design", "0001_micro_credentials_and_specifications")]

    operations = [migrations.RunPython(create, drop)]
