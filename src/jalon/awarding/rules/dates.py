"""
Dates as people write them in a list: JJ/MM/AAAA, ISO, French words, and the real dates of a spreadsheet.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from jalon.foundation.cells import Cell
from jalon.foundation.identifiers import folded

OLDEST_BIRTH_YEARS = 130
"""Nobody is known to have been older than 122."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february feb",
            "mars march mar",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = r"(?:[T ]+\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_DAY_FIRST = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})" + _TIME)
_YEAR_FIRST = re.compile(r"(\d{4})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{1,2})" + _TIME)
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/. -]\s*\d{1,2}\s*[/. -]\s*\d{2}")
_IN_WORDS = re.compile(r"(?:[a-z]+\s+)?(\d{1,2})(?:er)?\s+([a-z]+)\.?\s+(\d{4})")
_SHORT_YEAR_IN_WORDS = re.compile(r"(\d{1,2})(?:er)?\s+([a-z]+)\.?\s+'?\d{2}")


class DateRefused(Exception):
    """
    A cell that is not a date. `code` is one of the row's codes: ``date_unreadable``, ``date_impossible``…
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_date(cell: Cell) -> date | None:
    """
    The date in *cell*, None where it is empty.

    A number that the spreadsheet does not call a date is refused rather than guessed, and so is a year of two
    digits:
    ``03/04/25`` may be a person born in 1925.

    Raises:
        DateRefused: With the code of the reason.
    """
    if cell is None or isinstance(cell, bool):
        if cell is None:
            return None
        raise DateRefused("date_unreadable")
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float):
        raise DateRefused("date_number")
    return _read_text(" ".join(cell.split()))


def _read_text(text: str) -> date | None:
    if not text:
        return None
    if text[0] in "=@":
        raise DateRefused("date_formula")
    if len(text) > 60:
        raise DateRefused("date_unreadable")
    if found := _DAY_FIRST.fullmatch(text):
        return _made(found[4], found[3], found[1])
    if found := _YEAR_FIRST.fullmatch(text):
        return _made(found[1], found[3], found[4])
    if _SHORT_YEAR.fullmatch(text):
        raise DateRefused("date_two_digit_year")
    plain = folded(text)
    if (found := _IN_WORDS.fullmatch(plain)) and found[2] in _MONTHS:
        return _made(found[3], str(_MONTHS[found[2]]), found[1])
    if (found := _SHORT_YEAR_IN_WORDS.fullmatch(plain)) and found[2] in _MONTHS:
        raise DateRefused("date_two_digit_year")
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        raise DateRefused("date_number")
    raise DateRefused("date_unreadable")


def _made(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise DateRefused("date_impossible") from error


def read_past_date(cell: Cell, *, today: date) -> date | None:
    """
    A date that has come.

    Raises:
        DateRefused: Also ``date_in_future``.
    """
    found = read_date(cell)
    if found is not None and found > today:
        raise DateRefused("date_in_future")
    return found


def read_birth_date(cell: Cell, *, today: date) -> date | None:
    """
    A date on which a living person may be born.

    Raises:
        DateRefused: Also ``date_in_future`` and ``date_too_old``.
    """
    found = read_past_date(cell, today=today)
    if found is not None and found.year < today.year - OLDEST_BIRTH_YEARS:
        raise DateRefused("date_too_old")
    return found
