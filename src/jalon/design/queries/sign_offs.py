"""Who must sign off, who did, about which text, and what of it may be told in public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jalon.design.models import Party, Room, Round, SignOff, Specification, digest
from jalon.design.rules.rooms import Answer, Standing, Told, standing


@dataclass(frozen=True)
class PartyStanding:
    """
    One organisation at the table.

    Attributes:
        sign_off: The answer that `standing` is about; None where there is none.
    """

    party: Party
    standing: Standing
    sign_off: SignOff | None

    @property
    def is_awaited(self) -> bool:
        """Whether publishing waits for it."""
        return self.party.is_required and not self.standing.is_met


def standings(room: Room, text_sha256: str) -> list[PartyStanding]:
    """Where every organisation of *room* stands about the text with this digest."""
    told: dict[UUID, list[Told[SignOff]]] = {}
    for sign_off in SignOff.objects.filter(round__room=room).select_related("round").order_by("created_at"):
        told.setdefault(sign_off.party_id, []).append(
            Told(sign_off.round.content_sha256, Answer(sign_off.answer), sign_off)
        )
    found = []
    for party in room.parties.select_related("organisation"):
        answers: list[Told[SignOff]] = told.get(party.id, [])
        where, given = standing(answers, text_sha256=text_sha256)
        found.append(PartyStanding(party, where, given))
    return found


def sign_offs_awaited(specification: Specification) -> list[PartyStanding]:
    """The organisations that the publication of a draft waits for, where its room agreed on some."""
    room = Room.objects.filter(micro_credential_id=specification.micro_credential_id).first()
    if room is None or room.agreed_at is None:
        return []
    return [each for each in standings(room, digest(specification.read())) if each.is_awaited]


def current_round(room: Room) -> Round | None:
    """The round that nobody closed, its date past or not."""
    return room.rounds.filter(closed_at__isnull=True).first()


@dataclass(frozen=True)
class CoDesigner:
    """An organisation that signed off a published text, as the public may read it: no person is named."""

    sign_off_id: UUID
    name: str
    organisation_id: UUID | None
    at: datetime
    has_reservations: bool


def co_designers(specification: Specification) -> list[CoDesigner]:
    """
    The organisations that agreed to the very text of a published version, its owner apart, oldest first.

    Reservations are theirs to the room: that there were some is told, their words are not.
    """
    return [
        _co_designer(found, found.sign_off)
        for found in _others(specification)
        if found.standing.is_met and found.sign_off
    ]


def parties_that_left(specification: Specification) -> list[CoDesigner]:
    """
    The organisations that agreed to the very text of a published version and said no to it since, its owner
    apart. `at` is the day of the refusal; its words stay in the room.
    """
    agreed = set(
        SignOff.objects.filter(
            round__room__micro_credential_id=specification.micro_credential_id,
            round__content_sha256=specification.content_sha256,
        )
        .exclude(answer=Answer.NO.value)
        .values_list("party_id", flat=True)
    )
    published_at = specification.published_at
    return [
        _co_designer(found, found.sign_off)
        for found in _others(specification)
        if found.standing is Standing.NO
        and found.sign_off
        and found.party.id in agreed
        and published_at
        and found.sign_off.created_at > published_at
    ]


def _others(specification: Specification) -> list[PartyStanding]:
    """Where each organisation but the owner stands on a published text; none where it has no room."""
    room = Room.objects.filter(micro_credential_id=specification.micro_credential_id).first()
    if room is None or not specification.is_published:
        return []
    owner = specification.micro_credential.organisation_id
    found = standings(room, specification.content_sha256)
    return [each for each in found if each.party.organisation_id != owner]


def _co_designer(found: PartyStanding, answer: SignOff) -> CoDesigner:
    return CoDesigner(
        sign_off_id=answer.id,
        name=found.party.name,
        organisation_id=found.party.organisation_id,
        at=answer.created_at,
        has_reservations=found.standing is Standing.RESERVATIONS,
    )


def sign_off_by_id(sign_off_id: UUID) -> SignOff | None:
    """One sign-off with its round, organisation and version."""
    return (
        SignOff.objects.select_related(
            "round__room", "round__specification__micro_credential__organisation", "party__organisation"
        )
        .filter(id=sign_off_id)
        .first()
    )
