"""Communes, territories and needs for tests: plain functions with sensible defaults."""

from __future__ import annotations

from typing import Any

from jalon.people.models import Organisation
from jalon.territory.models import Commune, PartKind, Territory, TerritoryPart


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
