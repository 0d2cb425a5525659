"""Questions about communes and territories. Nothing here writes."""

from __future__ import annotations

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from jalon.territory.models import EXTRACT, Commune, PartKind, Territory
from jalon.territory.rules.places import Box, place_key

# Further words of a search change nothing: the longest name of a commune has eight.
MOST_WORDS = 8


def commune(code: str) -> Commune | None:
    """The commune under an INSEE code, current or not; None where there is none."""
    if len(code) != 5 or not code.isalnum() or not code.isascii():
        return None
    return Commune.objects.filter(code=code.upper()).first()


def communes_are_known() -> bool:
    """Whether a list of communes was imported; the demonstration's few are none."""
    return Commune.objects.exclude(edition=EXTRACT).exists()


def communes_like(text: str, limit: int = 8) -> list[Commune]:
    """
    Communes for what somebody is typing: whole name first, then names that start so, then the larger ones.

    Accents, hyphens, «St» for «Saint» and capitals do not matter; every word typed must begin a word of the
    name. Digits are read as the beginning of a postcode or as an INSEE code.
    """
    words = place_key(text[:200]).split()[:MOST_WORDS]
    if not words:
        return []
    if len(words) == 1 and words[0][:2].isdigit():
        return _by_number(words[0], limit)
    start = " ".join(words)
    found = Commune.objects.filter(is_current=True)
    for word in words:
        found = found.filter(key__contains=f" {word}")
    rank = Case(
        When(key=f" {start} ", then=Value(0)),
        When(key__startswith=f" {start}", then=Value(1)),
        When(key__contains=f" {start}", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return list(
        found.alias(rank=rank).order_by("rank", F("population").desc(nulls_last=True), "code")[:limit]
    )


def _by_number(digits: str, limit: int) -> list[Commune]:
    asked = Q(postcodes__contains=f" {digits}") | Q(code__startswith=digits.upper())
    found = Commune.objects.filter(asked, is_current=True)
    return list(found.order_by(F("population").desc(nulls_last=True), "code")[:limit])


def communes_named(name: str) -> list[Commune]:
    """Every current commune of exactly that name, by department: «Saint-Martin» has several."""
    key = place_key(name[:200])
    return list(Commune.objects.filter(key=f" {key} ", is_current=True).order_by("code")) if key else []


def communes_within(box: Box) -> QuerySet[Commune]:
    """Current communes whose centre lies in a box (`rules.around`)."""
    return Commune.objects.filter(
        is_current=True,
        latitude__gte=box.south,
        latitude__lte=box.north,
        longitude__gte=box.west,
        longitude__lte=box.east,
    )


def territories_with(place: Commune) -> QuerySet[Territory]:
    """The territories that hold a commune: by itself, by its EPCI or by its department."""
    parts = Q(parts__kind=PartKind.COMMUNE, parts__code=place.code)
    parts |= Q(parts__kind=PartKind.DEPARTMENT, parts__code=place.department)
    if place.epci_code:
        parts |= Q(parts__kind=PartKind.EPCI, parts__code=place.epci_code)
    return Territory.objects.filter(parts).select_related("organisation").distinct()
