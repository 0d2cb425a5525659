"""Communes, territories and needs for tests: plain functions with sensible defaults."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.factories.people import a_member, a_user, an_organisation

from jalon.foundation import clock
from jalon.people.models import Organisation, User
from jalon.people.rules import OrganisationKind, Role
from jalon.territory.models import Commune, Need, PartKind, Territory, TerritoryPart
from jalon.territory.rules.need_states import NeedState
from jalon.territory.rules.needs import Asker, AskerKind, NeedFacts


def a_commune(code: str = "48104", name: str = "Nasbinals", **fields: Any) -> Commune:
    """Nasbinals on the Aubrac, unless told otherwise."""
    fields.setdefault("department", code[:3] if code.startswith("97") else code[:2])
    fields.setdefault("region", "76")
    fields.setdefault("latitude", 44.663)
    fields.setdefault("longitude", 3.047)
    fields.setdefault("population", 480)
    return Commune.objects.create(code=code, name=name, **fields)


def a_territory(
    organisation: Organisation, *codes: str, name: str = "Aubrac", kind: str = PartKind.COMMUNE
) -> Territory:
    """A territory of *organisation* made of parts of one kind."""
    territory = Territory.objects.create(organisation=organisation, name=name)
    for code in codes:
        TerritoryPart.objects.create(territory=territory, kind=kind, code=code)
    return territory


def a_need(**fields: Any) -> Need:
    """An open need near Nasbinals, stated by a company without an account."""
    fields.setdefault("skill", "Réparer des murs en pierre sèche")
    fields.setdefault("state", NeedState.OPEN.value)
    fields.setdefault("asker_kind", AskerKind.COMPANY.value)
    fields.setdefault("personal_data_until", clock.today() + timedelta(days=500))
    if "commune" not in fields:
        fields.setdefault("place", "Nasbinals")
    return Need.objects.create(**fields)


def need_facts(**changes: Any) -> NeedFacts:
    """What somebody may state where no commune is known."""
    changes.setdefault("skill", "Réparer des murs en pierre sèche")
    changes.setdefault("place", "Nasbinals")
    return NeedFacts(**changes)


def an_asker(**changes: Any) -> Asker:
    """A company that left its name and an address."""
    changes.setdefault("kind", AskerKind.COMPANY)
    changes.setdefault("name", "Maçonnerie Vidal")
    changes.setdefault("email", "vidal@exemple.example")
    changes.setdefault("agrees", True)
    return Asker(**changes)


def a_moderator(*codes: str, **fields: Any) -> User:
    """A designer of a local authority whose identity is confirmed; it looks after *codes* where given."""
    fields.setdefault("kind", OrganisationKind.LOCAL_AUTHORITY.value)
    fields.setdefault("identity_confirmed_at", clock.now())
    organisation = an_organisation(**fields)
    if codes:
        a_territory(organisation, *codes)
    return a_member(a_user(), organisation, Role.ADMIN, Role.DESIGNER)
