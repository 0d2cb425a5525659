"""The text of a room field by field: what each says, and what waits there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jalon.design.queries import Waiting, is_field
from jalon.design.rules import fields
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.rooms import OUTCOMES
from jalon.web.studio.askers import name_of
from jalon.web.studio.cells import as_words
from jalon.web.studio.sections import SECTIONS

WHOLE = "ensemble"
"""Stands in an address for the whole text, whose field is ``""``."""


@dataclass(frozen=True)
class Line:
    """One field: its name, what it says, and how much waits there."""

    field: str
    name: str
    words: str
    language: str
    waiting: Waiting


@dataclass(frozen=True)
class Group:
    """The fields of one section."""

    slug: str
    title: str | Promise
    lines: list[Line]

    @property
    def waiting(self) -> int:
        """How much waits in the whole section."""
        return sum(line.waiting.proposals + line.waiting.threads for line in self.lines)


def groups(content: SpecificationContent, waiting: Mapping[str, Waiting]) -> list[Group]:
    """
    Every field that a specification has, in the order of the studio; at the end what no longer has a place,
    where something was said about it.
    """
    shown: set[str] = set()
    found: list[Group] = []
    for section in SECTIONS:
        names = [each for name in section.fields for each in _fields(name, content)]
        shown.update(names)
        found.append(Group(section.slug, section.title, [line(n, content, waiting) for n in names]))
    known = [each for name in (*fields.TEXTS, *fields.SHAPES) for each in _fields(name, content)]
    if others := [name for name in known if name not in shown]:
        shown.update(others)
        found.append(Group("autres", _("Autres"), [line(n, content, waiting) for n in others]))
    gone = [name for name in waiting if name and name not in shown and not _removes(name, shown)]
    if gone:
        lines = [line(name, content, waiting) for name in sorted(gone)]
        found.append(Group("sans-place", _("Ce qui n'a plus de place dans le texte"), lines))
    return found


def _removes(name: str, shown: set[str]) -> bool:
    """Whether *name* is an outcome as a whole, told at its words."""
    return f"{name}.statement.fr" in shown


def _fields(name: str, content: SpecificationContent) -> Iterator[str]:
    if name in fields.TEXTS:
        yield from (f"{name}.{tag}" for tag in fields.languages_of(content))
    elif name == OUTCOMES:
        yield OUTCOMES
        for outcome in content.learning_outcomes:
            tags = dict.fromkeys(["fr", *(tag for tag, _words in outcome.statement.versions)])
            yield from (f"{OUTCOMES}.{outcome.id}.statement.{tag}" for tag in tags)
            yield f"{OUTCOMES}.{outcome.id}.alignments"
    else:
        yield name


def line(field: str, content: SpecificationContent, waiting: Mapping[str, Waiting]) -> Line:
    """One field as it is now."""
    here = waiting.get(field, Waiting())
    if field.endswith(".statement.fr"):
        whole = waiting.get(field.removesuffix(".statement.fr"), Waiting())
        here = Waiting(here.proposals + whole.proposals, here.threads + whole.threads)
    return Line(field, name_of(field, content), words_of(field, content), language_of(field), here)


def words_of(field: str, content: SpecificationContent) -> str:
    """What a field says now, as people read it; empty where it says nothing or is not there."""
    if field == OUTCOMES:
        return "\n".join(f"{n}. {o.statement}" for n, o in enumerate(content.learning_outcomes, start=1))
    return as_words(field, fields.value_of(content, field)) if field and is_field(field) else ""


def language_of(field: str) -> str:
    """The language of a text field, ``""`` where it has none of its own."""
    if field and is_field(field) and fields.shape(field) is fields.Shape.TEXT:
        return field.rpartition(".")[2]
    return ""


def is_there(field: str, content: SpecificationContent) -> bool:
    """Whether the text has this field today."""
    if field in ("", OUTCOMES):
        return True
    outcome_id = fields.outcome_of(field)
    return is_field(field) and (not outcome_id or fields.has_outcome(content, outcome_id))
