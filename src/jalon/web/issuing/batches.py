"""A list of people on its road: sent, columns settled, checked, questions answered, awarded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jalon.awarding import actions
from jalon.awarding.errors import AwardingError
from jalon.awarding.models import AwardBatch
from jalon.awarding.rules.batch_rows import NEW, SAME, SKIP
from jalon.awarding.rules.batch_states import BatchState
from jalon.awarding.rules.columns import ColumnMapping
from jalon.foundation.errors import JalonError, UnreadableFileError
from jalon.web import refusals
from jalon.web.issuing import reports, samples
from jalon.web.issuing.access import batch_or_404, rights, signatories_of, specification_or_404, who
from jalon.web.issuing.forms import ColumnsForm, UploadForm
from jalon.web.issuing.uploads import bounded

ANSWER = "reponse-"


@bounded
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """Send a list for one published version."""
    specification = specification_or_404(request, specification_id)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    status = 200
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            received = actions.receive_file(
                organisation=specification.micro_credential.organisation,
                specification=specification,
                name=file.name or "",
                data=file.read(),
                by=who(request),
            )
        except (UnreadableFileError, AwardingError) as error:
            form.add_error("file", refusals.sentence(error))
            status = 413 if error.code == "file.too_large" else 422
        else:
            return redirect("issuing:columns", received.id)
    elif request.method == "POST":
        status = 422
    page = {"form": form, "specification": specification, "content": specification.read()}
    return render(request, "issuing/upload.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """What each column holds: our guess, shown with what the first rows say, and changed by a person."""
    batch = batch_or_404(request, batch_id)
    if not batch.is_open:
        return redirect("issuing:batch", batch.id)
    mapping = ColumnMapping.from_dict(batch.mapping)
    form = ColumnsForm(request.POST if request.method == "POST" else None, mapping=mapping)
    if request.method == "POST" and form.is_valid():
        try:
            actions.map_columns(
                batch=batch,
                mapping=form.chosen(),
                by=who(request),
                awarded_on=form.cleaned_data["awarded_on"],
            )
        except JalonError as error:
            form.add_error(None, refusals.sentence(error))
        else:
            return redirect("issuing:batch", batch.id)
    shown = samples.of(batch)
    lines = [
        {
            "field": bound,
            "values": [row[position] for row in shown if position < len(row) and row[position]],
            "unsure": any(mapping.columns.get(wanted) == position for wanted in mapping.by_values),
        }
        for position, bound in form.columns()
    ]
    page = {
        "batch": batch,
        "form": form,
        "lines": lines,
        "mapping": mapping,
        "specification": batch.specification,
    }
    return render(request, "issuing/columns.html", page, status=422 if form.errors else 200)


@require_GET
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Where a list is: its report before anything is signed, its progress, then what was awarded."""
    found = batch_or_404(request, batch_id)
    state = BatchState(found.state)
    if state is BatchState.RECEIVED:
        return redirect("issuing:columns", found.id)
    if state is BatchState.ABANDONED:
        return render(request, "issuing/abandoned.html", {"batch": found})
    if state is BatchState.CHECKED:
        return render(request, "issuing/report.html", _report_page(request, found))
    page = {"batch": found, **reports.progress(found, page=request.GET.get("page", "1"))}
    page["may"] = rights(who(request), found.organisation)
    name = "issuing/progress_lines.html" if "morceau" in request.GET else "issuing/progress.html"
    return render(request, name, page)


def _report_page(request: HttpRequest, found: AwardBatch) -> dict[str, Any]:
    may = rights(who(request), found.organisation)
    return {
        "batch": found,
        "report": reports.report(found, page=request.GET.get("page", "1")),
        "may": may,
        "signatories": [] if may.award else signatories_of(found.organisation),
    }


@require_POST
def answers(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Keep what a person said about homonyms, and which rows are wanted again."""
    found = batch_or_404(request, batch_id)
    by = who(request)
    kept = 0
    everyone = request.POST.get("tous", "")
    if everyone in {NEW, SAME, SKIP}:
        kept += actions.resolve_homonyms(batch=found, choice=everyone, by=by)
    else:
        said = {
            key.removeprefix(ANSWER): str(value)
            for key, value in request.POST.items()
            if key.startswith(ANSWER) and value
        }
        for row in found.rows.filter(pk__in=_numbers(said)).select_related("batch"):
            if said[str(row.pk)] != row.choice:
                actions.resolve_homonym(row=row, choice=said[str(row.pk)], by=by)
                kept += 1
    kept += _keep_wishes(request, found)
    if kept:
        messages.success(
            request, ngettext("Une réponse gardée.", "%(n)s réponses gardées.", kept) % {"n": kept}
        )
    return redirect("issuing:batch", found.id)


def _keep_wishes(request: HttpRequest, found: AwardBatch) -> int:
    """Rows ticked to be awarded again, and rows shown and not ticked."""
    seen = set(_numbers(request.POST.getlist("encore-vu")))
    wanted = set(_numbers(request.POST.getlist("encore"))) & seen
    changed = 0
    for wish, keys in ((True, wanted), (False, seen - wanted)):
        rows = [row for row in found.rows.filter(pk__in=keys) if (row.choice == "again") is not wish]
        if rows:
            changed += actions.wish_again(batch=found, rows=rows, by=who(request), wanted=wish)
    return changed


def _numbers(texts: Any) -> list[int]:
    """The row keys of a form; whatever else was sent is nobody's row."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]


@require_POST
def start(request: HttpRequest, batch_id: UUID) -> HttpResponseRedirect:
    """The lame: have the ready rows signed. Asked twice, it starts once."""
    found = batch_or_404(request, batch_id)
    actions.start_batch(batch=found, by=who(request))
    return redirect("issuing:batch", found.id)


@require_POST
def abandon(request: HttpRequest, batch_id: UUID) -> HttpResponseRedirect:
    """Give a list up; nothing of it was signed."""
    found = batch_or_404(request, batch_id)
    actions.abandon_batch(batch=found, by=who(request))
    messages.success(request, _("Liste abandonnée. Rien n’a été signé ; le fichier est effacé."))
    return redirect("issuing:home")
