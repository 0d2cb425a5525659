"""Concepts by address or code, with what surrounds them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from jalon.foundation import clock
from jalon.frameworks.models import Concept, ConceptRelation, Edition, Framework
from jalon.frameworks.rules.fates import as_kept
from jalon.frameworks.rules.kinds import EditionState, RelationKind


@dataclass(frozen=True)
class Neighbour:
    """A concept that another one points to, or that points to it."""

    kind: RelationKind
    is_incoming: bool
    concept: Concept


def concept_at(uri_or_code: str) -> Concept | None:
    """The concept at an address, or the one with a code; of several frameworks' with it, a current one."""
    return next(iter(concepts_at(uri_or_code)), None)


def concepts_at(uri_or_code: str) -> list[Concept]:
    """All concepts with that address or code (in whatever case), current ones first; at most 20."""
    typed = uri_or_code.strip()
    exact = Q(uri=as_kept(typed)) | Q(code=typed) | Q(code=typed.upper())
    found = Concept.objects.select_related("framework", "last_edition").filter(exact)[:20]
    return sorted(found, key=lambda row: (not row.is_current, row.framework_id, row.pk))


def neighbours_of(concept: Concept, *, most: int = 200) -> list[Neighbour]:
    """What it points to and what points to it, as the latest editions say, at most *most* each way."""
    outgoing = ConceptRelation.objects.filter(source=concept, is_current=True).select_related("target")
    incoming = ConceptRelation.objects.filter(target=concept, is_current=True).select_related("source")
    return [
        *(Neighbour(RelationKind(r.kind), False, r.target) for r in outgoing.order_by("kind", "pk")[:most]),
        *(Neighbour(RelationKind(r.kind), True, r.source) for r in incoming.order_by("kind", "pk")[:most]),
    ]


def blocks_of(certification: Concept) -> list[Concept]:
    """The blocs of a certification that its latest edition has, by code."""
    return list(
        Concept.objects.filter(
            relations__target=certification,
            relations__kind=RelationKind.PART_OF,
            relations__is_current=True,
        ).order_by("code", "pk")
    )


def active_certification(code: str) -> Concept | None:
    """The fiche or bloc with that code whose registration runs today; None where none is known to."""
    today = clock.today()
    for row in Concept.objects.filter(code=code.strip().upper(), framework__in=("rncp", "rs")):
        if (
            row.is_current
            and row.facts.get("is_active")
            and (not row.valid_until or row.valid_until >= today)
        ):
            return row
    return None


def latest_edition(framework: str) -> Edition | None:
    """The complete edition that sorts last; None where none was imported."""
    return (
        Edition.objects.filter(framework=framework, state=EditionState.COMPLETE)
        .order_by("-version_key", "-pk")
        .first()
    )


def attribution(framework: str, language: str = "fr") -> str:
    """The sentence to show wherever concepts of *framework* are shown; ``""`` where it was never imported."""
    row = Framework.objects.filter(pk=framework).first()
    edition = latest_edition(framework)
    if row is None or edition is None:
        return ""
    sentence = row.attributions.get(language) or row.attributions.get("fr") or ""
    return str(sentence).replace("{version}", edition.version)
