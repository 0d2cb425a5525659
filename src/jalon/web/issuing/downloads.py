"""Files to take away: a model to fill in, rows to mend, links to hand over, cards, signed files."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jalon.awarding import documents, queries
from jalon.awarding.models import AwardBatch, Credential
from jalon.awarding.rules.batch_states import BatchState, RowState
from jalon.awarding.rules.columns import ColumnMapping, Field
from jalon.foundation.identifiers import grouped, slug
from jalon.web.issuing.access import batch_or_404
from jalon.web.issuing.forms import FIELD_NAMES
from jalon.web.issuing.reports import reason_of
from sceau.exports import exports

CARDS_AT_MOST = 800
PDFS_AT_MOST = 100

# A cell that begins so is run by a spreadsheet, or hides what does; and the same signs in full width.
_RUN_BY_SPREADSHEETS = re.compile(r"^[\s\u200b\ufeff\"']*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def harmless(value: object) -> str:
    """*value* as text that no spreadsheet takes for a formula: an apostrophe goes before a likely one."""
    text = str(value if value is not None else "").replace("\x00", "")
    return f"'{text}" if _RUN_BY_SPREADSHEETS.match(text) else text


def spreadsheet(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A CSV that Excel opens as it is in French: UTF-8 with its mark, semicolons, formulas made harmless."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return _attached(written.getvalue().encode("utf-8-sig"), name, "text/csv; charset=utf-8")


def _attached(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_GET
def model_list(request: HttpRequest) -> HttpResponse:
    """An empty list with column names that are recognised, and one row that shows how to fill them in."""
    header = [
        FIELD_NAMES[Field.FAMILY_NAME],
        FIELD_NAMES[Field.GIVEN_NAME],
        FIELD_NAMES[Field.BIRTH_DATE],
        _("N° apprenant"),
        FIELD_NAMES[Field.AWARDED_ON],
        FIELD_NAMES[Field.GRADE],
        FIELD_NAMES[Field.EMAIL],
    ]
    example = ["Exemple", "Camille", "31/12/1990", "A-001", "01/06/2026", "16/20", ""]
    return spreadsheet("liste-modele.csv", [header, example])


@require_GET
def left_out(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The rows that were not, or would not be, awarded, each with the reason: to be mended and sent again."""
    batch = batch_or_404(request, batch_id)
    name = f"{slug(batch.file_name.rsplit('.', 1)[0], limit=40)}-ecartees.csv"
    return spreadsheet(name, _left_out_rows(batch))


def _left_out_rows(batch: AwardBatch) -> Iterator[list[object]]:
    mapping = ColumnMapping.from_dict(batch.mapping)
    fields = [field for field in Field if field in mapping.columns] or [Field.NAME]
    yield [
        *(mapping.label(field) or FIELD_NAMES[field] for field in fields),
        _("Ligne"),
        _("Colonne"),
        _("Raison"),
    ]
    kept = [RowState.READY, RowState.QUEUED, RowState.AWARDED]
    rows = queries.rows_of(batch, [state for state in RowState if state not in kept])
    for row in rows.iterator(chunk_size=2000):
        values = [_cell(row.values.get(field.value, ""), field) for field in fields]
        if Field.NAME not in fields and not any(values):
            values[0] = row.values.get("name", "")
        yield [*values, row.number, row.column, reason_of(row) or _("laissée de côté")]


def _cell(value: Any, field: Field) -> str:
    text = str(value)
    if field in (Field.BIRTH_DATE, Field.AWARDED_ON) and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return f"{text[8:]}/{text[5:7]}/{text[:4]}"
    return text


def _awarded(batch: AwardBatch) -> Iterator[Credential]:
    """The credentials of a list, in the order of the file."""
    rows = queries.rows_of(batch, [RowState.AWARDED]).select_related(
        "award__specification__micro_credential", "award__organisation"
    )
    for row in rows:
        credential = row.award.credential if row.award else None
        if credential is not None:
            yield credential


def _finished_or_404(request: HttpRequest, batch_id: UUID) -> tuple[AwardBatch, list[Credential]]:
    batch = batch_or_404(request, batch_id)
    found = list(_awarded(batch)) if batch.state not in (BatchState.RECEIVED, BatchState.CHECKED) else []
    if not found:
        raise Http404
    return batch, found


@require_GET
def links(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Who was awarded, with the link and the reference of each: to hand over as the organisation wishes."""
    batch, found = _finished_or_404(request, batch_id)
    rows = [
        [
            credential.award.holder_name,
            credential.award.awarded_on.strftime("%d/%m/%Y"),
            grouped(credential.reference),
            documents.page_url(credential),
        ]
        for credential in found
    ]
    return spreadsheet(f"{_name(batch)}-liens.csv", [[_("Nom"), _("Date"), _("Référence"), _("Lien")], *rows])


@require_GET
def cards(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Cards to cut out, eight to a page; a long list is printed in parts: ``?partie=2``."""
    batch, found = _finished_or_404(request, batch_id)
    part = request.GET.get("partie", "1")
    first = (
        (int(part) - 1) * CARDS_AT_MOST
        if part.isascii() and part.isdigit() and len(part) < 5 and part != "0"
        else 0
    )
    wanted = found[first : first + CARDS_AT_MOST]
    if not wanted:
        raise Http404
    pdf = documents.cards_pdf(wanted, language=get_language() or "fr")
    return _attached(pdf, f"{_name(batch)}-cartes.pdf", "application/pdf")


@require_GET
def archive(request: HttpRequest, batch_id: UUID) -> FileResponse:
    """
    Every signed file of a list in one archive, each with its PDF and the forms that were kept where the
    list is short.
    """
    batch, found = _finished_or_404(request, batch_id)
    packed = SpooledTemporaryFile(max_size=8 * 1024 * 1024)  # noqa: SIM115  closed by the response
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for credential in found:
            name = f"{slug(credential.award.holder_name, limit=50)}-{credential.reference}"
            target.writestr(f"{name}.json", credential.document_bytes)
            if len(found) <= PDFS_AT_MOST:
                target.writestr(f"{name}.pdf", documents.certificate_pdf(credential))
                for kept in queries.kept_forms_of(credential):
                    target.writestr(f"{name}{exports()[kept.form].suffix}", bytes(kept.document))
    packed.seek(0)
    response = FileResponse(packed, as_attachment=True, filename=f"{_name(batch)}-attestations.zip")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _name(batch: AwardBatch) -> str:
    return slug(str(batch.specification.read().title), limit=50)
