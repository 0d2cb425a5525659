"""What a map of the catalogue shows: how many rows are held in each region, department or commune."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Avg, Count

from jalon.catalogue.queries.places import Asked
from jalon.catalogue.queries.searching import occurrences, with_options
from jalon.catalogue.rules.departments import DEPARTMENTS, REGIONS
from jalon.catalogue.rules.searching import Criteria
from jalon.territory.models import Commune

MOST_SPOTS = 120


class Scale(StrEnum):
    """What one spot of a map stands for; the value is the column that tells it."""

    REGION = "region"
    DEPARTMENT = "department"
    COMMUNE = "commune_code"


@dataclass(frozen=True)
class Spot:
    """A region, department or commune, and how many rows are held there; `code` is its official one."""

    code: str
    name: str
    many: int
    latitude: float
    longitude: float


def scale_of(criteria: Criteria, place: Asked) -> Scale:
    """How near the map is: a place or a department shows communes, a region departments."""
    if criteria.department or place.centre:
        return Scale.COMMUNE
    return Scale.DEPARTMENT if criteria.region else Scale.REGION


def spots(criteria: Criteria, place: Asked) -> tuple[Spot, ...]:
    """
    Where the rows are held that answer *criteria*, most first, `MOST_SPOTS` at most.

    A row that is held in two regions counts in each. What has no known place is not there.
    """
    scale = scale_of(criteria, place)
    held = with_options(occurrences(criteria, place), criteria).filter(latitude__isnull=False).order_by()
    rows = held.values_list(scale.value).annotate(
        many=Count("entry", distinct=True), north=Avg("latitude"), east=Avg("longitude")
    )
    found = list(rows.order_by("-many", scale.value)[:MOST_SPOTS])
    names = _names(scale, [code for code, *_rest in found])
    return tuple(Spot(code, names.get(code, code), many, lat, lon) for code, many, lat, lon in found if code)


def _names(scale: Scale, codes: list[str]) -> Mapping[str, str]:
    if scale is Scale.COMMUNE:
        return dict(Commune.objects.filter(code__in=codes).values_list("code", "name"))
    return REGIONS if scale is Scale.REGION else DEPARTMENTS
