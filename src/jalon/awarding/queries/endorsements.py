"""Endorsements, and who stands behind a published version with what proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from jalon.awarding.models import Endorsement
from jalon.design.models import Specification
from jalon.design.queries import CoDesigner, co_designers, parties_that_left


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
        left_at: When it said no to the text that it had agreed to; None where it stands by it.
        revoked_at: When what it had signed was revoked; `endorsement_id` leads there, and its page says so.
    """

    name: str
    at: datetime
    has_reservations: bool
    endorsement_id: UUID | None
    left_at: datetime | None = None
    revoked_at: datetime | None = None


def supporters_of(specification: Specification) -> list[Supporter]:
    """
    Who designed a published version with its owner and agreed to it, oldest agreement first; then whoever
    took its agreement back since: the public read the name, and reads that too.
    """
    agreed, left = co_designers(specification), parties_that_left(specification)
    if not agreed and not left:
        return []
    signed: dict[UUID, Endorsement] = {}
    of_this = Endorsement.objects.filter(specification=specification)
    # What stands hides what was revoked before it.
    for each in sorted(of_this, key=lambda e: (e.revoked_at is None, e.created_at)):
        signed[each.organisation_id] = each
    return [
        *(_supporter(each, signed) for each in agreed),
        *(replace(_supporter(each, signed), left_at=each.at) for each in left),
    ]


def _supporter(given: CoDesigner, signed: Mapping[UUID, Endorsement]) -> Supporter:
    endorsement = signed.get(given.organisation_id) if given.organisation_id else None
    return Supporter(
        name=given.name,
        at=given.at,
        has_reservations=given.has_reservations,
        endorsement_id=endorsement.id if endorsement else None,
        revoked_at=endorsement.revoked_at if endorsement else None,
    )
