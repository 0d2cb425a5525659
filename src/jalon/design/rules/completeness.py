"""
What a specification still lacks, element by element, and how far it is.

Source:
    Council Recommendation of 16 June 2022 (2022/C 243/02), Annex I: eleven mandatory elements, in its
    order; then the optional ones. Four more are ours: a description, a domain, the languages, what it is
    worth (recognition).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from jalon.design.rules import recognition
from jalon.design.rules.content import SpecificationContent


class Source(StrEnum):
    """Where an element comes from."""

    SPECIFICATION = "specification"
    ORGANISATION = "organisation"
    AWARD = "award"


@dataclass(frozen=True)
class Element:
    """One thing that must or may be said, by its code."""

    code: str
    source: Source
    mandatory: bool = True


# The eleven, in the order of Annex I. The learner and the date are checked row by row at the award.
ELEMENTS: tuple[Element, ...] = (
    Element("learner", Source.AWARD),
    Element("title", Source.SPECIFICATION),
    Element("country", Source.ORGANISATION),
    Element("awarding_body", Source.ORGANISATION),
    Element("date_of_issuing", Source.AWARD),
    Element("learning_outcomes", Source.SPECIFICATION),
    Element("workload", Source.SPECIFICATION),
    Element("level", Source.SPECIFICATION),
    Element("assessment", Source.SPECIFICATION),
    Element("participation", Source.SPECIFICATION),
    Element("quality_assurance", Source.SPECIFICATION),
)
OURS: tuple[Element, ...] = (
    Element("description", Source.SPECIFICATION),
    Element("domain", Source.SPECIFICATION),
    Element("languages", Source.SPECIFICATION),
    Element("recognition", Source.SPECIFICATION),
)
OPTIONAL: tuple[Element, ...] = (
    Element("prerequisites", Source.SPECIFICATION, mandatory=False),
    Element("supervision", Source.SPECIFICATION, mandatory=False),
    Element("criteria", Source.SPECIFICATION, mandatory=False),
    Element("evidence", Source.SPECIFICATION, mandatory=False),
    Element("modules", Source.SPECIFICATION, mandatory=False),
    Element("stackability", Source.SPECIFICATION, mandatory=False),
    Element("further_information", Source.SPECIFICATION, mandatory=False),
    Element("price", Source.SPECIFICATION, mandatory=False),
)


@dataclass(frozen=True)
class Gap:
    """
    One thing that is missing or wrong.

    Attributes:
        element: Code of an element above.
        field: The field that mends it: ``"workload_hours"``, ``"learning_outcomes.urn:uuid:….statement.fr"``.
        mandatory: Whether it blocks publishing.
        code: `labels.gap_sentence` says from it what is missing and why it matters.
        facts: What the sentence needs, JSON types only.
    """

    element: str
    field: str
    mandatory: bool
    code: str
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class AwardingBody:
    """What Annex I asks of the organisation that awards."""

    name: str
    country_code: str


def gaps(content: SpecificationContent, awarding_body: AwardingBody | None = None) -> list[Gap]:
    """
    What is missing, in the order of Annex I, mandatory before optional.

    With *awarding_body*, its name and country are checked too; without, that is left to whoever knows it.
    """
    found = [*_annex_gaps(content)]
    if awarding_body is not None:
        found += _organisation_gaps(awarding_body)
    order = {e.code: index for index, e in enumerate((*ELEMENTS, *OURS, *OPTIONAL))}
    return sorted(found, key=lambda gap: (not gap.mandatory, order[gap.element]))


def mandatory_gaps(content: SpecificationContent, awarding_body: AwardingBody | None = None) -> list[Gap]:
    """What blocks publishing."""
    return [gap for gap in gaps(content, awarding_body) if gap.mandatory]


def completion(content: SpecificationContent, awarding_body: AwardingBody | None = None) -> int:
    """The share of mandatory elements that are there, in percent rounded down: at 100 nothing blocks."""
    wanted = [
        e.code
        for e in (*ELEMENTS, *OURS)
        if e.source is Source.SPECIFICATION or (e.source is Source.ORGANISATION and awarding_body is not None)
    ]
    lacking = {gap.element for gap in mandatory_gaps(content, awarding_body)}
    return 100 * sum(code not in lacking for code in wanted) // len(wanted)


def _annex_gaps(content: SpecificationContent) -> Iterator[Gap]:
    for read in _CHECKS:
        yield from read(content)


def _organisation_gaps(awarding_body: AwardingBody) -> Iterator[Gap]:
    if not awarding_body.name.strip():
        yield Gap("awarding_body", "organisation.legal_name", True, "awarding_body.missing")
    if not awarding_body.country_code.strip():
        yield Gap("country", "organisation.country_code", True, "country.missing")


def _words(content: SpecificationContent) -> Iterator[Gap]:
    if not content.title:
        yield Gap("title", "title", True, "title.missing")
    if not content.description:
        yield Gap("description", "description", True, "description.missing")
    if not content.domain:
        yield Gap("domain", "domain", True, "domain.missing")
    if not content.languages:
        yield Gap("languages", "languages", True, "languages.missing")


def _outcomes(content: SpecificationContent) -> Iterator[Gap]:
    if not content.learning_outcomes:
        yield Gap("learning_outcomes", "learning_outcomes", True, "learning_outcomes.missing")
    for number, outcome in enumerate(content.learning_outcomes, start=1):
        path = f"learning_outcomes.{outcome.id}"
        if not outcome.statement:
            yield Gap("learning_outcomes", path, True, "learning_outcomes.empty", {"number": str(number)})
        for alignment in outcome.alignments:
            if not (alignment.uri and alignment.label and alignment.framework):
                facts = {"number": str(number), "label": alignment.label or alignment.uri or alignment.code}
                yield Gap("learning_outcomes", f"{path}.alignments", True, "alignment.unfinished", facts)


def _workload_and_level(content: SpecificationContent) -> Iterator[Gap]:
    if content.workload_hours is None or content.workload_hours <= 0:
        yield Gap("workload", "workload_hours", True, "workload.missing")
    given, reason = content.level.value is not None, bool(content.level.none_reason)
    if not given and not reason:
        yield Gap("level", "level", True, "level.missing")
    elif given and reason:
        yield Gap("level", "level.none_reason", True, "level.both")


def _assessment(content: SpecificationContent) -> Iterator[Gap]:
    if not content.assessment.types:
        yield Gap("assessment", "assessment.types", True, "assessment.missing")
    if not content.assessment.description:
        yield Gap("assessment", "assessment.description", False, "assessment.description_missing")
    if not content.assessment.supervision:
        yield Gap("supervision", "assessment.supervision", False, "supervision.missing")
    elif content.assessment.supervision.endswith("_id") and not content.assessment.identity_check:
        yield Gap("supervision", "assessment.identity_check", False, "supervision.identity_check_missing")
    if not content.participation:
        yield Gap("participation", "participation", True, "participation.missing")
    if not content.criteria:
        yield Gap("criteria", "criteria", False, "criteria.missing")
    for criterion in content.criteria:
        if not criterion.statement:
            yield Gap("criteria", "criteria", True, "criteria.unfinished")
    if not content.assessment.evidence:
        yield Gap("evidence", "assessment.evidence", False, "evidence.missing")
    if not content.modules:
        yield Gap("modules", "modules", False, "modules.missing")
    for module in content.modules:
        if not module.title:
            yield Gap("modules", "modules", True, "modules.unfinished")


def _quality_assurance(content: SpecificationContent) -> Iterator[Gap]:
    if not content.quality_assurance:
        yield Gap("quality_assurance", "quality_assurance", True, "quality_assurance.missing")
    for row in content.quality_assurance:
        if not (row.kind and row.name):
            yield Gap("quality_assurance", "quality_assurance", True, "quality_assurance.unfinished")


def _recognition(content: SpecificationContent) -> Iterator[Gap]:
    for problem in recognition.problems(content):
        yield Gap("recognition", problem.field, True, problem.code, problem.facts)


def _optional(content: SpecificationContent) -> Iterator[Gap]:
    if not content.prerequisites:
        yield Gap("prerequisites", "prerequisites", False, "prerequisites.missing")
    if not (content.stackability or content.stacks_into):
        yield Gap("stackability", "stackability", False, "stackability.missing")
    for row in content.stacks_into:
        if not (row.uri and row.label and row.framework):
            facts = {"label": row.label or row.code or row.uri}
            yield Gap("stackability", "stacks_into", True, "stacks_into.unfinished", facts)
    if content.price_euros is None:
        yield Gap("price", "price_euros", False, "price.missing")


_CHECKS: tuple[Callable[[SpecificationContent], Iterator[Gap]], ...] = (
    _words,
    _outcomes,
    _workload_and_level,
    _assessment,
    _quality_assurance,
    _recognition,
    _optional,
)
