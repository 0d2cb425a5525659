"""From the address of a search to what it asks of the catalogue. The unknown is left aside."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.http import QueryDict

from jalon.catalogue.rules.departments import DEPARTMENTS, REGIONS
from jalon.catalogue.rules.facets import BITS
from jalon.catalogue.rules.searching import (
    LONGEST_QUERY,
    NAMES,
    USUAL_RADIUS_KM,
    WIDEST_RADIUS_KM,
    Criteria,
    Sort,
)

_SORTS = {sort.value: sort for sort in Sort}
_FURTHEST_PAGE = 10**6
_FRENCH_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def _known(values: list[str], group: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value in BITS[group]))


def _words(value: str) -> str:
    return " ".join(value.replace("\x00", " ").split())[:LONGEST_QUERY]


def _number(value: str, *, otherwise: int, most: int) -> int:
    if not (value.isascii() and value.isdigit()) or len(value) > 30:
        return otherwise
    return min(int(value), most)


def _date(value: str) -> date | None:
    typed = value.strip()[:10]
    if french := _FRENCH_DATE.fullmatch(typed):
        typed = f"{french[3]}-{int(french[2]):02}-{int(french[1]):02}"
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def read(asked: QueryDict) -> Criteria:
    """The criteria that the query string *asked* stands for."""
    code = asked.get("code", "").upper()
    department, region = asked.get("departement", "").upper(), asked.get("region", "")
    options: dict[str, Any] = {group: _known(asked.getlist(name), group) for group, name in NAMES.items()}
    return Criteria(
        text=_words(asked.get("q", "")),
        place=_words(asked.get("commune", "")),
        commune_code=code if re.fullmatch(r"[0-9AB]{5}", code) else "",
        radius_km=_number(asked.get("rayon", ""), otherwise=USUAL_RADIUS_KM, most=WIDEST_RADIUS_KM),
        department=department if department in DEPARTMENTS else "",
        region=region if region in REGIONS else "",
        free=asked.get("sans_frais") == "1",
        starts_from=_date(asked.get("des", "")),
        starts_before=_date(asked.get("avant", "")),
        with_seats=asked.get("places") == "1",
        sort=_SORTS.get(asked.get("tri", ""), Sort.NEWEST),
        page=max(1, _number(asked.get("page", ""), otherwise=1, most=_FURTHEST_PAGE)),
        **options,
    )
