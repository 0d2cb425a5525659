"""Reading the list of people that a command was given, and saying what was understood of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jalon.awarding.rules.columns import ColumnMapping, Field, find_header, guess_columns
from jalon.awarding.rules.holders import HoldersReport, read_rows
from jalon.cli.errors import CommandError
from jalon.foundation import clock, tables
from jalon.foundation.cells import DEFAULT_LIMITS
from jalon.foundation.errors import UnreadableFileError

FIELD_WORDS = {
    Field.NAME: "nom complet",
    Field.GIVEN_NAME: "prénom",
    Field.FAMILY_NAME: "nom",
    Field.BIRTH_DATE: "date de naissance",
    Field.EMAIL: "courriel",
    Field.IDENTIFIER: "identifiant",
    Field.AWARDED_ON: "date de délivrance",
    Field.GRADE: "résultat",
}


@dataclass(frozen=True)
class Holders:
    """
    The people of a list.

    Attributes:
        remarks: French sentences on how the list was understood, for whoever is watching.
    """

    report: HoldersReport
    mapping: ColumnMapping
    remarks: tuple[str, ...]

    @property
    def name_column(self) -> str:
        """The column to name when a whole person is meant."""
        return next(
            (
                self.mapping.label(f)
                for f in (Field.NAME, Field.FAMILY_NAME, Field.GIVEN_NAME)
                if self.mapping.label(f)
            ),
            "",
        )


def read(named: str, *, chosen: Sequence[str] = (), distinct: frozenset[int] = frozenset()) -> Holders:
    """
    Read a list.

    Args:
        named: A path, or ``-`` for the standard input.
        chosen: Columns that a person chose: ``"birth_date=Né le"``, ``"name=3"``.
        distinct: Rows of homonyms whom a person knows to be others.

    Raises:
        UnreadableFileError: Not a list of people.
        NoHeaderError: No column holds names.
        CommandError: A choice that means nothing.
    """
    data, name = read_file(named, DEFAULT_LIMITS.max_bytes)
    table = tables.read(data, name)
    header = find_header(table)
    today = clock.today()
    below = [row for row in table.rows if row.number > header.number][:50]
    mapping = _with_chosen(guess_columns(header, below, today=today), chosen)
    report = read_rows(table, mapping, today=today, distinct_rows=distinct)
    if not report.total:
        raise UnreadableFileError("expected rows below the header, met none", code="file.no_rows", name=name)
    return Holders(report, mapping, tuple(_remarks(table, mapping)))


def _remarks(table: tables.Table, mapping: ColumnMapping) -> Iterator[str]:
    read = ", ".join(f"{FIELD_WORDS[f]} ← « {mapping.label(f)} »" for f in Field if f in mapping.columns)
    yield f"Colonnes lues : {read}."
    if mapping.duplicates:
        listed = ", ".join(f"« {label} »" for label in mapping.duplicates)
        yield (
            f"Plusieurs colonnes s’appellent {listed} : la première est lue. "
            "« --column » en choisit une autre par son numéro."
        )
    if table.other_sheets:
        yield f"Seule la feuille « {table.sheet} » est lue ; il y a aussi {', '.join(table.other_sheets)}."


def read_file(named: str, limit: int) -> tuple[bytes, str]:
    """
    The bytes of a file, or of the standard input for ``-``, never more than *limit* and one.

    Raises:
        UnreadableFileError: ``file.missing``.
    """
    if named == "-":
        return sys.stdin.buffer.read(limit + 1), "entrée standard"
    path = Path(named)
    try:
        if path.stat().st_size > limit:
            raise tables.too_large(path.name, path.stat().st_size)
        with path.open("rb") as file:
            return file.read(limit + 1), path.name
    except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
        raise UnreadableFileError(f"expected a file, met {error}", code="file.missing", name=named) from error


def _with_chosen(guess: ColumnMapping, chosen: Iterable[str]) -> ColumnMapping:
    """*guess* with the columns that a person chose, by number from 1 or by name."""
    columns = dict(guess.columns)
    for choice in chosen:
        key, sign, column = choice.partition("=")
        labels = guess.header.labels
        if key not in set(Field) or not sign:
            raise CommandError(
                f"--column {choice} : écrivez CHAMP=COLONNE, avec un champ parmi {', '.join(Field)}."
            )
        if column.isdigit() and 1 <= int(column) <= len(labels):
            columns[Field(key)] = int(column) - 1
        elif column in labels:
            columns[Field(key)] = labels.index(column)
        else:
            raise CommandError(
                f"--column {choice} : pas de colonne « {column} ». Il y a : {', '.join(labels[:20])}."
            )
        if Field(key) is Field.NAME:
            columns.pop(Field.GIVEN_NAME, None)
            columns.pop(Field.FAMILY_NAME, None)
    return ColumnMapping(guess.header, columns, guess.by_values, guess.duplicates)


def row_numbers(text: str) -> frozenset[int]:
    """``"4,7"`` as row numbers."""
    try:
        return frozenset(int(number) for number in text.replace(" ", "").split(",") if number)
    except ValueError as error:
        raise CommandError(
            f"--distinct {text} : écrivez des numéros de ligne séparés par des virgules."
        ) from error
