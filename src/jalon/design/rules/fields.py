"""
The fields of a specification one by one, as forms save them: what each holds, and how it is put in.

A field has a dotted name. Texts have one field per language, so that two people may write two languages at
once: ``title.fr``, ``assessment.description.en``, ``learning_outcomes.urn:uuid:….statement.fr``. Lists of
rows are one field each: ``criteria``, ``modules``, ``quality_assurance``, ``stacks_into``,
``learning_outcomes.urn:uuid:….alignments``.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, cast

from jalon.design.errors import InvalidContentError, Problem, UnknownFieldError
from jalon.design.rules import plain
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.values import LANGUAGE, clean


class Shape(StrEnum):
    """What a field holds in plain form."""

    TEXT = "text"  # one language of a text: a string
    STRING = "string"
    NUMBER = "number"  # as a string
    CHOICE = "choice"  # a code, or ""
    CHOICES = "choices"  # a list of codes
    LEVEL = "level"  # {"framework": "eqf", "value": 3} or {}
    ROWS = "rows"  # a list of mappings


TEXTS: tuple[str, ...] = (
    "title",
    "description",
    "level.none_reason",
    "assessment.description",
    "assessment.identity_check",
    "assessment.evidence",
    "prerequisites",
    "stackability",
    "price_note",
    "further_information",
)
SHAPES: Mapping[str, Shape] = {
    "domain": Shape.CHOICE,
    "languages": Shape.CHOICES,
    "workload_hours": Shape.NUMBER,
    "credits_ects": Shape.NUMBER,
    "level": Shape.LEVEL,
    "assessment.types": Shape.CHOICES,
    "assessment.supervision": Shape.CHOICE,
    "criteria": Shape.ROWS,
    "modules": Shape.ROWS,
    "participation": Shape.CHOICES,
    "quality_assurance": Shape.ROWS,
    "stacks_into": Shape.ROWS,
    "recognition.status": Shape.CHOICE,
    "recognition.code": Shape.STRING,
    "recognition.title": Shape.STRING,
    "recognition.certifying_body": Shape.STRING,
    "validity_months": Shape.NUMBER,
    "price_euros": Shape.NUMBER,
}
_ELEMENTS: Mapping[str, str] = {
    "workload_hours": "workload",
    "credits_ects": "workload",
    "assessment.supervision": "supervision",
    "assessment.identity_check": "supervision",
    "assessment.evidence": "evidence",
    "stacks_into": "stackability",
    "validity_months": "further_information",
    "price_euros": "price",
    "price_note": "price",
}
_OUTCOME = re.compile(r"learning_outcomes\.(?P<id>[^.]+)\.(?:(?P<rows>alignments)|statement\.(?P<tag>[^.]+))")

Plain = dict[str, Any]


def shape(field: str) -> Shape:
    """
    Raises:
        UnknownFieldError: No such field.
    """
    if field in SHAPES:
        return SHAPES[field]
    if outcome := _OUTCOME.fullmatch(field):
        if outcome["rows"]:
            return Shape.ROWS
        if LANGUAGE.fullmatch(outcome["tag"]):
            return Shape.TEXT
    base, _, tag = field.rpartition(".")
    if base in TEXTS and LANGUAGE.fullmatch(tag):
        return Shape.TEXT
    raise UnknownFieldError(f"expected a field of a specification, met {field!r}", field=field)


def element_of(field: str) -> str:
    """The element of `completeness` that *field* belongs to."""
    base = field if field in SHAPES else field.rpartition(".")[0]
    return _ELEMENTS.get(field) or _ELEMENTS.get(base) or field.split(".")[0]


def outcome_of(field: str) -> str:
    """The identifier of the outcome that *field* is about, or ``""``."""
    outcome = _OUTCOME.fullmatch(field)
    return outcome["id"] if outcome else ""


def empty(field: str) -> Any:
    """What *field* holds when nothing was said."""
    match shape(field):
        case Shape.CHOICES | Shape.ROWS:
            return []
        case Shape.LEVEL:
            return {}
        case _:
            return ""


def value_of(content: SpecificationContent, field: str) -> Any:
    """What *field* holds, in plain form; empty where it says nothing or where its outcome is gone."""
    kind = shape(field)
    held: Any = plain.write(content)
    if outcome := _OUTCOME.fullmatch(field):
        rows = {o["id"]: o for o in held.get("learning_outcomes", [])}
        row = rows.get(outcome["id"], {})
        if outcome["rows"]:
            return row.get("alignments", [])
        return row.get("statement", {}).get(outcome["tag"], "")
    if kind is Shape.LEVEL:
        return {key: value for key, value in held.get("level", {}).items() if key != "none_reason"}
    for step in field.split("."):
        held = held.get(step) if isinstance(held, dict) else None
        if held is None:
            return empty(field)
    return str(held) if kind is Shape.NUMBER else held


def has_outcome(content: SpecificationContent, outcome_id: str) -> bool:
    """Whether an outcome with this identity is (still) there."""
    return any(o.id == outcome_id for o in content.learning_outcomes)


def with_value(content: SpecificationContent, field: str, value: object) -> SpecificationContent:
    """
    *content* with *field* holding *value*.

    A field of an outcome that is not there brings the outcome back, at the end.

    Raises:
        UnknownFieldError: No such field.
        InvalidContentError: *value* cannot be read; the problems bear the name of the field.
    """
    kind = shape(field)
    changed: Plain = copy.deepcopy(plain.write(content))
    if outcome := _OUTCOME.fullmatch(field):
        row = _outcome_row(changed, outcome["id"])
        if outcome["rows"]:
            row["alignments"] = value
        else:
            row.setdefault("statement", {})[outcome["tag"]] = value
    elif kind is Shape.LEVEL:
        kept = {k: v for k, v in changed.get("level", {}).items() if k == "none_reason"}
        changed["level"] = {**kept, **(value if isinstance(value, Mapping) else {"value": value})}
    else:
        *steps, last = field.split(".")
        into = changed
        for step in steps:
            into = cast("Plain", into.setdefault(step, {}))
        into[last] = value
    try:
        return plain.read(changed)
    except InvalidContentError as error:
        raise InvalidContentError([Problem(field, p.code, p.facts) for p in error.problems]) from error


def _outcome_row(changed: Plain, outcome_id: str) -> Plain:
    rows: list[Plain] = changed.setdefault("learning_outcomes", [])
    for row in rows:
        if row["id"] == outcome_id:
            return row
    rows.append({"id": outcome_id})
    return rows[-1]


def same(one: object, other: object) -> bool:
    """Whether two plain values of a field say the same, spaces around and kinds of line end apart."""
    return _comparable(one) == _comparable(other)


def _comparable(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        compared = {key: _comparable(each) for key, each in value.items()}
        return {key: each for key, each in compared.items() if each not in ("", [], {})}
    if isinstance(value, list | tuple):
        return [_comparable(each) for each in value]
    return str(value)


def languages_of(content: SpecificationContent) -> list[str]:
    """The languages that the texts of *content* are written in, French first whether it is there or not."""
    texts = [
        content.title,
        content.description,
        *(o.statement for o in content.learning_outcomes),
        content.level.none_reason,
        content.assessment.description,
        content.assessment.identity_check,
        content.assessment.evidence,
        *(c.statement for c in content.criteria),
        *(m.title for m in content.modules),
        *(q.name for q in content.quality_assurance),
        content.prerequisites,
        content.stackability,
        content.price_note,
        content.further_information,
    ]
    found = {tag: None for text in texts for tag, _ in text.versions}
    return ["fr", *(tag for tag in found if tag != "fr")]
