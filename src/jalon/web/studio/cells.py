"""A section's fields as the page draws them: value, help, advice, what could not be read, texts set aside."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalon.design import labels
from jalon.design.errors import Problem
from jalon.design.models import SetAside, Specification
from jalon.design.rules.advice import advice
from jalon.design.rules.completeness import Gap
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.fields import TEXTS, Shape, shape, value_of
from jalon.web.studio import choices
from jalon.web.studio.sections import Section, anchor
from jalon.web.studio.wording import HELP, measured


@dataclass
class Option:
    """One possible value."""

    value: str
    label: str
    help: str = ""
    chosen: bool = False


@dataclass
class Input:
    """One control of a row."""

    name: str
    label: str
    value: str
    kind: str = "text"  # text, url, framework, select, number, hidden or ticks
    language: str = ""
    options: list[Option] = dataclasses.field(default_factory=list)


@dataclass
class Row:
    """One row of a list; the last one is blank, ready to be filled."""

    index: int
    inputs: list[Input]
    blank: bool


@dataclass
class Aside:
    """A text that waits for a choice between it and the one in place."""

    id: UUID
    author: str
    at: Any
    yours: str
    theirs: str


@dataclass
class Cell:
    """
    One field on the page.

    Attributes:
        widget: ``input``, ``textarea``, ``number``, ``radios``, ``checkboxes``, ``select`` or ``rows``.
        seen: The plain value in JSON, sent back so that nobody's text is overwritten unseen.
        missing: Whether something mandatory is to be filled here.
        problem: Why what was typed could not be read; then `value` is what was typed.
    """

    field: str
    id: str
    label: str
    widget: str
    value: str
    seen: str
    help: str = ""
    language: str = ""
    suffix: str = ""
    missing: bool = False
    problem: str = ""
    remarks: list[str] = dataclasses.field(default_factory=list)
    advice: list[str] = dataclasses.field(default_factory=list)
    options: list[Option] = dataclasses.field(default_factory=list)
    more_options: list[Option] = dataclasses.field(default_factory=list)
    groups: list[tuple[str, list[Option]]] = dataclasses.field(default_factory=list)
    rows: list[Row] = dataclasses.field(default_factory=list)
    asides: list[Aside] = dataclasses.field(default_factory=list)
    suggestions: list[str] = dataclasses.field(default_factory=list)


@dataclass
class OutcomeCells:
    """One outcome: its words in each language, its links, its place."""

    id: str
    number: int
    statements: list[Cell]
    alignments: Cell
    first: bool
    last: bool


_SHORT_TEXTS = frozenset({"title"})
_SUFFIXES = {
    "workload_hours": "h",
    "credits_ects": "ECTS",
    "price_euros": "€",
    "validity_months": gettext_lazy("mois"),
}


class Drawing:
    """
    Draws cells from one version.

    Args:
        languages: Those that texts are written in; every text has a cell for each.
    """

    def __init__(self, specification: Specification, gaps: Sequence[Gap], languages: Sequence[str]) -> None:
        self.content: SpecificationContent = specification.read()
        self.languages = languages
        self._gaps = gaps
        self._advice = advice(self.content)
        self._kept = list(specification.set_aside.select_related("by"))

    def cells(self, section: Section) -> list[Cell]:
        """The cells of a section, in order; the outcomes have their own (`outcomes`)."""
        found: list[Cell] = []
        for name in section.fields:
            if name in TEXTS:
                found += [self.cell(f"{name}.{tag}") for tag in self.languages]
            elif name != "learning_outcomes":
                found.append(self.cell(name))
        return found

    def outcomes(self) -> list[OutcomeCells]:
        """The outcomes in their order."""
        count = len(self.content.learning_outcomes)
        return [
            OutcomeCells(
                id=outcome.id,
                number=number,
                statements=[
                    self.cell(f"learning_outcomes.{outcome.id}.statement.{tag}") for tag in self.languages
                ],
                alignments=self.cell(f"learning_outcomes.{outcome.id}.alignments"),
                first=number == 1,
                last=number == count,
            )
            for number, outcome in enumerate(self.content.learning_outcomes, start=1)
        ]

    def orphans(self) -> list[Cell]:
        """Texts set aside whose outcome somebody removed: shown, so that they are not lost."""
        there = {o.id for o in self.content.learning_outcomes}
        gone = {
            kept.field
            for kept in self._kept
            if kept.field.startswith("learning_outcomes.") and kept.field.split(".")[1] not in there
        }
        return [self.cell(field) for field in sorted(gone)]

    def list_advice(self, field: str) -> list[str]:
        """Advice on a whole list."""
        return [labels.advice_sentence(each) for each in self._advice if each.field == field]

    def cell(self, field: str) -> Cell:
        """One field."""
        kind = shape(field)
        current = value_of(self.content, field)
        base, _dot, tag = field.rpartition(".")
        language = tag if kind is Shape.TEXT else ""
        name = base if kind is Shape.TEXT else field
        cell = Cell(
            field=field,
            id=anchor(field),
            label=labels.field_name(field, self.content),
            widget=_widget(field, kind),
            value=current if isinstance(current, str) else "",
            seen=json.dumps(current, ensure_ascii=False, separators=(",", ":")),
            help=str(HELP.get(name, "")) if language in {"", "fr"} else "",
            language=language,
            suffix=str(_SUFFIXES.get(field, "")),
            advice=self.list_advice(field),
        )
        typed = self._take_unreadable(cell)
        self._take_gaps(cell)
        self._take_asides(cell)
        self._offer(cell, kind, current if typed is None else typed)
        if kind is Shape.NUMBER and typed is None:
            cell.value = cell.value.replace(".", ",")
        return cell

    def _take_unreadable(self, cell: Cell) -> Any:
        for kept in self._kept:
            if kept.field == cell.field and kept.reason == SetAside.Reason.UNREADABLE:
                cell.problem = labels.problem_sentence(
                    Problem(kept.field, kept.problem["code"], kept.problem.get("facts", {}))
                )
                if isinstance(kept.value, str):
                    cell.value = kept.value
                return kept.value
        return None

    def _take_gaps(self, cell: Cell) -> None:
        for gap in self._gaps:
            if gap.field not in {
                cell.field,
                cell.field.removesuffix(".fr"),
                cell.field.removesuffix(".statement.fr"),
            }:
                continue
            if gap.code.endswith((".missing", "_missing", ".empty")):
                cell.missing = cell.missing or gap.mandatory
            elif not gap.code.startswith("set_aside."):
                cell.remarks.append(labels.gap_sentence(gap))

    def _take_asides(self, cell: Cell) -> None:
        for kept in self._kept:
            if kept.field == cell.field and kept.reason == SetAside.Reason.CONFLICT:
                theirs = as_words(cell.field, value_of(self.content, cell.field))
                author = str(kept.by) if kept.by else _("Une personne")
                cell.asides.append(
                    Aside(kept.id, author, kept.created_at, as_words(cell.field, kept.value), theirs)
                )

    def _offer(self, cell: Cell, kind: Shape, current: Any) -> None:
        match kind:
            case Shape.CHOICE | Shape.CHOICES:
                chosen = set(current) if isinstance(current, list) else {current}
                first, more = choices.options(cell.field, chosen)
                cell.options = [_option(each, chosen) for each in first]
                cell.more_options = [_option(each, chosen) for each in more]
            case Shape.LEVEL:
                held = current if isinstance(current, dict) else {}
                chosen_level = f"{held.get('framework', '')}:{held.get('value', '')}" if held else ""
                cell.groups = [
                    (name, [_option(each, {chosen_level}) for each in group])
                    for name, group in choices.levels()
                ]
            case Shape.ROWS:
                cell.rows = self._rows(cell.field, current if isinstance(current, list) else [])
            case _:
                pass

    def _rows(self, field: str, rows: list[Any]) -> list[Row]:
        by_field = {
            "quality_assurance": self._assurance_row,
            "criteria": self._criterion_row,
            "modules": self._module_row,
        }
        drawn = by_field.get(field, _alignment_row)
        found = [Row(index, drawn(f"{field}.{index}", row), blank=False) for index, row in enumerate(rows)]
        return [*found, Row(len(rows), drawn(f"{field}.{len(rows)}", {}), blank=True)]

    def _assurance_row(self, prefix: str, row: dict[str, Any]) -> list[Input]:
        kinds = [_option(each, {row.get("kind", "institutional")}) for each in choices.assurance_kinds()]
        return [
            *self._texts(f"{prefix}.name", _("Nom"), row.get("name")),
            Input(f"{prefix}.kind", _("Genre"), "", kind="select", options=kinds),
            Input(f"{prefix}.url", _("Adresse où le vérifier"), row.get("url", ""), kind="url"),
        ]

    def _criterion_row(self, prefix: str, row: dict[str, Any]) -> list[Input]:
        return [
            Input(f"{prefix}.id", "", row.get("id", ""), kind="hidden"),
            *self._texts(f"{prefix}.statement", _("Critère"), row.get("statement")),
            self._outcome_ticks(prefix, _("Acquis regardés"), row),
        ]

    def _module_row(self, prefix: str, row: dict[str, Any]) -> list[Input]:
        forms = [choices.Choice("", _("Pas précisée")), *choices.options("participation", ())[0]]
        options = [_option(each, {row.get("participation", "")}) for each in forms]
        hours = str(row.get("hours", "")).replace(".", ",")
        return [
            Input(f"{prefix}.id", "", row.get("id", ""), kind="hidden"),
            *self._texts(f"{prefix}.title", _("Étape"), row.get("title")),
            Input(f"{prefix}.hours", _("Heures"), hours, kind="number"),
            Input(f"{prefix}.participation", _("Forme"), "", kind="select", options=options),
            self._outcome_ticks(prefix, _("Acquis travaillés"), row),
        ]

    def _texts(self, name: str, label: str, held: object) -> list[Input]:
        """One control for each language that texts are written in."""
        texts = held if isinstance(held, dict) else {}
        tags = [*self.languages, *(tag for tag in texts if tag not in self.languages)]
        return [
            Input(
                f"{name}.{tag}",
                label if tag == "fr" else f"{label} ({labels.language_name(tag)})",
                texts.get(tag, ""),
                language=tag,
            )
            for tag in tags
        ]

    def _outcome_ticks(self, prefix: str, label: str, row: dict[str, Any]) -> Input:
        held = row.get("outcomes", [])
        options = [
            Option(o.id, str(number), str(o.statement), o.id in held)
            for number, o in enumerate(self.content.learning_outcomes, start=1)
        ]
        return Input(f"{prefix}.outcomes", label, "", kind="ticks", options=options)


def _alignment_row(prefix: str, row: dict[str, Any]) -> list[Input]:
    return [
        Input(f"{prefix}.framework", _("Référentiel"), row.get("framework", ""), kind="framework"),
        Input(f"{prefix}.code", _("Code"), row.get("code", "")),
        Input(f"{prefix}.label", _("Intitulé"), row.get("label", "")),
        Input(f"{prefix}.uri", _("Adresse"), row.get("uri", ""), kind="url"),
    ]


def _option(choice: choices.Choice, chosen: Iterable[str]) -> Option:
    return Option(choice.value, choice.label, choice.help, choice.value in chosen)


def _widget(field: str, kind: Shape) -> str:
    match kind:
        case Shape.TEXT:
            return "input" if field.rpartition(".")[0] in _SHORT_TEXTS else "textarea"
        case Shape.CHOICE:
            return "radios"
        case Shape.CHOICES:
            return "checkboxes"
        case Shape.LEVEL:
            return "select"
        case Shape.ROWS:
            return "rows"
        case Shape.NUMBER:
            return "number"
        case _:
            return "input"


def as_words(field: str, value: Any) -> str:
    """A plain value as a person reads it, for comparing two texts."""
    match shape(field):
        case Shape.CHOICES:
            return labels.value_words(field, ",".join(str(each) for each in value or []))
        case Shape.CHOICE:
            return labels.value_words(field, value or "")
        case Shape.LEVEL:
            return labels.value_words("level", f"{value['framework']}:{value['value']}") if value else ""
        case Shape.NUMBER:
            return "" if value in (None, "") else measured(field, value)
        case Shape.ROWS:
            return "\n".join(row_words(row) for row in value or [])
        case _:
            return str(value or "")


def row_words(row: dict[str, Any]) -> str:
    """One row of a list as a line of words; its codes and identifiers are left out."""
    said: list[str] = []
    for key, each in row.items():
        if isinstance(each, dict):
            said += each.values()
        elif key == "hours":
            said.append(_("%s h") % number_format(each))
        elif key not in {"id", "kind", "participation", "outcomes"}:
            said.append(str(each))
    return " · ".join(said)
