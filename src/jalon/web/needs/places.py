"""The place that somebody typed: a commune, several of that name, or words where no commune is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jalon.territory import queries
from jalon.territory.models import Commune

MOST_CANDIDATES = 40
_WITH_DEPARTMENT = re.compile(r"^(?P<name>.+?)\s*\((?P<department>\d{2,3}|2[AB])\)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """
    What a typed place is.

    Attributes:
        commune: The one commune that it names.
        candidates: Those that it may be, for the person to choose; more than one, or names that begin so.
        words: As typed, where communes are not imported.
        is_known: Whether `commune` or `words` can be taken as it is.
    """

    commune: Commune | None = None
    candidates: tuple[Commune, ...] = ()
    words: str = ""

    @property
    def is_known(self) -> bool:
        return self.commune is not None or bool(self.words)


def read_place(typed: str, chosen: str = "") -> Place:
    """
    Args:
        typed: «Nasbinals», «Saint-Martin (32)», «48260».
        chosen: The INSEE code that the person picked among the candidates of the same words, or empty.
    """
    words = " ".join(typed.replace("\0", "").split())
    if not words:
        return Place()
    found = _named(words)
    if picked := next((commune for commune in found if commune.code == chosen), None):
        return Place(commune=picked)
    if len(found) == 1:
        return Place(commune=found[0])
    near = tuple(found or queries.communes_like(words, limit=8))
    if not near and not queries.communes_are_known():
        return Place(words=words)
    return Place(candidates=near)


def _named(words: str) -> list[Commune]:
    if with_department := _WITH_DEPARTMENT.match(words):
        asked = with_department["department"].upper()
        return [c for c in queries.communes_named(with_department["name"]) if c.department == asked]
    if re.fullmatch(r"\d{5}|2[ABab]\d{3}", words):
        return queries.communes_like(words, limit=MOST_CANDIDATES)
    return queries.communes_named(words)[:MOST_CANDIDATES]
