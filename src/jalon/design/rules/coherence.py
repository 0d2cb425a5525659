"""
Whether the parts of a specification agree: outcomes, criteria, outline, hours and level.

Source:
    Council Recommendation of 22 May 2017 on the European Qualifications Framework (2017/C 189/03), Annex II:
    to supervise others begins at level 4, to manage complex work at level 6; up to level 3 a person carries
    out tasks in a known setting.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from jalon.design.rules.content import OutcomeContent, SpecificationContent
from jalon.design.rules.remarks import Advice
from sceau.model.texts import Text

# Up to this level nobody leads, and from that level on nobody only carries out.
_HIGHEST_WITHOUT_LEADING, _LOWEST_WITH_COMPLEXITY = 3, 6
_LEADING = frozenset(
    {
        "diriger",
        "piloter",
        "manager",
        "encadrer",
        "superviser",
        "coordonner",
        "former",
        "concevoir",
        "lead",
        "manage",
        "supervise",
        "coordinate",
        "design",
        "train",
    }
)
_CARRYING_OUT = frozenset(
    {
        "appliquer",
        "exécuter",
        "réaliser",
        "utiliser",
        "suivre",
        "nettoyer",
        "ranger",
        "remplir",
        "préparer",
        "poser",
        "apply",
        "carry",
        "execute",
        "use",
        "follow",
        "clean",
        "fill",
        "prepare",
    }
)


def incoherences(content: SpecificationContent) -> Iterator[Advice]:
    """Every disagreement, field by field."""
    yield from _criteria(content)
    yield from _modules(content)
    yield from _hours(content)
    yield from _level(content)


def _criteria(content: SpecificationContent) -> Iterator[Advice]:
    if not content.criteria:
        return
    looked_at = {outcome for criterion in content.criteria for outcome in criterion.outcomes}
    for number, outcome in enumerate(content.learning_outcomes, start=1):
        if outcome.id not in looked_at:
            yield Advice("criteria", "criteria.outcome_without", {"number": str(number)})
    for criterion, places in content.placed_criteria:
        if criterion.statement and not places:
            yield Advice("criteria", "criteria.without_outcome", {"criterion": _short(criterion.statement)})


def _modules(content: SpecificationContent) -> Iterator[Advice]:
    worked_on = {outcome for module in content.modules for outcome in module.outcomes}
    if not worked_on:
        return
    for number, outcome in enumerate(content.learning_outcomes, start=1):
        if outcome.id not in worked_on:
            yield Advice("modules", "modules.outcome_without", {"number": str(number)})


def _hours(content: SpecificationContent) -> Iterator[Advice]:
    given = [module.hours for module in content.modules if module.hours is not None]
    total, workload = sum(given, Decimal(0)), content.workload_hours
    if workload is None or not given:
        return
    facts = {"total": written(total), "hours": written(workload)}
    if total > workload:
        yield Advice("modules", "modules.more_hours", facts)
    elif len(given) == len(content.modules) and total * 2 < workload:
        yield Advice("modules", "modules.fewer_hours", facts)


def _level(content: SpecificationContent) -> Iterator[Advice]:
    level = content.level.value
    if level is None:
        return
    begun = [(outcome, tag, verb) for outcome in content.learning_outcomes for tag, verb in _verbs(outcome)]
    if level <= _HIGHEST_WITHOUT_LEADING:
        for outcome, tag, verb in begun:
            if verb in _LEADING:
                field = f"learning_outcomes.{outcome.id}.statement.{tag}"
                yield Advice(field, "level.verb_above", {"verb": verb, "level": str(level)})
    elif level >= _LOWEST_WITH_COMPLEXITY and begun and all(verb in _CARRYING_OUT for *_, verb in begun):
        yield Advice("level", "level.verbs_below", {"level": str(level)})


def _verbs(outcome: OutcomeContent) -> Iterator[tuple[str, str]]:
    """Language and first word of each version of the statement."""
    for tag, words in outcome.statement.versions:
        if first := re.match(r"[^\W\d_]+", unicodedata.normalize("NFC", words).lower()):
            yield tag, first[0]


def _short(text: Text) -> str:
    words = str(text)
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"


def written(number: Decimal) -> str:
    """A number with a comma, without zeros that say nothing: ``"7,5"``."""
    return format(number.normalize(), "f").replace(".", ",")
