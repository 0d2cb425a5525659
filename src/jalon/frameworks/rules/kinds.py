"""The kinds of concepts, of relations between them, and what may become of either."""

from __future__ import annotations

from enum import StrEnum


class ConceptKind(StrEnum):
    """What an entry of a framework is."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    COMPETENCE = "competence"  # of a competence framework: GreenComp, DigComp
    OCCUPATION = "occupation"
    JOB_TITLE = "job_title"  # an « appellation » of ROME
    GROUP = "group"  # of skills, of occupations; an area of competences
    COLLECTION = "collection"  # a selection across groups: the green skills of ESCO
    CERTIFICATION = "certification"
    BLOCK = "block"  # a part of a certification that is assessed by itself
    LEVEL = "level"
    FIELD = "field"  # a field of education: ISCED-F, NSF, Formacode


# What an outcome may be aligned to; the others are ways to find these.
ALIGNABLE = (ConceptKind.SKILL, ConceptKind.KNOWLEDGE, ConceptKind.COMPETENCE, ConceptKind.BLOCK)


class RelationKind(StrEnum):
    """How a concept points to another one."""

    BROADER = "broader"
    ESSENTIAL = "essential"  # this occupation or skill cannot do without that skill
    OPTIONAL = "optional"
    EXACT = "exact"  # mappings between frameworks, as SKOS has them
    CLOSE = "close"
    BROAD = "broad"
    NARROW = "narrow"
    PART_OF = "part_of"
    COLLECTION = "collection"  # belongs to that collection


# Said in one and the same file: what is no longer essential may be optional, or nothing any more.
_FAMILIES = (
    (RelationKind.ESSENTIAL, RelationKind.OPTIONAL),
    (RelationKind.EXACT, RelationKind.CLOSE, RelationKind.BROAD, RelationKind.NARROW),
)


def family_of(kind: RelationKind) -> tuple[RelationKind, ...]:
    """The relations that are said together with *kind*, itself among them."""
    return next((family for family in _FAMILIES if kind in family), (kind,))


class ConceptStatus(StrEnum):
    """Whether the latest edition has a concept."""

    CURRENT = "current"
    WITHDRAWN = "withdrawn"


class EditionState(StrEnum):
    """How far the import of an edition is."""

    IMPORTING = "importing"
    COMPLETE = "complete"
    FAILED = "failed"


class Fate(StrEnum):
    """What became of a concept that somebody relied on."""

    CURRENT = "current"
    ENDED = "ended"  # still listed, but its registration is over
    REPLACED = "replaced"
    SPLIT = "split"  # several take its place
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"  # no imported edition has it: nothing is said against it
