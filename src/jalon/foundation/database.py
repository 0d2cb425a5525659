"""What only one of the two databases can do, each with what stands in for it on the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.expressions import RawSQL


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


def add_word_index(editor: BaseDatabaseSchemaEditor, table: str, key: str, columns: Sequence[str]) -> None:
    """
    Index the words of text *columns*, each found by its beginning (`with_words`); for a migration.

    SQLite: an FTS5 table `{table}_words` that three triggers keep in step. PostgreSQL: a generated
    column with its GIN index, for each. In both the index follows every write, bulk or not, and the text
    must come as words of a-z and 0-9 between spaces, so that neither has anything to say about letters.
    """
    if editor.connection.vendor == "postgresql":
        for column in columns:
            # Kept, not computed: a search for a common word would make the vector of each row anew.
            kept = f"tsvector GENERATED ALWAYS AS (to_tsvector('simple', {column})) STORED"
            editor.execute(f"ALTER TABLE {table} ADD COLUMN {column}_words {kept}")
            editor.execute(f"CREATE INDEX {table}_{column}_words ON {table} USING gin ({column}_words)")
        return
    listed = ", ".join(columns)
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
    words = f"{table}_words"
    # Names come from migrations, never from outside.
    add = f"INSERT INTO {words}(rowid, {listed}) VALUES (new.{key}, {new});"  # noqa: S608 -- see above
    drop = f"INSERT INTO {words}({words}, rowid, {listed}) VALUES ('delete', old.{key}, {old});"  # noqa: S608 -- see above
    editor.execute(
        f"CREATE VIRTUAL TABLE {words} USING fts5({listed}, content='{table}', content_rowid='{key}', "
        "prefix='3 4 5', tokenize='ascii')"
    )
    editor.execute(f"CREATE TRIGGER {words}_added AFTER INSERT ON {table} BEGIN {add} END")
    editor.execute(f"CREATE TRIGGER {words}_dropped AFTER DELETE ON {table} BEGIN {drop} END")
    editor.execute(
        f"CREATE TRIGGER {words}_changed AFTER UPDATE OF {listed} ON {table} BEGIN {drop} {add} END"
    )


def drop_word_index(editor: BaseDatabaseSchemaEditor, table: str, columns: Sequence[str]) -> None:
    """Undo `add_word_index`."""
    if editor.connection.vendor == "postgresql":
        for column in columns:
            editor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS {column}_words")
        return
    for name in ("added", "dropped", "changed"):
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_words_{name}")
    editor.execute(f"DROP TABLE IF EXISTS {table}_words")


def with_words(table: str, key: str, column: str, beginnings: Sequence[str]) -> RawSQL:
    """
    The keys of the rows of *table* whose *column* has, for each of *beginnings*, a word that starts so.

    For ``filter(pk__in=…)``. *beginnings* are words of a-z and 0-9, at least one.

    Raises:
        ValueError: Something else than such words: it would be read as a query language.
    """
    if not beginnings or not all(re.fullmatch(r"[a-z0-9]+", word) for word in beginnings):
        raise ValueError(f"expected words of a-z and 0-9, met {list(beginnings)}")
    if is_sqlite():
        asked = f"{column} : (" + " AND ".join(f'"{word}"*' for word in beginnings) + ")"
        found = f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s"  # noqa: S608 -- names come from code
    else:
        asked = " & ".join(f"{word}:*" for word in beginnings)
        query = "to_tsquery('simple', %s)"
        found = f"SELECT {key} FROM {table} WHERE {column}_words @@ {query}"  # noqa: S608 -- names come from code
    return RawSQL(found, [asked])  # noqa: S611 -- what was typed is a parameter, of a-z and 0-9 alone


def has_words(table: str, key: str, column: str, beginnings: Sequence[str]) -> RawSQL:
    """
    As `with_words`, said of the rows of *table* themselves: for a query that begins with that table.

    PostgreSQL then reads the table once, where a list of keys would have it joined to itself.

    Raises:
        ValueError: As `with_words`.
    """
    found = with_words(table, key, column, beginnings)
    if is_sqlite():
        condition = f"{table}.{key} IN ({found.sql})"
    else:
        condition = f"{table}.{column}_words @@ to_tsquery('simple', %s)"
    return RawSQL(condition, found.params, output_field=models.BooleanField())  # noqa: S611 -- as `with_words`


def know_sizes(*tables: type[models.Model]) -> None:
    """
    Tell PostgreSQL how much *tables* hold, after much was written at once: it plans by what it last knew, and
    may go over a whole table for each row of another. SQLite plans by its indexes.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(table._meta.db_table)}")
