"""One person without a file: a list of one row, read and checked as any other."""

from __future__ import annotations

import csv
import io
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jalon.awarding import actions
from jalon.awarding.models import AwardBatch
from jalon.awarding.rules.batch_states import RowState
from jalon.awarding.rules.columns import ColumnMapping, Field, Header
from jalon.design.models import Specification
from jalon.foundation import clock
from jalon.foundation.errors import JalonError
from jalon.people.models import User
from jalon.web import refusals
from jalon.web.issuing.access import specification_or_404, who
from jalon.web.issuing.forms import FIELD_NAMES, PersonForm
from jalon.web.issuing.reports import reason_of


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """Name one person; the same checks follow as for a list, and nothing is signed yet."""
    specification = specification_or_404(request, specification_id)
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = _list_of_one(specification, form, who(request))
        except JalonError as error:
            form.add_error(None, refusals.sentence(error))
        else:
            if not form.errors:
                return redirect("issuing:batch", batch.id)
    page = {"form": form, "specification": specification, "content": specification.read()}
    return render(request, "issuing/person.html", page, status=422 if form.errors else 200)


def _list_of_one(specification: Specification, form: PersonForm, by: User) -> AwardBatch:
    """
    The batch of the one row that was typed; a row that its rules reject becomes errors of *form*.

    The moment of typing is part of the file: two namesakes typed one after the other are a question, not
    the same row sent twice.
    """
    names, cells = form.table()
    fields = [Field(name) for name in names]
    labels = [*(str(FIELD_NAMES[field]) for field in fields), _("Saisi le")]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows([labels, [*cells, clock.now().isoformat()]])
    batch = actions.receive_file(
        organisation=specification.micro_credential.organisation,
        specification=specification,
        name=_("Une personne"),
        data=written.getvalue().encode(),
        by=by,
    )
    columns = {field: position for position, field in enumerate(fields)}
    mapping = ColumnMapping(Header(1, tuple(labels)), columns)
    batch = actions.map_columns(batch=batch, mapping=mapping, by=by)
    row = batch.rows.first()
    if row is not None and row.state == RowState.REJECTED.value:
        column = next(
            (name for name, field in zip(names, fields, strict=True) if FIELD_NAMES[field] == row.column),
            None,
        )
        form.add_error(column, reason_of(row))
        actions.abandon_batch(batch=batch, by=by)
    return batch
