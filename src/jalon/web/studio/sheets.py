"""The spreadsheet to fill in, blank or with what a version says."""

from __future__ import annotations

import io
from uuid import UUID

import openpyxl
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from jalon.design.rules import spreadsheet
from jalon.web.studio.access import specification_or_404

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (28, 60, 60, 12, 10)


@login_required
def model_sheet(request: HttpRequest) -> HttpResponse:
    """The blank one."""
    return _answer(spreadsheet.template(), "micro-certification.xlsx")


@login_required
def sheet(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """One version as a spreadsheet that `begin` reads back."""
    specification = specification_or_404(request, specification_id)
    return _answer(
        spreadsheet.template(specification.read()),
        f"{specification.micro_credential.slug}-{specification.number}.xlsx",
    )


def _answer(rows: list[list[str]], name: str) -> HttpResponse:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None  # noqa: S101 -- a new workbook has a sheet
    for row in rows:
        # A text that begins with «=» stays a text.
        page.append(row)
        for cell in page[page.max_row]:
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in page[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(_WIDTHS, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = "B2"
    written = io.BytesIO()
    book.save(written)
    answer = HttpResponse(written.getvalue(), content_type=_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
