"""What a table is made of, and what it may cost: shared by the readers of each kind of file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from jalon.foundation.errors import UnreadableFileError

Cell = str | date | float | bool | None
"""
Text; a real date of a spreadsheet; a number; a tick box; nothing. A formula is its text, with its ``=``.
"""


class Row(NamedTuple):
    """One row that is not empty, `number` being the one that a person sees in their spreadsheet (from 1)."""

    number: int
    cells: tuple[Cell, ...]


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


class RowCollector:
    """Takes rows one by one, leaves empty ones out, and refuses the file at the first bound it passes."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.rows: list[Row] = []
        self._name = name
        self._limits = limits
        self._cells = 0

    def add(self, number: int, cells: Sequence[Cell]) -> None:
        """
        Raises:
            UnreadableFileError: ``file.too_many_rows``, ``file.too_many_columns``, ``file.too_many_cells``,
                ``file.cell_too_long``.
        """
        width = len(cells)
        while width and (cells[width - 1] is None or cells[width - 1] == ""):
            width -= 1
        if not width:
            return
        limits = self._limits
        if width > limits.max_columns:
            raise self._refusal("file.too_many_columns", limits.max_columns, number)
        if len(self.rows) >= limits.max_rows:
            raise self._refusal("file.too_many_rows", limits.max_rows, number)
        self._cells += width
        if self._cells > limits.max_cells:
            raise self._refusal("file.too_many_cells", limits.max_cells, number)
        kept = tuple(cells[:width])
        for cell in kept:
            if isinstance(cell, str) and len(cell) > limits.max_cell_characters:
                raise self._refusal("file.cell_too_long", limits.max_cell_characters, number)
        self.rows.append(Row(number, kept))

    def _refusal(self, code: str, limit: int, row: int) -> UnreadableFileError:
        return UnreadableFileError(
            f"expected at most {limit}, met more at row {row}",
            code=code,
            name=self._name,
            limit=limit,
            row=row,
        )
