"""What a file, a register or a foreign credential gives a new draft, and what it leaves to be written."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jalon.design.rules.competences import competences
from jalon.design.rules.content import (
    Alignment,
    AssessmentContent,
    LevelContent,
    OutcomeContent,
    RecognitionContent,
    SpecificationContent,
)
from jalon.design.rules.plain import LEVEL_FRAMEWORKS, TITLE_LENGTH
from jalon.design.rules.values import LANGUAGE
from jalon.design.rules.vocabularies import (
    ASSESSMENT_TYPES,
    NQF_FRANCE_LEVELS,
    PARTICIPATION_FORMS,
    SUPERVISION,
    Vocabulary,
)
from sceau.model.concepts import Concept
from sceau.model.micro_credential import Level, MicroCredential
from sceau.model.texts import Text


@dataclass(frozen=True)
class Imported:
    """
    A draft read from elsewhere, with whose words they are.

    Attributes:
        title, owner: The source's title, and who wrote it: shown beside the draft and on the public page.
        country: Of the owner, two letters, or ``""``.
        address: Where the source can be read, or ``""``.
        left: Codes of what was there and could not be taken; `labels.imports` words them.
    """

    content: SpecificationContent
    title: str
    owner: str = ""
    country: str = ""
    address: str = ""
    left: tuple[str, ...] = ()


def as_own_draft(content: SpecificationContent) -> SpecificationContent:
    """
    *content* as a draft of somebody else: new identities, and without what only the first owner can say.

    What it is worth, who assures its quality and what it costs belong to whoever awards: they are left empty.
    """
    renewed = {outcome.id: uuid.uuid4().urn for outcome in content.learning_outcomes}
    return replace(
        content,
        learning_outcomes=tuple(replace(o, id=renewed[o.id]) for o in content.learning_outcomes),
        criteria=tuple(
            replace(c, id=uuid.uuid4().urn, outcomes=_renewed(c.outcomes, renewed)) for c in content.criteria
        ),
        modules=tuple(
            replace(m, id=uuid.uuid4().urn, outcomes=_renewed(m.outcomes, renewed)) for m in content.modules
        ),
        recognition=RecognitionContent(),
        quality_assurance=(),
        stackability=Text(()),
        price_euros=None,
        price_note=Text(()),
    )


def _renewed(outcomes: Sequence[str], by_old: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(by_old[each] for each in outcomes if each in by_old)


def from_micro_credential(micro_credential: MicroCredential) -> tuple[SpecificationContent, tuple[str, ...]]:
    """
    What a credential of any format says of its micro-credential, as a draft; codes of what was left out.

    Source:
        The reverse of `rules.export`, for documents that others wrote.
    """
    left: list[str] = []
    assessment = micro_credential.assessment
    hours = micro_credential.workload.hours
    supervision = assessment.supervision
    content = SpecificationContent(
        title=_limited(_written(micro_credential.title)),
        description=_written(micro_credential.description),
        learning_outcomes=tuple(
            OutcomeContent(uuid.uuid4().urn, _written(o.statement), _alignments(o.alignments))
            for o in micro_credential.outcomes
            if o.statement
        ),
        workload_hours=hours if Decimal(0) < hours <= Decimal(10_000) and hours == round(hours, 2) else None,
        credits_ects=micro_credential.workload.credits_ects,
        level=_level(micro_credential.level, left),
        assessment=AssessmentContent(
            types=_codes(ASSESSMENT_TYPES, assessment.types, "assessment", left),
            description=_written(assessment.description),
            supervision=_code(SUPERVISION, supervision, "supervision", left) if supervision else "",
            identity_check=_written(assessment.identity_check),
        ),
        participation=_codes(PARTICIPATION_FORMS, micro_credential.participation, "participation", left),
        prerequisites=_written(micro_credential.prerequisites),
        stacks_into=_alignments(micro_credential.stacks_into),
        languages=tuple(tag for tag in micro_credential.languages if LANGUAGE.fullmatch(tag)),
        further_information=_written(micro_credential.further_information),
    )
    return content, tuple(dict.fromkeys(left))


def _written(text: Text) -> Text:
    return Text.of({tag: words for tag, words in text.versions if LANGUAGE.fullmatch(tag)})


def _limited(title: Text) -> Text:
    return Text.of({tag: words[:TITLE_LENGTH].rstrip() for tag, words in title.versions})


def _alignments(concepts: Sequence[Concept]) -> tuple[Alignment, ...]:
    return tuple(
        Alignment(c.framework[:100], c.iri, str(c.label)[:1000], c.code[:60])
        for c in concepts
        if re.match(r"https?://", c.iri) and c.label
    )


def _level(level: Level, left: list[str]) -> LevelContent:
    if level.concept is None:
        return LevelContent(none_reason=_written(level.none_reason))
    for framework, vocabulary in LEVEL_FRAMEWORKS.items():
        if code := vocabulary.code_of(level.concept.iri):
            return LevelContent(framework, int(code))
    left.append("level")
    return LevelContent()


def _codes(
    vocabulary: Vocabulary, concepts: Sequence[Concept], what: str, left: list[str]
) -> tuple[str, ...]:
    found = (_code(vocabulary, concept, what, left) for concept in concepts)
    return tuple(dict.fromkeys(code for code in found if code))


def _code(vocabulary: Vocabulary, concept: Concept, what: str, left: list[str]) -> str:
    code = vocabulary.code_of(concept.iri)
    if not code:
        left.append(what)
    return code


@dataclass(frozen=True)
class RegisterEntry:
    """
    A fiche of the RNCP or RS, or one bloc of it, as the register says it.

    Attributes:
        code: ``"RNCP38093"``, ``"RS6396"``, ``"RNCP38093BC05"``.
        level: French level from 1 to 8, or None.
        competences, assessment: The register's texts; of a fiche, those of its blocs or its own.
        certifier: Who registered it.
    """

    code: str
    title: str
    address: str
    level: int | None
    competences: Sequence[str]
    assessment: Sequence[str]
    certifier: str


def from_register(entry: RegisterEntry) -> Imported:
    """
    A draft that leads towards *entry*: its competences as outcomes, its assessment as a first text.

    Nothing here says that the micro-certification is the bloc or recognised by the certificateur: the entry
    stands among the aims, and what it is worth stays to be said.
    """
    framework = "RS" if entry.code.startswith("RS") else "RNCP"
    aim = Alignment(framework, entry.address, entry.title[:1000], entry.code)
    statements = [each for text in entry.competences for each in competences(text)]
    assessed = "\n".join(" ".join(text.split()) for text in entry.assessment if text.strip())
    known = entry.level is not None and str(entry.level) in NQF_FRANCE_LEVELS
    content = SpecificationContent(
        title=Text.of({"fr": entry.title[:TITLE_LENGTH]}),
        learning_outcomes=tuple(
            OutcomeContent(uuid.uuid4().urn, Text.of({"fr": statement}), (aim,))
            for statement in dict.fromkeys(statements[:60])
        ),
        level=LevelContent("nqf_fr", entry.level) if known else LevelContent(),
        assessment=AssessmentContent(description=Text.of({"fr": assessed[:6000]}) if assessed else Text(())),
        stacks_into=(aim,),
        languages=("fr",),
    )
    left = ("competences",) if not statements else ()
    return Imported(content, entry.title, entry.certifier, "FR", entry.address, left)
