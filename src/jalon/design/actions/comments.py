"""Give one's word about a field, answer, resolve a thread and open it again."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction

from jalon.design.actions.proposals import organisation_of
from jalon.design.actions.rooms import locked
from jalon.design.errors import RoomFullError
from jalon.design.models import Comment, Participant, Room
from jalon.design.permissions import require_act
from jalon.design.rules import fields, rooms
from jalon.design.rules.rooms import OUTCOMES, RoomAct, plain_text
from jalon.foundation import clock


@transaction.atomic
def comment(
    *,
    room: Room,
    field: str,
    text: str,
    by: Participant,
    answers: Comment | None = None,
    client_id: UUID | None = None,
) -> Comment:
    """
    Say something about *field* (``""``: about the whole), or answer what somebody said.

    Answering a resolved thread opens it again: something remains to be said.

    Raises:
        NotAllowedError, RoomFullError
        RoomTextError: No words, or too many.
        UnknownFieldError: No such field.
    """
    require_act(by, RoomAct.COMMENT)
    said = plain_text(text, what="comment", limit=rooms.COMMENT)
    thread = (answers.parent or answers) if answers else None
    about = thread.field if thread else field
    if about not in ("", OUTCOMES) and thread is None:
        fields.shape(about)
    held = locked(room)
    earlier = held.comments.filter(client_id=client_id).first() if client_id else None
    if earlier is not None and earlier.text == said:
        return earlier
    if held.comments.count() >= rooms.MOST_COMMENTS:
        raise RoomFullError(most=rooms.MOST_COMMENTS)
    if thread is not None and thread.is_resolved:
        _set_resolved(thread, by, resolved=False)
    return Comment.objects.create(
        room=held,
        participant=by,
        parent=thread,
        field=about,
        text=said,
        author_name=by.name,
        author_organisation=organisation_of(by),
        client_id=client_id if client_id and earlier is None else uuid4(),
    )


@transaction.atomic
def resolve_thread(*, thread: Comment, by: Participant, resolved: bool = True) -> None:
    """
    Close a thread, or open it again: whoever decides in the room, and whoever began it.

    Raises:
        NotAllowedError
    """
    require_act(by, RoomAct.COMMENT if thread.participant_id == by.id else RoomAct.DECIDE)
    if thread.is_resolved != resolved:
        _set_resolved(thread, by, resolved=resolved)


def _set_resolved(thread: Comment, by: Participant, *, resolved: bool) -> None:
    thread.resolved_at = clock.now() if resolved else None
    thread.resolved_by_name = by.name if resolved else ""
    thread.save(update_fields=["resolved_at", "resolved_by_name"])
