"""Open a room, let people in, put them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from jalon.design.errors import LinkClosedError, NotAgreedError, RoomFullError
from jalon.design.models import MicroCredential, Participant, Party, RequirementChange, Room, RoomLink
from jalon.design.permissions import require_act
from jalon.design.queries.rooms import member_in, token_digest
from jalon.design.rules import rooms as rules
from jalon.design.rules.rooms import RoomAct, RoomRole, one_line, plain_text
from jalon.foundation import clock, journal
from jalon.foundation.identifiers import folded, new_link_token
from jalon.people.models import Organisation, User
from jalon.people.permissions import require
from jalon.people.rules import Capability, bare_digits


@transaction.atomic
def open_room(*, micro_credential: MicroCredential, by: User) -> Room:
    """Open the room of a micro-certification, its own organisation at the table; or give the one it has."""
    held = MicroCredential.objects.select_for_update(of=("self",)).select_related("organisation")
    found = held.get(id=micro_credential.id)
    require(by, Capability.DESIGN, found.organisation)
    room = Room.objects.filter(micro_credential=found).first()
    if room is not None:
        return room
    room = Room.objects.create(micro_credential=found, opened_by=by)
    Party.objects.create(room=room, organisation=found.organisation, name=found.organisation.legal_name)
    journal.write(organisation=found.organisation, actor=by, verb="room.opened", object_id=room.id)
    return room


def locked(room: Room) -> Room:
    """The room, held until the end of the transaction: what is counted and kept once is done one by one."""
    return (
        Room.objects.select_for_update(of=("self",))
        .select_related("micro_credential__organisation")
        .get(id=room.id)
    )


@transaction.atomic
def join_as_member(*, room: Room, user: User) -> Participant:
    """The participant that *user* is by their account: made when they first do something in *room*."""
    found = member_in(room, user)
    if found is not None:
        return found
    locked(room)
    found, _made = Participant.objects.get_or_create(
        room=room, user=user, link=None, defaults={"name": str(user)[: rules.NAME]}
    )
    return found


@dataclass(frozen=True)
class NewLink:
    """A link as it was just made: the only moment at which its token is known."""

    link: RoomLink
    token: str


@transaction.atomic
def invite_to_room(
    *, room: Room, role: RoomRole, label: str, days: int, by: Participant, organisation: str = ""
) -> NewLink:
    """
    Make a link that opens *room*.

    Args:
        label: For whom, to know the link by.
        days: How long it holds; one of `rules.LINK_DAYS`, else the usual one.
        organisation: Name or SIRET of the organisation spoken for. Needed for a signatory.

    Raises:
        NotAllowedError, RoomTextError, RoomFullError
    """
    require_act(by, RoomAct.HOST)
    held = locked(room)
    words = one_line(label, what="label", limit=rules.NAME)
    if held.links.count() >= rules.MOST_LINKS:
        raise RoomFullError(most=rules.MOST_LINKS)
    spoken_for = one_line(
        organisation, what="organisation", limit=250, may_be_empty=role is not RoomRole.SIGNATORY
    )
    token = new_link_token()
    link = RoomLink.objects.create(
        room=held,
        role=role.value,
        party=party_named(held, spoken_for) if spoken_for else None,
        token_sha256=token_digest(token),
        label=words,
        invited_by=by.user,
        expires_at=clock.now() + timedelta(days=days if days in rules.LINK_DAYS else rules.LINK_DAYS[1]),
    )
    note(held, by, "room.invited", link.id, {"role": role.value, "organisation": spoken_for})
    return NewLink(link, token)


def party_named(room: Room, name: str) -> Party:
    """
    The organisation called *name* at the table of *room*, which takes its place there now if it had none.

    A SIRET, or the very name of one organisation that has an account here, brings that organisation.

    Raises:
        RoomFullError
    """
    account = _organisation(name)
    if account is not None:
        found = room.parties.filter(organisation=account).first()
        if found is not None:
            return found
    said = account.legal_name if account else name
    found = room.parties.filter(name_key=folded(said)[:250]).first()
    if found is not None:
        return found
    if room.parties.count() >= rules.MOST_PARTIES:
        raise RoomFullError(most=rules.MOST_PARTIES)
    return Party.objects.create(room=room, organisation=account, name=said)


def _organisation(name: str) -> Organisation | None:
    """The one organisation here with this SIRET or this legal name; None for none, and for several."""
    digits = bare_digits(name)
    if len(digits) == 14 and digits.isdigit():
        return Organisation.objects.filter(siret=digits).first()
    alike = list(Organisation.objects.filter(legal_name__iexact=name)[:2])
    return alike[0] if len(alike) == 1 else None


@transaction.atomic
def revoke_link(*, link: RoomLink, by: Participant) -> None:
    """
    Make a link lead nowhere, for whoever came in by it too. What they wrote and signed off stays.

    Raises:
        NotAllowedError
    """
    require_act(by, RoomAct.HOST)
    held = RoomLink.objects.select_for_update(of=("self",)).select_related("room").get(id=link.id)
    if held.revoked_at is not None:
        return
    held.revoked_at = clock.now()
    held.save(update_fields=["revoked_at"])
    note(by.room, by, "room.link_revoked", held.id, {"role": held.role})


@transaction.atomic
def come_in(
    *, link: RoomLink, name: str, email: str = "", user: User | None = None, language: str = ""
) -> Participant:
    """
    Enter by a link, saying one's name. With an account, the same person is the same participant again.

    Args:
        language: Of the page in front of them: the mails that they get are in it.

    Raises:
        LinkClosedError: It was revoked or is out of date.
        RoomTextError: No name.
        RoomFullError: Too many people came in by it.
    """
    held = RoomLink.objects.select_for_update(of=("self",)).select_related("room").filter(id=link.id).first()
    if held is None or not held.is_open:
        raise LinkClosedError
    said = one_line(name, what="name", limit=rules.NAME)
    if user is not None:
        known = held.participants.filter(user=user).first()
        if known is not None:
            return known
    if held.participants.count() >= rules.MOST_PER_LINK:
        raise RoomFullError(most=rules.MOST_PER_LINK)
    return Participant.objects.create(
        room=held.room,
        link=held,
        user=user,
        name=said,
        email="" if user else email[:254],
        language=language[:10],
    )


@transaction.atomic
def settle_required(*, room: Room, names: Sequence[str], by: Participant, reason: str = "") -> list[Party]:
    """
    Settle which organisations must sign off before anything is published.

    Args:
        names: Those that must, by name; an empty list waits for nobody.
        reason: Needed for every change after the first agreement.

    Raises:
        NotAllowedError, RoomTextError, RoomFullError
    """
    require_act(by, RoomAct.HOST)
    held = locked(room)
    before = [party.name for party in held.parties.filter(is_required=True)]
    wanted = [one_line(name, what="organisation", limit=250) for name in names if str(name).strip()]
    chosen = list({party.id: party for party in (party_named(held, name) for name in wanted)}.values())
    after = [party.name for party in chosen]
    if held.agreed_at is not None and sorted(before) == sorted(after):
        return chosen
    said = plain_text(reason, what="reason", limit=rules.REASON, may_be_empty=held.agreed_at is None)
    ids = {party.id for party in chosen}
    for party in held.parties.all():
        if party.is_required != (party.id in ids):
            party.is_required = party.id in ids
            party.save(update_fields=["is_required"])
    if held.agreed_at is None:
        held.agreed_at = clock.now()
        held.save(update_fields=["agreed_at"])
    RequirementChange.objects.create(room=held, by_name=by.name, reason=said, before=before, after=after)
    note(held, by, "room.required_settled", held.id, {"before": before, "after": after, "reason": said})
    return chosen


def require_agreed(room: Room) -> None:
    """
    Raises:
        NotAgreedError: Nobody settled yet who must sign off.
    """
    if room.agreed_at is None:
        raise NotAgreedError


def note(room: Room, by: Participant, verb: str, object_id: object, facts: dict[str, object]) -> None:
    """
    Write in the journal of the owning organisation. Somebody without an account is told by their place in the
    room: the journal never changes, and a name that is erased must not stay in it.
    """
    journal.write(
        organisation=room.micro_credential.organisation,
        actor=by.user,
        verb=verb,
        object_id=object_id,
        facts=facts if by.user else {**facts, "participant": str(by.id)},
    )
