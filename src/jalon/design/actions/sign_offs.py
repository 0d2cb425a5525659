"""Open and close rounds, and answer for an organisation about the text of one."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from jalon.design.actions.rooms import locked, note, require_agreed
from jalon.design.errors import NoDraftError, RoundClosedError, SignOffChoiceError
from jalon.design.events import SignOffGiven
from jalon.design.models import Participant, Party, Room, Round, SignOff, Specification, digest
from jalon.design.permissions import may_use_key_of, parties_signed_for, require_act
from jalon.design.queries.rooms import text_of
from jalon.design.queries.sign_offs import current_round
from jalon.design.rules import plain, rooms
from jalon.design.rules.rooms import Answer, RoomAct, closing_day, one_line, plain_text
from jalon.foundation import clock
from jalon.foundation.errors import NotAllowedError
from jalon.foundation.events import announce


@transaction.atomic
def open_round(*, room: Room, closes_on: date | None, by: Participant) -> Round:
    """
    Freeze the text as it is now and ask for answers about it until *closes_on*. A round that is open closes.

    Raises:
        NotAllowedError
        NotAgreedError: Settle first who must sign off.
        RoundDateError: Not a day on which it may close.
    """
    require_act(by, RoomAct.HOST)
    held = locked(room)
    require_agreed(held)
    day = closing_day(closes_on, today=clock.today())
    version = text_of(room)
    if version is None:
        raise NoDraftError
    version = Specification.objects.select_for_update(of=("self",)).get(id=version.id)
    before = current_round(held)
    if before is not None:
        _close(before)
    content = version.read()
    opened = Round.objects.create(
        room=held,
        number=held.rounds.count() + 1,
        specification=version,
        content=plain.write(content),
        content_sha256=digest(content),
        opened_by_name=by.name,
        closes_on=day,
    )
    facts: dict[str, object] = {"number": opened.number, "sha256": opened.content_sha256}
    note(held, by, "round.opened", opened.id, {**facts, "closes_on": day.isoformat()})
    return opened


@transaction.atomic
def close_round(*, room: Room, by: Participant) -> None:
    """
    Take no more answers. Those that were given stay.

    Raises:
        NotAllowedError
    """
    require_act(by, RoomAct.HOST)
    held = locked(room)
    found = current_round(held)
    if found is not None:
        _close(found)
        note(held, by, "round.closed", found.id, {"number": found.number})


def _close(found: Round) -> None:
    found.closed_at = clock.now()
    found.save(update_fields=["closed_at"])


@transaction.atomic
def sign_off(
    *,
    on: Round,
    party: Party,
    answer: str,
    name: str,
    function: str,
    by: Participant,
    words: str = "",
    wants_endorsement: bool = False,
    client_id: UUID | None = None,
) -> SignOff:
    """
    Answer for an organisation about the text of a round. Announces `SignOffGiven`.

    Args:
        answer: A value of `Answer`.
        name, function: Full name of the person who commits the organisation, and in which capacity.
        words: The reservations, or the reasons against; not needed with a plain yes.
        wants_endorsement: They would like a signed endorsement. It is made only where the account of *by* may
            sign for that organisation.

    Raises:
        NotAllowedError: *by* does not sign for *party*.
        RoundClosedError: The round is over, or not the one that is open.
        SignOffChoiceError, RoomTextError
    """
    require_act(by, RoomAct.SIGN)
    if party not in parties_signed_for(by):
        raise NotAllowedError("expected a signatory of that organisation", capability=RoomAct.SIGN.value)
    held = locked(by.room)
    # With the text in hand, so that an answer falls before or after a publication and never across it.
    if on.specification_id:
        Specification.objects.select_for_update(of=("self",)).get(id=on.specification_id)
    found = current_round(held)
    earlier = SignOff.objects.filter(round=on, client_id=client_id).first() if client_id else None
    if earlier is not None and (earlier.answer, earlier.party_id) == (answer, party.id):
        return earlier
    if found is None or found.id != on.id or not found.is_open:
        raise RoundClosedError
    said, chosen = _words(answer, words)
    user = by.user if may_use_key_of(by.user, party) else None
    given = SignOff.objects.create(
        round=found,
        party=party,
        answer=chosen.value,
        words=said,
        name=one_line(name, what="name", limit=rooms.NAME),
        function=one_line(function, what="function", limit=rooms.NAME),
        participant=by,
        wants_endorsement=wants_endorsement and chosen is not Answer.NO,
        authorised_by=user,
        client_id=client_id if client_id and earlier is None else uuid4(),
    )
    facts: dict[str, object] = {
        "organisation": party.name,
        "answer": chosen.value,
        "sha256": found.content_sha256,
        "round": found.number,
    }
    note(held, by, "sign_off.given", given.id, facts)
    announce(
        SignOffGiven(
            sign_off_id=given.id,
            specification_id=found.specification_id,
            organisation_id=party.organisation_id,
            answer=chosen.value,
            wants_endorsement=given.wants_endorsement and user is not None,
        )
    )
    return given


def _words(answer: str, words: str) -> tuple[str, Answer]:
    try:
        chosen = Answer(answer)
    except ValueError as error:
        raise SignOffChoiceError from error
    what = {Answer.RESERVATIONS: "reservations", Answer.NO: "objections"}.get(chosen, "comment")
    said = plain_text(words, what=what, limit=rooms.COMMENT, may_be_empty=chosen is Answer.YES)
    return said, chosen
