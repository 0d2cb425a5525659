"""
Outcomes with their rubrics, and how far the person reached each, both ways.

    {"id": "urn:…", "type": ["ResultDescription"], "name": "Tailler une haie",
     "resultType": "RubricCriterionLevel",
     "rubricCriterionLevel": [
         {"id": "urn:…", "type": ["RubricCriterionLevel"], "name": "Avec aide", "level": "1"}, …]}
    {"type": ["Result"], "resultDescription": "urn:…", "status": "Completed",
     "achievedLevel": "urn:…", "value": "17/20"}

An outcome without a rubric is of the type "Status". ``level`` counts the steps from the least, since the
order of an array is not signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sceau.errors import DataModelError
from sceau.formats.open_badges_3 import nodes, pieces, terms
from sceau.formats.open_badges_3.nodes import Node
from sceau.model.credential import Credential, OutcomeResult
from sceau.model.micro_credential import LearningOutcome, MicroCredential, RubricLevel

_KINDS = frozenset({terms.OUTCOME, terms.RUBRIC_LEVEL, "RubricCriterion"})
_STEP = re.compile(r"[0-9]{1,4}", re.ASCII)


def descriptions(micro: MicroCredential, language: str) -> list[dict[str, Any]]:
    """
    One ResultDescription for each outcome.

    Raises:
        DataModelError: A level that is described in two ways, or whose name is missing.
    """
    written = []
    levels: dict[str, dict[str, Any]] = {}
    for outcome in micro.outcomes:
        rubric = [_level(level, number, language) for number, level in enumerate(outcome.rubric, 1)]
        if len({level["id"] for level in rubric}) != len(rubric) or any(
            # Several outcomes may share a scale: RDF would merge two levels of one id.
            levels.setdefault(level["id"], level) != level
            for level in rubric
        ):
            raise DataModelError(f"expected each level of a rubric to have its own id, met {outcome.id!r}")
        written.append(
            pieces.filled(
                {
                    "id": pieces.iri(outcome.id, "outcome.id"),
                    "type": ["ResultDescription"],
                    "name": outcome.statement.get(language),
                    "resultType": terms.RUBRIC_LEVEL if rubric else terms.OUTCOME,
                    "alignment": [
                        pieces.alignment(concept, terms.OUTCOME_CONCEPT, language)
                        for concept in outcome.alignments
                    ],
                    "rubricCriterionLevel": rubric,
                }
            )
        )
    return written


def _level(level: RubricLevel, number: int, language: str) -> dict[str, Any]:
    return pieces.filled(
        {
            "id": pieces.iri(level.id, "a level of a rubric"),
            "type": ["RubricCriterionLevel"],
            "name": pieces.named(level.name, language, f"the level {level.id!r}"),
            "description": level.description.get(language),
            "level": str(number),
            "points": level.points,
        }
    )


def results(credential: Credential) -> list[dict[str, Any]]:
    """
    One Result for each outcome: it was reached, and how far where that is known.

    Raises:
        DataModelError: A result of no outcome, of no level of its rubric, or two of one outcome.
    """
    known: dict[str, OutcomeResult] = {}
    levels = {each.id: {level.id for level in each.rubric} for each in credential.micro_credential.outcomes}
    for result in credential.results:
        if result.outcome_id not in levels:
            raise DataModelError(f"expected results of the outcomes, met one of {result.outcome_id!r}")
        if result.outcome_id in known:
            raise DataModelError(f"expected one result of each outcome, met two of {result.outcome_id!r}")
        if result.level_id and result.level_id not in levels[result.outcome_id]:
            raise DataModelError(f"expected a level of the outcome's rubric, met {result.level_id!r}")
        if not result.level_id and not result.value:
            raise DataModelError(f"expected a level or a value of {result.outcome_id!r}, met neither")
        known[result.outcome_id] = result
    return [_result(outcome, known) for outcome in credential.micro_credential.outcomes]


def _result(outcome: LearningOutcome, known: Mapping[str, OutcomeResult]) -> dict[str, Any]:
    result = known.get(outcome.id, OutcomeResult(outcome.id))
    return pieces.filled(
        {
            "type": ["Result"],
            "resultDescription": outcome.id,
            "status": terms.COMPLETED,
            "achievedLevel": result.level_id,
            "value": result.value,
        }
    )


def read(
    achievement: Node, subject: Node, language: str
) -> tuple[tuple[LearningOutcome, ...], tuple[OutcomeResult, ...]]:
    """
    The outcomes that the person reached, and how far; a badge may describe more than was reached.
    """
    by_description: dict[str, list[Node]] = {}
    for result in subject.nodes("result"):
        by_description.setdefault(result.text("resultDescription"), []).append(result)
    outcomes, told = [], []
    for description in achievement.nodes("resultDescription"):
        own_id = description.text("id")
        reached = next(
            (each for each in by_description.get(own_id, ()) if _is_reached(each, description)), None
        )
        if not own_id or reached is None or description.text("resultType") not in _KINDS:
            continue
        outcomes.append(_outcome(description, language))
        level, value = reached.text("achievedLevel"), reached.text("value")
        if level or value:
            told.append(OutcomeResult(own_id, level, value))
    return tuple(outcomes), tuple(told)


def _is_reached(result: Node, description: Node) -> bool:
    """Said so; or a level that is not below one that was required."""
    status, level = result.text("status"), result.text("achievedLevel")
    if status or not level:
        return status == terms.COMPLETED
    return description.text("requiredLevel") in ("", level)


def _outcome(description: Node, language: str) -> LearningOutcome:
    return LearningOutcome(
        id=description.text("id"),
        statement=description.words("name", language),
        alignments=tuple(nodes.concept(entry, language) for entry in description.nodes("alignment")),
        rubric=tuple(_rubric(description, language)),
    )


def _rubric(description: Node, language: str) -> Iterator[RubricLevel]:
    levels = description.nodes("rubricCriterionLevel")
    if all(_STEP.fullmatch(level.text("level")) for level in levels):
        levels.sort(key=lambda level: int(level.text("level")))
    for level in levels:
        yield RubricLevel(
            id=level.text("id"),
            name=level.words("name", language),
            description=level.words("description", language),
            points=level.text("points"),
        )
