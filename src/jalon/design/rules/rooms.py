"""Who may do what in a room, how long its texts may be, what a sign-off is worth once the text moved on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from jalon.design.errors import RoomTextError, RoundDateError
from jalon.design.rules.values import clean

Given = TypeVar("Given")
Held = TypeVar("Held", covariant=True)


class RoomRole(StrEnum):
    """What a link lets its holder be."""

    AUTHOR = "author"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"
    SIGNATORY = "signatory"


class RoomAct(StrEnum):
    """One thing that can be done in a room."""

    SEE = "see"
    COMMENT = "comment"
    PROPOSE = "propose"
    DECIDE = "decide"  # accept or refuse a proposal, resolve a thread
    SIGN = "sign"  # answer for an organisation
    HOST = "host"  # invite, revoke, settle who must sign off, open and close rounds


_READS = frozenset({RoomAct.SEE, RoomAct.COMMENT})
_WRITES = _READS | {RoomAct.PROPOSE}
_GRANTS: dict[RoomRole, frozenset[RoomAct]] = {
    RoomRole.AUTHOR: _WRITES | {RoomAct.DECIDE},
    RoomRole.CONTRIBUTOR: _WRITES,
    RoomRole.REVIEWER: _READS,
    RoomRole.SIGNATORY: _WRITES | {RoomAct.SIGN},
}


def acts_by_link(role: RoomRole) -> frozenset[RoomAct]:
    """What a link with *role* allows. No link lets its holder host: that takes an account."""
    return _GRANTS[role]


def acts_of_member(*, sees: bool, designs: bool, commits: bool) -> frozenset[RoomAct]:
    """
    What a member of the organisation that owns the micro-certification may do with their account.

    Args:
        sees, designs: They may see, and write, the organisation's drafts.
        commits: They may publish or sign for it, so also sign off for it.
    """
    if not sees:
        return frozenset()
    acts = _READS | (_WRITES | {RoomAct.DECIDE, RoomAct.HOST} if designs else frozenset())
    return acts | ({RoomAct.SIGN} if commits else frozenset())


class ProposalKind(StrEnum):
    """What a proposal asks for."""

    CHANGE = "change"
    ADD_OUTCOME = "add_outcome"
    REMOVE_OUTCOME = "remove_outcome"


class ProposalState(StrEnum):
    """What became of it."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OUTCOMES = "learning_outcomes"
"""The field of a proposal that adds an outcome."""


class Answer(StrEnum):
    """What an organisation answers about a text."""

    YES = "yes"
    RESERVATIONS = "reservations"
    NO = "no"


class Standing(StrEnum):
    """What an organisation's answer is worth for the text as it is now."""

    MISSING = "missing"
    EARLIER_TEXT = "earlier_text"  # the text changed since: to be renewed
    YES = "yes"
    RESERVATIONS = "reservations"
    NO = "no"

    @property
    def is_met(self) -> bool:
        """Whether publishing need not wait for this organisation."""
        return self in (Standing.YES, Standing.RESERVATIONS)


@dataclass(frozen=True)
class Told(Generic[Held]):
    """One answer among others: which text it was about, and the row that holds it."""

    text_sha256: str
    answer: Answer
    given: Held


def standing(answers: Iterable[Told[Given]], *, text_sha256: str) -> tuple[Standing, Given | None]:
    """
    What the answers of one organisation, oldest first, say about the text with this digest.

    The last one about this very text counts, even where another text was answered about in between: a text
    that went back to what it was is the text that was agreed to. Else the last one, about an earlier text.
    """
    told = list(answers)
    about = [each for each in told if each.text_sha256 == text_sha256]
    if about:
        return Standing(about[-1].answer.value), about[-1].given
    return (Standing.EARLIER_TEXT, told[-1].given) if told else (Standing.MISSING, None)


# — Texts that people write —

NAME, COMMENT, REASON = 120, 4000, 1000
LINK_DAYS = (7, 30, 90, 180)
"""How long a link may hold; the second is what is offered first."""
MOST_LINKS, MOST_PER_LINK, MOST_PROPOSALS, MOST_COMMENTS, MOST_PARTIES = 200, 40, 1000, 5000, 40
ROUND_MOST_DAYS = 366


def plain_text(typed: object, *, what: str, limit: int, may_be_empty: bool = False) -> str:
    """
    A text as it is kept: composed, one kind of line end, no invisible signs.

    Args:
        what: ``"name"``, ``"comment"``, ``"reason"``…: names the field in the error.

    Raises:
        RoomTextError: Nothing is left, or more than *limit* signs.
    """
    said = str(typed or "")
    text = clean("".join(c for c in clean(said) if not _is_invisible(c)))
    if not text and not may_be_empty:
        raise RoomTextError(what, "missing")
    if len(text) > limit:
        raise RoomTextError(what, "too_long", most=limit, met=len(text))
    return text


# Marks that turn the reading direction of whatever follows them on the page.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def _is_invisible(sign: str) -> bool:
    return sign in _TURNS or (unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t")


def one_line(typed: object, *, what: str, limit: int, may_be_empty: bool = False) -> str:
    """`plain_text` on a single line: names and functions."""
    return " ".join(plain_text(typed, what=what, limit=limit, may_be_empty=may_be_empty).split())


def closing_day(wanted: date | None, *, today: date) -> date:
    """
    The last day of a round.

    Raises:
        RoundDateError: It is missing, past, or further than a year.
    """
    if wanted is None or not today <= wanted <= today + timedelta(days=ROUND_MOST_DAYS):
        raise RoundDateError(met=wanted.isoformat() if wanted else "")
    return wanted
