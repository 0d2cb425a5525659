"""What a map of the catalogue shows: how many rows are held in each department, or in each commune of one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Avg, Count

from jalon.catalogue.queries.places import Asked
from jalon.catalogue.queries.searching import occurrences, with_options
from jalon.catalogue.rules.searching import Criteria
from jalon.territory.models import Commune

MOST_SPOTS = 120


@dataclass(frozen=True)
class Spot:
    """A department or a commune, and how many rows are held there; `code` is its official one."""

    code: str
    name: str
    many: int
    latitude: float
    longitude: float


def by_commune(criteria: Criteria, place: Asked) -> bool:
    """Whether the map is near enough to tell communes apart."""
    return bool(criteria.department or place.centre)


def spots(criteria: Criteria, place: Asked) -> tuple[Spot, ...]:
    """
    Where the rows are held that answer *criteria*, most first, `MOST_SPOTS` at most.

    By commune inside a department or around a place, else by department; a row held in two departments counts
    in each. What has no known place is not there.
    """
    near = by_commune(criteria, place)
    held = with_options(occurrences(criteria, place), criteria).filter(latitude__isnull=False).order_by()
    name = "commune_code" if near else "department"
    rows = held.values_list(name).annotate(
        many=Count("entry", distinct=True), north=Avg("latitude"), east=Avg("longitude")
    )
    found = [
        Spot(code, code, many, north, east)
        for code, many, north, east in rows.order_by("-many", name)[:MOST_SPOTS]
    ]
    return _named(found) if near else tuple(found)


def _named(found: list[Spot]) -> tuple[Spot, ...]:
    names = dict(Commune.objects.filter(code__in=[s.code for s in found]).values_list("code", "name"))
    return tuple(replace(spot, name=names.get(spot.code, spot.code)) for spot in found)


def outline() -> list[tuple[float, float]]:
    """Latitude and longitude of every current commune: the ground that a map is drawn on."""
    rows = Commune.objects.filter(is_current=True, latitude__isnull=False, longitude__isnull=False)
    return [(lat, lon) for lat, lon in rows.values_list("latitude", "longitude").order_by() if lat and lon]
