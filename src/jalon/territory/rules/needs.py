"""What a need says, what in it cannot be right, and how long is kept what it says of a person."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jalon.people.errors import Fault

MOST_SIGNS = 2000
MOST_CONSTRAINT_SIGNS = 1000
MOST_PLACE_SIGNS = 120
MOST_NAME_SIGNS = 200
MOST_REASON_SIGNS = 1000
# A whole valley's workforce; more is a slip of the keyboard, or no training that one place can give.
MOST_PEOPLE = 2000
# Beyond, nobody can say what will be missing.
MOST_YEARS_AHEAD = 5
# Long enough for a training to be designed, held and evaluated; the operator may set another number.
KEEP_MONTHS = 18
# After a refusal: the time to read why, and to state the need better.
KEEP_AFTER_REFUSAL = timedelta(days=60)


class AskerKind(StrEnum):
    """Who states a need."""

    COMPANY = "company"
    LOCAL_AUTHORITY = "local_authority"
    LEARNER = "learner"
    OTHER = "other"


class Constraint(StrEnum):
    """What stands in the way of a training, ticked beside the words."""

    TRANSPORT = "transport"
    HOURS = "hours"
    SEASON = "season"
    CONNECTION = "connection"
    CHILDCARE = "childcare"


@dataclass(frozen=True)
class NeedFacts:
    """
    What somebody states.

    Attributes:
        skill: The skill that is missing, in their own words. Public once accepted.
        commune_code: INSEE code, or empty where only `place` is known.
        place: In words, where communes are not imported or the place is no commune.
        people_count: How many people, None when they do not know.
        needed_by: By when, None when no date presses.
        constraints: In words; public once accepted.
    """

    skill: str
    commune_code: str = ""
    place: str = ""
    people_count: int | None = None
    needed_by: date | None = None
    constraints: str = ""
    ticked: frozenset[Constraint] = frozenset()


@dataclass(frozen=True)
class Asker:
    """
    Who states a need without an account.

    Attributes:
        name: A company, an authority, or a person who wishes to say who they are. Never public.
        email: Only to tell what becomes of the need. Never shown to anybody.
        agrees: Whether they agreed that both be kept, for the time that was said.
    """

    kind: AskerKind
    name: str = ""
    email: str = ""
    agrees: bool = False


# An address, or nine digits and more in a row however they are grouped: what a text that will be public
# must not hold.
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_TELEPHONE = re.compile(r"(?<![\d])(?:\+|00)?\d(?:[ .\-\u00a0\u202f]?\d){8,13}(?!\d)")


# Signs that are not seen and turn the reading of what follows: a text could show what it does not say.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """*text* without signs that command a screen rather than say something; line breaks stay."""
    return _UNSEEN.sub("", text)


def holds_contact(text: str) -> bool:
    """Whether *text* gives an e-mail address or a telephone number."""
    return bool(_ADDRESS.search(text) or _TELEPHONE.search(text))


def _letters(text: str) -> int:
    return sum(1 for sign in text if unicodedata.category(sign).startswith("L"))


def _text_faults(field: str, text: str, most: int) -> list[Fault]:
    if len(text) > most:
        return [Fault(field, "territory.too_long", {"met": len(text), "most": most})]
    if holds_contact(text):
        return [Fault(field, "territory.contact_in_text")]
    return []


def need_faults(facts: NeedFacts, *, today: date, commune_is_known: bool) -> list[Fault]:
    """
    Everything that cannot be right in a need, in the order of its form.

    Args:
        commune_is_known: Whether `commune_code` is that of a commune of today.
    """
    faults: list[Fault] = []
    if not facts.skill.strip():
        faults.append(Fault("skill", "territory.skill_missing"))
    elif _letters(facts.skill) < 3:
        faults.append(Fault("skill", "territory.skill_without_words"))
    else:
        faults += _text_faults("skill", facts.skill, MOST_SIGNS)
    if facts.commune_code:
        if not commune_is_known:
            faults.append(Fault("place", "territory.commune_unknown"))
    elif _letters(facts.place) < 2:
        faults.append(Fault("place", "territory.place_missing"))
    else:
        faults += _text_faults("place", facts.place, MOST_PLACE_SIGNS)
    if facts.people_count is not None and not 1 <= facts.people_count <= MOST_PEOPLE:
        met = "none" if facts.people_count < 1 else "many"
        faults.append(Fault("people_count", f"territory.people_{met}", {"most": MOST_PEOPLE}))
    if facts.needed_by is not None:
        if facts.needed_by < today:
            faults.append(Fault("needed_by", "territory.date_past"))
        elif facts.needed_by > today + timedelta(days=366 * MOST_YEARS_AHEAD):
            faults.append(Fault("needed_by", "territory.date_far", {"years": MOST_YEARS_AHEAD}))
    return faults + _text_faults("constraints", facts.constraints, MOST_CONSTRAINT_SIGNS)


def asker_faults(asker: Asker) -> list[Fault]:
    """Everything that cannot be right about who states a need without an account."""
    faults: list[Fault] = []
    if not asker.name.strip() and asker.kind in {AskerKind.COMPANY, AskerKind.LOCAL_AUTHORITY}:
        faults.append(Fault("name", "territory.name_missing"))
    elif len(asker.name) > MOST_NAME_SIGNS:
        faults.append(Fault("name", "territory.too_long", {"met": len(asker.name), "most": MOST_NAME_SIGNS}))
    if (asker.name.strip() or asker.email) and not asker.agrees:
        faults.append(Fault("agrees", "territory.agreement_missing"))
    return faults


def keep_until(day: date, months: int) -> date:
    """*day*, so many months later; the last day of a month that is too short."""
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def headline(skill: str, most: int = 110) -> str:
    """The first sentence of a need, cut between two words where it is long: its title on pages."""
    first = re.split(r"[\n\r]|(?<=[.!?…])\s", skill.strip(), maxsplit=1)[0].strip()
    if len(first) <= most:
        return first.rstrip(".") if first.count(".") == 1 else first
    return first[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
