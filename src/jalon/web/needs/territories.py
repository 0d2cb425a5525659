"""Territories drawn by the organisations that look after them; for anybody else nothing is there."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jalon.foundation.errors import NotAllowedError
from jalon.people.models import Organisation, User
from jalon.people.permissions import may, organisations_where
from jalon.people.rules import Capability
from jalon.territory import actions, labels, queries
from jalon.territory.errors import InvalidTerritoryError, TerritoryError
from jalon.territory.models import PartKind, Territory
from jalon.verification.errors import TooManyTriesError
from jalon.web.needs import parts, picture
from jalon.web.needs.access import SUGGESTIONS, signed_in
from jalon.web.needs.forms import NameForm, PartForm, TerritoryForm
from jalon.web.verify.privacy import about_one_person


@login_required
@require_http_methods(["GET", "HEAD"])
@about_one_person
def home(request: HttpRequest) -> HttpResponse:
    """The territories of one's organisations."""
    user = signed_in(request)
    organisations = organisations_where(user, Capability.MODERATE_NEEDS)
    if not organisations:
        raise Http404("looks after no territory")
    values = {
        "rows": [(each, _extent(each)) for each in queries.territories_of(user)],
        "drawing": [each for each in organisations if may(user, Capability.MANAGE_ORGANISATION, each)],
        "unconfirmed": [each for each in organisations if not each.identity_confirmed_at],
    }
    return render(request, "needs/territories.html", values)


def _codes(territory: Territory) -> list[tuple[str, str]]:
    return [(part.kind, part.code) for part in territory.parts.all()]


def _extent(territory: Territory) -> queries.Extent:
    return queries.extent_of(_codes(territory))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@about_one_person
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A name and a first part are enough; the rest is added on the page of the territory."""
    user = signed_in(request)
    organisation = _managed(user, slug)
    if request.method != "POST":
        return _new(request, organisation, TerritoryForm())
    form = TerritoryForm(request.POST)
    if form.is_valid():
        try:
            drawn = actions.draw_territory(
                organisation=organisation,
                name=form.cleaned_data["name"],
                parts=form.read.parts,
                by=user,
                anew=False,
            )
        except TerritoryError as refused:
            form.add_error(_field_of(refused), labels.sentence(refused.code, refused.facts))
        else:
            messages.success(request, _("Territoire gardé. Ajoutez-y ce qui manque."))
            return redirect("needs:territory", drawn.id)
    return _new(request, organisation, form, status=422)


def _field_of(refused: TerritoryError) -> str:
    return "name" if refused.code in {"territory.name_taken", InvalidTerritoryError.code} else "typed"


def _new(
    request: HttpRequest, organisation: Organisation, form: TerritoryForm, *, status: int = 200
) -> HttpResponse:
    values = {"form": form, "organisation": organisation}
    return render(request, "needs/territory_new.html", values, status=status)


def _managed(user: User, slug: str) -> Organisation:
    found = next((o for o in organisations_where(user, Capability.SEE) if o.slug == slug), None)
    if found is None:
        raise Http404("no such organisation for this person")
    if not may(user, Capability.MANAGE_ORGANISATION, found):
        raise NotAllowedError("expected somebody who manages it", capability="manage_organisation")
    return found


def _seen(user: User, territory_id: UUID) -> Territory:
    territory = queries.territory_of(user, territory_id)
    if territory is None:
        raise Http404("no such territory for this person")
    return territory


@login_required
@require_http_methods(["GET", "HEAD"])
@about_one_person
def show(request: HttpRequest, territory_id: UUID) -> HttpResponse:
    """What a territory holds; and its changes, for whoever manages the organisation."""
    user = signed_in(request)
    return _page(request, user, _seen(user, territory_id))


def _page(
    request: HttpRequest,
    user: User,
    territory: Territory,
    *,
    name: NameForm | None = None,
    part: PartForm | None = None,
) -> HttpResponse:
    codes = _codes(territory)
    extent = queries.extent_of(codes)
    bad = name or part
    values = {
        "territory": territory,
        "extent": extent,
        "picture": picture.draw(extent.points),
        "size": picture.SIZE,
        "rows": [(_choice(kind, code, extent), extent.counts[kind, code]) for kind, code in codes],
        "may_change": may(user, Capability.MANAGE_ORGANISATION, territory.organisation),
        "name": name or NameForm(initial={"name": territory.name}),
        "part": part or PartForm(),
        "bad": bad,
        "list_is_known": queries.communes_are_known(),
    }
    return render(request, "needs/territory.html", values, status=422 if bad else 200)


def _choice(kind: str, code: str, extent: queries.Extent) -> parts.Choice:
    if kind == PartKind.DEPARTMENT:
        return parts.department(code)
    return parts.Choice(PartKind(kind), code, extent.names.get((kind, code)) or code)


@login_required
@require_POST
@about_one_person
def rename(request: HttpRequest, territory_id: UUID) -> HttpResponse:
    """Give it another name."""
    user = signed_in(request)
    territory = _seen(user, territory_id)
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            actions.rename_territory(territory_id=territory.id, name=form.cleaned_data["name"], by=user)
        except TerritoryError as refused:
            form.add_error("name", labels.sentence(refused.code, refused.facts))
        else:
            messages.success(request, _("Nom gardé."))
            return redirect("needs:territory", territory.id)
    return _page(request, user, territory, name=form)


@login_required
@require_POST
@about_one_person
def add(request: HttpRequest, territory_id: UUID) -> HttpResponse:
    """Add what was typed, or what was ticked among several."""
    user = signed_in(request)
    territory = _seen(user, territory_id)
    form = PartForm(request.POST)
    if form.is_valid():
        try:
            actions.change_parts(territory_id=territory.id, add=form.read.parts, by=user)
        except TerritoryError as refused:
            form.add_error("typed", labels.sentence(refused.code, refused.facts))
        else:
            messages.success(request, _("Ajouté au territoire."))
            return redirect("needs:territory", territory.id)
    return _page(request, user, territory, part=form)


@login_required
@require_POST
@about_one_person
def take_out(request: HttpRequest, territory_id: UUID) -> HttpResponse:
    """Take one part out; the last one stays."""
    user = signed_in(request)
    territory = _seen(user, territory_id)
    kind, _colon, code = request.POST.get("part", "").partition(":")
    if (kind, code) not in _codes(territory):
        raise Http404("no such part")
    try:
        actions.change_parts(territory_id=territory.id, remove=[(PartKind(kind), code)], by=user)
    except InvalidTerritoryError:
        messages.error(
            request, _("Un territoire garde au moins un lieu. Ajoutez-en un autre, ou retirez le territoire.")
        )
    else:
        messages.success(request, _("Enlevé du territoire."))
    return redirect("needs:territory", territory.id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@about_one_person
def remove(request: HttpRequest, territory_id: UUID) -> HttpResponse:
    """Ask once, then take the territory away."""
    user = signed_in(request)
    territory = _seen(user, territory_id)
    _managed(user, territory.organisation.slug)
    if request.method != "POST":
        return render(request, "needs/territory_remove.html", {"territory": territory})
    actions.remove_territory(organisation=territory.organisation, territory_id=territory.id, by=user)
    messages.success(request, _("Territoire retiré. Ses besoins sont à lire comme ceux d'aucun territoire."))
    return redirect("needs:territories")


@login_required
@require_http_methods(["GET", "HEAD"])
def suggest(request: HttpRequest) -> HttpResponse:
    """Names of parts for a list of suggestions, in the shape of `listing.communes`."""
    try:
        SUGGESTIONS.check(request)
    except TooManyTriesError:
        return JsonResponse({"communes": []}, status=429)
    SUGGESTIONS.count(request)
    found = parts.like(request.GET.get("q", "")[:100])
    return JsonResponse({"communes": [each.name for each in found]})
