"""
What an organisation says when it offers a published micro-certification, and when it sets a session of it.

Some facts serve one reader only: the French registers of training offers (LHÉO) ask for a rhythm, a public
and an entry level. They may stay unsaid here; an offer without them is left out of that file, and told so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from jalon.catalogue.errors import Fault

MOST_SEATS = 9999
MOST_EUROS = Decimal(999_999)
MOST_HALF_DAYS = 120


class Modality(StrEnum):
    """Where people are while they learn."""

    ON_SITE = "on_site"
    HYBRID = "hybrid"
    DISTANCE = "distance"


class SessionState(StrEnum):
    """Where a session stands; a cancelled one stays cancelled."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    FULL = "full"
    CANCELLED = "cancelled"


class Answer(StrEnum):
    """Yes, no, or not said: what nobody said is never shown as a no."""

    UNSAID = ""
    YES = "yes"
    NO = "no"


class Season(StrEnum):
    """When in the year it is usually held."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class EntryMode(StrEnum):
    """Whether people start together or at any moment."""

    UNSAID = ""
    FIXED = "fixed"
    PERMANENT = "permanent"


class CourseKind(StrEnum):
    """How the course is made up for each person."""

    UNSAID = ""
    GROUP = "group"
    INDIVIDUAL = "individual"
    MODULAR = "modular"
    MIXED = "mixed"


ACCESS_QUESTIONS = (
    "public_transport",
    "equipment_provided",
    "connection_needed",
    "childcare",
    "wheelchair",
)
"""The conditions of access that are answered by yes, no or nothing: fields of `OfferingFacts`."""

# Who may pay, by our code and that of the LHÉO table `dict-financeurs` (2.3); VIVEA has none there.
FUNDERS: Mapping[str, str] = {
    "employer": "5",
    "opco": "16",
    "vivea": "0",
    "region": "2",
    "france_travail": "4",
    "transition_pro": "17",
    "agefiph": "7",
    "europe": "3",
    "other": "0",
}

ENTRY_LEVELS = ("none", "1", "2", "3", "4", "5", "6", "7", "8")
"""Level asked for on entry: none in particular, or 1 to 8."""


@dataclass(frozen=True)
class OfferingFacts:
    """
    An offer.

    Attributes:
        price_euros: What a person pays at most, taxes included; None: not said.
        funding: Codes of `FUNDERS`.
        registration: How to ask for a place, in words.
        rhythm, alternance: In words: «un jour par semaine», «aucune».
        public_codes: Who it is for, as five-digit codes of the Formacode list of publics.
        entry_level: One of `ENTRY_LEVELS`, or ``""``: not said.
    """

    modality: Modality
    price_euros: Decimal | None = None
    price_note: str = ""
    funding: tuple[str, ...] = ()
    funding_note: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    contact_url: str = ""
    registration: str = ""
    public_transport: Answer = Answer.UNSAID
    equipment_provided: Answer = Answer.UNSAID
    connection_needed: Answer = Answer.UNSAID
    childcare: Answer = Answer.UNSAID
    wheelchair: Answer = Answer.UNSAID
    access_note: str = ""
    seasons: tuple[Season, ...] = ()
    rhythm: str = ""
    alternance: str = ""
    entry_mode: EntryMode = EntryMode.UNSAID
    course_kind: CourseKind = CourseKind.UNSAID
    public_codes: tuple[str, ...] = ()
    entry_level: str = ""
    entry_level_required: bool = False


@dataclass(frozen=True, order=True)
class HalfDay:
    """One moment when people meet."""

    day: date
    starts_at: time
    ends_at: time

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.starts_at:%H:%M}-{self.ends_at:%H:%M}"


@dataclass(frozen=True)
class SessionFacts:
    """
    A session: when, where, for how many.

    Attributes:
        commune_code: INSEE code of a commune that is known here, or ``""``.
        seats: How many in all, None: not said.
        seats_taken: How many are taken already.
    """

    starts_on: date
    ends_on: date
    half_days: tuple[HalfDay, ...] = ()
    commune_code: str = ""
    locality: str = ""
    postal_code: str = ""
    street: str = ""
    seats: int | None = None
    seats_taken: int = 0
    registration_deadline: date | None = None
    state: SessionState = SessionState.PLANNED

    @property
    def has_place(self) -> bool:
        return bool(self.commune_code or self.locality)


def public_codes(typed: str) -> tuple[str, ...]:
    """``"80003, 82044"`` as codes, in order, each once."""
    return tuple(dict.fromkeys(part for part in re.split(r"[\s,;]+", typed.strip()) if part))


def offering_faults(facts: OfferingFacts) -> list[Fault]:
    """What is wrong with an offer."""
    faults = []
    if facts.price_euros is not None:
        if facts.price_euros < 0:
            faults.append(Fault("price_euros", "catalogue.price_negative"))
        elif facts.price_euros > MOST_EUROS:
            faults.append(Fault("price_euros", "catalogue.price_too_high", {"most": int(MOST_EUROS)}))
    if facts.contact_url and not facts.contact_url.startswith("https://"):
        faults.append(Fault("contact_url", "catalogue.url_not_https", {"met": facts.contact_url[:60]}))
    for code in facts.public_codes:
        if len(code) != 5 or not (code.isascii() and code.isdigit()):
            faults.append(Fault("public_codes", "catalogue.public_code", {"met": code[:20]}))
            break
    if len(facts.public_codes) > 10:
        faults.append(
            Fault("public_codes", "catalogue.public_codes_many", {"count": len(facts.public_codes)})
        )
    if unknown := [code for code in facts.funding if code not in FUNDERS]:
        faults.append(Fault("funding", "catalogue.funding_unknown", {"met": unknown[0][:30]}))
    if facts.entry_level and facts.entry_level not in ENTRY_LEVELS:
        faults.append(Fault("entry_level", "catalogue.entry_level_unknown", {"met": facts.entry_level[:30]}))
    if facts.entry_level_required and facts.entry_level in {"", "none"}:
        faults.append(Fault("entry_level_required", "catalogue.entry_level_missing"))
    return faults


def session_faults(
    facts: SessionFacts, *, modality: Modality, today: date, was: SessionFacts | None = None
) -> list[Fault]:
    """
    What is wrong with a session.

    Args:
        was: Its facts until now, None for a new one: a session that has begun may still be corrected.
    """
    faults = []
    if facts.ends_on < facts.starts_on:
        faults.append(Fault("ends_on", "catalogue.session_dates"))
    elif (facts.ends_on - facts.starts_on).days > 1100:
        faults.append(Fault("ends_on", "catalogue.session_too_long"))
    if facts.starts_on < today and (was is None or was.starts_on != facts.starts_on):
        faults.append(Fault("starts_on", "catalogue.session_past"))
    if facts.registration_deadline and facts.registration_deadline > facts.ends_on:
        faults.append(Fault("registration_deadline", "catalogue.session_deadline"))
    if not facts.has_place and modality is not Modality.DISTANCE:
        faults.append(Fault("place", "catalogue.session_place_missing"))
    return faults + _seat_faults(facts) + _half_day_faults(facts)


def _seat_faults(facts: SessionFacts) -> list[Fault]:
    if facts.seats is not None and not 0 < facts.seats <= MOST_SEATS:
        return [Fault("seats", "catalogue.session_seats", {"met": facts.seats, "most": MOST_SEATS})]
    if facts.seats_taken < 0:
        return [Fault("seats_taken", "catalogue.session_seats_taken_negative")]
    if facts.seats_taken > MOST_SEATS or (facts.seats is not None and facts.seats_taken > facts.seats):
        taken = {"taken": facts.seats_taken, "seats": facts.seats or MOST_SEATS}
        return [Fault("seats_taken", "catalogue.session_seats_taken", taken)]
    return []


def _half_day_faults(facts: SessionFacts) -> list[Fault]:
    if len(facts.half_days) > MOST_HALF_DAYS:
        return [Fault("half_days", "catalogue.half_days_many", {"most": MOST_HALF_DAYS})]
    ordered = sorted(facts.half_days)
    for half_day in ordered:
        if half_day.ends_at <= half_day.starts_at:
            return [Fault("half_days", "catalogue.half_day_times", {"line": str(half_day)})]
        if not facts.starts_on <= half_day.day <= facts.ends_on:
            return [Fault("half_days", "catalogue.half_day_outside", {"line": str(half_day)})]
    for first, second in pairwise(ordered):
        if first.day == second.day and second.starts_at < first.ends_at:
            return [Fault("half_days", "catalogue.half_day_overlap", {"line": str(second)})]
    return []


_LINE = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s+(?:de\s+)?(\d{1,2})\s*[h:]\s*(\d{2})?\s*(?:-|–|à|a)\s*"
    r"(\d{1,2})\s*[h:]\s*(\d{2})?"
)
_ISO_LINE = re.compile(r"^\s*(\d{4})-(\d{2})-(\d{2})\b")


def read_half_days(typed: str) -> tuple[tuple[HalfDay, ...], Fault | None]:
    """
    Half-days as people write them, ``"12/03/2027 9h-12h30"`` a line; and the first line that does not read.
    """
    found: list[HalfDay] = []
    lines = [line for line in typed[:20_000].splitlines() if line.strip()]
    for line in lines[: MOST_HALF_DAYS + 1]:
        turned = _ISO_LINE.sub(r"\3/\2/\1", line)
        match = _LINE.fullmatch(turned.strip())
        unread = Fault("half_days", "catalogue.half_day_unread", {"line": line.strip()[:60]})
        if match is None:
            return tuple(found), unread
        day, month, year, hour, minute, end_hour, end_minute = (int(part or 0) for part in match.groups())
        try:
            found.append(HalfDay(date(year, month, day), time(hour, minute), time(end_hour, end_minute)))
        except ValueError:
            return tuple(found), unread
    return tuple(dict.fromkeys(found)), None


def seats_left(facts: SessionFacts) -> int | None:
    """How many seats are free; None where nobody said how many there are; none in a full or cancelled one."""
    if facts.state in {SessionState.FULL, SessionState.CANCELLED}:
        return 0
    return None if facts.seats is None else max(0, facts.seats - facts.seats_taken)


def is_open(facts: SessionFacts, *, today: date) -> bool:
    """Whether somebody may still ask for a seat today."""
    last = min(facts.registration_deadline or facts.starts_on, facts.starts_on)
    return facts.state is not SessionState.CANCELLED and seats_left(facts) != 0 and today <= last


def changed_fields(before: object, after: object, names: Collection[str]) -> list[str]:
    """Which of *names* differ between two values of one dataclass."""
    return [name for name in names if getattr(before, name) != getattr(after, name)]
