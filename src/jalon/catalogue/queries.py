"""What the catalogue answers, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import ceil

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from jalon.catalogue.models import CatalogueEntry
from jalon.catalogue.rules.searching import PAGE_SIZE, Criteria, Sort, query_terms
from jalon.design.rules.content import LevelContent
from jalon.design.rules.vocabularies import DOMAINS, PARTICIPATION_FORMS
from jalon.people.models import Organisation
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text


@dataclass(frozen=True)
class Card:
    """A micro-certification as a row of the catalogue; `participation` holds codes."""

    slug: str
    title: Text
    description: Text
    organisation_name: str
    organisation_slug: str
    place: str
    domain: str
    hours: Decimal | None
    level: LevelContent
    participation: tuple[str, ...]
    is_free: bool
    price_euros: Decimal | None
    recognition: RecognitionStatus | None
    published_at: datetime
    is_demonstration: bool

    @property
    def forms(self) -> tuple[Text, ...]:
        """The forms of participation, in words."""
        return tuple(PARTICIPATION_FORMS[code].label for code in self.participation)


@dataclass(frozen=True)
class Results:
    """
    One page of a search.

    Attributes:
        counts: For each group (``"domains"``, ``"participation"``, ``"recognition"``, ``"free"``), how many
            rows each code would give with the other groups as they are.
        everything: How many are published in all, whatever was asked.
    """

    cards: tuple[Card, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[str, Mapping[str, int]]
    everything: int


def _offered() -> QuerySet[CatalogueEntry]:
    return CatalogueEntry.objects.filter(micro_credential__withdrawn_at__isnull=True)


def _asked(criteria: Criteria) -> QuerySet[CatalogueEntry]:
    entries = _offered()
    for term in query_terms(criteria.text):
        entries = entries.filter(text__contains=f" {term}")
    for term in query_terms(criteria.place):
        entries = entries.filter(place_text__contains=f" {term}")
    return entries


def _any_form(codes: Iterable[str]) -> Q:
    wanted = Q()
    for code in codes:
        wanted |= Q(participation__contains=f",{code},")
    return wanted


def _groups(criteria: Criteria) -> dict[str, Q]:
    return {
        "domains": Q(domain__in=criteria.domains) if criteria.domains else Q(),
        "participation": _any_form(criteria.participation),
        "recognition": Q(recognition__in=criteria.recognition) if criteria.recognition else Q(),
        "free": Q(is_free=True) if criteria.free else Q(),
    }


def _counts(entries: QuerySet[CatalogueEntry], groups: Mapping[str, Q]) -> dict[str, dict[str, int]]:
    options: dict[str, dict[str, Q]] = {
        "domains": {code: Q(domain=code) for code in DOMAINS},
        "participation": {code: _any_form([code]) for code in PARTICIPATION_FORMS.concepts},
        "recognition": {status.value: Q(recognition=status.value) for status in RecognitionStatus},
        "free": {"1": Q(is_free=True)},
    }
    asked: dict[str, Count] = {}
    for group, codes in options.items():
        others = Q()
        for name, condition in groups.items():
            if name != group:
                others &= condition
        for code, condition in codes.items():
            asked[f"{group}__{code}"] = Count("pk", filter=condition & others)
    numbers = entries.order_by().aggregate(**asked)
    return {group: {code: numbers[f"{group}__{code}"] for code in codes} for group, codes in options.items()}


def _ordered(entries: QuerySet[CatalogueEntry], criteria: Criteria) -> QuerySet[CatalogueEntry]:
    if criteria.sort is Sort.TITLE:
        return entries.order_by("title_key", "pk")
    wanted = query_terms(criteria.text)
    if not wanted:
        return entries.order_by("-published_at", "title_key", "pk")
    in_title = Q()
    for term in wanted:
        in_title &= Q(title_text__contains=f" {term}")
    rank = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
    return entries.annotate(rank=rank).order_by("rank", "-published_at", "title_key", "pk")


def _card(entry: CatalogueEntry) -> Card:
    content = entry.specification.read()
    return Card(
        slug=entry.micro_credential.slug,
        title=content.title,
        description=content.description,
        organisation_name=entry.organisation.legal_name,
        organisation_slug=entry.organisation.slug,
        place=entry.organisation.locality,
        domain=content.domain,
        hours=content.workload_hours,
        level=content.level,
        participation=content.participation,
        is_free=entry.is_free,
        price_euros=content.price_euros,
        recognition=content.recognition.status,
        published_at=entry.published_at,
        is_demonstration=entry.organisation.is_demonstration,
    )


def _cards(entries: QuerySet[CatalogueEntry]) -> tuple[Card, ...]:
    return tuple(
        _card(entry) for entry in entries.select_related("specification", "micro_credential", "organisation")
    )


def search(criteria: Criteria) -> Results:
    """The page of the catalogue that answers *criteria*; a page past the last gives the last."""
    entries = _asked(criteria)
    groups = _groups(criteria)
    found = entries
    for condition in groups.values():
        found = found.filter(condition)
    total = found.count()
    pages = max(1, ceil(total / PAGE_SIZE))
    page = min(max(1, criteria.page), pages)
    start = (page - 1) * PAGE_SIZE
    return Results(
        cards=_cards(_ordered(found, criteria)[start : start + PAGE_SIZE]),
        total=total,
        page=page,
        pages=pages,
        counts=_counts(entries, groups),
        everything=_offered().count(),
    )


def latest(limit: int) -> tuple[Card, ...]:
    """The micro-certifications published last."""
    return _cards(_offered().order_by("-published_at", "title_key")[:limit])


def of_organisation(organisation: Organisation) -> tuple[Card, ...]:
    """What *organisation* offers, by title."""
    return _cards(_offered().filter(organisation=organisation).order_by("title_key"))


@dataclass(frozen=True)
class Figures:
    """How much there is in the catalogue."""

    micro_credentials: int
    organisations: int


def figures() -> Figures:
    """The true numbers of the home page."""
    numbers = _offered().aggregate(
        micro_credentials=Count("pk"), organisations=Count("organisation", distinct=True)
    )
    return Figures(**numbers)


def addresses() -> list[tuple[str, datetime]]:
    """Slug and date of each micro-certification offered, for the site map."""
    return list(
        _offered().order_by("micro_credential__slug").values_list("micro_credential__slug", "published_at")
    )
