"""Who may do what with a micro-certification; the table itself is `people.rules`."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from jalon.design.models import Participant, Party, Room, Specification
from jalon.design.rules.rooms import RoomAct, RoomRole, acts_by_link, acts_of_member
from jalon.foundation.errors import NotAllowedError
from jalon.people.models import User
from jalon.people.permissions import may, require
from jalon.people.rules import Capability


def can_see_draft(user: User | AnonymousUser, specification: Specification) -> bool:
    """Whether *user* may read this version before it is public."""
    return may(user, Capability.SEE, specification.micro_credential.organisation)


def can_write(user: User | AnonymousUser, specification: Specification) -> bool:
    """Whether *user* may change this version: no one may once it is published."""
    organisation = specification.micro_credential.organisation
    return not specification.is_published and may(user, Capability.DESIGN, organisation)


def can_publish(user: User | AnonymousUser, specification: Specification) -> bool:
    """Whether *user* may make this version final."""
    return not specification.is_published and may(
        user, Capability.PUBLISH, specification.micro_credential.organisation
    )


def require_writer(user: User | AnonymousUser, specification: Specification) -> None:
    """
    Raises:
        NotAllowedError: *user* may not write for the organisation.
    """
    require(user, Capability.DESIGN, specification.micro_credential.organisation)


# — Rooms —


def acts_of_account(user: User | AnonymousUser, room: Room) -> frozenset[RoomAct]:
    """What an account may do in *room* by its roles in the organisation that owns the micro-certification."""
    organisation = room.micro_credential.organisation
    return acts_of_member(
        sees=may(user, Capability.SEE, organisation),
        designs=may(user, Capability.DESIGN, organisation),
        commits=may(user, Capability.PUBLISH, organisation) or may(user, Capability.AWARD, organisation),
    )


def acts_of(participant: Participant) -> frozenset[RoomAct]:
    """What *participant* may do in their room today: by their link while it is open, and by their account."""
    acts: frozenset[RoomAct] = frozenset()
    if participant.link is not None and participant.link.is_open:
        acts |= acts_by_link(RoomRole(participant.link.role))
    if participant.user is not None:
        acts |= acts_of_account(participant.user, participant.room)
    return acts


def require_act(participant: Participant, act: RoomAct) -> None:
    """
    Raises:
        NotAllowedError: *participant* may not do *act* in their room.
    """
    if act not in acts_of(participant):
        raise NotAllowedError(f"expected a role that allows {act} in this room", capability=act.value)


def parties_signed_for(participant: Participant) -> list[Party]:
    """
    The organisations that *participant* may sign off for: the one of a signatory's link, and the owner of the
    micro-certification for its own members who commit it.
    """
    found = []
    link = participant.link
    if link is not None and link.is_open and link.role == RoomRole.SIGNATORY and link.party is not None:
        found.append(link.party)
    if participant.user is not None and RoomAct.SIGN in acts_of_account(participant.user, participant.room):
        owner = participant.room.micro_credential.organisation_id
        own = participant.room.parties.filter(organisation_id=owner).first()
        if own is not None and own not in found:
            found.append(own)
    return found


def may_use_key_of(user: User | AnonymousUser | None, party: Party) -> bool:
    """Whether *user* may have something signed with the key of the organisation behind *party*."""
    if user is None or party.organisation is None:
        return False
    return may(user, Capability.AWARD, party.organisation)
