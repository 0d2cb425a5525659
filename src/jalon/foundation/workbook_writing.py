"""XLSX to fill in or to take away: texts in columns that can be read at once, and no formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_LONGEST = 32_767
"""Letters in a cell (ECMA-376, Excel's specifications and limits); a longer text would damage the file."""
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(rows: Sequence[Sequence[str]], *, widths: Sequence[int]) -> bytes:
    """
    One sheet of *rows*, the first of which names the columns.

    Args:
        widths: Of the columns, in letters.
    """
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None  # noqa: S101 -- a new workbook has a sheet
    for row in rows:
        page.append([_REFUSED.sub("", cell)[:_LONGEST] for cell in row])
        for cell in page[page.max_row]:
            # A text that begins with «=» stays a text.
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in page[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = "B2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
