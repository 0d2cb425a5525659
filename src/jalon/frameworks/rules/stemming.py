"""
Words brought down to what they have in common: case, accents, endings, in French and in English.

Accents go first, so that « sécurité » and « securite » meet; then the ending, by Snowball; then, in French,
the endings that make a noun of a verb, so that « utilisation » and « utiliser », « brassage » and
« brasser » meet.

Source:
    Snowball stemmers for French and English, as `snowballstemmer` has them. The lists of empty words and of
    endings are our own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

import snowballstemmer

LANGUAGES = ("fr", "en")

_WORD = re.compile(r"c\+\+|[a-z]#|\.net\b|[^\W_]+")
_STEMMERS = {"fr": snowballstemmer.stemmer("french"), "en": snowballstemmer.stemmer("english")}
_NOUN_ENDINGS = (
    "ement",
    "ateur",
    "atric",
    "aison",
    "ment",
    "euse",
    "eur",
    "eus",
    "tur",
    "ag",
    "if",
    "iv",
    "at",
    "is",
    "ur",
)
_LEAST_STEM = 4
_LONGEST_WORD = 60
_GRAM_SIZES = (3, 4)

_EMPTY_FRENCH = (
    "au aux avec ce ces dans de des du elle en et eux il ils je la le les leur leurs lui ma mais me meme "
    "mes moi mon ne nos notre nous on ou par pas pour qu que qui sa se ses son sur ta te tes toi ton tu un "
    "une vos votre vous c d j l m n s t y a ete etre avoir est sont ainsi afin chez entre selon sous vers "
    "lors dont si plus tout toute tous toutes autre autres etc cette cet via type types"
)
_EMPTY_ENGLISH = (
    "a an the and or of to in on for with by at from as is are be been was were this that these those it "
    "its their our your you we they he she his her will would can could should may must have has had do "
    "does not no but if then than so such into within across about other others any all some each etc e g "
    "i ll re ve who which what when where how also including us them"
)
_EMPTY_WORDS = {"fr": frozenset(_EMPTY_FRENCH.split()), "en": frozenset(_EMPTY_ENGLISH.split())}


def fold(text: str) -> str:
    """*text* in small letters without accents, its apostrophes straight: ``"L’Œuvre" → "l'oeuvre"``."""
    spread = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return "".join(sign for sign in unicodedata.normalize("NFKD", spread) if not unicodedata.combining(sign))


def words(text: str) -> list[str]:
    """The folded words of *text*; ``c++``, ``c#`` and ``.net`` are words too, what is overlong is cut."""
    return [word[:_LONGEST_WORD] for word in _WORD.findall(fold(text))]


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; a language without stemmer leaves it as it is."""
    stemmer = _STEMMERS.get(language)
    if stemmer is None or not word.isalpha():
        return word
    short: str = stemmer.stemWord(word)
    if language == "fr":
        for ending in _NOUN_ENDINGS:
            if short.endswith(ending) and len(short) - len(ending) >= _LEAST_STEM:
                return short[: -len(ending)]
    return short


def is_empty_word(word: str, language: str) -> bool:
    """Whether a folded word says nothing of the subject."""
    return word in _EMPTY_WORDS.get(language, frozenset())


def stems(text: str, language: str) -> list[str]:
    """The stems of the words of *text* that say something, in their order, repeated as they are."""
    return [stem(word, language) for word in words(text) if not is_empty_word(word, language)]


def grams(text: str) -> Counter[str]:
    """Runs of three and four signs of the folded words, spaces at their ends included, and how often."""
    joined = f" {' '.join(words(text))} "
    return Counter(
        joined[start : start + size] for size in _GRAM_SIZES for start in range(len(joined) - size + 1)
    )


def guessed_language(text: str) -> str:
    """``fr`` or ``en``, by the empty words of each that *text* holds; French where they say nothing."""
    met = words(text)
    counts = {language: sum(is_empty_word(word, language) for word in met) for language in LANGUAGES}
    return "en" if counts["en"] > counts["fr"] else "fr"
