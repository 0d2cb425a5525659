"""From a complete specification to what the engine signs."""

from __future__ import annotations

from jalon.design.errors import IncompleteSpecificationError
from jalon.design.rules.completeness import mandatory_gaps
from jalon.design.rules.content import Alignment, AssessmentContent, LevelContent, SpecificationContent
from jalon.design.rules.plain import LEVEL_FRAMEWORKS
from jalon.design.rules.vocabularies import (
    ASSESSMENT_TYPES,
    PARTICIPATION_FORMS,
    QUALITY_ASSURANCE_KINDS,
    SUPERVISION,
)
from sceau.model.concepts import Concept
from sceau.model.micro_credential import (
    Assessment,
    LearningOutcome,
    Level,
    MicroCredential,
    QualityAssurance,
    Recognition,
    RecognitionStatus,
    Workload,
)
from sceau.model.texts import Text


def micro_credential(
    content: SpecificationContent,
    *,
    id: str,
    version: str,
    url: str,
    image_svg: str = "",
) -> MicroCredential:
    """
    The engine's micro-credential for one version.

    Args:
        id: Absolute IRI of this version.
        url: Its public page, or ``""``.

    Raises:
        IncompleteSpecificationError: Something mandatory is missing.
    """
    lacking = mandatory_gaps(content)
    if lacking or content.workload_hours is None:
        raise IncompleteSpecificationError(lacking)
    return MicroCredential(
        id=id,
        version=version,
        title=content.title,
        description=content.description,
        outcomes=tuple(
            LearningOutcome(o.id, o.statement, tuple(_concept(a) for a in o.alignments))
            for o in content.learning_outcomes
        ),
        workload=Workload(content.workload_hours, content.credits_ects),
        level=_level(content.level),
        assessment=_assessment(content.assessment),
        participation=tuple(PARTICIPATION_FORMS[code] for code in content.participation),
        quality_assurance=tuple(
            QualityAssurance(QUALITY_ASSURANCE_KINDS[q.kind], q.name, q.url)
            for q in content.quality_assurance
        ),
        languages=content.languages,
        recognition=Recognition(
            status=content.recognition.status or RecognitionStatus.NONE,
            code=content.recognition.code,
            title=content.recognition.title,
            certifying_body=content.recognition.certifying_body,
        ),
        prerequisites=content.prerequisites,
        stackability=content.stackability,
        stacks_into=tuple(_concept(a) for a in content.stacks_into),
        further_information=content.further_information,
        url=url,
        image_svg=image_svg,
    )


def not_in_elm(content: SpecificationContent) -> tuple[str, ...]:
    """Names of what *content* says and the European Learning Model has no place for."""
    said = {
        "criteria": content.criteria,
        "modules": content.modules,
        "assessment.evidence": content.assessment.evidence,
        "validity_months": content.validity_months,
        "price_euros": content.price_euros is not None,
        "price_note": content.price_note,
        "domain": content.domain,
    }
    return tuple(name for name, value in said.items() if value)


def _concept(alignment: Alignment) -> Concept:
    # The label is a framework's own words; nothing says their language, and French is what people type here.
    return Concept(alignment.uri, Text.of({"fr": alignment.label}), alignment.framework, alignment.code)


def _level(level: LevelContent) -> Level:
    if level.value is None:
        return Level(None, level.none_reason)
    return Level(LEVEL_FRAMEWORKS[level.framework][str(level.value)])


def _assessment(assessment: AssessmentContent) -> Assessment:
    return Assessment(
        types=tuple(ASSESSMENT_TYPES[code] for code in assessment.types),
        description=assessment.description,
        supervision=SUPERVISION[assessment.supervision] if assessment.supervision else None,
        identity_check=assessment.identity_check,
    )
