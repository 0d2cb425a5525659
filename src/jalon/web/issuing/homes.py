"""Where awarding begins: what can be awarded, the lists under way, and who was awarded what."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jalon.awarding import labels, queries
from jalon.awarding.models import Award, AwardBatch
from jalon.awarding.rules.award_states import AwardState
from jalon.awarding.rules.batch_states import BatchState
from jalon.design.queries import published_specifications
from jalon.web.issuing.access import chosen, rights, who

BATCHES_PER_PAGE = 10
AWARDS_SHOWN = 5
AWARDS_PER_PAGE = 25

BATCH_MARKS = {
    BatchState.RECEIVED: "garde",
    BatchState.CHECKED: "garde",
    BatchState.QUEUED: "eau",
    BatchState.RUNNING: "eau",
    BatchState.FINISHED: "bon",
    BatchState.FAILED: "rouge",
    BatchState.ABANDONED: "",
}
AWARD_MARKS = {
    AwardState.VALID: ("bon", "check"),
    AwardState.EXPIRED: ("garde", "clock"),
    AwardState.REVOKED: ("rouge", "triangle-alert"),
    AwardState.REPLACED: ("eau", "history"),
}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What this organisation can award, its lists page by page, its last awards."""
    organisation, organisations = chosen(request)
    if organisation is None:
        return render(request, "issuing/nowhere.html")
    may = rights(who(request), organisation)
    specifications = published_specifications().filter(micro_credential__organisation=organisation)
    lists = queries.batches_of(organisation) if may.prepare else AwardBatch.objects.none()
    pages = Paginator(lists, BATCHES_PER_PAGE).get_page(request.GET.get("page", "1"))
    page = {
        "organisation": organisation,
        "organisations": organisations,
        "may": may,
        "specifications": [{"row": row, "content": row.read()} for row in specifications],
        "batches": [batch_line(batch) for batch in pages.object_list],
        "page_of_batches": pages,
        "query": urlencode({"organisme": organisation.slug}) + "&",
        "awards": [award_line(award) for award in queries.awards_of(organisation)[:AWARDS_SHOWN]],
    }
    return render(request, "issuing/home.html", page)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """The awards of an organisation, by name or reference, by state, page by page."""
    organisation, organisations = chosen(request)
    if organisation is None:
        return render(request, "issuing/nowhere.html")
    text = request.GET.get("q", "")[:100].replace("\x00", "")
    state = next((each for each in AwardState if each.value == request.GET.get("etat")), None)
    found = queries.awards_of(organisation, text=text, state=state)
    pages = Paginator(found, AWARDS_PER_PAGE).get_page(request.GET.get("page", "1"))
    page = {
        "organisation": organisation,
        "organisations": organisations,
        "text": text,
        "state": state,
        "states": [(each.value, labels.award_state(each.value)) for each in AwardState],
        "page_of_awards": pages,
        "query": urlencode({"organisme": organisation.slug, "q": text, "etat": state or ""}) + "&",
        "awards": [award_line(award) for award in pages.object_list],
        "may": rights(who(request), organisation),
    }
    return render(request, "issuing/awards.html", page)


def batch_line(batch: AwardBatch) -> dict[str, object]:
    """A list as a line of a page."""
    state = BatchState(batch.state)
    counts = batch.counts
    return {
        "batch": batch,
        "title": batch.specification.read().title,
        "state": labels.batch_state(state.value),
        "mark": BATCH_MARKS[state],
        "total": sum(counts.values()),
        "awarded": counts.get("awarded", 0),
        "ready": counts.get("ready", 0),
    }


def award_line(award: Award) -> dict[str, object]:
    """An award as a line of a page."""
    state = award.state
    mark, sign = AWARD_MARKS[state]
    return {
        "award": award,
        "title": award.specification.read().title,
        "state": labels.award_state(state.value),
        "mark": mark,
        "sign": sign,
        "credential": award.credential,
    }
