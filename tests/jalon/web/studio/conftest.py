"""An organisation that designs, and its people in front of the studio."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from tests.factories.design import a_specification
from tests.factories.people import a_member, a_user, an_organisation

from jalon.design.models import Specification
from jalon.design.rules.fields import value_of
from jalon.people.models import Organisation, User
from jalon.people.rules import Role
from jalon.web.studio.cells import Drawing
from jalon.web.studio.sections import BY_SLUG


@dataclass
class Studio:
    """A draft, and whoever writes it."""

    client: Client
    organisation: Organisation
    designer: User
    draft: Specification

    def url(self, last: str = "") -> str:
        return f"/atelier/dossier/{self.draft.id}/{last}"

    def form(self, section: str, **typed: Any) -> dict[str, Any]:
        """What a browser without script sends for a section, with *typed* in place of what it showed."""
        drawing = Drawing(Specification.objects.get(id=self.draft.id), [], ["fr", "en"])
        cells = drawing.cells(BY_SLUG[section])
        if section == "acquis":
            cells = [cell for o in drawing.outcomes() for cell in (*o.statements, o.alignments)]
        data: dict[str, Any] = {}
        for cell in cells:
            data[f"seen:{cell.field}"] = cell.seen
            chosen = [o.value for o in cell.options if o.chosen]
            chosen += [o.value for _name, group in cell.groups for o in group if o.chosen]
            if cell.options or cell.groups:
                data[cell.field] = chosen
            elif cell.widget == "rows":
                for row in cell.rows:
                    for control in row.inputs:
                        ticked = [o.value for o in control.options if o.chosen]
                        many = control.kind == "ticks"
                        data[control.name] = ticked if many else next(iter(ticked), control.value)
            else:
                data[cell.field] = cell.value
        return {**data, **typed}

    def save(self, section: str, *, do: str = "", **typed: Any) -> Any:
        """Press «Garder», or another button."""
        return self.client.post(self.url(f"{section}/"), {**self.form(section), "do": do, **typed})

    def held(self, field: str) -> Any:
        return value_of(Specification.objects.get(id=self.draft.id).read(), field)

    def draft_again(self, **fields: Any) -> Specification:
        """Another draft of the same organisation."""
        return a_specification(self.organisation, **fields)


@pytest.fixture
def studio(client: Client, db: None) -> Studio:
    organisation = an_organisation("MFR du Lévezou", slug="mfr-du-levezou")
    designer = a_member(a_user(full_name="Claire Delmas"), organisation, Role.DESIGNER)
    client.force_login(designer)
    return Studio(client, organisation, designer, a_specification(organisation))


@pytest.fixture
def as_role(studio: Studio) -> Callable[[Role | None], User]:
    """Sign in as somebody with one role here, or as a stranger with every role elsewhere (None)."""

    def enter(role: Role | None) -> User:
        user = a_user()
        if role is None:
            a_member(user, an_organisation(), *Role)
        else:
            a_member(user, studio.organisation, role)
        studio.client.force_login(user)
        return user

    return enter
