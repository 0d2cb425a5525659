"""
Whether two needs may be the same one: a suggestion with its reasons, never a decision.

Words first: needs about different things are not alike however near they are. Then place and date, which can
only lower what the words say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import snowballstemmer
from rapidfuzz import fuzz

from jalon.foundation.identifiers import folded
from jalon.territory.rules.places import distance_km

MOST_STEMS = 60
# Below, a pair is not worth a person's attention. Set on the pairs of tests/jalon/territory/test_likeness.py.
WORTH_SHOWING = 0.44
NEAR_KM = 40.0
FAR_KM = 120.0
# Words that any need may hold: they make nothing alike.
_COMMON_WORDS = """
    a ai ainsi apprendre au aucun aupres aura aussi autre aux autour avec avoir avons ayant besoin besoins
    bien c capable capables ce cela ces cet cette chaque chez cherche chercher cherchons comme comment
    competence competences d dans de des deux devoir dois doit doivent du elle elles en encore entre es est et
    etre eux faire faut formation formations former forme formee formes gens il ils j je l la le les
    leur leurs lui ma mais me mes mieux moins mon n ne ni nos notre nous on ont ou par pas pendant personne
    personnes peu peut plus plusieurs pour pouvoir qu quand que quelqu quelques qui recherche
    recherchons s sa salarie salaries sait sans savoir se ses si son sont sur ta te tes toute tous
    tout tres trop trouver tu un une vos votre vous y
    able about an and are at be by can could for from have help how i in is it know learn learning looking
    need needed needs of or our people person skill skills so some someone that the their them they this to
    training us want we who will with would you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())
# Gestures and places of every trade: shared, they say little of what is done. As they are stemmed.
_GENERAL_WORDS = """
    accompagner aider aide accueillir accueil agricole conduire conduite entretenir entretien exploitation
    fabriquer fabrication ferme gerer gestion installer installation poser pose preparer reparer reparation
    service soigner soins suivre suivi utiliser vendre vente
    care driving farm install installation look making managing repairing running selling using working
"""


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    return snowballstemmer.stemmer("french")


def stems(text: str) -> tuple[str, ...]:
    """
    The roots of the words that carry meaning, each once, in order; at most `MOST_STEMS`.

    Stemmed with their accents, which the algorithm needs, then folded: ``"Réparer des tronçonneuses"`` gives
    ``("repar", "tronconneux")`` or what Snowball makes of it.
    """
    found: dict[str, None] = {}
    for word in re.findall(r"[^\W_]+", text[:20_000].casefold().replace("’", "'")):
        if len(word) < 2 or folded(word) in _COMMON:
            continue
        found[_stem(word)] = None
        if len(found) >= MOST_STEMS:
            break
    return tuple(found)


def _stem(word: str) -> str:
    stem = folded(_stemmer().stemWord(word))
    for ending in ("ing", "ery", "ly"):
        root = stem.removesuffix(ending)
        if root != stem and len(root) >= 3:
            # «running» is of «run»
            return root[:-1] if root[-1] == root[-2] and root[-1] not in "ls" else root
    return stem


_GENERAL = frozenset(_stem(word) for word in _GENERAL_WORDS.split())
_WEIGHT_OF_GENERAL = 0.4


def stem_key(text: str) -> str:
    """The stems with spaces around each, for a database to look whole stems up in: ``" repar mur "``."""
    joined = " ".join(stems(text))
    return f" {joined} " if joined else ""


@dataclass(frozen=True)
class Comparable:
    """What of a need is compared. The point is None where the place is only known in words."""

    stems: tuple[str, ...]
    point: tuple[float, float] | None = None
    needed_by: date | None = None


@dataclass(frozen=True)
class Likeness:
    """
    How alike two needs are.

    Attributes:
        score: 0 (nothing in common) to 1.
        shared: Stems that both have, for the page to show in their own words.
        km: How far apart, None when one of the places is no point.
        days: Between the two dates, None when one has none.
    """

    score: float
    shared: tuple[str, ...]
    km: float | None
    days: int | None

    @property
    def is_worth_showing(self) -> bool:
        return self.score >= WORTH_SHOWING


def likeness(one: Comparable, other: Comparable) -> Likeness:
    """How alike two needs are; the same whichever comes first."""
    shared = _shared(one.stems, other.stems)
    km = distance_km(*one.point, *other.point) if one.point and other.point else None
    days = abs((one.needed_by - other.needed_by).days) if one.needed_by and other.needed_by else None
    score = _words(one.stems, other.stems, shared) * _nearness(km) * _season(days)
    return Likeness(round(score, 3), shared, km, days)


def _shared(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    """Stems of *one* that *other* has too, give or take a slip of the keyboard in a long word."""
    others = list(other)
    return tuple(stem for stem in one if any(_same(stem, each) for each in others))


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    # «mur» and «muret»; «souder» and «soudure» stem to «soud» and «soudur»
    if len(short) >= 3 and long.startswith(short) and len(long) - len(short) <= 2:
        return True
    return len(short) >= 5 and fuzz.ratio(one, other) >= 85


def _words(one: tuple[str, ...], other: tuple[str, ...], shared: tuple[str, ...]) -> float:
    """The share of the shorter text that the longer one has, softened by how much the longer has besides."""
    if not shared:
        return 0.0
    short, long = sorted((_weight(one), _weight(other)))
    both = min(_weight(shared), short)
    telling = sum(stem not in _GENERAL for stem in shared)
    # One telling word in common, of two or three: chance.
    weight = 1.0 if telling >= 2 or len(one) == len(other) == len(shared) else 0.6
    return weight * (0.7 * both / short + 0.3 * both / (short + long - both))


def _weight(stems_of: Iterable[str]) -> float:
    return sum(_WEIGHT_OF_GENERAL if stem in _GENERAL else 1.0 for stem in stems_of)


def _nearness(km: float | None) -> float:
    if km is None or km <= NEAR_KM:
        return 1.0
    # The same words 200 km away are another territory's need, however alike.
    return 0.4 if km >= FAR_KM else 1.0 - 0.6 * (km - NEAR_KM) / (FAR_KM - NEAR_KM)


def _season(days: int | None) -> float:
    """A year apart is another season's need, and still worth bringing together: it weighs little."""
    return 1.0 if days is None or days <= 180 else 0.9 if days <= 400 else 0.8
