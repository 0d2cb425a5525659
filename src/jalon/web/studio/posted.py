"""From what a browser sends for a field to its plain value, whole forms and single fields alike."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from jalon.design.rules.fields import Shape, empty, shape
from jalon.design.rules.recognition import register_address

SEEN = "seen:"
"""Prefix of the hidden control that holds, in JSON, what a field said when the page was drawn."""
_TEXT_COLUMNS = frozenset({"name", "statement", "title"})
# Chosen or known beforehand in an empty row, so that they alone say nothing.
_CHOSEN = frozenset({"id", "kind", "participation", "outcomes"})
_COLUMNS = frozenset({"id", "kind", "url", "framework", "uri", "label", "code", "hours", "participation"})
# More rows than any person types; whatever comes above is left alone.
_MOST_ROWS = 80
# « 21 h » in the box of hours says 21: people write the unit even where it stands beside the box.
_UNITS = "h|heures?|€|euros?|mois|ects|crédits?"
_WITH_ITS_UNIT = re.compile(rf"\s*(?P<number>\d[\d\s.,]*?)\s*(?:{_UNITS})\.?\s*", re.IGNORECASE)


def fields_in(data: QueryDict) -> list[str]:
    """The fields that a form holds, in its order: a box that is not ticked sends nothing, its `SEEN` does."""
    return [name.removeprefix(SEEN) for name in data if name.startswith(SEEN)]


def seen(data: QueryDict, field: str) -> Any:
    """What the person saw; nothing where it cannot be read, so that at worst both texts are kept."""
    try:
        return json.loads(data.get(SEEN + field, ""))
    except ValueError:
        return empty(field)


def value(data: QueryDict, field: str, *, without_row: int | None = None) -> Any:
    """
    The plain value of *field* as typed; `rules.plain` says whether it can be read.

    Args:
        without_row: Index of a row to leave out, when it was asked to be removed.
    """
    match shape(field):
        case Shape.CHOICES:
            return [code for code in data.getlist(field) if code]
        case Shape.LEVEL:
            return _level(data.get(field, ""))
        case Shape.ROWS:
            rows = _rows(data, field)
            return [_tidy(row) for index, row in rows if index != without_row and not _is_blank(row)]
        case Shape.NUMBER:
            typed = data.get(field, "")
            met = _WITH_ITS_UNIT.fullmatch(typed)
            return met["number"] if met else typed
        case _:
            return data.get(field, "")


def _level(chosen: str) -> dict[str, Any]:
    framework, _, number = chosen.partition(":")
    if not framework:
        return {}
    return {"framework": framework, "value": int(number) if number.isascii() and number.isdigit() else number}


def _rows(data: QueryDict, field: str) -> list[tuple[int, dict[str, Any]]]:
    prefix = f"{field}."
    rows: dict[int, dict[str, Any]] = {}
    for name in data:
        if not name.startswith(prefix):
            continue
        place, _, column = name.removeprefix(prefix).partition(".")
        if not (place.isascii() and place.isdigit() and len(place) < 4 and column) or int(place) > _MOST_ROWS:
            continue
        row = rows.setdefault(int(place), {})
        of, _, tag = column.partition(".")
        if of in _TEXT_COLUMNS and tag:
            row.setdefault(of, {})[tag] = data.get(name, "")
        elif column == "outcomes":
            row[column] = [each for each in data.getlist(name) if each]
        elif column in _COLUMNS:
            row[column] = data.get(name, "")
    return sorted(rows.items())


def _is_blank(row: Mapping[str, Any]) -> bool:
    texts = [v for key, v in row.items() if key not in {*_CHOSEN, *_TEXT_COLUMNS}]
    texts += [words for column in _TEXT_COLUMNS for words in row.get(column, {}).values()]
    return not any(text.strip() for text in texts)


def _tidy(row: dict[str, Any]) -> dict[str, Any]:
    tidy = {key: each for key, each in row.items() if each}
    for column in _TEXT_COLUMNS & tidy.keys():
        tidy[column] = {tag: words for tag, words in tidy[column].items() if words.strip()}
    if met := _WITH_ITS_UNIT.fullmatch(tidy.get("hours", "")):
        tidy["hours"] = met["number"]
    code = row.get("code", "").strip().upper()
    if "uri" in row and not row["uri"].strip() and register_address(code):
        tidy["uri"] = register_address(code)
        tidy["code"] = code
    return tidy
