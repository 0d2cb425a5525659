"""
Reading and writing a specification as plain JSON types: one shape for YAML files, forms and the database.

Reading is strict and complete: an unknown key is a problem, not a thing to skip, and every problem is listed
at once. What is absent is no problem here: a draft may lack anything (`completeness` says what).

A plain string stands for a French text, and a number may be a number or a string: people write YAML by hand.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from jalon.design.errors import InvalidContentError, Problem
from jalon.design.rules import values
from jalon.design.rules.content import (
    Alignment,
    AssessmentContent,
    CriterionContent,
    LevelContent,
    ModuleContent,
    OutcomeContent,
    PlainContent,
    QualityAssuranceContent,
    RecognitionContent,
    SpecificationContent,
)
from jalon.design.rules.vocabularies import (
    ASSESSMENT_TYPES,
    DOMAINS,
    EQF_LEVELS,
    NQF_FRANCE_LEVELS,
    PARTICIPATION_FORMS,
    QUALITY_ASSURANCE_KINDS,
    SUPERVISION,
    Vocabulary,
)
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text

Row = TypeVar("Row")

TITLE_LENGTH = 250
TEXT_LENGTH = 6000
ROWS = 60
LEVEL_FRAMEWORKS: Mapping[str, Vocabulary] = {"eqf": EQF_LEVELS, "nqf_fr": NQF_FRANCE_LEVELS}
_OUTCOME_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/jalon/learning-outcome")
_CRITERION_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/jalon/criterion")
_MODULE_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/jalon/module")


def read(plain: Mapping[str, object]) -> SpecificationContent:
    """
    Read a specification from JSON types.

    An outcome, criterion or module without an identifier gets one made from its words: the same file read
    twice says the same.

    Raises:
        InvalidContentError: With every problem and its path.
    """
    problems: list[Problem] = []
    content = _specification(values.Reader(problems), plain)
    if problems:
        raise InvalidContentError(problems)
    return content


def _specification(reader: values.Reader, plain: object) -> SpecificationContent:
    fields = reader.mapping(plain, "", _KEYS)
    text = reader.text
    return SpecificationContent(
        title=text(fields.get("title"), "title", limit=TITLE_LENGTH),
        description=text(fields.get("description"), "description", limit=TEXT_LENGTH),
        domain=reader.choice(fields.get("domain"), "domain", DOMAINS),
        learning_outcomes=_outcomes(reader, fields.get("learning_outcomes")),
        workload_hours=reader.decimal(fields.get("workload_hours"), "workload_hours", above=0, most=10_000),
        credits_ects=reader.decimal(fields.get("credits_ects"), "credits_ects", above=0, most=300),
        level=_level(reader, fields.get("level")),
        assessment=_assessment(reader, fields.get("assessment")),
        criteria=_criteria(reader, fields.get("criteria")),
        modules=_modules(reader, fields.get("modules")),
        participation=reader.choices(
            fields.get("participation"), "participation", PARTICIPATION_FORMS.concepts
        ),
        quality_assurance=_rows(
            reader, fields.get("quality_assurance"), "quality_assurance", _quality_assurance
        ),
        prerequisites=text(fields.get("prerequisites"), "prerequisites", limit=TEXT_LENGTH),
        stackability=text(fields.get("stackability"), "stackability", limit=TEXT_LENGTH),
        stacks_into=_rows(reader, fields.get("stacks_into"), "stacks_into", _alignment),
        recognition=_recognition(reader, fields.get("recognition")),
        validity_months=reader.integer(fields.get("validity_months"), "validity_months", least=1, most=1200),
        languages=reader.languages(fields.get("languages"), "languages"),
        price_euros=reader.decimal(fields.get("price_euros"), "price_euros", least=0, most=1_000_000),
        price_note=text(fields.get("price_note"), "price_note", limit=TEXT_LENGTH),
        further_information=text(fields.get("further_information"), "further_information", limit=TEXT_LENGTH),
    )


_KEYS = frozenset(
    {
        "title",
        "description",
        "domain",
        "learning_outcomes",
        "workload_hours",
        "credits_ects",
        "level",
        "assessment",
        "criteria",
        "modules",
        "participation",
        "quality_assurance",
        "prerequisites",
        "stackability",
        "stacks_into",
        "recognition",
        "validity_months",
        "languages",
        "price_euros",
        "price_note",
        "further_information",
    }
)


def _rows(
    reader: values.Reader,
    plain: object,
    path: str,
    read_row: Callable[[values.Reader, object, str], Row],
) -> tuple[Row, ...]:
    return tuple(
        read_row(reader, row, f"{path}[{index}]")
        for index, row in enumerate(reader.rows(plain, path, most=ROWS))
    )


def _outcomes(reader: values.Reader, plain: object) -> tuple[OutcomeContent, ...]:
    outcomes: list[OutcomeContent] = []
    taken: set[str] = set()
    for index, row in enumerate(reader.rows(plain, "learning_outcomes", most=ROWS)):
        outcome = _outcome(reader, row, f"learning_outcomes[{index}]", taken)
        if outcome.id in taken:
            reader.refuse(f"learning_outcomes[{index}].id", "content.repeated", value=outcome.id)
        taken.add(outcome.id)
        outcomes.append(outcome)
    return tuple(outcomes)


def _outcome(reader: values.Reader, plain: object, path: str, taken: set[str]) -> OutcomeContent:
    if isinstance(plain, str):
        plain = {"statement": plain}
    row = reader.mapping(plain, path, frozenset({"id", "statement", "alignments"}))
    statement = reader.text(row.get("statement"), f"{path}.statement", limit=TEXT_LENGTH)
    alignments = _rows(reader, row.get("alignments"), f"{path}.alignments", _alignment)
    identifier = reader.urn(row.get("id"), f"{path}.id")
    return OutcomeContent(
        identifier or _derived_id(_OUTCOME_NAMESPACE, statement, taken), statement, alignments
    )


def _derived_id(namespace: uuid.UUID, statement: Text, taken: set[str]) -> str:
    words = json.dumps(statement.as_dict(), ensure_ascii=False, sort_keys=True)
    identifier = uuid.uuid5(namespace, words).urn
    count = 1
    while identifier in taken:
        count += 1
        identifier = uuid.uuid5(namespace, f"{words} {count}").urn
    return identifier


def _criteria(reader: values.Reader, plain: object) -> tuple[CriterionContent, ...]:
    criteria: list[CriterionContent] = []
    taken: set[str] = set()
    for index, each in enumerate(reader.rows(plain, "criteria", most=ROWS)):
        path = f"criteria[{index}]"
        row = reader.mapping(
            {"statement": each} if isinstance(each, str) else each,
            path,
            frozenset({"id", "statement", "outcomes"}),
        )
        statement = reader.text(row.get("statement"), f"{path}.statement", limit=TEXT_LENGTH)
        identifier = _identifier(reader, row, path, taken, _CRITERION_NAMESPACE, statement)
        criteria.append(
            CriterionContent(identifier, statement, reader.urns(row.get("outcomes"), f"{path}.outcomes"))
        )
    return tuple(criteria)


def _modules(reader: values.Reader, plain: object) -> tuple[ModuleContent, ...]:
    modules: list[ModuleContent] = []
    taken: set[str] = set()
    for index, each in enumerate(reader.rows(plain, "modules", most=ROWS)):
        path = f"modules[{index}]"
        row = reader.mapping(
            {"title": each} if isinstance(each, str) else each,
            path,
            frozenset({"id", "title", "hours", "participation", "outcomes"}),
        )
        title = reader.text(row.get("title"), f"{path}.title", limit=TITLE_LENGTH)
        modules.append(
            ModuleContent(
                id=_identifier(reader, row, path, taken, _MODULE_NAMESPACE, title),
                title=title,
                hours=reader.decimal(row.get("hours"), f"{path}.hours", above=0, most=10_000),
                participation=reader.choice(
                    row.get("participation"), f"{path}.participation", PARTICIPATION_FORMS.concepts
                ),
                outcomes=reader.urns(row.get("outcomes"), f"{path}.outcomes"),
            )
        )
    return tuple(modules)


def _identifier(
    reader: values.Reader,
    row: Mapping[str, object],
    path: str,
    taken: set[str],
    namespace: uuid.UUID,
    words: Text,
) -> str:
    """The row's own identifier, or one made from its words; added to *taken*."""
    identifier = reader.urn(row.get("id"), f"{path}.id")
    if identifier in taken:
        reader.refuse(f"{path}.id", "content.repeated", value=identifier)
    identifier = identifier or _derived_id(namespace, words, taken)
    taken.add(identifier)
    return identifier


def _alignment(reader: values.Reader, plain: object, path: str) -> Alignment:
    row = reader.mapping(plain, path, frozenset({"framework", "uri", "label", "code"}))
    return Alignment(
        framework=reader.string(row.get("framework"), f"{path}.framework", limit=100),
        uri=reader.address(row.get("uri"), f"{path}.uri"),
        label=reader.string(row.get("label"), f"{path}.label", limit=1000),
        code=reader.string(row.get("code"), f"{path}.code", limit=60),
    )


def _level(reader: values.Reader, plain: object) -> LevelContent:
    row = reader.mapping(plain, "level", frozenset({"framework", "value", "none_reason"}))
    framework = reader.choice(row.get("framework"), "level.framework", LEVEL_FRAMEWORKS)
    number = reader.integer(row.get("value"), "level.value", least=1, most=8)
    if number is not None and not framework and not row.get("framework"):
        reader.refuse("level.framework", "content.missing", allowed=list(LEVEL_FRAMEWORKS))
    elif framework and number is None and row.get("value") in (None, ""):
        reader.refuse("level.value", "content.missing", allowed=list(LEVEL_FRAMEWORKS[framework].concepts))
    elif framework and number is not None and str(number) not in LEVEL_FRAMEWORKS[framework]:
        reader.refuse(
            "level.value",
            "content.unknown_value",
            value=number,
            allowed=list(LEVEL_FRAMEWORKS[framework].concepts),
        )
    reason = reader.text(row.get("none_reason"), "level.none_reason", limit=TEXT_LENGTH)
    return LevelContent(framework, number, reason)


def _assessment(reader: values.Reader, plain: object) -> AssessmentContent:
    row = reader.mapping(
        plain, "assessment", frozenset({"types", "description", "supervision", "identity_check", "evidence"})
    )
    return AssessmentContent(
        types=reader.choices(row.get("types"), "assessment.types", ASSESSMENT_TYPES.concepts),
        description=reader.text(row.get("description"), "assessment.description", limit=TEXT_LENGTH),
        supervision=reader.choice(row.get("supervision"), "assessment.supervision", SUPERVISION.concepts),
        identity_check=reader.text(row.get("identity_check"), "assessment.identity_check", limit=TEXT_LENGTH),
        evidence=reader.text(row.get("evidence"), "assessment.evidence", limit=TEXT_LENGTH),
    )


def _quality_assurance(reader: values.Reader, plain: object, path: str) -> QualityAssuranceContent:
    row = reader.mapping(plain, path, frozenset({"kind", "name", "url"}))
    return QualityAssuranceContent(
        kind=reader.choice(row.get("kind"), f"{path}.kind", QUALITY_ASSURANCE_KINDS.concepts),
        name=reader.text(row.get("name"), f"{path}.name", limit=TITLE_LENGTH),
        url=reader.address(row.get("url"), f"{path}.url"),
    )


def _recognition(reader: values.Reader, plain: object) -> RecognitionContent:
    row = reader.mapping(plain, "recognition", frozenset({"status", "code", "title", "certifying_body"}))
    status = reader.choice(row.get("status"), "recognition.status", {s.value: s for s in RecognitionStatus})
    return RecognitionContent(
        status=RecognitionStatus(status) if status else None,
        code=reader.string(row.get("code"), "recognition.code", limit=60),
        title=reader.string(row.get("title"), "recognition.title", limit=1000),
        certifying_body=reader.string(
            row.get("certifying_body"), "recognition.certifying_body", limit=TITLE_LENGTH
        ),
    )


def write(content: SpecificationContent) -> dict[str, object]:
    """The JSON types of *content*, decimals as strings, what is empty left out: ``read(write(c)) == c``."""
    return _without_empty(
        {
            "title": content.title.as_dict(),
            "description": content.description.as_dict(),
            "domain": content.domain,
            "learning_outcomes": [
                _without_empty(
                    {
                        "id": o.id,
                        "statement": o.statement.as_dict(),
                        "alignments": _write_alignments(o.alignments),
                    }
                )
                for o in content.learning_outcomes
            ],
            "workload_hours": write_decimal(content.workload_hours),
            "credits_ects": write_decimal(content.credits_ects),
            "level": _without_empty(
                {
                    "framework": content.level.framework,
                    "value": content.level.value,
                    "none_reason": content.level.none_reason.as_dict(),
                }
            ),
            "assessment": _without_empty(
                {
                    "types": list(content.assessment.types),
                    "description": content.assessment.description.as_dict(),
                    "supervision": content.assessment.supervision,
                    "identity_check": content.assessment.identity_check.as_dict(),
                    "evidence": content.assessment.evidence.as_dict(),
                }
            ),
            "criteria": [
                _without_empty({"id": c.id, "statement": c.statement.as_dict(), "outcomes": list(c.outcomes)})
                for c in content.criteria
            ],
            "modules": [
                _without_empty(
                    {
                        "id": m.id,
                        "title": m.title.as_dict(),
                        "hours": write_decimal(m.hours),
                        "participation": m.participation,
                        "outcomes": list(m.outcomes),
                    }
                )
                for m in content.modules
            ],
            "participation": list(content.participation),
            "quality_assurance": [
                _without_empty({"kind": q.kind, "name": q.name.as_dict(), "url": q.url})
                for q in content.quality_assurance
            ],
            "prerequisites": content.prerequisites.as_dict(),
            "stackability": content.stackability.as_dict(),
            "stacks_into": _write_alignments(content.stacks_into),
            "recognition": _without_empty(
                {
                    "status": content.recognition.status.value if content.recognition.status else "",
                    "code": content.recognition.code,
                    "title": content.recognition.title,
                    "certifying_body": content.recognition.certifying_body,
                }
            ),
            "validity_months": content.validity_months,
            "languages": list(content.languages),
            "price_euros": write_decimal(content.price_euros),
            "price_note": content.price_note.as_dict(),
            "further_information": content.further_information.as_dict(),
        }
    )


def write_decimal(number: Decimal | None) -> str | None:
    """``Decimal("35.00")`` as ``"35"``: one spelling per number."""
    if number is None:
        return None
    return format(number.normalize(), "f") if number else "0"


def _write_alignments(alignments: Sequence[Alignment]) -> list[dict[str, object]]:
    return [
        _without_empty({"framework": a.framework, "uri": a.uri, "label": a.label, "code": a.code})
        for a in alignments
    ]


def _without_empty(fields: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in fields.items() if value not in (None, "", [], {})}


__all__ = ["PlainContent", "read", "write", "write_decimal"]
