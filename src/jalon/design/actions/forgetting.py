"""Erase who somebody was in a room, by themselves or by a host whom they asked; and addresses that served."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from jalon.design.actions.rooms import locked, note
from jalon.design.models import Participant, Room
from jalon.design.permissions import require_act
from jalon.design.rules.rooms import RoomAct
from jalon.foundation import clock
from jalon.foundation.errors import NotAllowedError

# Kept in the place of a name, in French as the texts around it.
NOBODY = "Nom effacé"


@transaction.atomic
def forget_participant(*, participant: Participant, by: Participant) -> None:
    """
    Erase the name, the address and the account of somebody who came in by a link, wherever they are shown.

    What they wrote stays, signed by nobody: others answered it, and the text may rest on it. An answer given
    for an organisation keeps its name and function: it is the record of who committed the organisation.
    Their browser is nobody's from then on; the link stays as it is. Run twice, it erases once.

    Raises:
        NotAllowedError: *by* is neither that person nor a host of their room; or the person is a member of
            the organisation, whose account is erased elsewhere.
    """
    if participant.link_id is None or by.room_id != participant.room_id:
        raise NotAllowedError("expected somebody who came in by a link", capability=RoomAct.HOST.value)
    if by.id != participant.id:
        require_act(by, RoomAct.HOST)
    room = locked(participant.room)
    held = Participant.objects.select_for_update(of=("self",)).select_related("link").get(id=participant.id)
    if held.forgotten_at is not None:
        return
    _erase_marks(room, held)
    note(room, by, "participant.forgotten", held.id, {})
    link = held.link
    if link is not None and not link.participants.exclude(id=held.id).exists():
        link.label = NOBODY
        link.save(update_fields=["label"])
    held.name, held.email, held.user, held.forgotten_at = NOBODY, "", None, clock.now()
    held.save(update_fields=["name", "email", "user", "forgotten_at"])


def _erase_marks(room: Room, held: Participant) -> None:
    """The name beside words; and beside decisions, where nobody else in the room bears it."""
    held.proposals.update(author_name=NOBODY)
    held.comments.update(author_name=NOBODY)
    if room.participants.filter(name=held.name).exclude(id=held.id).exists():
        return
    room.proposals.filter(decided_by_name=held.name).update(decided_by_name=NOBODY)
    room.comments.filter(resolved_by_name=held.name).update(resolved_by_name=NOBODY)


def forget_addresses() -> int:
    """Erase the addresses of those whose link ended, since nothing is sent to them any more; how many."""
    ended = Q(link__revoked_at__isnull=False) | Q(link__expires_at__lte=clock.now())
    return Participant.objects.filter(ended).exclude(email="").update(email="")
