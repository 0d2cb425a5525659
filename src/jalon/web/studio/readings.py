"""A whole version as text, for whoever reads rather than writes: sections, names, values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from jalon.design import labels
from jalon.design.rules.content import Alignment, CriterionContent, ModuleContent, SpecificationContent
from jalon.design.rules.fields import SHAPES, TEXTS, value_of
from jalon.design.rules.vocabularies import PARTICIPATION_FORMS, QUALITY_ASSURANCE_KINDS
from jalon.foundation.messages import worded
from jalon.web.studio.cells import as_words
from jalon.web.studio.sections import SECTIONS, Section
from sceau.model.texts import Text

_SAID_IN_SOME_CASES = (
    "level.none_reason",
    "recognition.code",
    "recognition.title",
    "recognition.certifying_body",
    "credits_ects",
    "price_note",
)


@dataclass(frozen=True)
class Words:
    """A text and its language, ``""`` where it has none of its own."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Item:
    """A name and what is said; `ordered` for the outcomes."""

    name: str
    values: list[Words]
    ordered: bool = False


@dataclass(frozen=True)
class Part:
    """A section with what it says; empty items are left out."""

    number: int
    title: str | Promise
    slug: str
    items: list[Item]


def parts(content: SpecificationContent) -> list[Part]:
    """Everything *content* says, section by section."""
    return [Part(s.number, s.title, s.slug, [i for i in _items(s, content) if i.values]) for s in SECTIONS]


def parts_to_discuss(content: SpecificationContent, *, without: Collection[str]) -> list[Part]:
    """As `parts`, with what is still to be written, and without some fields."""
    found = []
    for section in SECTIONS:
        kept = replace(section, fields=tuple(name for name in section.fields if name not in without))
        items = [i for i in _items(kept, content) if i.values or i.name not in _only_sometimes()]
        if "learning_outcomes" in kept.fields and not items:
            items = [Item(labels.field_name("learning_outcomes"), [])]
        found.append(Part(section.number, section.title, section.slug, items))
    return [part for part in found if part.items]


def _only_sometimes() -> set[str]:
    """Names of what is said in some cases alone: left empty, there is nothing to discuss."""
    return {labels.field_name(name) for name in _SAID_IN_SOME_CASES}


def _items(section: Section, content: SpecificationContent) -> Iterator[Item]:
    for name in section.fields:
        if name == "learning_outcomes":
            yield from _outcomes(content)
        elif name in TEXTS:
            yield Item(labels.field_name(name), _versions(_text(content, name)))
        elif name == "quality_assurance":
            yield Item(labels.field_name(name), _assurance(content))
        elif name == "criteria":
            yield Item(labels.field_name(name), [_criterion(content, each) for each in content.criteria])
        elif name == "modules":
            yield Item(labels.field_name(name), [_module(content, each) for each in content.modules])
        elif name == "stacks_into":
            yield Item(labels.field_name(name), [Words(_alignment(a)) for a in content.stacks_into])
        elif name in SHAPES:
            words = _value(content, name)
            yield Item(labels.field_name(name), [Words(words)] if words else [])


def _outcomes(content: SpecificationContent) -> Iterator[Item]:
    for number, outcome in enumerate(content.learning_outcomes, start=1):
        links = [Words(_alignment(a)) for a in outcome.alignments]
        name = _("Acquis %(number)d") % {"number": number}
        yield Item(name, [*_versions(outcome.statement), *links], ordered=True)


def _text(content: SpecificationContent, name: str) -> Text:
    holder: object = content
    for step in name.split("."):
        holder = getattr(holder, step)
    return holder if isinstance(holder, Text) else Text(())


def _versions(text: Text) -> list[Words]:
    return [Words(words, tag) for tag, words in text.versions]


def _assurance(content: SpecificationContent) -> list[Words]:
    return [
        Words(
            " · ".join(
                filter(
                    None,
                    (
                        *(words for _tag, words in row.name.versions),
                        worded(QUALITY_ASSURANCE_KINDS[row.kind].label) if row.kind else "",
                        row.url,
                    ),
                )
            )
        )
        for row in content.quality_assurance
    ]


def _criterion(content: SpecificationContent, criterion: CriterionContent) -> Words:
    return Words(_joined(criterion.statement, _outcome_numbers(content, criterion.outcomes)))


def _module(content: SpecificationContent, module: ModuleContent) -> Words:
    hours = _("%s h") % number_format(module.hours) if module.hours else ""
    form = worded(PARTICIPATION_FORMS[module.participation].label) if module.participation else ""
    return Words(_joined(module.title, hours, form, _outcome_numbers(content, module.outcomes)))


def _joined(text: Text, *more: str) -> str:
    return " · ".join(filter(None, (*(words for _tag, words in text.versions), *more)))


def _outcome_numbers(content: SpecificationContent, outcomes: Sequence[str]) -> str:
    """«acquis 1 et 3»: the places of those that are there; ``""`` where there is none."""
    places = [str(n) for n in content.places(outcomes)]
    if not places:
        return ""
    return _("acquis %(numbers)s") % {"numbers": get_text_list(places, _("et"))}


def _alignment(alignment: Alignment) -> str:
    return " · ".join(filter(None, (alignment.framework, alignment.code, alignment.label, alignment.uri)))


def _value(content: SpecificationContent, name: str) -> str:
    return as_words(name, value_of(content, name))
