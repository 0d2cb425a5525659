"""Who is in a room, who may come in, and who may no longer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jalon.design import actions, labels
from jalon.design.actions import NewLink
from jalon.design.errors import RoomError
from jalon.design.models import Participant, RoomLink
from jalon.design.rules.rooms import RoomAct, RoomRole
from jalon.foundation.errors import NotAllowedError
from jalon.web.room.access import Visit, in_room
from jalon.web.room.fields import frame
from jalon.web.room.forms import InviteForm


@dataclass(frozen=True)
class Person:
    """Somebody in the room, as everybody there sees them."""

    name: str
    role: str
    organisation: str
    is_out: bool
    # Of somebody whose name a host may erase for them.
    erasable_id: UUID | None = None


@dataclass(frozen=True)
class LinkLine:
    """A link, as whoever hosts sees it."""

    link: RoomLink
    role: str
    people: int


@in_room()
def show(request: HttpRequest, here: Visit) -> HttpResponse:
    """The people; for whoever hosts, the links and a form for one more."""
    if request.method == "POST":
        if not here.hosts:
            raise NotAllowedError("expected somebody who hosts", capability=RoomAct.HOST.value)
        return _invite(request, here)
    return _page(request, here, InviteForm())


def _page(
    request: HttpRequest, here: Visit, form: InviteForm, *, made: NewLink | None = None, status: int = 200
) -> HttpResponse:
    people = here.room.participants.select_related("link__party", "user")
    links = here.room.links.select_related("party").prefetch_related("participants")
    values = {
        **frame(here),
        "tab": "people",
        "form": form,
        "people": [_person(each, here) for each in people],
        "links": [LinkLine(link, labels.role_name(link.role), len(link.participants.all())) for link in links]
        if here.hosts
        else [],
        "made": made,
        "made_url": f"{settings.PUBLIC_URL}{reverse('room:enter', args=[made.token])}" if made else "",
    }
    return render(request, "room/people.html", values, status=status)


def _person(participant: Participant, here: Visit) -> Person:
    link = participant.link
    if link is None:
        owner = here.room.micro_credential.organisation.legal_name
        return Person(participant.name, _("membre"), owner, is_out=participant.user is None)
    organisation = link.party.name if link.party else ""
    erasable = participant.id if here.hosts and participant.forgotten_at is None else None
    return Person(
        participant.name,
        labels.role_name(link.role),
        organisation,
        is_out=not link.is_open or participant.forgotten_at is not None,
        erasable_id=erasable,
    )


def _invite(request: HttpRequest, here: Visit) -> HttpResponse:
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, here, form, status=422)
    given = form.cleaned_data
    try:
        made = actions.invite_to_room(
            room=here.room,
            role=RoomRole(given["role"]),
            label=given["label"],
            organisation=given["organisation"],
            days=given["days"],
            by=here.speaker,
        )
    except RoomError as refused:
        form.add_error("label", labels.refusal_sentence(refused))
        return _page(request, here, form, status=422)
    # Drawn at once and never again: the link is kept nowhere, a redirect could not show it.
    return _page(request, here, InviteForm(), made=made)


@require_POST
@in_room(RoomAct.HOST)
def revoke(request: HttpRequest, here: Visit, link_id: UUID) -> HttpResponse:
    """Make a link lead nowhere."""
    link = here.room.links.filter(id=link_id).first()
    if link is None:
        raise Http404("no such link in this room")
    actions.revoke_link(link=link, by=here.speaker)
    said = _("Le lien de «%(label)s» n'ouvre plus la salle. Ce qui a été écrit et signé reste.")
    messages.success(request, said % {"label": link.label})
    return redirect("room:people", here.room.id)


@require_http_methods(["GET", "HEAD", "POST"])
@in_room(RoomAct.HOST)
def erase(request: HttpRequest, here: Visit, participant_id: UUID) -> HttpResponse:
    """Erase the name of somebody who asked for it."""
    found = here.room.participants.filter(id=participant_id, link__isnull=False).first()
    if found is None:
        raise Http404("no such person in this room")
    if request.method != "POST":
        return render(request, "room/erase.html", {**frame(here), "person": found})
    actions.forget_participant(participant=found, by=here.speaker)
    messages.success(request, _("Le nom est effacé. Les mots restent, sans signature."))
    return redirect("room:people", here.room.id)
