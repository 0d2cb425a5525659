"""Endorsements, and who stands behind a published version with what proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jalon.awarding.models import Endorsement
from jalon.design.models import Specification
from jalon.design.queries import co_designers


def endorsement_by_id(endorsement_id: UUID) -> Endorsement | None:
    """One endorsement, revoked or not: its page says which."""
    return (
        Endorsement.objects.select_related("organisation", "specification__micro_credential__organisation")
        .filter(id=endorsement_id)
        .first()
    )


def endorsements_of(specification: Specification) -> list[Endorsement]:
    """The endorsements of a version that stand today, oldest first."""
    return list(
        Endorsement.objects.filter(specification=specification, revoked_at__isnull=True).select_related(
            "organisation"
        )
    )


@dataclass(frozen=True)
class Supporter:
    """
    An organisation that agreed to a published text.

    Attributes:
        endorsement_id: Of what it signed with its key; None where it only agreed in the room, and then
            nobody may call it signed.
    """

    name: str
    at: datetime
    has_reservations: bool
    endorsement_id: UUID | None


def supporters_of(specification: Specification) -> list[Supporter]:
    """Who designed a published version with its owner and agreed to it, oldest agreement first."""
    agreed = co_designers(specification)
    if not agreed:
        return []
    signed = {each.organisation_id: each.id for each in endorsements_of(specification)}
    return [
        Supporter(
            name=each.name,
            at=each.at,
            has_reservations=each.has_reservations,
            endorsement_id=signed.get(each.organisation_id) if each.organisation_id else None,
        )
        for each in agreed
    ]
