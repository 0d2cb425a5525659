"""Territories: drawn by the organisation that looks after them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from jalon.foundation import journal
from jalon.people.models import Organisation, User
from jalon.people.permissions import require
from jalon.people.rules import Capability
from jalon.territory.errors import InvalidTerritoryError
from jalon.territory.models import PartKind, Territory, TerritoryPart

MOST_PARTS = 2000


@transaction.atomic
def draw_territory(
    *, organisation: Organisation, name: str, parts: Collection[tuple[PartKind, str]], by: User
) -> Territory:
    """
    Draw a territory, or draw one of that name anew.

    Args:
        parts: Kinds and official codes: ``(PartKind.EPCI, "200069151")``.

    Raises:
        InvalidTerritoryError: No name, no part, or too many.
        NotAllowedError: *by* does not manage the organisation.
    """
    require(by, Capability.MANAGE_ORGANISATION, organisation)
    said = " ".join(name.replace("\0", "").split())[:200]
    if not said or not 0 < len(set(parts)) <= MOST_PARTS:
        raise InvalidTerritoryError
    territory, _new = Territory.objects.get_or_create(organisation=organisation, name=said)
    territory.parts.all().delete()
    TerritoryPart.objects.bulk_create(
        [TerritoryPart(territory=territory, kind=kind, code=code) for kind, code in sorted(set(parts))]
    )
    journal.write(
        organisation=organisation,
        actor=by,
        verb="territory.drawn",
        object_id=territory.id,
        facts={"name": said, "parts": len(set(parts))},
    )
    return territory


@transaction.atomic
def remove_territory(*, organisation: Organisation, territory_id: UUID, by: User) -> None:
    """
    Take a territory away: its needs are moderated as those that no territory claims.

    Raises:
        NotAllowedError: *by* does not manage the organisation.
    """
    require(by, Capability.MANAGE_ORGANISATION, organisation)
    for territory in Territory.objects.filter(organisation=organisation, id=territory_id):
        journal.write(
            organisation=organisation,
            actor=by,
            verb="territory.removed",
            object_id=territory.id,
            facts={"name": territory.name},
        )
        territory.delete()
