"""Questions about the whole catalogue: its figures, its addresses, its freshness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from jalon.catalogue.queries.cards import offered
from jalon.people.models import Organisation


@dataclass(frozen=True)
class Figures:
    """How much there is in the catalogue."""

    micro_credentials: int
    organisations: int


def figures() -> Figures:
    """The true numbers of the home page."""
    numbers = offered().aggregate(
        micro_credentials=Count("micro_credential", distinct=True),
        organisations=Count("organisation", distinct=True),
    )
    return Figures(**numbers)


def addresses(start: int = 0, many: int | None = None) -> list[tuple[str, datetime]]:
    """Slug and date of each micro-certification offered, from the one at *start*, for the site map."""
    rows = offered().order_by("micro_credential__slug")
    listed = rows.values_list("micro_credential__slug", "published_at").distinct()
    return list(listed[start : start + many] if many else listed)


def stamp(organisation: Organisation | None = None) -> tuple[int, datetime | None]:
    """How many rows are shown, and when one was last written: of one organisation, or of all."""
    rows = offered() if organisation is None else offered().filter(organisation=organisation)
    found = rows.aggregate(many=Count("pk"), last=Max("indexed_at"))
    return found["many"], found["last"]
