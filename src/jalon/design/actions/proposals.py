"""Propose a change, accept it into the draft, refuse it, take it back: nobody's words are overwritten."""

from __future__ import annotations

from dataclasses import replace as changed
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from jalon.design.actions.rooms import locked, note
from jalon.design.actions.telling import address_of
from jalon.design.actions.writing import write_draft
from jalon.design.errors import (
    NoDraftError,
    NothingProposedError,
    ProposalDecidedError,
    ProposalOvertakenError,
    RoomFullError,
    UnknownFieldError,
)
from jalon.design.models import Participant, Proposal, Room, Specification, SpecificationState
from jalon.design.permissions import require_act
from jalon.design.queries.rooms import is_field, is_orphan, is_overtaken, now_said, text_of
from jalon.design.rules import fields, plain, rooms
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.rooms import OUTCOMES, ProposalKind, ProposalState, RoomAct, plain_text
from jalon.foundation import clock, jobs, mail
from jalon.foundation.errors import NotAllowedError
from jalon.foundation.identifiers import new_urn


@transaction.atomic
def propose(
    *,
    room: Room,
    kind: ProposalKind,
    field: str,
    value: Any,
    by: Participant,
    seen: Any = None,
    reason: str = "",
    client_id: UUID | None = None,
) -> Proposal:
    """
    Ask for a change. Nothing changes until an author accepts it.

    Args:
        field: A name of `rules.fields`; `OUTCOMES` to add one, ``"learning_outcomes.<id>"`` to remove it.
        value: What it should say, in plain form; of an outcome to add, its statement by language.
        seen: What the field said when this person began.
        client_id: Made by the page: the same proposal sent again is the one that is there.

    Raises:
        NotAllowedError, RoomFullError
        UnknownFieldError: No such field ever was, or the outcome to remove is gone.
        InvalidContentError: *value* cannot be read.
        NothingProposedError: The field says that already.
        RoomTextError: The reason is too long, or an outcome to add has no words.
    """
    require_act(by, RoomAct.PROPOSE)
    held = locked(room)
    said = plain_text(reason, what="reason", limit=rooms.REASON, may_be_empty=True)
    written_about = text_of(room)
    content = written_about.read() if written_about else SpecificationContent()
    wanted, was = _readable(content, kind, field, value, seen)
    earlier = held.proposals.filter(client_id=client_id).first() if client_id else None
    if earlier is not None and earlier.field == field and fields.same(earlier.value, wanted):
        return earlier
    if held.proposals.filter(state=ProposalState.OPEN).count() >= rooms.MOST_PROPOSALS:
        raise RoomFullError(most=rooms.MOST_PROPOSALS)
    return Proposal.objects.create(
        room=held,
        participant=by,
        specification=written_about,
        kind=kind.value,
        field=field,
        value=wanted,
        seen=was,
        reason=said,
        author_name=by.name,
        author_organisation=organisation_of(by),
        client_id=client_id if client_id and earlier is None else uuid4(),
    )


def organisation_of(participant: Participant) -> str:
    """The organisation that is told beside a participant's name."""
    if participant.party is not None:
        return participant.party.name
    if participant.link is None:
        return participant.room.micro_credential.organisation.legal_name
    return ""


def _readable(
    content: SpecificationContent, kind: ProposalKind, field: str, value: Any, seen: Any
) -> tuple[Any, Any]:
    """The value and what it stands against, in canonical plain form."""
    if kind is ProposalKind.ADD_OUTCOME:
        return _statement(content, value), {}
    if kind is ProposalKind.REMOVE_OUTCOME:
        wanted = field.removeprefix(f"{OUTCOMES}.")
        outcome = next((o for o in content.learning_outcomes if o.id == wanted), None)
        if outcome is None:
            raise UnknownFieldError(f"expected an outcome of the text, met {field!r}", field=field)
        return {}, outcome.statement.as_dict()
    fields.shape(field)
    canonical = fields.value_of(fields.with_value(content, field, value), field)
    outcome_id = fields.outcome_of(field)
    is_gone = bool(outcome_id) and not fields.has_outcome(content, outcome_id)
    if not is_gone and fields.same(canonical, fields.value_of(content, field)):
        raise NothingProposedError
    return canonical, fields.empty(field) if seen is None else seen


def _statement(content: SpecificationContent, value: Any) -> dict[str, str]:
    by_language = value if isinstance(value, dict) else {"fr": value}
    said = {
        str(tag): plain_text(words, what="comment", limit=plain.TEXT_LENGTH, may_be_empty=True)
        for tag, words in by_language.items()
    }
    if not any(said.values()):
        plain_text("", what="comment", limit=plain.TEXT_LENGTH)
    _with_outcome(content, new_urn(), said)
    return {tag: words for tag, words in said.items() if words}


def _with_outcome(
    content: SpecificationContent, outcome_id: str, statement: dict[str, str]
) -> SpecificationContent:
    written = plain.write(content)
    rows = written.get(OUTCOMES, [])
    held = list(rows) if isinstance(rows, list) else []
    return plain.read({**written, OUTCOMES: [*held, {"id": outcome_id, "statement": statement}]})


def _held(proposal: Proposal) -> Proposal:
    held = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("room__micro_credential__organisation", "participant__user")
        .get(id=proposal.id)
    )
    if not held.is_open:
        raise ProposalDecidedError
    return held


def _draft_of(room: Room) -> Specification:
    draft = (
        Specification.objects.select_for_update(of=("self",))
        .filter(micro_credential_id=room.micro_credential_id, state=SpecificationState.DRAFT)
        .first()
    )
    if draft is None:
        raise NoDraftError
    return draft


@transaction.atomic
def accept_proposal(
    *, proposal: Proposal, seen: Any, by: Participant, in_place_of_now: bool = False
) -> Proposal:
    """
    Put a proposal into the draft. Its author stays written beside it.

    Args:
        seen: What the field said on the page where this person decided, in plain form.
        in_place_of_now: They saw that the field changed since the proposal, or that its outcome is gone, and
            want the proposal all the same.

    Raises:
        NotAllowedError, ProposalDecidedError, NoDraftError
        ProposalOvertakenError: The field is not what the proposal was about, or not what this person saw.
        UnknownFieldError: There is no such field any more.
    """
    require_act(by, RoomAct.DECIDE)
    held = _held(proposal)
    draft = _draft_of(held.room)
    content = draft.read()
    if (is_orphan(held, content) or is_overtaken(held, content)) and not in_place_of_now:
        raise ProposalOvertakenError
    if not fields.same(now_said(held, content), seen):
        raise ProposalOvertakenError
    write_draft(draft, _applied(held, content), by.user)
    held.specification = draft
    _decide(held, ProposalState.ACCEPTED, by, "")
    return held


def _applied(proposal: Proposal, content: SpecificationContent) -> SpecificationContent:
    match ProposalKind(proposal.kind):
        case ProposalKind.ADD_OUTCOME:
            proposal.outcome_id = new_urn()
            return _with_outcome(content, proposal.outcome_id, proposal.value)
        case ProposalKind.REMOVE_OUTCOME:
            proposal.outcome_id = proposal.field.removeprefix(f"{OUTCOMES}.")
            if not fields.has_outcome(content, proposal.outcome_id):
                raise UnknownFieldError("expected an outcome that is there", field=proposal.field)
            kept = tuple(o for o in content.learning_outcomes if o.id != proposal.outcome_id)
            return changed(content, learning_outcomes=kept)
        case ProposalKind.CHANGE:
            if not is_field(proposal.field):
                raise UnknownFieldError("expected a field that is there", field=proposal.field)
            return fields.with_value(content, proposal.field, proposal.value)


@transaction.atomic
def refuse_proposal(*, proposal: Proposal, reason: str, by: Participant) -> Proposal:
    """
    Leave the text as it is, and say why.

    Raises:
        NotAllowedError, ProposalDecidedError
        RoomTextError: No reason, or too long a one.
    """
    require_act(by, RoomAct.DECIDE)
    said = plain_text(reason, what="reason", limit=rooms.REASON)
    held = _held(proposal)
    _decide(held, ProposalState.REFUSED, by, said)
    return held


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, by: Participant) -> Proposal:
    """
    Take back one's own proposal.

    Raises:
        NotAllowedError, ProposalDecidedError
    """
    require_act(by, RoomAct.PROPOSE)
    held = _held(proposal)
    if held.participant_id != by.id:
        raise NotAllowedError("expected the author of the proposal", capability=RoomAct.PROPOSE.value)
    _decide(held, ProposalState.WITHDRAWN, by, "")
    return held


def _decide(proposal: Proposal, state: ProposalState, by: Participant, reason: str) -> None:
    proposal.state = state.value
    proposal.decided_at = clock.now()
    proposal.decided_by_name = by.name
    proposal.decision_reason = reason
    proposal.save()
    facts: dict[str, object] = {"field": proposal.field, "author": str(proposal.participant_id or "")}
    note(proposal.room, by, f"proposal.{state.value}", proposal.id, facts)
    author = proposal.participant
    if author is not None and author.id != by.id and address_of(author) and mail.is_sent():
        jobs.enqueue("jalon.design.tasks.tell_decision", proposal_id=str(proposal.id))


@transaction.atomic
def write_in_room(
    *,
    room: Room,
    kind: ProposalKind,
    field: str,
    value: Any,
    by: Participant,
    seen: Any = None,
    reason: str = "",
    client_id: UUID | None = None,
) -> Proposal:
    """
    An author's own change: proposed and accepted in one go. Where the field changed since this author began,
    or nothing is open for writing, it stays a proposal, and the page shows the texts side by side.

    Raises:
        As `propose`; NotAllowedError where *by* may not decide.
    """
    require_act(by, RoomAct.DECIDE)
    proposal = propose(
        room=room, kind=kind, field=field, value=value, by=by, seen=seen, reason=reason, client_id=client_id
    )
    if not proposal.is_open:
        return proposal
    try:
        with transaction.atomic():
            return accept_proposal(proposal=proposal, seen=proposal.seen, by=by)
    except (ProposalOvertakenError, NoDraftError):
        return proposal
