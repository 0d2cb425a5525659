"""
A specification as a spreadsheet that people fill in: one line per thing said, one column per language.

    Rubrique  | fr                         | en              | Acquis
    Titre     | Plesser une haie           | Laying a hedge  |
    Acquis    | Choisir les brins          | Choose stems    |
    Critère   | Les brins restent vivants  |                 | 1
    Étape     | Au champ                   |                 | 1, 2     (hours in the column «Heures»)
    Heures    | 21                         |                 |
    Lien      | ESCO | | tailler | http://…  |                 | 1        (framework, code, label, address)

What only its organisation can say of itself (quality assurance, recognition) has no line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jalon.design.errors import ImportRefusedError, InvalidContentError, Problem
from jalon.design.rules import plain
from jalon.design.rules.content import Alignment, SpecificationContent
from jalon.design.rules.fields import languages_of
from jalon.design.rules.imports import Imported
from jalon.design.rules.values import LANGUAGE
from jalon.design.rules.vocabularies import ASSESSMENT_TYPES, DOMAINS, PARTICIPATION_FORMS, SUPERVISION
from sceau.model.texts import Text

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
_CHOICES: Mapping[str, str] = {
    "domaine": "domain",
    "domain": "domain",
    "types d'evaluation": "assessment.types",
    "assessment types": "assessment.types",
    "surveillance de l'evaluation": "assessment.supervision",
    "supervision": "assessment.supervision",
    "formes de participation": "participation",
    "participation": "participation",
}
_VALUES: Mapping[str, Mapping[str, Text]] = {
    "domain": DOMAINS,
    "assessment.types": {code: c.label for code, c in ASSESSMENT_TYPES.concepts.items()},
    "assessment.supervision": {code: c.label for code, c in SUPERVISION.concepts.items()},
    "participation": {code: c.label for code, c in PARTICIPATION_FORMS.concepts.items()},
}
_SEVERAL = frozenset({"assessment.types", "participation"})
_LINKS = {"lien": "alignment", "link": "alignment", "certification visee": "target", "target": "target"}
_LEVELS = {"niveau": "nqf_fr", "niveau europeen": "eqf", "eqf level": "eqf"}
_FIRST_COLUMN = frozenset({"rubrique", "element", "field"})
_OUTCOMES_COLUMN = frozenset({"acquis", "outcomes"})
_HOURS_COLUMN = frozenset({"heures", "hours"})
_FORM_COLUMN = frozenset({"forme", "form"})

WIDTHS = (28, 60, 60, 12, 10, 24)
"""Of the columns of `template`, in letters."""

Cell = object


@dataclass
class _Sheet:
    """The columns of the sheet and what was gathered from its lines."""

    languages: dict[int, str]
    outcomes_column: int | None
    hours_column: int | None
    form_column: int | None
    plain: dict[str, Any] = field(default_factory=dict)
    outcomes: list[dict[str, Any]] = field(default_factory=list)
    criteria: list[dict[str, Any]] = field(default_factory=list)
    modules: list[dict[str, Any]] = field(default_factory=list)
    links: list[tuple[list[int], dict[str, str]]] = field(default_factory=list)
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
    for places, link in sheet.links:
        for n in places:
            if 1 <= n <= len(sheet.outcomes):
                sheet.outcomes[n - 1].setdefault("alignments", []).append(link)
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
    return _Sheet(
        languages,
        _column(names, _OUTCOMES_COLUMN),
        _column(names, _HOURS_COLUMN),
        _column(names, _FORM_COLUMN),
    )


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
    elif key in _CHOICES:
        _choose(sheet, _CHOICES[key], first, cells[0])
    elif key in _LINKS:
        _link(sheet, number, cells, first, is_target=_LINKS[key] == "target")
    elif key in {"langues", "languages"}:
        sheet.plain["languages"] = [tag.strip() for tag in first.split(",") if tag.strip()]
    elif _ROWS.get(key) == "outcome":
        sheet.outcomes.append({"statement": texts})
    elif _ROWS.get(key) == "criterion":
        sheet.criteria.append({"statement": texts, "places": list(_places(sheet, number, cells))})
    elif _ROWS.get(key) == "module":
        hours = _cell(cells, sheet.hours_column)
        row: dict[str, Any] = {"title": texts, "places": list(_places(sheet, number, cells))}
        if hours:
            row["hours"] = hours
        if form := _codes(sheet, "participation", _cell(cells, sheet.form_column), cells[0]):
            row["participation"] = form[0]
        sheet.modules.append(row)
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


def _choose(sheet: _Sheet, path: str, typed: str, line: str) -> None:
    """Set a choice from the words of the vocabulary, in any language of its labels, or its code."""
    *steps, last = path.split(".")
    into = sheet.plain
    for step in steps:
        into = into.setdefault(step, {})
    if codes := _codes(sheet, path, typed, line):
        into[last] = codes if path in _SEVERAL else codes[0]


def _codes(sheet: _Sheet, path: str, typed: str, line: str) -> list[str]:
    """The codes behind words parted by semicolons; those that nobody knows are named."""
    known = {_key(words): code for code, label in _VALUES[path].items() for words in label.as_dict().values()}
    known |= {_key(code): code for code in _VALUES[path]}
    wanted = [word.strip() for word in typed.split(";") if word.strip()]
    sheet.unknown += [f"{line} : {word}"[:80] for word in wanted if _key(word) not in known]
    return list(dict.fromkeys(known[_key(word)] for word in wanted if _key(word) in known))


def _link(sheet: _Sheet, number: int, cells: list[str], typed: str, *, is_target: bool) -> None:
    """One entry of a framework: ``"ESCO | code | label | address"``."""
    parts = [part.strip() for part in typed.split("|")]
    if len(parts) < 4:
        sheet.unknown.append(f"{cells[0]} : {typed}"[:80])
        return
    framework, code, *label, address = parts
    link = {"framework": framework, "code": code, "label": " | ".join(label), "uri": address}
    link = {name: words for name, words in link.items() if words}
    if is_target:
        sheet.plain.setdefault("stacks_into", []).append(link)
    else:
        sheet.links.append((list(_places(sheet, number, cells)), link))


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
    """The lines of a sheet to fill in, with what *content* already says, in every language that it has."""
    content = content or SpecificationContent()
    held = plain.write(content)
    more = [tag for tag in languages_of(content) if tag not in {"fr", "en"}]
    rows = [["Rubrique", "fr", "en", "Acquis", "Heures", "Forme", *more]]
    rows += [_row(label, _held(held, path), more) for label, path in _TEMPLATE_TEXTS]
    rows += [_row(label, {"fr": _chosen(path, _held(held, path))}, more) for label, path in _TEMPLATE_CHOICES]
    rows += [_row(label, {"fr": str(held.get(name) or "")}, more) for label, name in _TEMPLATE_NUMBERS]
    level = "Niveau" if content.level.framework == "nqf_fr" else "Niveau européen"
    rows.append(_row(level, {"fr": str(content.level.value or "")}, more))
    rows.append(_row("Langues", {"fr": ", ".join(content.languages)}, more))
    rows += [_row("Acquis", o.statement.as_dict(), more) for o in content.learning_outcomes]
    rows += [
        _row("Critère", c.statement.as_dict(), more, acquis=places) for c, places in content.placed_criteria
    ]
    rows += [
        _row(
            "Étape",
            m.title.as_dict(),
            more,
            acquis=places,
            hours=plain.write_decimal(m.hours) or "",
            form=_chosen("participation", m.participation),
        )
        for m, places in content.placed_modules
    ]
    for n, outcome in enumerate(content.learning_outcomes, start=1):
        rows += [_row("Lien", {"fr": _linked(each)}, more, acquis=(n,)) for each in outcome.alignments]
    rows += [_row("Certification visée", {"fr": _linked(each)}, more) for each in content.stacks_into]
    for label in ("Acquis", "Critère", "Étape"):
        if not any(row[0] == label for row in rows):
            rows += [_row(label, {}, more) for _ in range(4)]
    return rows


def _row(
    label: str,
    texts: Mapping[str, str],
    more: Sequence[str],
    *,
    acquis: Sequence[int] = (),
    hours: str = "",
    form: str = "",
) -> list[str]:
    said = [texts.get(tag, "") for tag in ("fr", "en")]
    return [label, *said, ", ".join(map(str, acquis)), hours, form, *(texts.get(tag, "") for tag in more)]


_TEMPLATE_TEXTS = (
    ("Titre", "title"),
    ("Description", "description"),
    ("Déroulement de l'évaluation", "assessment.description"),
    ("Preuves à montrer", "assessment.evidence"),
    ("Contrôle d'identité", "assessment.identity_check"),
    ("Prérequis", "prerequisites"),
    ("Bon à savoir", "further_information"),
    ("Pourquoi pas de niveau", "level.none_reason"),
    ("Cumul", "stackability"),
    ("Précisions sur le prix", "price_note"),
)


_TEMPLATE_CHOICES = (
    ("Domaine", "domain"),
    ("Types d'évaluation", "assessment.types"),
    ("Surveillance de l'évaluation", "assessment.supervision"),
    ("Formes de participation", "participation"),
)
_TEMPLATE_NUMBERS = (
    ("Heures de travail", "workload_hours"),
    ("ECTS", "credits_ects"),
    ("Prix", "price_euros"),
    ("Validité en mois", "validity_months"),
)


def _held(held: Any, path: str) -> Any:
    for step in path.split("."):
        held = held.get(step, {}) if isinstance(held, dict) else {}
    return held


def _chosen(path: str, held: Any) -> str:
    """The French words of one code or several."""
    codes = held if isinstance(held, list | tuple) else [held] if held else []
    return " ; ".join(str(_VALUES[path][code]) if code in _VALUES[path] else code for code in codes)


def _linked(link: Alignment) -> str:
    return f"{link.framework} | {link.code} | {link.label} | {link.uri}"
