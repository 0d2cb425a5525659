"""The spreadsheet to fill in, blank or with what a version says."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from jalon.design.rules import spreadsheet
from jalon.design.rules.spreadsheet import WIDTHS
from jalon.foundation import workbook_writing
from jalon.foundation.workbook_writing import XLSX
from jalon.web.studio.access import specification_or_404


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
    answer = HttpResponse(workbook_writing.write(rows, widths=WIDTHS), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
