"""A room, and browsers of people who are in it or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.factories.people import a_member, a_user, an_organisation
from tests.factories.rooms import AtTable

from jalon.design.models import RoomLink
from jalon.design.rules import fields
from jalon.design.rules.rooms import RoomRole
from jalon.people.rules import Role


class RoomInBrowsers(AtTable):
    """The room as browsers see it."""

    def url(self, last: str = "") -> str:
        return f"/salle/{self.room.id}/{last}"

    def member(self, *roles: Role) -> Client:
        """Somebody signed in with *roles* here; without any, a stranger who has them all elsewhere."""
        user = a_user()
        a_member(user, self.organisation if roles else an_organisation(), *(roles or tuple(Role)))
        client = Client()
        client.force_login(user)
        return client

    def guest(
        self, role: RoomRole = RoomRole.CONTRIBUTOR, *, organisation: str = "", name: str = "Bernard Vidal"
    ) -> tuple[Client, RoomLink]:
        """Somebody who came in by a link with a browser of their own."""
        if role is RoomRole.SIGNATORY and not organisation:
            organisation = "Entreprise Vidal"
        link, token = self.link(role, organisation=organisation)
        client = Client()
        answer = client.post(f"/salle/entrer/{token}/", {"name": name})
        assert answer.status_code == 302
        return client, link

    def write(self, client: Client, field: str, do: str, **typed: Any) -> HttpResponse:
        """Send the form of *field*'s page as a browser does, having seen what it says now."""
        seen = (
            fields.value_of(self.now().read(), field)
            if field not in ("ensemble", "learning_outcomes")
            else ""
        )
        data = {f"seen:{field}": json.dumps(seen), "do": do, **typed}
        return client.post(self.url(f"champ/{field}/"), data)  # type: ignore[return-value]  # the test client's answer is one

    def says(self, client: Client, last: str = "") -> str:
        """The page at *last*, as text."""
        answer = client.get(self.url(last))
        assert answer.status_code == 200, answer.status_code
        return str(answer.content.decode())


@pytest.fixture
def table(db: None) -> RoomInBrowsers:
    return RoomInBrowsers()


Enter = Callable[..., Client]
