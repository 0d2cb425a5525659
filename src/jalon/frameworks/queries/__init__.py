"""Questions asked of frameworks: what is here, what surrounds a concept, what became of it."""

from __future__ import annotations

from jalon.frameworks.queries.concepts import (
    Neighbour,
    active_certification,
    attribution,
    blocks_of,
    concept_at,
    concepts_at,
    latest_edition,
    neighbours_of,
)
from jalon.frameworks.queries.editions import Finding, ListedFramework, findings, listed_frameworks
from jalon.frameworks.queries.fates import fate_of

__all__ = [
    "Finding",
    "ListedFramework",
    "Neighbour",
    "active_certification",
    "attribution",
    "blocks_of",
    "concept_at",
    "concepts_at",
    "fate_of",
    "findings",
    "latest_edition",
    "listed_frameworks",
    "neighbours_of",
]
