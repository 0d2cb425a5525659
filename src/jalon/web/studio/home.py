"""The studio's first page, and the opening of a new file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jalon.design import actions, labels
from jalon.design.models import MicroCredential, Room, Specification
from jalon.design.queries import (
    completion_of,
    gaps_of,
    micro_credentials_of_all,
    newer_sources,
    rooms_invited_to,
)
from jalon.design.rules.content import SpecificationContent
from jalon.foundation.errors import NotAllowedError
from jalon.people.labels import ROLES
from jalon.people.models import Organisation, User
from jalon.people.permissions import organisations_where, roles_of
from jalon.people.rules import Capability, Role, allows
from jalon.web.studio.access import member
from jalon.web.studio.forms import NewMicroCredentialForm
from jalon.web.templatetags.jalon import in_language


@dataclass(frozen=True)
class Line:
    """A draft or a published version in the list."""

    design: MicroCredential
    specification: Specification
    content: SpecificationContent
    percent: int
    lacking: int
    first_gap: str
    published_number: int


@dataclass(frozen=True)
class Desk:
    """What one person finds of one organisation."""

    organisation: Organisation
    roles: list[Promise | str]
    drafts: list[Line]
    published: list[Line]
    can_write: bool
    can_publish: bool
    can_award: bool


@dataclass(frozen=True)
class Step:
    """The next thing to do: one sentence, one address."""

    sentence: str
    action: str
    url: str


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Their organisations, what is being written, what is published, and what to do next."""
    user = member(request)
    desks = _desks(user)
    values = {
        "desks": desks,
        "rooms": _rooms(user, desks),
        "moved_on": newer_sources(line.design for desk in desks for line in (*desk.drafts, *desk.published)),
        "step": _next_step(desks),
        "can_write": any(desk.can_write for desk in desks),
        "is_empty": not any(desk.drafts or desk.published for desk in desks),
    }
    return render(request, "studio/home.html", values)


@dataclass(frozen=True)
class RoomLine:
    """A room in the list, and whether this person came in by a link."""

    room: Room
    design: MicroCredential
    is_invited: bool


def _rooms(user: User, desks: Sequence[Desk]) -> list[RoomLine]:
    """The rooms of their own organisations, then those that they were invited to."""
    own = {line.design.id: line.design for desk in desks for line in (*desk.drafts, *desk.published)}
    found = Room.objects.filter(micro_credential__in=list(own)).order_by("-created_at")
    lines = [RoomLine(room, own[room.micro_credential_id], is_invited=False) for room in found]
    invited = [room for room in rooms_invited_to(user) if room.micro_credential_id not in own]
    return lines + [RoomLine(room, room.micro_credential, is_invited=True) for room in invited]


def _desks(user: User) -> list[Desk]:
    organisations = organisations_where(user, Capability.SEE)
    by_organisation: dict[UUID, list[MicroCredential]] = {o.id: [] for o in organisations}
    for design in micro_credentials_of_all(organisations):
        by_organisation[design.organisation_id].append(design)
    return [_desk(user, organisation, by_organisation[organisation.id]) for organisation in organisations]


def _desk(user: User, organisation: Organisation, designs: Sequence[MicroCredential]) -> Desk:
    held = roles_of(user, organisation)
    drafts = [_line(design, draft) for design in designs if (draft := design.draft)]
    published = [_line(design, latest) for design in designs if (latest := design.latest_published)]
    return Desk(
        organisation=organisation,
        roles=[ROLES[role] for role in Role if role in held],
        drafts=sorted(drafts, key=lambda line: line.specification.updated_at, reverse=True),
        published=published,
        can_write=_carries(held, Capability.DESIGN),
        can_publish=_carries(held, Capability.PUBLISH),
        can_award=_carries(held, Capability.PREPARE_AWARDS),
    )


def _carries(held: frozenset[Role], capability: Capability) -> bool:
    return any(allows(role, capability) for role in held)


def _line(design: MicroCredential, specification: Specification) -> Line:
    # The rows were prefetched with their design: tell each so, or it would be asked for again.
    specification.micro_credential = design
    lacking = [] if specification.is_published else [g for g in gaps_of(specification) if g.mandatory]
    latest = design.latest_published
    return Line(
        design=design,
        specification=specification,
        content=specification.read(),
        percent=100 if specification.is_published else completion_of(specification),
        lacking=len(lacking),
        first_gap=labels.element_name(lacking[0].element) if lacking else "",
        published_number=latest.number if latest else 0,
    )


def _next_step(desks: Sequence[Desk]) -> Step | None:
    """The draft that is ready, else the one that lacks least, else an award, else a beginning."""
    writable = [line for desk in desks if desk.can_write for line in desk.drafts]
    ready = [line for desk in desks if desk.can_publish for line in desk.drafts if not line.lacking]
    for line in ready:
        sentence = _("«%(title)s» est complet. Relisez, puis publiez.") % {
            "title": in_language(line.content.title)
        }
        return Step(sentence, _("Relire et publier"), reverse("studio:publish", args=[line.specification.id]))
    if unfinished := sorted((w for w in writable if w.lacking), key=lambda line: line.lacking):
        line = unfinished[0]
        facts = {"title": in_language(line.content.title), "gap": line.first_gap.lower()}
        sentence = _("«%(title)s» attend encore : %(gap)s.") % facts
        return Step(sentence, _("Continuer"), reverse("studio:dossier", args=[line.specification.id]))
    if any(desk.can_award and desk.published for desk in desks):
        sentence = _("Des personnes ont terminé ? Délivrez leurs attestations.")
        if not any(desk.drafts for desk in desks):
            sentence = _("Tout est publié. Des personnes ont terminé ? Délivrez leurs attestations.")
        return Step(sentence, _("Délivrer"), reverse("issuing:home"))
    return None


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Open the file of a micro-certification."""
    user = member(request)
    organisations = organisations_where(user, Capability.DESIGN)
    if not organisations:
        if organisations_where(user, Capability.SEE):
            raise NotAllowedError(capability=Capability.DESIGN.value)
        return redirect("studio:home")
    data = request.POST if request.method == "POST" else None
    form = NewMicroCredentialForm(data, organisations=organisations)
    if form.is_valid():
        chosen = next(o for o in organisations if str(o.id) == form.cleaned_data["organisation"])
        design = actions.start_micro_credential(
            organisation=chosen,
            title=form.cleaned_data["title"],
            domain=form.cleaned_data["domain"],
            by=user,
        )
        draft = design.draft
        return redirect("studio:dossier", draft.id) if draft else redirect("studio:home")
    return render(request, "studio/new.html", {"form": form}, status=422 if form.is_bound else 200)
