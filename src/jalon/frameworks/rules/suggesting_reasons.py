"""Why a concept is suggested, as a person can check it: words that both have, or nearness of meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jalon.frameworks.rules import stemming
from jalon.frameworks.rules.postings import term_hash
from jalon.frameworks.rules.suggesting_index import SuggestionIndex, name_hash, other_language

_MOST_WORDS = 4
# A word that so many concepts share says little; it is told only where there is no better one.
_COMMON = 0.02


class ReasonKind(StrEnum):
    """What a suggestion rests on."""

    SAME_NAME = "same_name"
    SHARED_WORDS = "shared_words"  # with the label
    OTHER_NAME = "other_name"  # with another name or a hidden one
    TRANSLATED_WORDS = "translated_words"
    DESCRIPTION = "description"  # words of the description
    CLOSE_MEANING = "close_meaning"
    LIKE_SIGNS = "like_signs"  # nothing but words that are written alike


@dataclass(frozen=True)
class Reason:
    """
    One reason.

    Attributes:
        words: Of the text, as they are written there.
        name: Of the concept, where it is not its label in the asked language.
    """

    kind: ReasonKind
    words: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Named:
    """What of a concept reasons speak of."""

    labels: Mapping[str, str]
    names: Mapping[str, Sequence[str]]
    descriptions: Mapping[str, str]


def reasons(
    text: str, language: str, concept: Named, *, index: SuggestionIndex, is_near: bool
) -> tuple[Reason, ...]:
    """
    The strongest reasons first; always at least one.

    Args:
        is_near: In meaning, as the model has it, among the nearest.
    """
    same = _same_name(text, concept)
    if same is not None:
        return (same,)
    found = [*_shared(text, language, concept, index)]
    if is_near:
        label = concept.labels.get(language) or concept.labels.get(other_language(language), "")
        found.append(Reason(ReasonKind.CLOSE_MEANING, name=label))
    return tuple(found) or (Reason(ReasonKind.LIKE_SIGNS),)


def _same_name(text: str, concept: Named) -> Reason | None:
    wanted = name_hash(text)
    for names in (concept.labels, *concept.names.values()):
        for name in names.values() if isinstance(names, Mapping) else names:
            if stemming.words(name) and name_hash(name) == wanted:
                return Reason(ReasonKind.SAME_NAME, name=name)
    return None


def _shared(text: str, language: str, concept: Named, index: SuggestionIndex) -> list[Reason]:
    written = _written(text, language)
    other = other_language(language)
    found: list[Reason] = []

    def common(stems: set[str]) -> list[str]:
        return [stem for stem in written if stem in stems]

    met = common(set(stemming.stems(concept.labels.get(language, ""), language)))
    if met:
        found.append(Reason(ReasonKind.SHARED_WORDS, _telling(met, written, language, index)))
    for name in concept.names.get(language, ()):
        more = [stem for stem in common(set(stemming.stems(name, language))) if stem not in met]
        if more:
            found.append(Reason(ReasonKind.OTHER_NAME, _telling(more, written, language, index), name))
            met = met + more
            break
    target = {term_hash(stem) for stem in stemming.stems(concept.labels.get(other, ""), other)}
    own = index.languages[language]
    crossed = [s for s in written if s not in met and target & set(own.translated([term_hash(s)]))]
    if crossed:
        words = _telling(crossed, written, language, index)
        found.append(Reason(ReasonKind.TRANSLATED_WORDS, words, concept.labels.get(other, "")))
    if not found:
        told = common(set(stemming.stems(concept.descriptions.get(language, ""), language)))
        if told:
            found.append(Reason(ReasonKind.DESCRIPTION, _telling(told, written, language, index)))
    return found


def _written(text: str, language: str) -> dict[str, str]:
    """Stem → the first word of the text that has it, as it is written, small letters but for acronyms."""
    found: dict[str, str] = {}
    for word in text.replace("’", "'").replace("'", " ").split():
        for folded in stemming.words(word):
            if not stemming.is_empty_word(folded, language):
                clean = word.strip('.,;:!?()[]«»"•*/-–')
                found.setdefault(stemming.stem(folded, language), clean if clean.isupper() else clean.lower())
    return found


def _telling(
    stems: Sequence[str], written: Mapping[str, str], language: str, index: SuggestionIndex
) -> tuple[str, ...]:
    """The rarest of the words, in the order of the text, common ones only where there are no others."""
    postings = index.languages[language].labels

    def share(stem: str) -> float:
        place = postings.position(term_hash(stem))
        count = int(postings.starts[place + 1] - postings.starts[place]) if place >= 0 else 0
        return count / max(postings.size, 1)

    rare = [stem for stem in stems if share(stem) < _COMMON] or list(stems)
    kept = sorted(rare, key=share)[:_MOST_WORDS]
    return tuple(dict.fromkeys(written[stem] for stem in stems if stem in kept))
