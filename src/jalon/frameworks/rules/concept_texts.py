"""What a concept says, as plain values: what indexes are built from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jalon.frameworks.rules.kinds import ConceptKind

# Suggested for an outcome. Blocks of certifications, groups and fields are found by search.
SUGGESTED = (ConceptKind.SKILL, ConceptKind.KNOWLEDGE, ConceptKind.COMPETENCE, ConceptKind.OCCUPATION)

MOST_ALT_LABELS = 40
MOST_HIDDEN_SIGNS = 2_000
MOST_DESCRIPTION_SIGNS = 600
# A vector is made of so much. What a description opens with says what it is about: with 300 signs the model
# reads half as long again, and suggestions are no better.
MOST_VECTOR_SIGNS = 300
MOST_DESCRIBED_SIGNS = 110


@dataclass(frozen=True)
class ConceptText:
    """A concept's words by language; ``hidden`` and ``descriptions`` are cut to what is indexed."""

    id: int
    uri: str
    framework: str
    kind: ConceptKind
    labels: Mapping[str, str]
    alt_labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    code: str = ""

    def names(self, language: str) -> Iterator[str]:
        """Its label, then its other names, in *language*."""
        if self.labels.get(language):
            yield self.labels[language]
        yield from self.alt_labels.get(language, ())

    @property
    def is_suggested(self) -> bool:
        return self.kind in SUGGESTED


def short(label: str) -> str:
    """What of a *label* a vector is made of."""
    return " ".join(label.split())[:MOST_VECTOR_SIGNS]


def opening(description: str) -> str:
    """What of a *description* a vector is made of: its first words."""
    text = " ".join(description.split())
    if len(text) <= MOST_DESCRIBED_SIGNS:
        return text
    cut = text[:MOST_DESCRIBED_SIGNS]
    return cut.rpartition(" ")[0] or cut
