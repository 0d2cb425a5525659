"""Questions about rooms: who may come in, what was said about which field, who asked for what."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from jalon.design.errors import UnknownFieldError
from jalon.design.models import (
    Comment,
    MicroCredential,
    Participant,
    Proposal,
    Room,
    RoomLink,
    Specification,
)
from jalon.design.rules import fields
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.rooms import OUTCOMES, ProposalKind, ProposalState
from jalon.foundation import clock
from jalon.people.models import User


def room_by_id(room_id: UUID) -> Room | None:
    """The room with its micro-certification and versions, whoever asks: access is the door's question."""
    return (
        Room.objects.select_related("micro_credential__organisation")
        .prefetch_related("micro_credential__specifications")
        .filter(id=room_id)
        .first()
    )


def token_digest(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def link_by_token(token: str) -> RoomLink | None:
    """The link with this token, open or not."""
    return (
        RoomLink.objects.select_related("room__micro_credential__organisation", "party", "invited_by")
        .filter(token_sha256=token_digest(token))
        .first()
    )


def _participants() -> QuerySet[Participant]:
    return Participant.objects.select_related(
        "user", "link__party__organisation", "room__micro_credential__organisation"
    )


def participant_by_id(room: Room, participant_id: UUID) -> Participant | None:
    """Somebody who came into *room* by a link, whether it is still open or not."""
    return _participants().filter(room=room, id=participant_id, link__isnull=False).first()


def member_in(room: Room, user: User) -> Participant | None:
    """*user* as the member they are of the owning organisation, once they did something in *room*."""
    return _participants().filter(room=room, user=user, link__isnull=True).first()


def text_of(room: Room) -> Specification | None:
    """The version that is being talked about: the draft, else the latest published one."""
    return room.micro_credential.newest


@dataclass(frozen=True)
class Waiting:
    """How much of a field waits: proposals to be decided, threads that are not resolved."""

    proposals: int = 0
    threads: int = 0


def waiting_by_field(room: Room) -> dict[str, Waiting]:
    """By field, for those where something waits."""
    proposals = Counter(room.proposals.filter(state=ProposalState.OPEN).values_list("field", flat=True))
    threads = Counter(
        room.comments.filter(parent__isnull=True, resolved_at__isnull=True).values_list("field", flat=True)
    )
    return {field: Waiting(proposals[field], threads[field]) for field in {*proposals, *threads}}


@dataclass(frozen=True)
class Conversation:
    """All that was said about one field, oldest first."""

    proposals: list[Proposal]
    threads: list[Comment]


def conversation_about(room: Room, field: str) -> Conversation:
    """
    What was said about *field*; of an outcome's words, also the proposals to remove that outcome.
    """
    about = [field]
    if outcome_id := fields.outcome_of(field):
        about.append(f"{OUTCOMES}.{outcome_id}")
    return Conversation(
        proposals=list(room.proposals.select_related("participant").filter(field__in=about)),
        threads=list(room.comments.filter(field=field, parent__isnull=True).prefetch_related("answers")),
    )


def open_proposals(room: Room) -> list[Proposal]:
    """What waits for a decision, oldest first."""
    return list(room.proposals.select_related("participant").filter(state=ProposalState.OPEN))


def is_orphan(proposal: Proposal, content: SpecificationContent) -> bool:
    """Whether the field that *proposal* is about is no longer there: its outcome was removed, or its kind."""
    if proposal.kind == ProposalKind.REMOVE_OUTCOME:
        return not fields.has_outcome(content, proposal.field.removeprefix(f"{OUTCOMES}."))
    if proposal.kind == ProposalKind.ADD_OUTCOME:
        return False
    outcome_id = fields.outcome_of(proposal.field)
    if outcome_id:
        return not fields.has_outcome(content, outcome_id)
    return not is_field(proposal.field)


def is_field(field: str) -> bool:
    """Whether a specification has a field of this name."""
    try:
        fields.shape(field)
    except UnknownFieldError:
        return False
    return True


def now_said(proposal: Proposal, content: SpecificationContent) -> object:
    """What the field of *proposal* says now, in plain form."""
    if proposal.kind == ProposalKind.CHANGE and is_field(proposal.field):
        return fields.value_of(content, proposal.field)
    if proposal.kind == ProposalKind.REMOVE_OUTCOME:
        wanted = proposal.field.removeprefix(f"{OUTCOMES}.")
        return next((o.statement.as_dict() for o in content.learning_outcomes if o.id == wanted), {})
    return proposal.seen


def is_overtaken(proposal: Proposal, content: SpecificationContent) -> bool:
    """Whether the field changed since *proposal* was written."""
    return not fields.same(now_said(proposal, content), proposal.seen)


def accepted_proposals(micro_credential: MicroCredential) -> QuerySet[Proposal]:
    """Who asked for what, in the order in which it was accepted, with the version it went into."""
    return (
        Proposal.objects.filter(room__micro_credential=micro_credential, state=ProposalState.ACCEPTED)
        .select_related("specification")
        .order_by("decided_at")
    )


def askers(proposals: Iterable[Proposal]) -> dict[str, list[Proposal]]:
    """Accepted proposals by what they are about: an outcome's identity, or a field."""
    found: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        about = proposal.outcome_id or fields.outcome_of(proposal.field) or proposal.field
        found.setdefault(about, []).append(proposal)
    return found


def rooms_invited_to(user: User) -> list[Room]:
    """The rooms that *user* came into by a link that is still open, newest first."""
    return list(
        Room.objects.filter(
            participants__user=user,
            participants__link__revoked_at__isnull=True,
            participants__link__expires_at__gt=clock.now(),
        )
        .select_related("micro_credential__organisation")
        .prefetch_related("micro_credential__specifications")
        .order_by("-created_at")
        .distinct()
    )
