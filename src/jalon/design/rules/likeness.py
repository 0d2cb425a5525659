"""
How much two specifications are about the same thing: by the stems of their titles and outcomes.

    alike = likeness(mine, theirs)    # 0.0 to 1.0
    alike >= NEAR                     # worth showing to somebody: «un voisin a celle-ci»
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from jalon.design.rules.content import SpecificationContent
from sceau.model.texts import Text

NEAR = 0.45
"""From here on two specifications are shown as neighbours; set on the demonstration's and on rewordings."""

_SMALL_WORDS = (
    "de du des le la les un une et ou a au aux en dans sur pour par avec sans son sa ses ce cette "
    "qui que d l the an of to and or in on for with by its their "
)
_STOP = frozenset(_SMALL_WORDS.split())
_TITLE_SHARE = 0.5


def stems(words: str, language: str = "fr") -> frozenset[str]:
    """The stems of *words*, accents off, without the small words."""
    folded = "".join(c for c in unicodedata.normalize("NFD", words.lower()) if not unicodedata.combining(c))
    found = re.findall(r"[a-z0-9]+", folded.replace("œ", "oe"))
    return frozenset(_stem(word, language) for word in found if word not in _STOP and len(word) > 1)


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    stemmer = snowballstemmer.stemmer("english" if language == "en" else "french")
    return str(stemmer.stemWord(word))


def likeness(mine: SpecificationContent, theirs: SpecificationContent) -> float:
    """
    From 0.0, nothing in common, to 1.0, the same words; in the language where they are most alike.

    Titles count for half, outcomes for half; where one of the two has no outcome yet, titles alone count.
    """
    return max(
        (_in_language(mine, theirs, tag) for tag in _languages(mine) & _languages(theirs)), default=0.0
    )


def _in_language(mine: SpecificationContent, theirs: SpecificationContent, tag: str) -> float:
    titles = _overlap(_stems_of([mine.title], tag), _stems_of([theirs.title], tag))
    ours, others = (
        _stems_of((o.statement for o in content.learning_outcomes), tag) for content in (mine, theirs)
    )
    if not ours or not others:
        return titles
    return _TITLE_SHARE * titles + (1 - _TITLE_SHARE) * _overlap(ours, others)


def _stems_of(texts: Iterable[Text], tag: str) -> frozenset[str]:
    return frozenset().union(*(stems(text.as_dict().get(tag, ""), tag) for text in texts))


def _languages(content: SpecificationContent) -> set[str]:
    return {tag for tag, words in content.title.versions if words}


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared stems over the shorter list: a short title is found in a longer one (Szymkiewicz)."""
    if not one or not other:
        return 0.0
    shorter = min(len(one), len(other))
    # One word in common is no likeness yet.
    return len(one & other) / shorter * (1.0 if shorter > 1 else 0.5)
