"""A fiche or a bloc of the RNCP or RS, from what was imported of the register."""

from __future__ import annotations

from jalon.design.rules.imports import RegisterEntry
from jalon.frameworks.models import Concept
from jalon.frameworks.queries.concepts import blocks_of, concepts_at, neighbours_of
from jalon.frameworks.rules.kinds import ConceptKind, RelationKind

_REGISTERS = frozenset({"rncp", "rs"})


def register_entry(code: str) -> RegisterEntry | None:
    """The entry with that code, in whatever case; None where the register was not imported or has none."""
    found = [each for each in concepts_at("".join(code.split())) if each.framework_id in _REGISTERS]
    return _entry(found[0]) if found else None


def _entry(concept: Concept) -> RegisterEntry:
    if concept.kind == ConceptKind.BLOCK:
        fiche, parts = _fiche_of(concept) or concept, [concept]
    else:
        fiche, parts = concept, blocks_of(concept) or [concept]
    certifiers = fiche.facts.get("certifiers") or []
    return RegisterEntry(
        code=concept.code,
        title=concept.label(),
        address=concept.uri,
        level=concept.facts.get("level"),
        competences=[text for part in parts if (text := _competences(part))],
        assessment=[text for part in parts if (text := part.facts.get("assessment") or "")],
        certifier=", ".join(str(row.get("name", "")) for row in certifiers[:5])[:500],
    )


def _competences(part: Concept) -> str:
    """Of a bloc, its list; of a fiche without blocs (the RS has none), what it attests."""
    if part.kind == ConceptKind.BLOCK:
        return str(part.descriptions.get("fr", ""))
    return str(part.facts.get("abilities") or part.descriptions.get("fr", ""))


def _fiche_of(block: Concept) -> Concept | None:
    """The certification that a bloc is part of."""
    around = neighbours_of(block)
    return next((n.concept for n in around if n.kind is RelationKind.PART_OF and not n.is_incoming), None)
