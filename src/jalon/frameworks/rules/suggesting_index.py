"""
What suggestion looks things up in: for each language the postings of stems and of runs of signs, the words
that labels begin with, and the translations learnt from labels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jalon.frameworks.rules import stemming, translating
from jalon.frameworks.rules.concept_texts import ConceptText
from jalon.frameworks.rules.kinds import ConceptKind
from jalon.frameworks.rules.postings import Floats, Hashes, Integers, Postings, build, repeated, term_hash

# What a word is worth by where it stands.
_ALT, _HIDDEN, _DESCRIPTION = 0.5, 0.3, 0.25

# Labels of skills begin with a verb, of occupations with who does it: a first word tells the sort.
SORTS = 3
OCCUPATION = 2
_SORT_OF = {ConceptKind.KNOWLEDGE: 1, ConceptKind.OCCUPATION: OCCUPATION}


def sort_of(kind: ConceptKind) -> int:
    """0 for what one can do, 1 for what one knows, 2 for what one is."""
    return _SORT_OF.get(kind, 0)


@dataclass(frozen=True)
class LanguageIndex:
    """
    The words of one language.

    Attributes:
        labels: Stems of labels and other names; a row is a concept.
        texts: The same with hidden names and descriptions.
        grams: Runs of signs; a row is one name.
        name_owners, name_hashes: The concept of each name, rising; and the hash of its words.
        label_starts, label_terms: The distinct stems of each concept's label, one concept after the other.
        label_rarities: How rare each of them is.
        heads, head_counts: Hashes of the first stems of labels, rising; how many labels of each sort begin
            with them.
        sources, translation_starts, translations, chances: Hashes of stems, rising; where the translations of
            each begin; their hashes, in the other language, and how likely they are.
    """

    labels: Postings
    texts: Postings
    grams: Postings
    name_owners: Integers
    name_hashes: Hashes
    label_starts: NDArray[np.int64]
    label_terms: Hashes
    label_rarities: Floats
    heads: Hashes
    head_counts: Floats
    sources: Hashes
    translation_starts: NDArray[np.int64]
    translations: Hashes
    chances: Floats

    def sorts_beginning_with(self, stem: str) -> Floats:
        """How many labels of each sort begin with *stem*."""
        wanted = np.uint64(term_hash(stem))
        place = int(np.searchsorted(self.heads, wanted))
        if place < len(self.heads) and self.heads[place] == wanted:
            found: Floats = self.head_counts[place]
            return found
        return np.zeros(SORTS, np.float32)

    def translated(self, terms: Sequence[int]) -> dict[int, float]:
        """The translations of stems, each with its chance, summed."""
        found: dict[int, float] = {}
        for term in terms:
            place = int(np.searchsorted(self.sources, np.uint64(term)))
            if place < len(self.sources) and int(self.sources[place]) == term:
                part = slice(int(self.translation_starts[place]), int(self.translation_starts[place + 1]))
                for target, chance in zip(self.translations[part], self.chances[part], strict=True):
                    found[int(target)] = found.get(int(target), 0.0) + float(chance)
        return found


@dataclass(frozen=True)
class SuggestionIndex:
    """
    Everything but the vectors; concepts are rows, in the order of their addresses.

    Attributes:
        ids: Primary keys.
        sorts: `sort_of` each.
        frameworks: A number each, in the order of `framework_codes`.
        languages: ``{"fr": …, "en": …}``.
    """

    ids: NDArray[np.int64]
    sorts: NDArray[np.int8]
    frameworks: NDArray[np.int16]
    framework_codes: tuple[str, ...]
    languages: Mapping[str, LanguageIndex]

    def __len__(self) -> int:
        return len(self.ids)


def built(concepts: Sequence[ConceptText]) -> SuggestionIndex:
    """The index of *concepts*, which are in the order of their addresses."""
    codes = tuple(sorted({concept.framework for concept in concepts}))
    return SuggestionIndex(
        ids=np.array([concept.id for concept in concepts], np.int64),
        sorts=np.array([sort_of(concept.kind) for concept in concepts], np.int8),
        frameworks=np.array([codes.index(concept.framework) for concept in concepts], np.int16),
        framework_codes=codes,
        languages={language: _language(concepts, language) for language in stemming.LANGUAGES},
    )


def _language(concepts: Sequence[ConceptText], language: str) -> LanguageIndex:
    stems = [stemming.stems(concept.labels.get(language, ""), language) for concept in concepts]
    of_labels: list[dict[str, float]] = []
    of_texts: list[dict[str, float]] = []
    for concept, of_label in zip(concepts, stems, strict=True):
        document: dict[str, float] = {}
        repeated(of_label, 1.0, document)
        for name in concept.alt_labels.get(language, ()):
            repeated(stemming.stems(name, language), _ALT, document)
        of_labels.append(dict(document))
        repeated(stemming.stems(concept.hidden.get(language, ""), language), _HIDDEN, document)
        repeated(stemming.stems(concept.descriptions.get(language, ""), language), _DESCRIPTION, document)
        of_texts.append(document)
    names = [(row, name) for row, concept in enumerate(concepts) for name in concept.names(language)]
    labels = build(of_labels, "bm25")
    distinct = [sorted({term_hash(stem) for stem in of_label}) for of_label in stems]
    terms = [term for row in distinct for term in row]
    heads, head_counts = _heads(concepts, stems)
    sources, starts, translations, chances = _translations(concepts, language)
    return LanguageIndex(
        labels=labels,
        texts=build(of_texts, "bm25"),
        grams=build([stemming.grams(name) for _, name in names], "cosine"),
        name_owners=np.array([row for row, _ in names], np.int32),
        name_hashes=np.array([name_hash(name) for _, name in names], np.uint64),
        label_starts=np.cumsum([0, *(len(row) for row in distinct)], dtype=np.int64),
        label_terms=np.array(terms, np.uint64),
        label_rarities=np.array([labels.rarity_of(term) for term in terms], np.float32),
        heads=heads,
        head_counts=head_counts,
        sources=sources,
        translation_starts=starts,
        translations=translations,
        chances=chances,
    )


def name_hash(name: str) -> int:
    """The same for two names that differ only in case, accents and signs."""
    return term_hash(" ".join(stemming.words(name)))


def _heads(concepts: Sequence[ConceptText], stems: Sequence[Sequence[str]]) -> tuple[Hashes, Floats]:
    counts: dict[int, list[float]] = {}
    for concept, of_label in zip(concepts, stems, strict=True):
        if of_label:
            met = counts.setdefault(term_hash(of_label[0]), [0.0] * SORTS)
            met[sort_of(concept.kind)] += 1
    ordered = sorted(counts)
    table = np.array([counts[head] for head in ordered], np.float32).reshape(len(ordered), SORTS)
    return np.array(ordered, np.uint64), table


def _translations(
    concepts: Sequence[ConceptText], language: str
) -> tuple[Hashes, NDArray[np.int64], Hashes, Floats]:
    other = other_language(language)
    pairs = [
        (
            stemming.stems(concept.labels[language], language),
            stemming.stems(concept.labels[other], other),
        )
        for concept in concepts
        if concept.labels.get(language) and concept.labels.get(other)
    ]
    learnt = translating.learnt(pairs)
    ordered = sorted((term_hash(source), found) for source, found in learnt.items())
    flat = [(term_hash(target), chance) for _, found in ordered for target, chance in found]
    return (
        np.array([source for source, _ in ordered], np.uint64),
        np.cumsum([0, *(len(found) for _, found in ordered)], dtype=np.int64),
        np.array([target for target, _ in flat], np.uint64),
        np.array([chance for _, chance in flat], np.float32),
    )


def other_language(language: str) -> str:
    """English for French, French for all others."""
    return "en" if language == "fr" else "fr"
