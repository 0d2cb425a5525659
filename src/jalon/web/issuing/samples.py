"""The first rows of a list, to look at while its columns are settled."""

from __future__ import annotations

from datetime import date

from django.core.cache import cache

from jalon.awarding.models import AwardBatch, BatchFile
from jalon.foundation import tables
from jalon.foundation.cells import Cell
from jalon.foundation.errors import UnreadableFileError

ROWS = 3
_SECONDS = 900


def of(batch: AwardBatch) -> list[list[str]]:
    """The first rows below the header, as text; none where the file was deleted meanwhile."""
    key = f"issuing:sample:{batch.id}"
    known: list[list[str]] | None = cache.get(key)
    if known is None:
        known = _read(batch)
        cache.set(key, known, _SECONDS)
    return known


def _read(batch: AwardBatch) -> list[list[str]]:
    file = BatchFile.objects.filter(batch=batch).first()
    if file is None:
        return []
    try:
        table = tables.read(bytes(file.data), batch.file_name)
    except UnreadableFileError:
        return []
    header = int(batch.mapping.get("header_row", 0))
    below = [row for row in table.rows if row.number > header][:ROWS]
    return [[_text(cell) for cell in row.cells] for row in below]


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:60]
