"""Who gets into a room: members of its organisation by their account, others by the link they came in by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.design import actions
from jalon.design.errors import LinkClosedError
from jalon.design.models import Participant, Room
from jalon.design.permissions import acts_of, acts_of_account
from jalon.design.queries import member_in, participant_by_id, room_by_id
from jalon.design.rules.rooms import RoomAct
from jalon.foundation.errors import NotAllowedError
from jalon.people.models import User
from jalon.web.verify.privacy import about_one_person

_SALT = "jalon.room.participant"
# A link holds for half a year at most; the link itself is asked again at each page.
_COOKIE_SECONDS = 180 * 86_400
_COOKIE_PATH = "/salle/"
_NOT_TYPED = {"csrfmiddlewaretoken", "client_id", "do", "party", "round", "answer"}
P = ParamSpec("P")


@dataclass(frozen=True)
class Visit:
    """
    Somebody in front of a page of a room.

    Attributes:
        who: As the room knows them; not kept yet for a member who has done nothing here.
    """

    room: Room
    who: Participant
    acts: frozenset[RoomAct]

    def may(self, act: str) -> bool:
        return RoomAct(act) in self.acts

    @property
    def speaker(self) -> Participant:
        """Who acts: kept from now on."""
        if self.who.link is None and self.who.user is not None:
            return actions.join_as_member(room=self.room, user=self.who.user)
        return self.who

    @property
    def decides(self) -> bool:
        return RoomAct.DECIDE in self.acts

    @property
    def proposes(self) -> bool:
        return RoomAct.PROPOSE in self.acts

    @property
    def hosts(self) -> bool:
        return RoomAct.HOST in self.acts


def visit(request: HttpRequest, room_id: UUID) -> Visit:
    """
    Raises:
        Http404: No such room, or nothing of it is this person's to see: both look the same from outside.
        LinkClosedError: They came in by a link that has ended.
    """
    room = room_by_id(room_id)
    if room is None:
        raise Http404
    user = request.user if isinstance(request.user, User) else None
    if user is not None and (acts := acts_of_account(user, room)):
        member = member_in(room, user) or Participant(room=room, user=user, name=str(user))
        return Visit(room, member, acts)
    known = remembered(request, room)
    if known is None:
        raise Http404
    if not (acts := acts_of(known)):
        raise LinkClosedError
    return Visit(room, known, acts)


def cookie_name(room: Room) -> str:
    return f"jalon_salle_{room.id.hex[:12]}"


def remembered(request: HttpRequest, room: Room) -> Participant | None:
    """Who came in by a link with this browser; an account's place only while that account is signed in."""
    try:
        told = signing.loads(request.COOKIES.get(cookie_name(room), ""), salt=_SALT, max_age=_COOKIE_SECONDS)
        known = participant_by_id(room, UUID(str(told)))
    except (signing.BadSignature, ValueError):
        return None
    if known is None or known.forgotten_at is not None:
        return None
    if known.user_id is not None and known.user_id != request.user.pk:
        return None
    return known


def remember(response: HttpResponse, participant: Participant) -> None:
    """Let this browser in again without asking who it is."""
    response.set_cookie(
        cookie_name(participant.room),
        signing.dumps(str(participant.id), salt=_SALT),
        max_age=_COOKIE_SECONDS,
        path=_COOKIE_PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponse, room: Room) -> None:
    """For computers that several people use."""
    response.delete_cookie(cookie_name(room), path=_COOKIE_PATH, samesite="Lax")


def closed(request: HttpRequest, *, status: int = 410, unsent: str = "") -> HttpResponse:
    """The page of a link that leads nowhere (any more), in plain words; *unsent* is given back."""
    return render(request, "room/closed.html", {"unsent": unsent}, status=status)


def _typed(request: HttpRequest) -> str:
    """What somebody wrote in a form that came too late, one text after another; maybe ``""``."""
    texts = [
        value.strip()
        for name, values in request.POST.lists()
        if name not in _NOT_TYPED and not name.startswith("seen")
        for value in values
    ]
    return "\n\n".join(filter(None, texts))


View = Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]


def in_room(act: RoomAct = RoomAct.SEE) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """
    The one access rule of a room's pages: hands the view a `Visit` that may do *act*.

    Strangers get 404, somebody whose link ended 410, somebody whose role does not allow it 403.
    """

    def guard(view: View[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @about_one_person
        def answer(request: HttpRequest, room_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                found = visit(request, room_id)
            except LinkClosedError:
                return closed(request, unsent=_typed(request))
            if act not in found.acts:
                raise NotAllowedError(f"expected somebody who may {act}", capability=act.value)
            return view(request, found, *args, **kwargs)

        return answer

    return guard
