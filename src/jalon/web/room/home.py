"""The first page of a room, and its whole text."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.design.models import digest
from jalon.design.permissions import parties_signed_for
from jalon.design.queries import (
    accepted_proposals,
    current_round,
    open_proposals,
    standings,
    text_of,
    waiting_by_field,
)
from jalon.web.room.access import Visit, in_room
from jalon.web.room.cards import card
from jalon.web.room.fields import frame
from jalon.web.room.lines import groups
from jalon.web.studio import readings
from jalon.web.studio.askers import asked


@in_room()
def home(request: HttpRequest, here: Visit) -> HttpResponse:
    """Where the room is, what waits for whom, and the text field by field."""
    version = text_of(here.room)
    if version is None:
        raise Http404("nothing is written in this room")
    content = version.read()
    waiting = waiting_by_field(here.room)
    told = standings(here.room, digest(content))
    values = {
        **frame(here),
        "groups": groups(content, waiting),
        "cards": [card(each, content, here) for each in open_proposals(here.room)],
        "whole": waiting.get(""),
        "round": current_round(here.room),
        # Whoever answers for nobody is not asked to answer.
        "signs": bool(parties_signed_for(here.who)),
        "required": [each for each in told if each.party.is_required],
        "awaited": [each for each in told if each.is_awaited],
        "awaited_names": ", ".join(each.party.name for each in told if each.is_awaited),
        "tab": "home",
        "people": here.room.participants.count(),
    }
    return render(request, "room/home.html", values)


@in_room()
def text(request: HttpRequest, here: Visit) -> HttpResponse:
    """The whole text in one go, and who asked for what."""
    version = text_of(here.room)
    if version is None:
        raise Http404("nothing is written in this room")
    content = version.read()
    values = {
        **frame(here),
        "parts": readings.parts(content),
        "tab": "text",
        "asked": [asked(each, content) for each in accepted_proposals(here.room.micro_credential)],
    }
    return render(request, "room/text.html", values)
