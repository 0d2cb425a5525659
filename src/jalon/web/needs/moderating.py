"""The moderators' pages: what waits, what looks alike, what answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jalon.design.queries import micro_credentials_of_all, published_specifications
from jalon.foundation.mail import is_sent as sends_mail
from jalon.people.models import Organisation, User
from jalon.people.permissions import organisations_where
from jalon.people.rules import Capability
from jalon.territory import actions, labels, queries
from jalon.territory.connectors import micro_credentials
from jalon.territory.errors import ReasonMissingError
from jalon.territory.models import Need
from jalon.territory.rules.likeness import Comparable, likeness, stems
from jalon.territory.rules.need_states import NeedState, StepKind
from jalon.territory.rules.needs import AskerKind
from jalon.web.needs.access import moderated_or_404, moderator
from jalon.web.needs.drafting import open_draft
from jalon.web.needs.forms import DraftForm, LinkForm, RefusalForm
from jalon.web.needs.listing import state_chip
from jalon.web.templatetags.jalon import in_language
from jalon.web.verify.privacy import about_one_person

MOST_SHOWN = 200
MOST_OFFERED = 60
_TABS = (NeedState.WAITING, NeedState.OPEN, NeedState.IN_DESIGN, NeedState.ANSWERED, NeedState.REFUSED)


@login_required
@require_http_methods(["GET", "HEAD"])
@about_one_person
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, and everything else by state."""
    user = moderator(request)
    asked = request.GET.get("etat", NeedState.WAITING.value)
    state = next((each for each in _TABS if each.value == asked), NeedState.WAITING)
    found = queries.needs_to_moderate(user, state)
    values = {
        "tabs": [
            (each.value, labels.STATES[each], queries.needs_to_moderate(user, each).count()) for each in _TABS
        ],
        "current": state.value,
        "rows": [(need, labels.ASKER_KINDS[_kind(need)]) for need in found[:MOST_SHOWN]],
        "total": found.count(),
        "mail_is_sent": sends_mail(),
        "mail_is_wanted": queries.wants_mail(user),
    }
    return render(request, "needs/desk.html", values)


@login_required
@require_POST
@about_one_person
def mail(request: HttpRequest) -> HttpResponse:
    """Whether this moderator is told by mail that needs wait."""
    user = moderator(request)
    is_wanted = request.POST.get("wanted") == "1"
    actions.choose_mail(user=user, is_wanted=is_wanted)
    if is_wanted:
        messages.success(request, _("Un message par jour au plus vous dira que des besoins attendent."))
    else:
        messages.success(request, _("Vous ne recevrez plus ce message."))
    return redirect("needs:desk")


def _kind(need: Need) -> AskerKind:
    return AskerKind(need.asker_kind)


@login_required
@require_http_methods(["GET", "HEAD"])
@about_one_person
def read(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """One need, with everything that may be decided about it."""
    user = moderator(request)
    return _page(request, user, moderated_or_404(request, need_id))


def _page(
    request: HttpRequest,
    user: User,
    need: Need,
    *,
    refusal: RefusalForm | None = None,
    draft: DraftForm | None = None,
    link: LinkForm | None = None,
) -> HttpResponse:
    state = NeedState(need.state)
    linked = micro_credentials().facts([each.micro_credential_id for each in queries.design_links_of(need)])
    writers = organisations_where(user, Capability.DESIGN)
    choices = _offered(user, need, set(linked)) if need.is_public else []
    bad = refusal or draft or link
    values = {
        "need": need,
        "kind": labels.ASKER_KINDS[_kind(need)],
        "state": state_chip(state),
        "constraints": [
            labels.CONSTRAINTS[c] for c in labels.CONSTRAINTS if c.value in need.constraints_ticked
        ],
        "can_accept": state in {NeedState.WAITING, NeedState.REFUSED},
        "can_refuse": state in {NeedState.WAITING, NeedState.OPEN},
        "can_set_aside": state in {NeedState.WAITING, NeedState.OPEN, NeedState.REFUSED},
        "likely": _likely(need, user) if need.is_public else [],
        "group": queries.group_of(need),
        "linked": list(linked.values()),
        "steps": [
            (labels.STEPS[StepKind(step.kind)], step) for step in queries.steps_of(need, all_of_them=True)
        ],
        "refusal": refusal or RefusalForm(),
        "draft": draft or (_draft_form(need, writers) if writers and need.is_public else None),
        "link": link or (LinkForm(choices=choices) if choices else None),
        "bad": bad,
    }
    return render(request, "needs/read.html", values, status=422 if bad else 200)


def _draft_form(need: Need, writers: list[Organisation]) -> DraftForm:
    return DraftForm(organisations=writers, initial={"title": need.title})


def _likely(need: Need, user: User) -> list[dict[str, object]]:
    """Needs that may be the same, each with the reason in the words of the other."""
    return [
        {
            "need": each.need,
            "state": state_chip(NeedState(each.need.state)),
            "words": _shared_words(each.need.skill, each.likeness.shared, need),
            "km": round(each.likeness.km) if each.likeness.km is not None else None,
            "days": each.likeness.days,
        }
        for each in queries.likely_the_same(need, user)
    ]


def _shared_words(text: str, shared: tuple[str, ...], need: Need) -> str:
    """The words of *text* for the stems that both needs have."""
    wanted = Comparable(shared)
    found = [word for word in text.replace("’", "'").replace("'", " ").split() if _is_shared(word, wanted)]
    return ", ".join(dict.fromkeys(word.strip(' .,;:!?()«»"').lower() for word in found[:8]))


def _is_shared(word: str, wanted: Comparable) -> bool:
    return bool(likeness(Comparable(stems(word)), wanted).shared)


def _offered(user: User, need: Need, already: set[UUID]) -> list[tuple[str, str]]:
    """
    What may be linked: all of this person's organisations, and published ones, the likest titles first.
    """
    found: dict[UUID, tuple[float, str]] = {}
    mine = need.comparable
    for design in micro_credentials_of_all(organisations_where(user, Capability.SEE)):
        state = _("publiée") if design.latest_published else _("en cours d'écriture")
        found[design.id] = (1.0 + _near(mine, str(design.title)), f"{in_language(design.title)} ({state})")
    for version in published_specifications()[:500]:
        title = version.read().title
        words = f"{in_language(title)} ({version.micro_credential.organisation.legal_name})"
        found.setdefault(version.micro_credential_id, (_near(mine, str(title)), words))
    ranked = sorted(found.items(), key=lambda row: (-row[1][0], row[1][1]))
    return [(str(key), words) for key, (_score, words) in ranked if key not in already][:MOST_OFFERED]


def _near(mine: Comparable, title: str) -> float:
    return likeness(Comparable(mine.stems), Comparable(stems(title))).score


@login_required
@require_POST
@about_one_person
def decide(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Accept, refuse with a reason, or set aside."""
    user = moderator(request)
    need = moderated_or_404(request, need_id)
    match request.POST.get("decision", ""):
        case "accept":
            actions.accept_need(need=need, by=user)
            messages.success(
                request, _("Besoin publié. La personne qui l'a dit est prévenue si elle l'a voulu.")
            )
        case "refuse":
            form = RefusalForm(request.POST)
            form.is_valid()
            try:
                actions.refuse_need(need=need, reason=form.cleaned_data.get("reason", ""), by=user)
            except ReasonMissingError as error:
                form.add_error("reason", labels.sentence(error.code))
                return _page(request, user, need, refusal=form)
            messages.success(request, _("Besoin non publié. La raison est sur la page de la personne."))
        case "spam":
            actions.mark_as_spam(need=need, by=user)
            messages.success(request, _("Écarté comme indésirable."))
            return redirect("needs:desk")
        case _:
            raise Http404("no such decision")
    return redirect("needs:read", need_id)


@login_required
@require_POST
@about_one_person
def group(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """«C'est le même besoin», said by a person; and its undoing."""
    user = moderator(request)
    need = moderated_or_404(request, need_id)
    if "separate" in request.POST:
        actions.separate_need(need=need, by=user)
        messages.success(request, _("Besoin séparé des autres."))
    else:
        try:
            other = moderated_or_404(request, UUID(request.POST.get("other", "")))
        except ValueError as error:
            raise Http404("no identifier") from error
        actions.group_needs(need=need, other=other, by=user)
        messages.success(request, _("Besoins rapprochés : ce qui répond à l'un répond à l'autre."))
    return redirect("needs:read", need_id)


@login_required
@require_POST
@about_one_person
def link(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Link a micro-certification that exists, or take a link back."""
    user = moderator(request)
    need = moderated_or_404(request, need_id)
    if removed := request.POST.get("remove", ""):
        try:
            actions.unlink_design(need=need, micro_credential_id=UUID(removed), by=user)
        except ValueError as error:
            raise Http404("no identifier") from error
        messages.success(request, _("Lien retiré."))
        return redirect("needs:read", need_id)
    form = LinkForm(request.POST, choices=_offered(user, need, set()))
    if not form.is_valid():
        return _page(request, user, need, link=form)
    actions.link_design(need=need, micro_credential_id=UUID(form.cleaned_data["micro_credential"]), by=user)
    messages.success(request, _("Micro-certification reliée à ce besoin."))
    return redirect("needs:read", need_id)


@login_required
@require_POST
@about_one_person
def draft(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Open a file in the studio, with what the need says in it."""
    user = moderator(request)
    need = moderated_or_404(request, need_id)
    writers = organisations_where(user, Capability.DESIGN)
    form = DraftForm(request.POST, organisations=writers)
    if not form.is_valid():
        return _page(request, user, need, draft=form)
    chosen = next(each for each in writers if str(each.id) == form.cleaned_data["organisation"])
    specification = open_draft(need=need, organisation=chosen, title=form.cleaned_data["title"], by=user)
    messages.success(
        request, _("Dossier ouvert et relié au besoin. Le titre et la description viennent de lui.")
    )
    return redirect("studio:dossier", specification.id)
