"""
Concepts near a text: suggestions and nothing more.

Nothing is written here: an alignment is what a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from jalon.frameworks import embeddings, index
from jalon.frameworks.models import Concept
from jalon.frameworks.rules import stemming, suggesting
from jalon.frameworks.rules.postings import Floats
from jalon.frameworks.rules.suggesting import TextVectors
from jalon.frameworks.rules.suggesting_index import OCCUPATION, SuggestionIndex
from jalon.frameworks.rules.suggesting_phrases import phrases
from jalon.frameworks.rules.suggesting_reasons import Named, Reason, reasons

# The meaning is named as a reason for the concepts whose closeness is among so many nearest.
_NEAREST = 30
_TEXTS_AT_ONCE = 64


@dataclass(frozen=True)
class Suggestion:
    """A concept, how near it is (comparable within one answer only), and why."""

    concept: Concept
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class PhraseSuggestions:
    """A phrase of a programme and what is near it."""

    phrase: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True)
class _Ranked:
    rows: list[int]
    total: Floats
    closeness: Floats | None


def knows_meaning() -> bool:
    """Whether vectors are at hand; without them words alone are compared, which a page should say."""
    index.suggestion_index()
    return index.concept_vectors() is not None


def suggestions(
    text: str,
    lang: str = "fr",
    *,
    frameworks: Sequence[str] = (),
    with_occupations: bool = False,
    limit: int = 10,
) -> list[Suggestion]:
    """
    Concepts near *text* (an outcome, a phrase), best first, each with its reasons.

    Args:
        lang: Of the text: ``fr`` or ``en``; another one is taken as French, whose names are then compared.
        frameworks: Only these; all where none is named.
        with_occupations: Occupations too, which no outcome is aligned to.

    Returns:
        Nothing where the text has no word: only signs, only emoji.
    """
    language = lang if lang in stemming.LANGUAGES else "fr"
    looked_in = index.suggestion_index()
    if not stemming.words(text) or not len(looked_in):
        return []
    allowed = _allowed(looked_in, frameworks)
    if not with_occupations:
        allowed &= looked_in.sorts != OCCUPATION
    ranked = next(_ranked(looked_in, [(text, language)], [allowed], limit, lexical_only=False))
    return _told(looked_in, text, language, ranked)


def programme_suggestions(
    text: str, lang: str = "", *, frameworks: Sequence[str] = (), limit: int = 5, most_phrases: int = 60
) -> list[PhraseSuggestions]:
    """
    A whole programme: its phrases that look like outcomes, in their order, each with its suggestions.

    Args:
        lang: Of the text; guessed where it is not given.
    """
    language = lang or stemming.guessed_language(text[:20_000])
    return [
        PhraseSuggestions(phrase, tuple(suggestions(phrase, language, frameworks=frameworks, limit=limit)))
        for phrase in phrases(text, most=most_phrases)
    ]


def ranked_uris(
    texts: Sequence[tuple[str, str]],
    *,
    frameworks: Sequence[str] = (),
    limit: int = 50,
    lexical_only: bool = False,
) -> Iterator[list[str]]:
    """
    For each text and language the addresses of the nearest concepts; for measuring.

    Occupations are among them where the text begins as their titles do.
    """
    looked_in = index.suggestion_index()
    uris = dict(Concept.objects.order_by().values_list("pk", "uri"))
    everything = _allowed(looked_in, frameworks)
    no_occupation = everything & (looked_in.sorts != OCCUPATION)
    known = [(text, lang if lang in stemming.LANGUAGES else "fr") for text, lang in texts]
    allowed = [
        everything if suggesting.is_title(looked_in, text, lang) else no_occupation for text, lang in known
    ]
    for ranked in _ranked(looked_in, known, allowed, limit, lexical_only=lexical_only):
        yield [uris[int(looked_in.ids[row])] for row in ranked.rows if int(looked_in.ids[row]) in uris]


def _allowed(looked_in: SuggestionIndex, frameworks: Sequence[str]) -> np.ndarray:
    if not frameworks:
        return np.ones(len(looked_in), np.bool_)
    numbers = [n for n, code in enumerate(looked_in.framework_codes) if code in frameworks]
    return np.isin(looked_in.frameworks, numbers)


def _ranked(
    looked_in: SuggestionIndex,
    texts: Sequence[tuple[str, str]],
    allowed: Sequence[np.ndarray],
    limit: int,
    *,
    lexical_only: bool,
) -> Iterator[_Ranked]:
    vectors = None if lexical_only else index.concept_vectors()
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        some = [(text[: suggesting.MOST_SIGNS], lang) for text, lang in texts[start : start + _TEXTS_AT_ONCE]]
        seen = None if vectors is None else _seen([text for text, _ in some])
        for number, (text, language) in enumerate(some):
            measures = suggesting.lexical_measures(looked_in, text, language)
            closeness = None
            if vectors is not None and seen is not None:
                meaning = suggesting.semantic_measures(looked_in, vectors, seen[number], language)
                measures.update(meaning)
                closeness = meaning["best_label"]
            total = suggesting.scores(measures, suggesting.has_name(looked_in, text))
            yield _Ranked(suggesting.best(total, allowed[start + number], limit), total, closeness)


def _seen(texts: Sequence[str]) -> list[TextVectors] | None:
    """
    Texts and their pieces as the model sees them.

    A text is looked at both as a thing sought and as a thing found: it is as short as what it is compared to.
    """
    model = embeddings.embedder()
    if model is None:
        return None
    parts = [suggesting.pieces(text) for text in texts]
    flat = [*texts, *(part for some in parts for part in some)]
    found = model.passage(flat)
    sought = model.query(texts)
    seen: list[TextVectors] = []
    place = len(texts)
    for number, some in enumerate(parts):
        pieces = found[place : place + len(some)]
        place += len(some)
        seen.append(TextVectors(np.stack([sought[number], found[number]]), pieces))
    return seen


def _told(looked_in: SuggestionIndex, text: str, language: str, ranked: _Ranked) -> list[Suggestion]:
    concepts = Concept.objects.in_bulk([int(looked_in.ids[row]) for row in ranked.rows])
    near = _near(ranked.closeness)
    told: list[Suggestion] = []
    for row in ranked.rows:
        concept = concepts.get(int(looked_in.ids[row]))
        if concept is None:
            continue  # gone since the index was made
        named = Named(concept.labels, concept.alt_labels, concept.descriptions)
        why = reasons(text, language, named, index=looked_in, is_near=row in near)
        told.append(Suggestion(concept, float(ranked.total[row]), why))
    return told


def _near(closeness: Floats | None) -> set[int]:
    if closeness is None:
        return set()
    count = min(_NEAREST, len(closeness))
    return {int(row) for row in np.argpartition(-closeness, count - 1)[:count]}
