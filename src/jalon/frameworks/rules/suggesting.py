"""
How near each concept is to a text: a few measures, added with weights that were learnt.

No measure alone is good at both languages and at short and long texts; what each brings is in
docs/reference/suggestions.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jalon.frameworks.rules import stemming
from jalon.frameworks.rules.postings import Floats, cosine_query, largest_by, term_hash
from jalon.frameworks.rules.suggesting_index import (
    OCCUPATION,
    SORTS,
    LanguageIndex,
    SuggestionIndex,
    name_hash,
    other_language,
)
from jalon.frameworks.rules.suggesting_vectors import ConceptVectors, closest
from jalon.frameworks.rules.suggesting_weights import LEXICAL_WEIGHTS, WEIGHTS

# An outcome is a sentence; of a longer text what follows is for `suggesting_phrases`.
MOST_SIGNS = 2_000
_MOST_PIECES = 12
_PIECES = re.compile(
    r"[,;:()•*/\n]| et | ou | ainsi que | dont | and | or | as well as | such as | including | with "
)
# Put first, whatever the rest says: a person who writes the very name of a concept means it.
_SAME_NAME = 100.0

LEXICAL = (
    "all_words",
    "translated_words",
    "signs",
    "text_covered",
    "label_covered",
    "both_covered",
)
SEMANTIC = ("label", "other_label", "best_label", "description", "piece")


@dataclass(frozen=True)
class TextVectors:
    """A text, and its pieces where it has several, as the model sees them; one row each."""

    whole: Floats
    pieces: Floats


def pieces(text: str) -> list[str]:
    """The parts of a text that may each speak of one skill; none where it has only one."""
    found = [part.strip() for part in _PIECES.split(text[:MOST_SIGNS])]
    kept = [part for part in found if len(part) > 2]
    return kept[:_MOST_PIECES] if len(kept) > 1 else []


def scores(measures: Mapping[str, Floats], same_name: NDArray[np.bool_]) -> Floats:
    """One number a concept, from its measures; those of meaning are there or not."""
    weights = WEIGHTS if SEMANTIC[0] in measures else LEXICAL_WEIGHTS
    total = np.zeros(len(same_name), np.float32)
    for name, weight in weights.items():
        total += np.float32(weight) * measures[name]
    return (total + _SAME_NAME * same_name).astype(np.float32)


def has_name(index: SuggestionIndex, text: str) -> NDArray[np.bool_]:
    """Which concepts have *text* for a name, in whatever language, case and accents aside."""
    found = np.zeros(len(index), np.bool_)
    if not stemming.words(text):
        return found
    wanted = np.uint64(name_hash(text))
    for language in index.languages.values():
        found[language.name_owners[language.name_hashes == wanted]] = True
    return found


def lexical_measures(index: SuggestionIndex, text: str, language: str) -> dict[str, Floats]:
    """
    What the words say, one value a concept.

    ``all_words``: BM25 over all texts, as a share of what the text could reach; ``translated_words``: the
    same in the other language, word by word; ``signs``: cosine of runs of signs with the nearest name;
    ``…_covered``: the share of the text's, of the label's rare words that the other has, and their geometric
    mean.
    """
    own, other = index.languages[language], index.languages[other_language(language)]
    terms = sorted({term_hash(stem) for stem in stemming.stems(text, language)})
    query = dict.fromkeys(terms, 1.0)
    translated = own.translated(terms)
    signs = stemming.grams(text)
    text_covered, label_covered = _covered(own, terms)
    size = len(index)
    return {
        "all_words": own.texts.score(query) / _reach(own, query),
        "translated_words": other.texts.score(translated) / _reach(other, translated),
        "signs": largest_by(own.name_owners, own.grams.score(cosine_query(own.grams, signs)), size),
        "text_covered": text_covered,
        "label_covered": label_covered,
        "both_covered": np.sqrt(text_covered * label_covered),
    }


def semantic_measures(
    index: SuggestionIndex, vectors: ConceptVectors, text: TextVectors, language: str
) -> dict[str, Floats]:
    """What the model says: closeness to labels and descriptions, and of the best piece."""
    size = len(index)
    whole = vectors.placed(text.whole, language).sum(axis=0)
    query = (whole / max(float(np.linalg.norm(whole)), 1e-9)).astype(np.float32)
    own = vectors.labels[language] @ query
    other = vectors.labels[other_language(language)] @ query
    best = np.maximum(own, other)
    piece = best
    if len(text.pieces):
        parts = vectors.placed(text.pieces, language).T
        piece = np.maximum(best, (vectors.labels[language] @ parts).max(axis=1))
    return {
        "label": own,
        "other_label": other,
        "best_label": best,
        "description": closest(vectors.description_owners, vectors.descriptions, query, size),
        "piece": piece,
    }


def _reach(own: LanguageIndex, query: Mapping[int, float]) -> np.float32:
    return np.float32(sum(weight * own.labels.rarity_of(term) for term, weight in query.items()) + 1e-6)


def _covered(own: LanguageIndex, terms: Sequence[int]) -> tuple[Floats, Floats]:
    starts = own.label_starts
    met = np.where(np.isin(own.label_terms, np.array(terms, np.uint64)), own.label_rarities, np.float32(0))
    summed_met = np.concatenate([np.zeros(1), np.cumsum(met, dtype=np.float64)])
    summed_all = np.concatenate([np.zeros(1), np.cumsum(own.label_rarities, dtype=np.float64)])
    shared = summed_met[starts[1:]] - summed_met[starts[:-1]]
    of_label = summed_all[starts[1:]] - summed_all[starts[:-1]]
    of_text = sum(own.labels.rarity_of(term) for term in terms) + 1e-6
    return (shared / of_text).astype(np.float32), (shared / np.maximum(of_label, 1e-6)).astype(np.float32)


_DOUBLET = re.compile(r"\b([^\W\d_]{4})[^\W\d_]*\s*/\s*\1", re.IGNORECASE)


def is_title(index: SuggestionIndex, text: str, language: str) -> bool:
    """
    Whether *text* begins as the titles of occupations do, rather than as what one can do or knows.

    «Technicien / Technicienne …», a title in both genders, is an occupation's in French.
    """
    if _DOUBLET.search(text):
        return True
    stems = stemming.stems(text, language)
    counts = index.languages[language].sorts_beginning_with(stems[0]) if stems else np.zeros(SORTS)
    return bool(counts[OCCUPATION] > counts.sum() / 2)


def best(total: Floats, allowed: NDArray[np.bool_], count: int) -> list[int]:
    """The rows of the *count* highest scores among the allowed, best first; equals in the order of rows."""
    rows = np.flatnonzero(allowed)
    if not len(rows):
        return []
    values = total[rows]
    if len(rows) > count:
        least = np.partition(values, len(rows) - count)[len(rows) - count]
        keep = values >= least
        rows, values = rows[keep], values[keep]
    return [int(row) for row in rows[np.argsort(-values, kind="stable")][:count]]
