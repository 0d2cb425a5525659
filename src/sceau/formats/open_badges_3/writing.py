"""From a credential to the JSON of an Open Badge, ready to be signed."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from sceau.errors import DataModelError
from sceau.formats.open_badges_3 import evidence, outcomes, pieces, terms, words
from sceau.formats.open_badges_3.pieces import alignment, filled, iri
from sceau.model import annex_i, moments
from sceau.model.concepts import Concept
from sceau.model.credential import Credential, Holder
from sceau.model.micro_credential import MicroCredential

_MAX_IMAGE = 100_000


def to_document(credential: Credential) -> dict[str, Any]:
    """
    The credential as an Open Badge, without a proof. The same credential always gives the same document.

    Raises:
        DataModelError: A mandatory element of Annex I is missing, or a value cannot be written.
        ForbiddenCharacterError: A control character, noncharacter or lone surrogate in any text.
    """
    annex_i.check(credential)
    _check_ids(credential)
    language = pieces.language_of(credential.micro_credential.title, "the title")
    shown = evidence.write(credential.evidence, language)
    document: dict[str, Any] = {
        "@context": list(terms.CONTEXT),
        "id": iri(credential.id, "id"),
        "type": list(terms.TYPES),
        "name": credential.micro_credential.title.get(language),
        "issuer": pieces.profile(credential.issuer),
        "awardedDate": moments.write(datetime.combine(credential.awarded_on, time(), tzinfo=UTC)),
        **pieces.validity(credential.valid_from, credential.valid_until),
        "credentialSubject": _subject(credential, language),
        **({"evidence": shown} if shown else {}),
        **pieces.statuses(credential.status),
    }
    pieces.check_texts(document)
    return document


def _check_ids(credential: Credential) -> None:
    """What RDF would merge because it has one id could be exchanged without breaking the signature."""
    micro = credential.micro_credential
    ids = [
        credential.id,
        credential.issuer.id,
        micro.id,
        *(outcome.id for outcome in micro.outcomes),
        *{level.id for outcome in micro.outcomes for level in outcome.rubric},
        *(part.id for part in micro.parts),
        *(each.id for each in credential.evidence if each.id),
    ]
    if len(ids) != len(set(ids)):
        twice = min(own_id for own_id in ids if ids.count(own_id) > 1)
        raise DataModelError(f"expected each thing to have its own id, met {twice!r} twice")


def _subject(credential: Credential, language: str) -> dict[str, Any]:
    micro = credential.micro_credential
    facts = list(_facts(credential, language))
    results = outcomes.results(credential)
    results += [
        {"type": ["Result"], "resultDescription": description["id"], "value": value}
        for description, value in facts
    ]
    credits_ects = _number(micro.workload.credits_ects)
    return filled(
        {
            "id": terms.derived_id(credential.id, "subject"),
            "type": ["AchievementSubject"],
            "identifier": _identity(credential.holder),
            "creditsEarned": credits_ects,
            "achievement": _achievement(credential, [description for description, _ in facts], language),
            "result": results,
        }
    )


def _identity(holder: Holder) -> list[dict[str, Any]]:
    known = (
        (terms.NAME, holder.name),
        (terms.GIVEN_NAME, holder.given_name),
        (terms.FAMILY_NAME, holder.family_name),
        (terms.IDENTIFIER, holder.identifier),
    )
    return [
        {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}
        for kind, value in known
        if value
    ]


def _achievement(credential: Credential, facts: list[dict[str, Any]], language: str) -> dict[str, Any]:
    micro = credential.micro_credential
    return filled(
        {
            "id": iri(micro.id, "micro_credential.id"),
            "type": ["Achievement"],
            "achievementType": terms.MICRO_CREDENTIAL,
            "name": micro.title.get(language),
            "description": micro.description.get(language) or micro.title.get(language),
            "version": micro.version,
            "inLanguage": language,
            "criteria": filled(
                {
                    "id": iri(micro.url, "micro_credential.url") if micro.url else "",
                    "narrative": words.narrative(credential, language),
                }
            ),
            "creditsAvailable": _number(micro.workload.credits_ects),
            "image": _image(micro.image_svg),
            "alignment": list(_alignments(micro, language)),
            "related": [{"id": part.id, "type": ["Related"]} for part in micro.parts],
            "resultDescription": [*outcomes.descriptions(micro, language), *facts],
        }
    )


def _image(svg: str) -> dict[str, str] | None:
    if not svg:
        return None
    encoded = base64.b64encode(svg.encode()).decode()
    if len(encoded) > _MAX_IMAGE:
        raise DataModelError(f"expected a picture of at most {_MAX_IMAGE} characters, met {len(encoded)}")
    return {"id": terms.SVG_DATA + encoded, "type": "Image"}


def _number(value: Decimal | None) -> int | float | None:
    """
    A JSON number that reads back as the same decimal. Whole numbers have no fraction: ``4.0`` would be signed
    differently by different libraries.
    """
    if value is None:
        return None
    number = int(value) if value == value.to_integral_value() else float(value)
    if Decimal(str(number)) != value or not 0 <= number < 10_000:
        raise DataModelError(f"expected credits from 0 to 9999 with few decimals, met {value}")
    return number


def _alignments(micro: MicroCredential, language: str) -> Iterator[dict[str, Any]]:
    if (level := micro.level.concept) is not None:
        yield alignment(level, terms.EQF if level.framework == "EQF" else terms.NQF, language)
    for concept in micro.assessment.types:
        yield alignment(concept, terms.ASSESSMENT_TYPE, language)
    if micro.assessment.supervision is not None:
        yield alignment(micro.assessment.supervision, terms.SUPERVISION, language)
    for concept in micro.participation:
        yield alignment(concept, terms.PARTICIPATION, language)
    for quality in micro.quality_assurance:
        yield alignment(quality.kind, terms.QUALITY_ASSURANCE, language, quality.name)
    for concept in micro.stacks_into:
        yield alignment(concept, terms.STACKS_INTO, language)
    for part in micro.parts:
        yield alignment(Concept(part.id, part.title, ""), terms.HAS_PART, language)


def _facts(credential: Credential, language: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Pairs of a ResultDescription and its value; see the package's docstring."""
    micro = credential.micro_credential
    recognition = micro.recognition
    told = (
        (terms.GRADE, credential.grade),
        (terms.WORKLOAD_HOURS, f"{micro.workload.hours:f}"),
        (terms.NO_LEVEL_REASON, micro.level.none_reason.get(language)),
        (terms.ASSESSMENT_DESCRIPTION, micro.assessment.description.get(language)),
        (terms.IDENTITY_CHECK, micro.assessment.identity_check.get(language)),
        (terms.PREREQUISITES, micro.prerequisites.get(language)),
        (terms.STACKABILITY, micro.stackability.get(language)),
        (terms.FURTHER_INFORMATION, micro.further_information.get(language)),
        (terms.LANGUAGES, ", ".join(micro.languages)),
        (terms.RECOGNITION, str(recognition.status)),
        (terms.RECOGNITION_CODE, recognition.code),
        (terms.RECOGNITION_TITLE, recognition.title),
        (terms.RECOGNITION_BODY, recognition.certifying_body),
    )
    for kind, value in told:
        if value:
            yield _fact(terms.derived_id(micro.id, kind), words.label(kind, language), kind), value
    for quality in micro.quality_assurance:
        if quality.url:
            name = quality.name.get(language)
            # Found again by its id, since the order of the alignments is not signed.
            own_id = terms.derived_id(micro.id, terms.QUALITY_ASSURANCE_URL, quality.kind.iri, name)
            label = f"{words.label(terms.QUALITY_ASSURANCE_URL, language)} ({name})"
            yield (
                _fact(own_id, label, terms.QUALITY_ASSURANCE_URL),
                iri(quality.url, "quality_assurance.url"),
            )


def _fact(own_id: str, name: str, kind: str) -> dict[str, Any]:
    return {"id": own_id, "type": ["ResultDescription"], "name": name, "resultType": kind}
