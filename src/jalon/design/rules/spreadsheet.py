"""
A specification as a spreadsheet that people fill in: one line per thing said, one column per language.

    Rubrique  | fr                         | en              | Acquis
    Titre     | Plesser une haie           | Laying a hedge  |
    Acquis    | Choisir les brins          | Choose stems    |
    Critère   | Les brins restent vivants  |                 | 1
    Étape     | Au champ                   |                 | 1, 2     (hours in the column «Heures»)
    Heures    | 21                         |                 |
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jalon.design.errors import ImportRefusedError, InvalidContentError, Problem
from jalon.design.rules import plain
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.imports import Imported
from jalon.design.rules.values import LANGUAGE

# The name on a line, without accents or capitals, to the text it fills.
_TEXTS = {
    "titre": "title",
    "title": "title",
    "description": "description",
    "pourquoi pas de niveau": "level.none_reason",
    "deroulement de l'evaluation": "assessment.description",
    "assessment": "assessment.description",
    "controle d'identite": "assessment.identity_check",
    "identity check": "assessment.identity_check",
    "preuves a montrer": "assessment.evidence",
    "evidence": "assessment.evidence",
    "prerequis": "prerequisites",
    "prerequisites": "prerequisites",
    "cumul": "stackability",
    "stackability": "stackability",
    "precisions sur le prix": "price_note",
    "bon a savoir": "further_information",
    "further information": "further_information",
}
_NUMBERS = {
    "heures": "workload_hours",
    "heures de travail": "workload_hours",
    "hours": "workload_hours",
    "ects": "credits_ects",
    "prix": "price_euros",
    "price": "price_euros",
    "validite en mois": "validity_months",
    "validity in months": "validity_months",
}
_ROWS = {
    "acquis": "outcome",
    "learning outcome": "outcome",
    "outcome": "outcome",
    "critere": "criterion",
    "criterion": "criterion",
    "etape": "module",
    "module": "module",
    "step": "module",
}
_LEVELS = {"niveau": "nqf_fr", "niveau europeen": "eqf", "eqf level": "eqf"}
_FIRST_COLUMN = frozenset({"rubrique", "element", "field"})
_OUTCOMES_COLUMN = frozenset({"acquis", "outcomes"})
_HOURS_COLUMN = frozenset({"heures", "hours"})

WIDTHS = (28, 60, 60, 12, 10)
"""Of the columns of `template`, in letters."""

Cell = object


@dataclass
class _Sheet:
    """The columns of the sheet and what was gathered from its lines."""

    languages: dict[int, str]
    outcomes_column: int | None
    hours_column: int | None
    plain: dict[str, Any] = field(default_factory=dict)
    outcomes: list[dict[str, Any]] = field(default_factory=list)
    criteria: list[dict[str, Any]] = field(default_factory=list)
    modules: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(rows: Sequence[Sequence[Cell]], name: str = "") -> Imported:
    """
    Read the lines of a sheet; those that nobody knows are named in `Imported.left`.

    Raises:
        ImportRefusedError: The first line has no «Rubrique» with a language beside it, or nothing follows it.
        InvalidContentError: Values that cannot be read, by the number of their line.
    """
    sheet = _columns(rows[0] if rows else (), name)
    for number, row in enumerate(rows[1:], start=2):
        _line(sheet, number, [_words(cell) for cell in row])
    if sheet.problems:
        raise InvalidContentError(sheet.problems)
    content = plain.read(
        {
            **sheet.plain,
            "learning_outcomes": sheet.outcomes,
            "criteria": [_tied(each, sheet.outcomes) for each in sheet.criteria],
            "modules": [_tied(each, sheet.outcomes) for each in sheet.modules],
        }
    )
    if content == SpecificationContent():
        raise ImportRefusedError("nothing_in_it", name)
    return Imported(content, str(content.title) or name, left=tuple(dict.fromkeys(sheet.unknown)))


def _columns(header: Sequence[Cell], name: str) -> _Sheet:
    names = [_key(_words(cell)) for cell in header]
    languages = {n: word for n, word in enumerate(names) if n and LANGUAGE.fullmatch(word)}
    if not names or names[0] not in _FIRST_COLUMN or not languages:
        raise ImportRefusedError("not_known", name)
    return _Sheet(languages, _column(names, _OUTCOMES_COLUMN), _column(names, _HOURS_COLUMN))


def _column(names: Sequence[str], wanted: Iterable[str]) -> int | None:
    return next((n for n, each in enumerate(names) if n and each in wanted), None)


def _line(sheet: _Sheet, number: int, cells: list[str]) -> None:
    key = _key(cells[0]) if cells else ""
    texts = {tag: cells[n] for n, tag in sheet.languages.items() if n < len(cells) and cells[n]}
    first = next(iter(texts.values()), "")
    if not key or not first:
        return
    if key in _TEXTS:
        _put(sheet.plain, _TEXTS[key], texts)
    elif key in _NUMBERS:
        sheet.plain[_NUMBERS[key]] = first
    elif key in _LEVELS:
        sheet.plain["level"] = {**sheet.plain.get("level", {}), "framework": _LEVELS[key], "value": first}
    elif key in {"langues", "languages"}:
        sheet.plain["languages"] = [tag.strip() for tag in first.split(",") if tag.strip()]
    elif _ROWS.get(key) == "outcome":
        sheet.outcomes.append({"statement": texts})
    elif _ROWS.get(key) == "criterion":
        sheet.criteria.append({"statement": texts, "places": list(_places(sheet, number, cells))})
    elif _ROWS.get(key) == "module":
        hours = _cell(cells, sheet.hours_column)
        row = {"title": texts, "places": list(_places(sheet, number, cells))}
        sheet.modules.append({**row, "hours": hours} if hours else row)
    else:
        sheet.unknown.append(cells[0][:80])


def _put(into: dict[str, Any], path: str, texts: dict[str, str]) -> None:
    *steps, last = path.split(".")
    for step in steps:
        into = into.setdefault(step, {})
    held = into.setdefault(last, {})
    for tag, words in texts.items():
        # Two lines with one name go one under the other.
        held[tag] = f"{held[tag]}\n{words}" if held.get(tag) else words


def _places(sheet: _Sheet, number: int, cells: list[str]) -> Iterator[int]:
    typed = _cell(cells, sheet.outcomes_column)
    for each in typed.replace(";", ",").split(","):
        word = each.strip()
        if word.isascii() and word.isdigit() and len(word) < 4:
            yield int(word)
        elif word:
            facts = {"value": word[:40]}
            sheet.problems.append(Problem(f"ligne {number}", "content.not_a_number", facts))


def _tied(row: dict[str, Any], outcomes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The row with identifiers in place of numbers; a number past the last outcome ties nothing."""
    places = [n for n in row.pop("places") if 1 <= n <= len(outcomes)]
    ids = [o.id for o in plain.read({"learning_outcomes": list(outcomes)}).learning_outcomes]
    return {**row, "outcomes": list(dict.fromkeys(ids[n - 1] for n in places))}


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _words(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def _key(words: str) -> str:
    decomposed = unicodedata.normalize("NFD", words.replace("’", "'").strip().lower())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def template(content: SpecificationContent | None = None) -> list[list[str]]:
    """The lines of a sheet to fill in, with what *content* already says, in French and English."""
    content = content or SpecificationContent()
    rows = [["Rubrique", "fr", "en", "Acquis", "Heures"]]
    held = plain.write(content)
    for label, path in _TEMPLATE_TEXTS:
        rows.append([label, *_two(held, path), "", ""])
    for label, name in (
        ("Heures de travail", "workload_hours"),
        ("ECTS", "credits_ects"),
        ("Prix", "price_euros"),
    ):
        rows.append([label, str(held.get(name) or ""), "", "", ""])
    rows += [["Acquis", *_pair(o.statement.as_dict()), "", ""] for o in content.learning_outcomes]
    rows += [
        ["Critère", *_pair(c.statement.as_dict()), _listed(places), ""]
        for c, places in content.placed_criteria
    ]
    rows += [
        ["Étape", *_pair(m.title.as_dict()), _listed(places), plain.write_decimal(m.hours) or ""]
        for m, places in content.placed_modules
    ]
    for label in ("Acquis", "Critère", "Étape"):
        if not any(row[0] == label for row in rows):
            rows += [[label, "", "", "", ""] for _ in range(4)]
    return rows


_TEMPLATE_TEXTS = (
    ("Titre", "title"),
    ("Description", "description"),
    ("Déroulement de l'évaluation", "assessment.description"),
    ("Preuves à montrer", "assessment.evidence"),
    ("Contrôle d'identité", "assessment.identity_check"),
    ("Prérequis", "prerequisites"),
    ("Bon à savoir", "further_information"),
)


def _two(held: Any, path: str) -> list[str]:
    for step in path.split("."):
        held = held.get(step, {}) if isinstance(held, dict) else {}
    return _pair(held if isinstance(held, dict) else {})


def _pair(texts: dict[str, str]) -> list[str]:
    return [texts.get("fr", ""), texts.get("en", "")]


def _listed(places: Sequence[int]) -> str:
    return ", ".join(map(str, places))
