"""
Spreadsheets as people have them, read into plain rows: CSV and XLSX, whatever their encoding and separator.

Everything here is bounded, because the files come from outside: bytes, rows, columns, cells, signs in a cell, and what
an XLSX says and proves to hold once decompressed. A refusal is an `UnreadableFileError` with a code of
`CODES` and the facts its sentence needs; `foundation.labels` words it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from jalon.foundation.errors import UnreadableFileError

Cell = str | date | float | bool | None
"""Text; a real date of a spreadsheet; a number; a tick box; nothing. A formula is its text, with its ``=``."""


class Row(NamedTuple):
    """One row that is not empty, `number` being the one that a person sees in their spreadsheet (from 1)."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """
    What was read.

    Attributes:
        rows: In order, empty rows left out; cells after the last one filled in are left out.
        sheet: Name of the sheet, ``""`` for a CSV.
        encoding: ``"utf-8"``, ``"utf-16-le"``, ``"utf-16-be"``, ``"cp1252"``; ``""`` for an XLSX.
        delimiter: ``";"``, ``","``, a tab; ``""`` for an XLSX.
        other_sheets: Names of the sheets that hold something and were not read.
    """

    rows: tuple[Row, ...]
    name: str = ""
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    other_sheets: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(frozen=True)
class Limits:
    """What a table may cost. Over a bound, the file is refused with a sentence that says the bound."""

    max_bytes: int = 20 * 1024 * 1024
    max_rows: int = 200_000
    max_columns: int = 200
    max_cells: int = 4_000_000
    max_cell_characters: int = 10_000
    max_unpacked_bytes: int = 400 * 1024 * 1024
    max_zip_entries: int = 2_000


DEFAULT_LIMITS = Limits()

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def read(data: bytes, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Table:
    """
    Read a CSV or an XLSX; what it is, is told by its bytes and not by its name.

    Args:
        data: The whole file.
        name: Its name, for messages only.

    Raises:
        UnreadableFileError: code ``file.empty``, ``file.too_large``, ``file.too_many_rows``, … (see `labels`).
    """
    if len(data) > limits.max_bytes:
        raise too_large(name, len(data), limits)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFileError("expected rows, met an empty file", code="file.empty", name=name)
    _refuse_other_kinds(data, name)
    # Each reader is loaded when a file needs it: a command that reads a CSV starts faster.
    if data.startswith(_ZIP):
        from jalon.foundation import workbooks

        found = workbooks.read(data, name, limits)
    else:
        from jalon.foundation import separated_values

        found = separated_values.read(data, name, limits)
    if not found.rows:
        raise UnreadableFileError("expected rows, met none", code="file.no_rows", name=name)
    return found


def too_large(name: str, size: int, limits: Limits = DEFAULT_LIMITS) -> UnreadableFileError:
    """The refusal for a file of *size* bytes, for those who can tell before reading it."""
    return UnreadableFileError(
        f"expected at most {limits.max_bytes} bytes, met {size}",
        code="file.too_large",
        name=name,
        megabytes=round(size / 1_000_000, 1),
        limit=limits.max_bytes // (1024 * 1024),
    )
