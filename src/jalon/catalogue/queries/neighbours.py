"""What others already publish about the same thing, so that a territory adapts instead of beginning again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from jalon.catalogue.models import CatalogueEntry
from jalon.catalogue.queries.cards import offered
from jalon.catalogue.queries.places import commune_of
from jalon.catalogue.queries.searching import TABLE
from jalon.catalogue.rules.searching import query_terms
from jalon.design.models import Adaptation, MicroCredential, Specification
from jalon.design.rules.likeness import NEAR, likeness
from jalon.foundation import database
from jalon.people.models import Organisation
from jalon.territory.models import Commune
from jalon.territory.rules.places import distance_km

# Entries looked at for one word of the title; a word that many share says little by itself.
_MOST_PER_WORD = 80


@dataclass(frozen=True)
class Neighbour:
    """
    Another organisation's published micro-certification about the same thing.

    Attributes:
        likeness: `design.rules.likeness`, from `NEAR` to 1.0.
        km: Between the two organisations, whole kilometres; None where either place is not known.
    """

    specification: Specification
    organisation: Organisation
    likeness: float
    km: int | None


def neighbours(specification: Specification, limit: int = 3) -> list[Neighbour]:
    """
    The published micro-certifications of other organisations most like *specification*, the most alike first,
    the nearer first where they are as alike. Neither the one that it was copied from nor a copy of it is
    told: both are known.
    """
    content = specification.read()
    here = specification.micro_credential.organisation
    place = commune_of(here)
    found: list[Neighbour] = []
    for entry in _candidates(specification):
        alike = likeness(content, entry.specification.read())
        if alike >= NEAR:
            found.append(
                Neighbour(entry.specification, entry.organisation, alike, _km(place, entry.organisation))
            )
    found.sort(key=lambda each: (-round(each.likeness, 1), each.km is None, each.km or 0))
    return found[:limit]


def _candidates(specification: Specification) -> list[CatalogueEntry]:
    """One entry per micro-certification that shares a word of the title."""
    design = specification.micro_credential
    others = (
        offered()
        .exclude(organisation=design.organisation_id)
        .exclude(micro_credential__in=_kin(design))
        .select_related("specification__micro_credential", "organisation")
    )
    found: dict[object, CatalogueEntry] = {}
    for words in specification.read().title.as_dict().values():
        for word in query_terms(words)[:6]:
            numbers = database.with_words(TABLE, "number", "text", [word])
            for entry in others.filter(number__in=numbers).order_by("-published_at")[:_MOST_PER_WORD]:
                found.setdefault(entry.micro_credential_id, entry)
    return list(found.values())


def _kin(design: MicroCredential) -> list[UUID]:
    """The micro-credential that this one was copied from, and those copied from it."""
    links = Adaptation.objects.filter(
        Q(micro_credential=design) | Q(source__micro_credential=design), source__isnull=False
    ).values_list("micro_credential_id", "source__micro_credential_id")
    return [each for link in links for each in link if each != design.id]


def _km(here: Commune | None, organisation: Organisation) -> int | None:
    there = commune_of(organisation)
    points = [
        (place.latitude, place.longitude)
        for place in (here, there)
        if place is not None and place.latitude is not None and place.longitude is not None
    ]
    if len(points) < 2:
        return None
    (lat1, lon1), (lat2, lon2) = points
    return round(distance_km(lat1, lon1, lat2, lon2))
