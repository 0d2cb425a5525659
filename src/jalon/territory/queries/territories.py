"""Questions about territories: which are somebody's, and what they hold. Nothing here writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from jalon.people.models import User
from jalon.people.permissions import organisations_where
from jalon.people.rules import Capability
from jalon.territory.models import Commune, PartKind, Territory
from jalon.territory.queries.places import communes_are_known
from jalon.territory.rules.places import place_key

Parts = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Point:
    """A commune of a territory on the map; `people` is 0 where the list does not say."""

    name: str
    latitude: float
    longitude: float
    people: int


@dataclass(frozen=True)
class Extent:
    """
    What a territory holds.

    Attributes:
        people: Of the communes whose population is known; None where none is.
        points: Of the communes whose place is known.
        counts: Communes of each part, by kind and code; 0 where the list of communes has none of it.
        names: Of communes and EPCI, by kind and code, where the list knows them.
    """

    communes: int
    people: int | None
    points: tuple[Point, ...]
    counts: dict[tuple[str, str], int]
    names: dict[tuple[str, str], str]


def territories_of(user: User | AnonymousUser) -> QuerySet[Territory]:
    """The territories of the organisations for which *user* moderates needs, confirmed or not."""
    organisations = organisations_where(user, Capability.MODERATE_NEEDS)
    mine = Territory.objects.filter(organisation__in=[each.id for each in organisations])
    return mine.select_related("organisation").prefetch_related("parts")


def territory_of(user: User | AnonymousUser, territory_id: UUID) -> Territory | None:
    """The territory if it is of an organisation of *user*, else None, as if there were none."""
    return territories_of(user).filter(id=territory_id).first()


def _holding(parts: Parts) -> Q:
    codes: dict[str, list[str]] = {kind.value: [] for kind in PartKind}
    for kind, code in parts:
        codes[kind].append(code)
    return (
        Q(code__in=codes[PartKind.COMMUNE])
        | Q(epci_code__in=[code for code in codes[PartKind.EPCI] if code])
        | Q(department__in=codes[PartKind.DEPARTMENT])
    )


def extent_of(parts: Collection[tuple[str, str]]) -> Extent:
    """What parts hold together, each commune once: one question however many there are."""
    rows = Commune.objects.filter(_holding(parts), is_current=True).values_list(
        "code", "name", "department", "epci_code", "epci_name", "population", "latitude", "longitude"
    )
    wanted, counts = set(parts), Counter[tuple[str, str]]()
    names: dict[tuple[str, str], str] = {}
    points: list[Point] = []
    people: int | None = None
    many = 0
    for code, name, department, epci, epci_name, population, latitude, longitude in rows:
        many += 1
        keys = {
            (str(PartKind.COMMUNE), code): f"{name} ({department})",
            (str(PartKind.EPCI), epci): epci_name,
            (str(PartKind.DEPARTMENT), department): "",
        }
        for key in wanted & set(keys):
            counts[key] += 1
            names.setdefault(key, keys[key])
        if population is not None:
            people = (people or 0) + population
        if latitude is not None and longitude is not None:
            points.append(Point(name, latitude, longitude, population or 0))
    return Extent(many, people, tuple(points), {key: counts[key] for key in wanted}, names)


def unknown_codes(parts: Parts) -> list[str]:
    """Codes of communes and EPCI that an imported list does not have; none where no list was imported."""
    asked = list(parts)
    if not communes_are_known():
        return []
    communes = {code for kind, code in asked if kind == PartKind.COMMUNE}
    epci = {code for kind, code in asked if kind == PartKind.EPCI}
    communes -= set(Commune.objects.filter(code__in=communes).values_list("code", flat=True))
    epci -= set(Commune.objects.filter(epci_code__in=epci).values_list("epci_code", flat=True))
    return sorted(communes | epci)


def epci_like(text: str, limit: int = 8) -> list[tuple[str, str]]:
    """
    Code and name of intercommunal bodies for what somebody is typing: every word typed begins a word of the
    name, the shortest names first. A SIREN, whole or begun with five digits, finds its body too.
    """
    words = place_key(text[:200]).split()[:8]
    if not words:
        return []
    known = Commune.objects.filter(is_current=True).exclude(epci_code="").order_by()
    if len(words) == 1 and words[0].isdigit():
        known = known.filter(epci_code__startswith=words[0]) if len(words[0]) > 5 else known.none()
        return sorted(set(known.values_list("epci_code", "epci_name")))[:limit]
    found = []
    for code, name in known.values_list("epci_code", "epci_name").distinct():
        key = f" {place_key(name)}"
        if all(f" {word}" in key for word in words):
            found.append((len(name), name, code))
    return [(code, name) for _length, name, code in sorted(found)[:limit]]
