"""Rooms, links and people in them for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.factories.design import a_specification
from tests.factories.people import a_member, a_user, an_organisation

from jalon.design import actions
from jalon.design.models import Participant, Room, RoomLink, Round, SignOff, Specification
from jalon.design.rules.rooms import RoomRole
from jalon.foundation import clock
from jalon.people.models import Organisation, User
from jalon.people.rules import Role


class AtTable:
    """
    A room with its draft and whoever hosts it.

    Attributes:
        host: A designer of the organisation, as the room knows them.
    """

    def __init__(self, organisation: Organisation | None = None, **fields: Any) -> None:
        self.organisation = organisation or an_organisation("MFR du Lévezou")
        self.designer: User = a_member(a_user(full_name="Claire Delmas"), self.organisation, Role.DESIGNER)
        self.draft: Specification = a_specification(self.organisation, **fields)
        self.room: Room = actions.open_room(micro_credential=self.draft.micro_credential, by=self.designer)
        self.host: Participant = actions.join_as_member(room=self.room, user=self.designer)

    def link(
        self, role: RoomRole = RoomRole.CONTRIBUTOR, *, organisation: str = "", label: str = "Quelqu'un"
    ) -> tuple[RoomLink, str]:
        """A link and its token."""
        made = actions.invite_to_room(
            room=self.room, role=role, label=label, days=30, organisation=organisation, by=self.host
        )
        return made.link, made.token

    def invited(
        self,
        role: RoomRole = RoomRole.CONTRIBUTOR,
        *,
        name: str = "Bernard Vidal",
        organisation: str = "",
        **fields: Any,
    ) -> Participant:
        """Somebody who came in by a link."""
        link, _token = self.link(role, organisation=organisation)
        return actions.come_in(link=link, name=name, **fields)

    def now(self) -> Specification:
        """The draft as the database has it."""
        return Specification.objects.get(id=self.draft.id)

    def agreed(self, *names: str) -> None:
        """Settle who must sign off, for the first time."""
        actions.settle_required(room=self.room, names=names, by=self.host)
        self.room.refresh_from_db()

    def a_round(self, days: int = 14) -> Round:
        """A round about the text as it is now."""
        return actions.open_round(
            room=self.room, closes_on=clock.today() + timedelta(days=days), by=self.host
        )

    def signs(self, who: Participant, on: Round, answer: str = "yes", **fields: Any) -> SignOff:
        """*who* answers for the organisation of their link."""
        assert who.party is not None
        fields.setdefault("words", "" if answer == "yes" else "Trop d'heures en hiver.")
        return actions.sign_off(
            on=on,
            party=fields.pop("party", who.party),
            answer=answer,
            name=who.name,
            function="gérant",
            by=who,
            **fields,
        )
