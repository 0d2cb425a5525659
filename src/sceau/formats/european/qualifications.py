"""What a micro-credential is, as a document tells it: alike inside a credential and standing alone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sceau.errors import DataModelError
from sceau.formats.european import terms
from sceau.formats.european.terms import Note
from sceau.formats.european.things import (
    Thing,
    Words,
    by_language,
    filled,
    identifier,
    iri,
    listed,
    page,
    plain_note,
)
from sceau.model.concepts import Concept
from sceau.model.micro_credential import MicroCredential, RecognitionStatus
from sceau.model.texts import Text


def described(
    micro: MicroCredential,
    words: Words,
    *,
    kind: str = terms.QUALIFICATION,
    accreditation: Sequence[Thing] = (),
) -> Thing:
    """
    The specification of what is achieved.

    Args:
        kind: `terms.QUALIFICATION`, or `terms.SPECIFICATION`, which has no place for an accreditation, for
            being a part of a qualification, nor for an EQF level as such: its level is one of education.
    """
    owner = iri(micro.id, "micro_credential.id")
    is_qualification = kind == terms.QUALIFICATION
    partial = bool(micro.stacks_into) or micro.recognition.status is RecognitionStatus.BLOC
    return filled(
        {
            "id": owner,
            "type": kind,
            "title": by_language(micro.title),
            "description": by_language(micro.description),
            "dcType": [words.known(terms.SHORT_PROGRAMME, terms.SHORT_PROGRAMME_WORDS)],
            "identifier": [identifier(owner, terms.VERSION, micro.version)] if micro.version else [],
            "homepage": listed(page(micro.url, owner, "homepage")),
            "learningOutcome": _outcomes(micro, words),
            "volumeOfLearning": duration(micro.workload.hours) if micro.workload.hours else "",
            "creditPoint": _credits(micro, words, owner),
            **_level(micro, words, is_qualification=is_qualification),
            "mode": [words.concept(each) for each in micro.participation],
            "language": [words.language_concept(tag) for tag in micro.languages],
            "entryRequirement": plain_note(owner, "entryRequirement", micro.prerequisites)
            if micro.prerequisites
            else None,
            "accreditation": list(accreditation),
            "hasPart": [_stacked(part.id, part.title, "parts") for part in micro.parts],
            "isPartOf": [_whole(owner, each) for each in micro.stacks_into],
            # Only where it is known to be a part: elsewhere «no» would claim a full qualification.
            "isPartialQualification": True if is_qualification and partial else None,
            "additionalNote": _notes(micro, words, owner),
        }
    )


def foreseen(micro: MicroCredential, words: Words, *, with_supervision: bool = False) -> Thing:
    """
    The specification of the assessment.

    The profile allows one type of assessment for each specification. Where there are several, each is a part
    of the whole.

    Args:
        with_supervision: Say in a note how it is supervised, where no assessment that took place says it.
    """
    owner = terms.derived_id(micro.id, "assessment")
    types, supervision = micro.assessment.types, micro.assessment.supervision
    notes = words.notes(owner, {Note.IDENTITY_CHECK: micro.assessment.identity_check})
    if with_supervision and supervision is not None:
        note = plain_note(owner, "supervision", supervision.label or Text.of(terms.SUPERVISION))
        notes.append({**note, "subject": words.concept(supervision)})
    specification: Thing = {
        "id": owner,
        "type": "LearningAssessmentSpecification",
        "title": by_language(types[0].label)
        if len(types) == 1 and types[0].label
        else dict(terms.ASSESSMENT),
        "description": by_language(micro.assessment.description),
        "additionalNote": notes,
    }
    if len(types) == 1:
        specification["dcType"] = words.concept(types[0])
    else:
        specification["hasPart"] = [
            {
                "id": terms.derived_id(owner, "type", each.iri),
                "type": "LearningAssessmentSpecification",
                "title": by_language(each.label) or dict(terms.ASSESSMENT),
                "dcType": words.concept(each),
            }
            for each in types
        ]
    return filled(specification)


def duration(hours: Decimal) -> str:
    """
    ``Decimal("7.5")`` → ``"PT7H30M"``, without loss.

    Raises:
        DataModelError: Not a positive number of at most seven digits before the point, and eighteen in all.
    """
    plain = hours.is_finite() and hours > 0 and -6 <= hours.adjusted() <= 6
    if not plain or len(hours.as_tuple().digits) > 18:
        raise DataModelError(f"expected a plain number of hours, met {str(hours)[:40]}")
    whole, rest = divmod(hours * 3600, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = ((whole, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + "".join(f"{number.normalize():f}{unit}" for number, unit in parts if number)


def _outcomes(micro: MicroCredential, words: Words) -> list[Thing]:
    return [
        filled(
            {
                "id": iri(outcome.id, "outcome.id"),
                "type": "LearningOutcome",
                "title": by_language(outcome.statement),
                "relatedESCOSkill": [words.concept(each) for each in outcome.alignments if _is_esco(each)],
                "relatedSkill": [words.concept(each) for each in outcome.alignments if not _is_esco(each)],
            }
        )
        for outcome in micro.outcomes
    ]


def _credits(micro: MicroCredential, words: Words, owner: str) -> list[Thing]:
    points = micro.workload.credits_ects
    if points is None:
        return []
    if not points.is_finite() or points < 0 or points.adjusted() > 6:
        raise DataModelError(f"expected a plain number of credits, met {str(points)[:40]}")
    return [
        {
            "id": terms.derived_id(owner, "creditPoint"),
            "type": "CreditPoint",
            "framework": words.known(terms.ECTS, terms.ECTS_WORDS),
            "point": f"{points:f}",
        }
    ]


def _level(micro: MicroCredential, words: Words, *, is_qualification: bool) -> Thing:
    """
    A level that the European lists do not hold, such as those of the French framework, is a level of
    education: under ``nqfLevel`` it would have to claim a scheme that it is not part of.
    """
    level = micro.level.concept
    if level is None:
        return {}
    if is_qualification and level.iri.startswith(terms.EQF):
        return {"eqfLevel": words.concept(level)}
    is_national = is_qualification and level.iri.startswith(terms.NQF)
    return {"nqfLevel" if is_national else "educationLevel": [words.concept(level)]}


def _whole(owner: str, whole: Concept) -> Thing:
    """Something larger. Its framework and code are an identifier; without a code, its address stands."""
    stacked = _stacked(whole.iri, whole.label, "stacks_into")
    if whole.code or whole.framework:
        stacked["identifier"] = [
            filled(
                {
                    "id": terms.derived_id(owner, "whole", whole.iri),
                    "type": "Identifier",
                    "notation": whole.code or whole.iri,
                    "schemeName": whole.framework,
                }
            )
        ]
    return stacked


def _notes(micro: MicroCredential, words: Words, owner: str) -> list[Thing]:
    recognition = micro.recognition
    notes = words.notes(
        owner,
        {
            Note.NO_LEVEL_REASON: micro.level.none_reason,
            Note.STACKABILITY: micro.stackability,
            Note.FURTHER_INFORMATION: micro.further_information,
            Note.RECOGNITION_CODE: words.text(recognition.code),
            Note.RECOGNITION_TITLE: words.text(recognition.title),
            Note.RECOGNITION_BODY: words.text(recognition.certifying_body),
        },
    )
    if (said := terms.RECOGNITION_WORDS.get(recognition.status)) is not None:
        note = words.note(owner, Note.RECOGNITION, Text.of(said))
        subject = terms.derived_id("note", Note.RECOGNITION, recognition.status)
        notes.append({**note, "subject": words.known(subject, terms.NOTE_WORDS[Note.RECOGNITION])})
    return notes


def _stacked(own_id: str, title: Text, where: str) -> Thing:
    if not title:
        raise DataModelError(f"expected each of {where} to have a title, met {own_id[:120]!a} without")
    return {"id": iri(own_id, where), "type": "Qualification", "title": by_language(title)}


def _is_esco(concept: Concept) -> bool:
    return concept.iri.startswith(terms.ESCO_SKILL)
