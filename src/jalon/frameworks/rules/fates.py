"""What became of a concept that somebody relied on, decided from what the editions say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from jalon.frameworks.rules.kinds import ConceptStatus, Fate


@dataclass(frozen=True)
class Heir:
    """What takes the place of a concept, or part of it. Without a label it was never imported."""

    uri: str
    label: str = ""
    code: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class FateOf:
    """
    What became of the concept at *uri*.

    Attributes:
        heirs: Also of a concept that is still current: a register names successors before the end.
        ended_on: Last day of its registration, where that is over.
    """

    uri: str
    fate: Fate
    framework: str = ""
    label: str = ""
    code: str = ""
    heirs: tuple[Heir, ...] = ()
    ended_on: date | None = None

    @property
    def is_fine(self) -> bool:
        """Nothing has to be looked at."""
        return self.fate in {Fate.CURRENT, Fate.UNKNOWN}


_FICHE = re.compile(
    r"(?:https?://)?(?:www\.)?francecompetences\.fr/recherche/(rncp|rs)/(\d{1,6})/?(#.+)?", re.IGNORECASE
)


def as_kept(uri: str) -> str:
    """
    The address under which a concept is kept: people copy that of a fiche with ``http``, without its final
    slash or without ``www``; other addresses are left as they are.
    """
    met = _FICHE.fullmatch(uri.strip())
    if met is None:
        return uri
    return f"https://www.francecompetences.fr/recherche/{met[1].lower()}/{met[2]}/{met[3] or ''}"


def same_address(uri: str) -> str:
    """
    What two ways of writing one address have in common, to compare them by: ``http`` or ``https``, the case
    of the host and a final slash make no difference. It is compared, never kept nor shown.
    """
    scheme, mark, rest = as_kept(uri.strip()).partition("://")
    if not mark or scheme.lower() not in {"http", "https"}:
        return uri.strip()
    host, slash, path = rest.partition("/")
    return f"//{host.lower()}{slash}{path}".rstrip("/")


def decide(*, status: str | None, is_active: bool, valid_until: date | None, today: date, heirs: int) -> Fate:
    """
    Args:
        status: Of the concept; None where no edition has it.
        is_active: What the register says; True where it says nothing.
        heirs: How many concepts take its place.

    A registration holds through its last day.
    """
    is_over = not is_active or (valid_until is not None and valid_until < today)
    if status == ConceptStatus.CURRENT and not is_over:
        return Fate.CURRENT
    if heirs:
        return Fate.SPLIT if heirs > 1 else Fate.REPLACED
    if status is None:
        return Fate.UNKNOWN
    return Fate.WITHDRAWN if status == ConceptStatus.WITHDRAWN else Fate.ENDED
