"""
A list of people, row by row: who can be awarded, who cannot and why, and who a person must look at first.

Nobody is merged and nobody is dropped: each row that is not empty comes back once, as a holder, a rejection
or a
question about homonyms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jalon.awarding.errors import NoHeaderError
from jalon.awarding.rules.columns import ColumnMapping, Field, find_header, guess_columns
from jalon.awarding.rules.dates import DateRefused, read_birth_date, read_past_date
from jalon.awarding.rules.persons import Identity, Match, Register
from jalon.foundation.cells import Cell, Row
from jalon.foundation.tables import Table

NAME_LENGTH = 150
TEXT_LENGTH = 200

HOMONYM = "homonym"
"""The code of a question about homonyms, in `Homonym` and wherever it is written down."""


@dataclass(frozen=True, slots=True)
class HolderRow:
    """
    A person of the list, cleaned: spaces made one, dates read.

    Attributes:
        row: Row number in the spreadsheet.
        name: The full name as it will be read.
        birth_date: Only to tell homonyms apart; it never enters a credential.
        awarded_on: None where the list does not say.
    """

    row: int
    name: str
    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    email: str = ""
    identifier: str = ""
    awarded_on: date | None = None
    grade: str = ""

    @property
    def identity(self) -> Identity:
        """What tells this person from another."""
        return Identity(self.name, self.birth_date, self.identifier)


@dataclass(frozen=True)
class Rejection:
    """
    A row that is not awarded, and the first reason why.

    Attributes:
        column: Name of the column as written in the file, ``""`` where the whole row is meant.
        code: Stable; `awarding.labels.sentence` words it with `facts`.
    """

    row: int
    column: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Homonym:
    """A row that may be somebody met before in the list; only a person can tell."""

    holder: HolderRow
    other_row: int
    column: str
    code: str = HOMONYM

    @property
    def facts(self) -> dict[str, Any]:
        """``{"name": "Marie Martin", "other_row": 4}``."""
        return {"name": self.holder.name, "other_row": self.other_row}


@dataclass(frozen=True)
class HoldersReport:
    """What `read_rows` found; each row below the header that is not empty is in exactly one of the three."""

    rows: tuple[HolderRow, ...]
    rejected: tuple[Rejection, ...] = ()
    homonyms: tuple[Homonym, ...] = ()

    @property
    def total(self) -> int:
        return len(self.rows) + len(self.rejected) + len(self.homonyms)


class RowRefused(Exception):
    """A cell that stops its row."""

    def __init__(self, wanted: Field, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.wanted, self.code, self.facts = wanted, code, facts


def read_table(table: Table, *, today: date) -> tuple[ColumnMapping, HoldersReport]:
    """Find the header, guess the columns and read the rows, where nobody is there to look at the guess."""
    header = find_header(table)
    below = [row for row in table.rows if row.number > header.number]
    mapping = guess_columns(header, below[:50], today=today)
    return mapping, read_rows(table, mapping, today=today)


def read_rows(
    table: Table, mapping: ColumnMapping, *, today: date, distinct_rows: frozenset[int] = frozenset()
) -> HoldersReport:
    """
    Read the rows below the header.

    Args:
        table: From `foundation.tables.read`.
        mapping: From `guess_columns`, perhaps changed by a person.
        today: Dates after it are in the future.
        distinct_rows: Rows of which a person has said that they are somebody else than their homonym.

    Raises:
        NoHeaderError: No column holds names.
    """
    if not mapping.has_names:
        raise NoHeaderError("expected a column of names", columns=list(mapping.header.labels[:20]))
    rows: list[HolderRow] = []
    rejected: list[Rejection] = []
    homonyms: list[Homonym] = []
    met = Register()
    name_column = (
        mapping.label(Field.NAME) or mapping.label(Field.FAMILY_NAME) or mapping.label(Field.GIVEN_NAME)
    )
    for row in table.rows:
        if row.number <= mapping.header.number:
            continue
        try:
            holder = _read_row(row, mapping, today)
        except RowRefused as refused:
            rejected.append(Rejection(row.number, mapping.label(refused.wanted), refused.code, refused.facts))
            continue
        identity = holder.identity
        match, other, where = met.look_up(identity)
        if match is Match.SAME and other is not None:
            by_identifier = bool(holder.identifier) and other.identifier_key == identity.identifier_key
            column = mapping.label(Field.IDENTIFIER) if by_identifier else name_column
            facts = {
                "name": other.name,
                "other_row": int(where),
                "by": "identifier" if by_identifier else "name",
            }
            rejected.append(Rejection(row.number, column, "repeated", facts))
            continue
        if match is Match.UNSURE and row.number not in distinct_rows:
            homonyms.append(Homonym(holder, int(where), name_column))
            continue
        met.add(identity, str(row.number))
        rows.append(holder)
    return HoldersReport(tuple(rows), tuple(rejected), tuple(homonyms))


def _read_row(row: Row, mapping: ColumnMapping, today: date) -> HolderRow:
    def cell(wanted: Field) -> Cell:
        position = mapping.columns.get(wanted)
        return row.cells[position] if position is not None and position < len(row.cells) else None

    if _repeats_header(row, mapping):
        raise RowRefused(Field.NAME, "header_again")
    name, given, family = _read_name(
        {f: cell(f) for f in (Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME)}, mapping
    )
    birth_date = _read_date(Field.BIRTH_DATE, cell(Field.BIRTH_DATE), today)
    awarded_on = _read_date(Field.AWARDED_ON, cell(Field.AWARDED_ON), today)
    if birth_date and awarded_on and awarded_on <= birth_date:
        raise RowRefused(Field.AWARDED_ON, "awarded_before_birth")
    return HolderRow(
        row=row.number,
        name=name,
        given_name=given,
        family_name=family,
        birth_date=birth_date,
        email=_read_email(cell(Field.EMAIL)),
        identifier=_read_text(Field.IDENTIFIER, cell(Field.IDENTIFIER)),
        awarded_on=awarded_on,
        grade=_read_text(Field.GRADE, cell(Field.GRADE)),
    )


def _repeats_header(row: Row, mapping: ColumnMapping) -> bool:
    """Lists put end to end repeat the names of the columns."""
    if not mapping.header.number or len(mapping.columns) < 2:
        return False
    return all(
        position < len(row.cells) and _clean(row.cells[position]) == mapping.header.labels[position]
        for position in mapping.columns.values()
    )


def _read_name(cells: dict[Field, Cell], mapping: ColumnMapping) -> tuple[str, str, str]:
    """The full name with its parts, where the list has them apart."""
    read = {
        wanted: _read_name_part(wanted, value) for wanted, value in cells.items() if wanted in mapping.columns
    }
    full, given, family = (read.get(f, "") for f in (Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME))
    if Field.NAME in read:
        if not full:
            raise RowRefused(Field.NAME, "name_missing")
    else:
        for wanted in (Field.FAMILY_NAME, Field.GIVEN_NAME):
            if wanted in read and not read[wanted]:
                raise RowRefused(wanted, "name_missing")
        full = " ".join(part for part in (given, family) if part)
    if len(full) > NAME_LENGTH:
        raise RowRefused(
            Field.NAME if Field.NAME in read else Field.FAMILY_NAME, "name_too_long", limit=NAME_LENGTH
        )
    return full, given, family


def _read_name_part(wanted: Field, cell: Cell) -> str:
    text = _clean(cell)
    if not text:
        return ""
    if text[0] in "=+-@":
        raise RowRefused(wanted, "name_formula", met=_shown(text))
    _refuse_characters(wanted, text)
    if "\ufffd" in text or re.search("[ÃÂ][\u0080-\u00bf\u20ac\u2122\u0152\u0153]", text):
        raise RowRefused(wanted, "name_garbled", met=_shown(text))
    if not isinstance(cell, str) or not any(
        sign.isalpha() or unicodedata.category(sign) == "So" for sign in text
    ):
        raise RowRefused(wanted, "name_without_letters", met=_shown(text))
    return text


def _refuse_characters(wanted: Field, text: str) -> None:
    """
    Refuse what makes a text read otherwise than it is written, or that verifiers disagree on.

    Control characters, lone surrogates, noncharacters; signs that override the direction of writing (U+202A
    to U+202E,
    U+2066 to U+2069). Arabic and Hebrew names do not need them.
    """
    if text.isprintable():
        return
    for sign in text:
        point = ord(sign)
        hidden = 0x202A <= point <= 0x202E or 0x2066 <= point <= 0x2069
        noncharacter = 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE
        if hidden or noncharacter or unicodedata.category(sign) in {"Cc", "Cs"}:
            raise RowRefused(wanted, "characters", point=f"U+{point:04X}")


def _read_date(wanted: Field, cell: Cell, today: date) -> date | None:
    reader = read_birth_date if wanted is Field.BIRTH_DATE else read_past_date
    try:
        return reader(cell, today=today)
    except DateRefused as refused:
        raise RowRefused(wanted, refused.code, met=_shown(_clean(cell))) from refused


_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"\\]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")


def _read_email(cell: Cell) -> str:
    text = _clean(cell)
    if not text:
        return ""
    local = text.partition("@")[0]
    odd_dots = ".." in text or local.startswith((".", "=", "+", "-")) or local.endswith(".")
    if len(text) > 254 or odd_dots or not _EMAIL.fullmatch(text):
        raise RowRefused(Field.EMAIL, "email_malformed", met=_shown(text))
    return text


def _read_text(wanted: Field, cell: Cell) -> str:
    text = _clean(cell)
    if text.startswith(("=", "@")):
        raise RowRefused(wanted, "formula", met=_shown(text))
    if len(text) > TEXT_LENGTH:
        raise RowRefused(wanted, "text_too_long", limit=TEXT_LENGTH)
    _refuse_characters(wanted, text)
    return text


# Left out without a word: they show nothing and make two equal names differ.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def _clean(cell: Cell) -> str:
    """A cell as text: NFC, spaces and line ends made one space, a whole number without its decimals."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, str) and cell.isascii():
        return " ".join(cell.split())
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    return " ".join(unicodedata.normalize("NFC", str(cell).translate(_UNSEEN)).split())


def _shown(text: str) -> str:
    """What was met, short enough for a sentence and free of what could disturb it."""
    calm = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    return calm if len(calm) <= 40 else calm[:39] + "…"


def rows_in_order(report: HoldersReport) -> Sequence[HolderRow | Rejection | Homonym]:
    """All rows of *report* as the file has them, for a report row by row."""
    everything: list[tuple[int, HolderRow | Rejection | Homonym]] = [(row.row, row) for row in report.rows]
    everything += [(rejection.row, rejection) for rejection in report.rejected]
    everything += [(homonym.holder.row, homonym) for homonym in report.homonyms]
    return [item for _, item in sorted(everything, key=lambda pair: pair[0])]
