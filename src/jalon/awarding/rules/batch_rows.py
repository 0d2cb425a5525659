"""
What becomes of each row of a list, once it is known whom the organisation already knows and has awarded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from jalon.awarding.rules.award_states import AwardState
from jalon.awarding.rules.batch_states import RowState
from jalon.awarding.rules.building import end_of_validity
from jalon.awarding.rules.holders import HolderRow

SAME = "same"
NEW = "new"
SKIP = "skip"
AGAIN = "again"

PART_LENGTH = 100
"""Signs of a given name, a family name or an identifier, as `people` keeps them."""

MAX_ROWS = 20_000
"""Rows of one batch: more than a training body awards in a year, and checked within one request."""


@dataclass(frozen=True)
class KnownAward:
    """Where a person stands with the version to be awarded."""

    awarded_on: date
    state: AwardState


@dataclass(frozen=True)
class Outcome:
    """
    What becomes of a row, and why.

    Attributes:
        code: Key of `labels`, ``""`` where nothing needs saying.
    """

    state: RowState
    code: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def of_known_person(known: KnownAward | None, name: str) -> Outcome:
    """What becomes of a row whose person the organisation knows."""
    if known is None:
        return Outcome(RowState.READY)
    facts = {"name": name, "awarded_on": known.awarded_on.isoformat()}
    if known.state is AwardState.VALID:
        return Outcome(RowState.ALREADY, "already", facts)
    return Outcome(RowState.AGAIN, f"again.{known.state.value}", facts)


def of_date(awarded_on: date, validity_months: int | None, *, at: datetime) -> Outcome | None:
    """A rejection where an award of that day would have ended before it is signed, else None."""
    until = end_of_validity(awarded_on, validity_months)
    if until is None or until > at:
        return None
    facts = {"awarded_on": awarded_on.isoformat(), "until": until.date().isoformat()}
    return Outcome(RowState.REJECTED, "awarding.validity_over", facts)


def of_lengths(holder: HolderRow) -> Outcome | None:
    """A rejection where a part is longer than what is kept of a person, else None."""
    if any(len(part) > PART_LENGTH for part in (holder.given_name, holder.family_name, holder.identifier)):
        return Outcome(RowState.REJECTED, "text_too_long", {"limit": PART_LENGTH})
    return None


def of_namesakes(name: str, count: int) -> Outcome:
    """What becomes of a row with the name of people whom nothing tells apart from it: a person must look."""
    return Outcome(RowState.HOMONYM, "homonym.known", {"name": name, "count": count})


def plain(holder: HolderRow) -> dict[str, str]:
    """A row's values for the database, empty ones left out."""
    values = {
        "name": holder.name,
        "given_name": holder.given_name,
        "family_name": holder.family_name,
        "birth_date": holder.birth_date.isoformat() if holder.birth_date else "",
        "email": holder.email,
        "identifier": holder.identifier,
        "awarded_on": holder.awarded_on.isoformat() if holder.awarded_on else "",
        "grade": holder.grade,
    }
    return {key: value for key, value in values.items() if value}


def read(number: int, values: Mapping[str, Any]) -> HolderRow:
    """The inverse of `plain`."""
    return HolderRow(
        row=number,
        name=values.get("name", ""),
        given_name=values.get("given_name", ""),
        family_name=values.get("family_name", ""),
        birth_date=_date(values.get("birth_date")),
        email=values.get("email", ""),
        identifier=values.get("identifier", ""),
        awarded_on=_date(values.get("awarded_on")),
        grade=values.get("grade", ""),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
