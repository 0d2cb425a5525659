"""What everybody sees of needs: the list, one need, and communes as one types."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from jalon.territory import labels, queries
from jalon.territory.connectors import micro_credentials
from jalon.territory.permissions import organisations_moderating
from jalon.territory.queries import Question
from jalon.territory.rules.need_states import NeedState
from jalon.verification.errors import TooManyTriesError
from jalon.web.needs.access import SUGGESTIONS
from jalon.web.needs.forms import ListForm
from jalon.web.needs.places import Place, read_place

_TONES = {NeedState.OPEN: "garde", NeedState.IN_DESIGN: "eau", NeedState.ANSWERED: "bon"}
_ICONS = {NeedState.OPEN: "circle-help", NeedState.IN_DESIGN: "pen-line", NeedState.ANSWERED: "check"}


def state_chip(state: NeedState) -> dict[str, object]:
    """How a state is drawn: word, tone and icon, never colour alone."""
    return {
        "name": labels.STATES[state],
        "tone": _TONES.get(state, ""),
        "icon": _ICONS.get(state, "circle-help"),
    }


def _row(need: queries.PublicNeed) -> dict[str, object]:
    return {
        "need": need,
        "kind": labels.ASKER_KINDS[need.kind],
        "state": state_chip(need.state),
        "constraints": [labels.CONSTRAINTS[each] for each in need.ticked],
    }


@require_http_methods(["GET", "HEAD"])
def home(request: HttpRequest) -> HttpResponse:
    """Accepted needs, by words, place and state."""
    form = ListForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    place = read_place(given.get("commune", "") or "")
    question = Question(
        text=given.get("q", "") or "",
        commune=place.commune,
        km=float(given.get("km") or 40),
        state=NeedState(given["etat"]) if given.get("etat") else None,
        page=_page(request.GET.get("page", "")),
    )
    results = queries.public_needs(question)
    waiting = 0
    if request.user.is_authenticated and organisations_moderating(request.user):
        waiting = queries.needs_to_moderate(request.user, NeedState.WAITING).count()
    values = {
        "form": ListForm(initial={"km": 40, **{k: v for k, v in request.GET.items() if k in form.fields}}),
        "results": results,
        "rows": [_row(need) for need in results.needs],
        "place": place,
        "place_is_unclear": _is_unclear(given.get("commune", "") or "", place),
        "narrows": any(request.GET.get(name) for name in ("q", "commune", "etat")),
        "previous": _query(request.GET, results.page - 1) if results.page > 1 else "",
        "next": _query(request.GET, results.page + 1) if results.page < results.pages else "",
        "moderates": request.user.is_authenticated and bool(organisations_moderating(request.user)),
        "waiting": waiting,
    }
    return render(request, "needs/home.html", values)


def _is_unclear(typed: str, place: Place) -> bool:
    return bool(typed) and place.commune is None


def _page(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


def _query(given: QueryDict, page: int) -> str:
    kept = given.copy()
    kept["page"] = str(page)
    return kept.urlencode()


@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """One accepted need."""
    need = queries.public_need(need_id)
    if need is None:
        raise Http404("no such public need")
    linked = micro_credentials().facts([link.micro_credential_id for link in queries.design_links_of(need)])
    values = {
        **_row(need),
        "answers": [facts for facts in linked.values() if facts.is_offered],
        "writing": [facts for facts in linked.values() if not facts.is_published],
        "moderates": queries.need_for_moderator(request.user, need_id) is not None,
    }
    return render(request, "needs/show.html", values)


@require_http_methods(["GET", "HEAD"])
def communes(request: HttpRequest) -> HttpResponse:
    """Names for a list of suggestions: ``{"communes": ["Saint-Martin (32)", …]}``."""
    try:
        SUGGESTIONS.check(request)
    except TooManyTriesError:
        return JsonResponse({"communes": []}, status=429)
    SUGGESTIONS.count(request)
    found = queries.communes_like(request.GET.get("q", "")[:100], limit=12)
    response = JsonResponse({"communes": [str(each) for each in found]})
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
