"""Concepts by what somebody types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jalon.frameworks import index
from jalon.frameworks.models import Concept
from jalon.frameworks.rules import searching, suggesting


@dataclass(frozen=True)
class Found:
    """A concept, and how well a name of it answers: 1 and more for the very words."""

    concept: Concept
    score: float


def search(
    text: str,
    *,
    lang: str = "fr",
    frameworks: Sequence[str] = (),
    kinds: Sequence[str] = (),
    limit: int = 20,
) -> list[Found]:
    """
    The current concepts whose names answer *text*, best first, as one types.

    Args:
        text: Words in French or English, the last one perhaps begun only; accents, endings and slips of the
            finger are forgiven; a code is found too. Beyond 200 signs the rest is not looked at.
        lang: Whose names come first where both languages answer.
        frameworks, kinds: Only these; all where none is named.
    """
    looked_in = index.search_index()
    total = searching.scores(looked_in, text, lang)
    rows = suggesting.best(total, looked_in.allowed(frameworks, kinds) & (total > 0), limit)
    concepts = Concept.objects.in_bulk([int(looked_in.ids[row]) for row in rows])
    found = [(concepts.get(int(looked_in.ids[row])), float(total[row])) for row in rows]
    return [Found(concept, score) for concept, score in found if concept is not None]
