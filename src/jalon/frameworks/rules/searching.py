"""
Finding concepts by what somebody types: begun words, forgotten accents, other endings, slips of the finger.

Each word of the query is matched with the words of labels (the very word, one with the same stem, one that
begins so, one that is a slip away); a name scores by the rare words that it shares with the query and by how
little else it says.

Source:
    Restricted Damerau–Levenshtein distance (optimal string alignment), as `rapidfuzz` has it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from jalon.frameworks.rules import stemming
from jalon.frameworks.rules.concept_texts import ConceptText
from jalon.frameworks.rules.kinds import ConceptKind
from jalon.frameworks.rules.postings import Floats, Hashes, Integers, largest_by, term_hash
from jalon.frameworks.rules.suggesting_index import name_hash

MOST_SIGNS = 200
_MOST_WORDS = 12
_MOST_COMPLETIONS = 400
_SAME, _STEM, _BEGUN, _SLIP = 1.0, 0.9, 0.8, 0.6
# How long a word must be for one slip, for two.
_ONE_SLIP, _TWO_SLIPS = 4, 8
# What a name is worth by what it is, and in the language that was not asked for.
_LABEL, _ALT, _HIDDEN, _OTHER_LANGUAGE = 1.0, 0.92, 0.6, 0.85
_WHOLE_NAME = 0.5
# Names with all words that meet them no better than this let in names with some of the words; each word that
# is missing takes that share away.
_SURE, _MISSING = 0.85, 0.8
# How long a word must be for its ending to be left aside, and how much of it.
_LONG, _ENDING = 7, 3


@dataclass(frozen=True)
class SearchIndex:
    """
    Names of concepts by their words; concepts are rows, in the order of their addresses.

    Attributes:
        ids, kinds, frameworks: Of each concept: primary key; a number in `kind_codes`, `framework_codes`.
        words: All words of names, folded, in order.
        word_stems: Hashes of their stems, rising, and the word of each in `stem_words`.
        starts, names: Where the names that hold a word begin; their numbers.
        rarities: How rare each word is.
        name_owners, name_weights, name_languages, name_lengths, name_hashes: Of each name: the concept; what
            it is worth; 0 French, 1 English, 2 either; the rarity of its words, summed; its hash.
    """

    ids: NDArray[np.int64]
    kinds: NDArray[np.int8]
    kind_codes: tuple[str, ...]
    frameworks: NDArray[np.int16]
    framework_codes: tuple[str, ...]
    words: tuple[str, ...]
    word_stems: Hashes
    stem_words: Integers
    starts: NDArray[np.int64]
    names: Integers
    rarities: Floats
    name_owners: Integers
    name_weights: Floats
    name_languages: NDArray[np.int8]
    name_lengths: Floats
    name_hashes: Hashes

    def __len__(self) -> int:
        return len(self.ids)

    def allowed(self, frameworks: Sequence[str], kinds: Sequence[str]) -> NDArray[np.bool_]:
        """Which concepts are of those frameworks and kinds; of all where none is named."""
        mask = np.ones(len(self), np.bool_)
        if frameworks:
            mask &= np.isin(self.frameworks, _numbers(self.framework_codes, frameworks))
        if kinds:
            mask &= np.isin(self.kinds, _numbers(self.kind_codes, kinds))
        return mask


def _numbers(codes: Sequence[str], wanted: Sequence[str]) -> list[int]:
    return [number for number, code in enumerate(codes) if code in wanted]


@dataclass(frozen=True)
class _Name:
    owner: int
    text: str
    weight: float
    language: int


def built(concepts: Sequence[ConceptText]) -> SearchIndex:
    """The index of *concepts*, which are in the order of their addresses."""
    names = [name for row, concept in enumerate(concepts) for name in _names(row, concept)]
    places: dict[str, list[int]] = {}
    of_names = [sorted(set(stemming.words(name.text))) for name in names]
    for number, met in enumerate(of_names):
        for word in met:
            places.setdefault(word, []).append(number)
    words = sorted(places)
    counts = np.array([len(places[word]) for word in words], np.int64)
    rarities = np.log1p(max(len(names), 1) / np.maximum(counts, 1)).astype(np.float32)
    rarity = dict(zip(words, rarities.tolist(), strict=True))
    stems = sorted(
        {
            (term_hash(f"{language} {stemming.stem(word, language)}"), number)
            for number, word in enumerate(words)
            for language in stemming.LANGUAGES
        }
    )
    kind_codes = tuple(kind.value for kind in ConceptKind)
    framework_codes = tuple(sorted({concept.framework for concept in concepts}))
    return SearchIndex(
        ids=np.array([concept.id for concept in concepts], np.int64),
        kinds=np.array([kind_codes.index(concept.kind) for concept in concepts], np.int8),
        kind_codes=kind_codes,
        frameworks=np.array([framework_codes.index(concept.framework) for concept in concepts], np.int16),
        framework_codes=framework_codes,
        words=tuple(words),
        word_stems=np.array([stem for stem, _ in stems], np.uint64),
        stem_words=np.array([number for _, number in stems], np.int32),
        starts=np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]),
        names=np.fromiter((n for word in words for n in places[word]), np.int32, int(counts.sum())),
        rarities=rarities,
        name_owners=np.array([name.owner for name in names], np.int32),
        name_weights=np.array([name.weight for name in names], np.float32),
        name_languages=np.array([name.language for name in names], np.int8),
        name_lengths=np.array([sum(rarity[word] for word in met) for met in of_names], np.float32),
        name_hashes=np.array([name_hash(name.text) for name in names], np.uint64),
    )


def _names(row: int, concept: ConceptText) -> list[_Name]:
    found = []
    for number, language in enumerate(stemming.LANGUAGES):
        for text in concept.names(language):
            is_label = text == concept.labels.get(language)
            found.append(_Name(row, text, _LABEL if is_label else _ALT, number))
        if concept.hidden.get(language):
            found.append(_Name(row, concept.hidden[language], _HIDDEN, number))
    if concept.code:
        found.append(_Name(row, concept.code, _LABEL, 2))
    if not found:
        found.extend(_Name(row, text, _LABEL, 2) for text in concept.labels.values())
    return found


def scores(index: SearchIndex, query: str, language: str) -> Floats:
    """
    For each concept how well its best name answers *query*; 0 where none does.

    The last word may be begun only, unless a space follows it. A name that has only some of the words is
    found when none has them all, or none has them but by slips and distant endings.
    """
    typed = stemming.words(query[:MOST_SIGNS])[:_MOST_WORDS]
    if not typed or not len(index.name_owners):
        return np.zeros(len(index), np.float32)
    is_begun = not query[:MOST_SIGNS].endswith(" ")
    saying = [word for word in typed if not _is_empty(word)] or typed
    gained = np.zeros(len(index.name_owners), np.float32)
    held = np.zeros(len(index.name_owners), np.int16)
    wanted = 0.0
    for number, word in enumerate(saying):
        may_go_on = is_begun and word == typed[-1] and number == len(saying) - 1
        best, rarity = _matches(index, word, may_go_on=may_go_on)
        wanted += rarity
        gained += best * np.float32(rarity)
        held += best > 0
    chosen = np.flatnonzero(held == len(saying))
    if not len(chosen) or float(gained[chosen].max()) < _SURE * wanted:
        chosen = np.flatnonzero(held)
    got = gained[chosen] * np.float32(_MISSING) ** (len(saying) - held[chosen])
    covered = got / np.float32(max(wanted, 1e-6))
    # A short name says more of the same than a long one that holds it too.
    brief = np.sqrt(np.minimum(got / np.maximum(index.name_lengths[chosen], 1e-6), 1))
    value = covered * (0.4 + 0.6 * brief) * index.name_weights[chosen]
    asked = stemming.LANGUAGES.index(language) if language in stemming.LANGUAGES else 0
    spoken = index.name_languages[chosen]
    value *= np.where((spoken == asked) | (spoken == 2), 1, _OTHER_LANGUAGE)
    value += _WHOLE_NAME * (index.name_hashes[chosen] == np.uint64(name_hash(query[:MOST_SIGNS])))
    return largest_by(index.name_owners[chosen], value.astype(np.float32), len(index))


def _is_empty(word: str) -> bool:
    return any(stemming.is_empty_word(word, language) for language in stemming.LANGUAGES)


def _matches(index: SearchIndex, word: str, *, may_go_on: bool) -> tuple[Floats, float]:
    """For each name how well its best word meets *word*, and how rare what was met is."""
    best = np.zeros(len(index.name_owners), np.float32)
    met = _words_like(index, word, may_go_on=may_go_on)
    if not met:
        return best, float(np.log1p(len(index.name_owners)))
    # From the weakest to the strongest, so that the strongest stays.
    for number, weight in sorted(met.items(), key=lambda each: each[1]):
        best[index.names[index.starts[number] : index.starts[number + 1]]] = weight
    strongest = max(met.values())
    rarity = min(float(index.rarities[number]) for number, weight in met.items() if weight == strongest)
    return best, rarity


def _words_like(index: SearchIndex, word: str, *, may_go_on: bool) -> dict[int, float]:
    met: dict[int, float] = {}
    place = bisect_left(index.words, word)
    exists = place < len(index.words) and index.words[place] == word
    for language in stemming.LANGUAGES:
        wanted = np.uint64(term_hash(f"{language} {stemming.stem(word, language)}"))
        first, last = np.searchsorted(index.word_stems, [wanted, wanted + np.uint64(1)])
        for number in index.stem_words[int(first) : int(last)]:
            met[int(number)] = _kinship(word, index.words[number])
    if may_go_on:
        for number in range(place, min(len(index.words), place + _MOST_COMPLETIONS)):
            if not index.words[number].startswith(word):
                break
            met[number] = max(met.get(number, 0.0), _BEGUN)
    if exists:
        met[place] = _SAME
    # A stem may be another word's: « servise » has that of « serve », and is a slip for « service ».
    if max(met.values(), default=0.0) < _BEGUN:
        met = _slips(index, word, may_go_on=may_go_on) | met
    return met


def _kinship(word: str, other: str) -> float:
    """
    How near two words of one stem are: a plural or a gender is the word itself, what shares only a short
    beginning (« facteur » and « facturation ») is often another word that the stemmer took for a relation.
    """
    differing = (place for place, (one, two) in enumerate(zip(word, other, strict=False)) if one != two)
    common = next(differing, min(len(word), len(other)))
    longer = max(len(word), len(other))
    if min(len(word), len(other)) == common and longer - common <= 2:
        return _STEM
    return _STEM * (0.2 + 0.8 * common / longer)


def _slips(index: SearchIndex, word: str, *, may_go_on: bool) -> dict[int, float]:
    if len(word) < _ONE_SLIP:
        return {}
    most = 2 if len(word) >= _TWO_SLIPS else 1
    met: dict[int, float] = {}
    for _text, distance, number in process.extract_iter(
        word, index.words, scorer=OSA.distance, score_cutoff=most
    ):
        met[number] = _SLIP / distance
    if may_go_on and not met and len(word) > _ONE_SLIP:
        met = _begun_slips(index, word, most, _SLIP * _BEGUN)
    if not met and len(word) >= _LONG:
        # «beekeping» where a list says «beekeeper»; five signs and a slip are anything («bûche», «ruche»).
        beginning = word[:-_ENDING]
        met = _begun_slips(index, beginning, int(len(beginning) > _ONE_SLIP + 1), _SLIP * _BEGUN)
    return met


def _begun_slips(index: SearchIndex, word: str, most: int, weight: float) -> dict[int, float]:
    """Words whose beginning is *most* slips away from *word*."""
    begun = [text[: len(word)] for text in index.words]
    found = process.extract_iter(word, begun, scorer=OSA.distance, score_cutoff=most)
    return {number: weight / max(distance, 1) for _text, distance, number in found}
