"""What a search asks, and how words are brought close enough to meet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from jalon.foundation.identifiers import folded

PAGE_SIZE = 20
LONGEST_QUERY = 200

# Words that say nothing of a subject, folded.
_EMPTY_WORDS = """
    a au aux avec ce ces cette d dans de des du en et l la le les leur leurs ma mes mon ou par pas pour
    qu que qui sa sans se ses son sur un une vos votre and for in of on or the to with
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
# Endings taken off from the longest, while four letters at least remain.
_ENDINGS_TAKEN_OFF = """
    ations ation ements ement ateurs ateur atrices atrice euses euse eurs eur ages age antes ante ants ant
    ees ee es er ez ir ings ing s x e
"""
_ENDINGS = tuple(sorted(_ENDINGS_TAKEN_OFF.split(), key=len, reverse=True))
_SHORTEST_STEM = 4


class Sort(StrEnum):
    """In which order the rows come; the value is what the address says."""

    NEWEST = "recent"
    TITLE = "titre"
    NEAREST = "distance"
    SOONEST = "date"


RADII_KM = (10, 20, 30, 50, 100)
USUAL_RADIUS_KM = 30
WIDEST_RADIUS_KM = 500

# What the address calls each group of options of `rules.facets`.
NAMES = {
    "domains": "domaine",
    "levels": "niveau",
    "hours": "duree",
    "participation": "forme",
    "recognition": "reconnaissance",
    "price": "prix",
    "funding": "financement",
    "access": "acces",
    "seasons": "saison",
}


@dataclass(frozen=True)
class Criteria:
    """
    What a visitor asks of the catalogue.

    Attributes:
        text: Any words: a gesture, a trade.
        place: A commune, a postal code or a region, as typed.
        commune_code: INSEE code of the commune that was meant, where a list was chosen from.
        radius_km: How far from it, as the crow flies; 0 is the commune itself.
        department, region: Codes of a French one: ``"48"``, ``"2A"``, ``"974"``; ``"76"``.
        domains to seasons: Codes of `rules.facets.GROUPS`; any of one group will do, every one of `access`.
        free: Only what asks nothing of the learner.
        starts_from, starts_before: A session begins between these two days, both in.
        with_seats: A session still takes people.
        page: From 1.
    """

    text: str = ""
    place: str = ""
    commune_code: str = ""
    radius_km: int = USUAL_RADIUS_KM
    department: str = ""
    region: str = ""
    domains: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    participation: tuple[str, ...] = ()
    recognition: tuple[str, ...] = ()
    free: bool = False
    price: tuple[str, ...] = ()
    funding: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    seasons: tuple[str, ...] = ()
    starts_from: date | None = None
    starts_before: date | None = None
    with_seats: bool = False
    sort: Sort = Sort.NEWEST
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether anything at all is asked."""
        return bool(
            self.text
            or self.place
            or self.commune_code
            or self.department
            or self.region
            or any(self.chosen.values())
            or self.asks_dates
        )

    @property
    def asks_dates(self) -> bool:
        """Whether a session is asked for."""
        return bool(self.starts_from or self.starts_before or self.with_seats)

    @property
    def dates_are_reversed(self) -> bool:
        """Whether nothing can begin between the two days."""
        return bool(self.starts_from and self.starts_before and self.starts_before < self.starts_from)

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The options asked for, by group of `rules.facets`."""
        groups: dict[str, tuple[str, ...]] = {group: getattr(self, group) for group in NAMES}
        return groups | {"free": ("1",) if self.free else ()}

    def query_string(self) -> str:
        """The address's own words for these criteria, page left out when it is the first."""
        pairs: list[tuple[str, str]] = []
        if self.text:
            pairs.append(("q", self.text))
        if self.place:
            pairs.append(("commune", self.place))
        if self.commune_code:
            pairs.append(("code", self.commune_code))
        if self.radius_km != USUAL_RADIUS_KM:
            pairs.append(("rayon", str(self.radius_km)))
        if self.department:
            pairs.append(("departement", self.department))
        if self.region:
            pairs.append(("region", self.region))
        for group, name in NAMES.items():
            pairs += [(name, code) for code in getattr(self, group)]
        if self.free:
            pairs.append(("sans_frais", "1"))
        if self.starts_from:
            pairs.append(("des", self.starts_from.isoformat()))
        if self.starts_before:
            pairs.append(("avant", self.starts_before.isoformat()))
        if self.with_seats:
            pairs.append(("places", "1"))
        if self.sort is not Sort.NEWEST:
            pairs.append(("tri", self.sort.value))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return urlencode(pairs)

    def at_page(self, page: int) -> Criteria:
        """The same criteria, another page."""
        return replace(self, page=page)


def stem(word: str) -> str:
    """
    A folded word without its ending, so that «haies» meets «haie» and «tailler» meets «taille».

    Light on purpose: it may join two words too many, never hides one that was typed exactly.
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def terms(text: str) -> list[str]:
    """The stems that a query or a text comes down to, in order, each once."""
    found = re.findall(r"[a-z0-9]+", folded(text[: LONGEST_QUERY * 500]))
    kept = [word for word in found if word not in _EMPTY] or found
    return list(dict.fromkeys(stem(word) for word in kept))


def query_terms(text: str) -> list[str]:
    """The stems that a typed query must meet; at most twelve."""
    return terms(text[:LONGEST_QUERY])[:12]


def index_text(parts: Iterable[str]) -> str:
    """What is kept for searching: ``" taill hai "``, a space before each stem so that beginnings match."""
    return " " + " ".join(dict.fromkeys(term for part in parts for term in terms(part))) + " "


def marked(codes: Iterable[str]) -> str:
    """Codes as one column: ``"on_site,blended"``; empty for none."""
    return ",".join(codes)
