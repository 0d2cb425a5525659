"""
Who is whom: whether two lines of lists speak of the same person, of two, or whether only a person can tell.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from jalon.foundation.identifiers import folded


class Match(StrEnum):
    """What two identities are to one another."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Identity:
    """
    What tells a person from another in a list.

    Attributes:
        name: As written; compared whatever its case and spaces.
        birth_date: Kept to tell homonyms apart, never shown in a credential.
        identifier: The training body's own number, compared whatever its case and spaces.
    """

    name: str
    birth_date: date | None = None
    identifier: str = ""

    @cached_property
    def name_key(self) -> str:
        """The name without case, needless spaces or invisible signs. Accents count."""
        return _key(self.name)

    @cached_property
    def loose_key(self) -> str:
        """The name without accents either, words in alphabetical order: what looks alike."""
        return " ".join(sorted(folded(_key(self.name)).replace("-", " ").split()))

    @cached_property
    def identifier_key(self) -> str:
        return "".join(_key(self.identifier).split())


def _key(text: str) -> str:
    visible = text if text.isascii() else unicodedata.normalize("NFKC", text).replace("’", "'")
    if not visible.isprintable():
        visible = "".join(sign for sign in visible if unicodedata.category(sign) != "Cf")
    return " ".join(visible.casefold().split())


def compare(one: Identity, other: Identity) -> Match:
    """
    Whether two identities are one person.

    The same identifier, or the same name and birth date, is the same person. The same name, or one that
    differs only by
    accents or by the order of its words, is a question for a person unless two identifiers or two birth dates
    tell them
    apart.
    """
    if one.identifier_key and one.identifier_key == other.identifier_key:
        return Match.SAME
    same_name = one.name_key == other.name_key
    if not same_name and one.loose_key != other.loose_key:
        return Match.DIFFERENT
    if one.birth_date and other.birth_date:
        if one.birth_date != other.birth_date:
            return Match.DIFFERENT
        return Match.SAME if same_name else Match.UNSURE
    if one.identifier_key and other.identifier_key:
        return Match.DIFFERENT
    return Match.UNSURE


@dataclass
class _Namesakes:
    """Those of one loose name, kept so that one more is compared with all of them at once."""

    by_date: dict[date, tuple[Identity, str]] = field(default_factory=dict)
    by_date_and_name: dict[tuple[date, str], tuple[Identity, str]] = field(default_factory=dict)
    first: tuple[Identity, str] | None = None
    without_identifier: tuple[Identity, str] | None = None
    undated: tuple[Identity, str] | None = None
    undated_without_identifier: tuple[Identity, str] | None = None

    def add(self, identity: Identity, token: str) -> None:
        entry = (identity, token)
        self.first = self.first or entry
        if not identity.identifier_key:
            self.without_identifier = self.without_identifier or entry
        if identity.birth_date:
            self.by_date.setdefault(identity.birth_date, entry)
            self.by_date_and_name.setdefault((identity.birth_date, identity.name_key), entry)
            return
        self.undated = self.undated or entry
        if not identity.identifier_key:
            self.undated_without_identifier = self.undated_without_identifier or entry

    def unsure(self, identity: Identity) -> tuple[Identity, str] | None:
        """One of them that `compare` would not tell from *identity*."""
        if identity.birth_date:
            return self.by_date.get(identity.birth_date) or (
                self.undated_without_identifier if identity.identifier_key else self.undated
            )
        return self.without_identifier if identity.identifier_key else self.first


class Register:
    """
    Identities met so far, each with a token of the caller's (a row number, an award), found in constant time.

    A list of 100,000 rows is compared by name and by identifier, never row against row, even when all are
    homonyms.
    """

    def __init__(self, known: Iterable[tuple[Identity, str]] = ()) -> None:
        self._by_identifier: dict[str, tuple[Identity, str]] = {}
        self._by_name: dict[str, _Namesakes] = {}
        for identity, token in known:
            self.add(identity, token)

    def add(self, identity: Identity, token: str) -> None:
        """Remember *identity*; of two that are the same, the first stays."""
        if identity.identifier_key:
            self._by_identifier.setdefault(identity.identifier_key, (identity, token))
        self._by_name.setdefault(identity.loose_key, _Namesakes()).add(identity, token)

    def look_up(self, identity: Identity) -> tuple[Match, Identity | None, str]:
        """
        The strongest match, as `compare` says it: SAME before UNSURE before DIFFERENT.

        Returns:
            The match, and the identity met before with its token (None and ``""`` for DIFFERENT).
        """
        if identity.identifier_key and identity.identifier_key in self._by_identifier:
            return (Match.SAME, *self._by_identifier[identity.identifier_key])
        namesakes = self._by_name.get(identity.loose_key)
        if namesakes is None:
            return (Match.DIFFERENT, None, "")
        if identity.birth_date and (
            same := namesakes.by_date_and_name.get((identity.birth_date, identity.name_key))
        ):
            return (Match.SAME, *same)
        unsure = namesakes.unsure(identity)
        return (Match.UNSURE, *unsure) if unsure else (Match.DIFFERENT, None, "")
