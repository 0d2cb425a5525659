"""
A search of the catalogue: two reads of narrow columns, whatever the number of rows.

What words, place and dates ask is put to the database, which answers with the bits of the rows that meet it,
each combination once with its number; `rules.facets` makes the total and every count of these. The rows of
one page are then read by an index in their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any, TypeVar

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    IntegerField,
    Min,
    Model,
    Q,
    QuerySet,
    Value,
    When,
)

from jalon.catalogue.models import CatalogueEntry, Occurrence
from jalon.catalogue.queries.cards import Card, Met, cards, offered
from jalon.catalogue.queries.places import Asked, asked
from jalon.catalogue.rules import facets
from jalon.catalogue.rules.points import chord_squared, kilometres, point
from jalon.catalogue.rules.searching import PAGE_SIZE, Criteria, Sort, query_terms
from jalon.foundation import clock, database
from jalon.territory.models import Commune
from jalon.territory.rules.places import around

Row = TypeVar("Row", bound=Model)
TABLE = CatalogueEntry._meta.db_table


@dataclass(frozen=True)
class Results:
    """
    One page of a search.

    Attributes:
        counts: For each group of `rules.facets.GROUPS`, how many rows each option would give with the other
            groups as they are.
        everything: How many are shown in all, whatever was asked.
        place: What the place that was typed came down to.
    """

    cards: tuple[Card, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[str, Mapping[str, int]]
    everything: int
    place: Asked = field(default_factory=Asked)


def search(criteria: Criteria) -> Results:
    """The page of the catalogue that answers *criteria*; a page past the last gives the last."""
    place = asked(criteria)
    bits = _bits(criteria, place)
    counted = facets.count(bits, criteria.chosen)
    # Where only options are asked, the bits were those of all.
    asks = by_occurrence(criteria, place) or _words(criteria, place)
    everything = offered().count() if asks else sum(many for _options, many in bits)
    pages = max(1, ceil(counted.total / PAGE_SIZE))
    page = min(max(1, criteria.page), pages)
    start = (page - 1) * PAGE_SIZE
    found = _page(criteria, place, start) if counted.total else ()
    return Results(found, counted.total, page, pages, counted.counts, everything, place)


def by_occurrence(criteria: Criteria, place: Asked) -> bool:
    """Whether a place or dates are asked, so that rows are found by where and when they are held."""
    return bool(place.centre or criteria.department or criteria.region or criteria.asks_dates)


def _bits(criteria: Criteria, place: Asked) -> list[tuple[int, int]]:
    if by_occurrence(criteria, place):
        held = occurrences(criteria, place).order_by()
        return list(held.values_list("facets").annotate(many=Count("entry", distinct=True)))
    rows = entries(criteria, place).order_by()
    return list(rows.values_list("facets").annotate(many=Count("pk")))


# — What words, place and dates ask —


def entries(criteria: Criteria, place: Asked) -> QuerySet[CatalogueEntry]:
    """Rows that meet the words of *criteria*."""
    found = offered()
    for column, wanted in _words(criteria, place):
        found = found.filter(database.has_words(TABLE, "number", column, wanted))
    return found


def occurrences(criteria: Criteria, place: Asked) -> QuerySet[Occurrence]:
    """Where and when rows are held that meet the words, place and dates of *criteria*."""
    today = clock.today()
    found = Occurrence.objects.filter(is_offered=True, shown_from__lte=today, shown_until__gte=today)
    for column, wanted in _words(criteria, place):
        found = found.filter(entry__in=database.with_words(TABLE, "number", column, wanted))
    if criteria.department:
        found = found.filter(department=criteria.department)
    if criteria.region:
        found = found.filter(region=criteria.region)
    if place.centre is not None:
        found = _near(found, place.centre, criteria.radius_km)
    if criteria.asks_dates:
        found = found.filter(starts_on__isnull=False)
    if criteria.starts_from:
        found = found.filter(starts_on__gte=criteria.starts_from)
    if criteria.starts_before:
        found = found.filter(starts_on__lte=criteria.starts_before)
    if criteria.with_seats:
        found = found.filter(open_until__gte=today)
    return found


def _words(criteria: Criteria, place: Asked) -> list[tuple[str, list[str]]]:
    """Which column of a row must have which words."""
    found = []
    if wanted := query_terms(criteria.text):
        found.append(("text", wanted))
    if place.as_words and (wanted := query_terms(criteria.place)):
        found.append(("place_text", wanted))
    return found


def _near(found: QuerySet[Occurrence], centre: Commune, km: int) -> QuerySet[Occurrence]:
    latitude, longitude = centre.latitude or 0.0, centre.longitude or 0.0
    # The box may be read from an index; a metre wider, so that it never cuts what the circle holds.
    box = around(latitude, longitude, km + 0.001)
    found = found.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
    return found.annotate(apart=_apart(centre)).filter(apart__lte=chord_squared(km))


def _apart(centre: Commune) -> ExpressionWrapper[Any]:
    """The square of the straight line to *centre*, on a sphere of radius 1."""
    at = point(centre.latitude or 0.0, centre.longitude or 0.0)
    squares = (
        (F("x") - Value(at.x)) * (F("x") - Value(at.x))
        + (F("y") - Value(at.y)) * (F("y") - Value(at.y))
        + (F("z") - Value(at.z)) * (F("z") - Value(at.z))
    )
    return ExpressionWrapper(squares, output_field=FloatField())


# — What options ask —


def with_options(found: QuerySet[Row], criteria: Criteria) -> QuerySet[Row]:
    """Rows whose bits meet the options of *criteria*."""
    for group, codes in criteria.chosen.items():
        if not codes:
            continue
        wanted = facets.mask(group, codes)
        name = f"bits_{group}"
        # Told to be of 64 bits: else PostgreSQL's bounds of a plain integer make a large mask meet nothing.
        bits = ExpressionWrapper(F("facets").bitand(wanted), output_field=BigIntegerField())
        found = found.alias(**{name: bits})
        met = Q(**{name: wanted}) if facets.GROUPS[group].every else Q(**{f"{name}__gt": 0})
        found = found.filter(met)
    return found


# — One page —


def _page(criteria: Criteria, place: Asked, start: int) -> tuple[Card, ...]:
    end = start + PAGE_SIZE
    nearest = criteria.sort is Sort.NEAREST and place.centre is not None
    if nearest or criteria.sort is Sort.SOONEST:
        numbers = _numbers_by_occurrence(criteria, place, nearest=nearest)[start:end]
        return _cards_of(list(numbers), criteria, place)
    found = entries(criteria, place)
    if by_occurrence(criteria, place):
        held = with_options(occurrences(criteria, place), criteria)
        found = found.filter(number__in=held.order_by().values("entry"))
    ordered = _ordered(with_options(found, criteria), criteria)
    return _cards_of(list(ordered.values_list("number", flat=True)[start:end]), criteria, place)


def _numbers_by_occurrence(criteria: Criteria, place: Asked, *, nearest: bool) -> QuerySet[Any, int]:
    held = with_options(occurrences(criteria, place), criteria).order_by()
    if nearest:
        best = held.values("entry").annotate(first=Min("apart")).order_by("first", "entry")
    else:
        best = held.values("entry").annotate(first=Min("starts_on"))
        best = best.order_by(F("first").asc(nulls_last=True), "entry")
    return best.values_list("entry", flat=True)


def _cards_of(numbers: list[int], criteria: Criteria, place: Asked) -> tuple[Card, ...]:
    rows = CatalogueEntry.objects.select_related(
        "specification", "micro_credential", "organisation", "offering"
    ).in_bulk(numbers)
    found = [rows[number] for number in numbers if number in rows]
    return cards(found, _met(numbers, criteria, place))


def _met(numbers: list[int], criteria: Criteria, place: Asked) -> dict[int, Met]:
    """What of each row answers: the nearest session where a place is asked, else the first of those asked."""
    if not by_occurrence(criteria, place):
        return {}
    held = occurrences(criteria, place).filter(entry__in=numbers)
    apart = _apart(place.centre) if place.centre else Value(0.0, output_field=FloatField())
    rows = held.annotate(length=apart).order_by("length", F("starts_on").asc(nulls_last=True), "pk")
    found: dict[int, Met] = {}
    for number, session, length in rows.values_list("entry", "session", "length"):
        found.setdefault(number, Met(session, kilometres(length) if place.centre else None))
    return found


def _ordered(found: QuerySet[CatalogueEntry], criteria: Criteria) -> QuerySet[CatalogueEntry]:
    if criteria.sort is Sort.TITLE:
        return found.order_by("title_key", "number")
    newest = ("-published_at", "title_key", "number")
    wanted = query_terms(criteria.text)
    if not wanted:
        return found.order_by(*newest)
    in_title = Q()
    for term in wanted:
        in_title &= Q(title_text__contains=f" {term}")
    rank = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.annotate(rank=rank).order_by("rank", *newest)
