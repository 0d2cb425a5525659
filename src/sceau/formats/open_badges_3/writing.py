"""From a credential to the JSON of an Open Badge, ready to be signed."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from sceau.errors import DataModelError
from sceau.formats.open_badges_3 import terms, words
from sceau.model import annex_i, characters, moments
from sceau.model.concepts import Concept
from sceau.model.credential import Credential, Holder, Issuer, StatusEntry
from sceau.model.micro_credential import MicroCredential
from sceau.model.texts import Text

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f]+")
_SCHEMES = frozenset({"urn", "did", "https", "http", "mailto"})
_MAX_IMAGE = 100_000


def to_document(credential: Credential) -> dict[str, Any]:
    """
    The credential as an Open Badge, without a proof. The same credential always gives the same document.

    Raises:
        DataModelError: A mandatory element of Annex I is missing, or a value cannot be written.
        ForbiddenCharacterError: A control character, noncharacter or lone surrogate in any text.
    """
    annex_i.check(credential)
    language = credential.micro_credential.title.language
    if not terms.LANGUAGE.fullmatch(language):
        raise DataModelError(f"expected a language code such as fr or fr-FR for the title, met {language!a}")
    document: dict[str, Any] = {
        "@context": list(terms.CONTEXT),
        "id": _iri(credential.id, "id"),
        "type": list(terms.TYPES),
        "name": credential.micro_credential.title.get(language),
        "issuer": _issuer(credential.issuer),
        "awardedDate": moments.write(datetime.combine(credential.awarded_on, time(), tzinfo=UTC)),
        "validFrom": moments.write(credential.valid_from),
    }
    if credential.valid_until is not None:
        document["validUntil"] = moments.write(credential.valid_until)
        if credential.valid_until <= credential.valid_from:
            raise DataModelError("expected the validity to end after it begins, met the contrary")
    document["credentialSubject"] = _subject(credential, language)
    if entries := [_status(entry) for entry in credential.status]:
        # The strict schema of 1EdTech wants one object; the data model allows several.
        document["credentialStatus"] = entries[0] if len(entries) == 1 else entries
    _check_texts(document)
    return document


def _check_texts(document: dict[str, Any]) -> None:
    pending: list[tuple[str, Any]] = [("", document)]
    while pending:
        where, value = pending.pop()
        if isinstance(value, str):
            characters.check(value, where)
        elif isinstance(value, dict):
            pending.extend((f"{where}.{key}".lstrip("."), child) for key, child in value.items())
        elif isinstance(value, list):
            pending.extend((f"{where}[{number}]", child) for number, child in enumerate(value))


def _iri(value: str, where: str) -> str:
    if not _IRI.fullmatch(value) or value.partition(":")[0].lower() not in _SCHEMES:
        raise DataModelError(f"expected an absolute URL or URN in {where}, met {value[:120]!a}")
    return value


def _filled(entries: dict[str, Any]) -> dict[str, Any]:
    """Without the empty ones: an empty value says nothing, and would be signed as if it did."""
    return {key: value for key, value in entries.items() if value not in ("", None, [])}


def _issuer(issuer: Issuer) -> dict[str, Any]:
    return _filled(
        {
            "id": _iri(issuer.id, "issuer.id"),
            "type": ["Profile"],
            "name": issuer.name,
            "url": _iri(issuer.url, "issuer.url") if issuer.url else "",
            "email": issuer.email,
            "address": _filled(
                {
                    "type": ["Address"],
                    "addressCountry": issuer.country,
                    "addressCountryCode": issuer.country_code,
                    "addressRegion": issuer.region,
                    "addressLocality": issuer.locality,
                }
            ),
            "otherIdentifier": [
                {
                    "type": "IdentifierEntry",
                    "identifier": identifier.value,
                    "identifierType": terms.scheme_to_type(identifier.scheme),
                }
                for identifier in issuer.identifiers
            ],
        }
    )


def _subject(credential: Credential, language: str) -> dict[str, Any]:
    micro = credential.micro_credential
    facts = list(_facts(credential, language))
    results = [
        {"type": ["Result"], "resultDescription": outcome.id, "status": terms.COMPLETED}
        for outcome in micro.outcomes
    ]
    results += [
        {"type": ["Result"], "resultDescription": description["id"], "value": value}
        for description, value in facts
    ]
    credits_ects = _number(micro.workload.credits_ects)
    return _filled(
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
    return _filled(
        {
            "id": _iri(micro.id, "micro_credential.id"),
            "type": ["Achievement"],
            "achievementType": terms.MICRO_CREDENTIAL,
            "name": micro.title.get(language),
            "description": micro.description.get(language) or micro.title.get(language),
            "version": micro.version,
            "inLanguage": language,
            "criteria": _filled(
                {
                    "id": _iri(micro.url, "micro_credential.url") if micro.url else "",
                    "narrative": words.narrative(credential, language),
                }
            ),
            "creditsAvailable": _number(micro.workload.credits_ects),
            "image": _image(micro.image_svg),
            "alignment": list(_alignments(micro, language)),
            "resultDescription": [*_outcomes(micro, language), *facts],
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


def _outcomes(micro: MicroCredential, language: str) -> Iterator[dict[str, Any]]:
    seen = set()
    for outcome in micro.outcomes:
        if outcome.id in seen:
            raise DataModelError(f"expected each outcome to have its own id, met {outcome.id!r} twice")
        seen.add(outcome.id)
        yield _filled(
            {
                "id": _iri(outcome.id, "outcome.id"),
                "type": ["ResultDescription"],
                "name": outcome.statement.get(language),
                "resultType": terms.OUTCOME,
                "alignment": [
                    _alignment(concept, terms.OUTCOME_CONCEPT, language) for concept in outcome.alignments
                ],
            }
        )


def _alignments(micro: MicroCredential, language: str) -> Iterator[dict[str, Any]]:
    if (level := micro.level.concept) is not None:
        yield _alignment(level, terms.EQF if level.framework == "EQF" else terms.NQF, language)
    for concept in micro.assessment.types:
        yield _alignment(concept, terms.ASSESSMENT_TYPE, language)
    if micro.assessment.supervision is not None:
        yield _alignment(micro.assessment.supervision, terms.SUPERVISION, language)
    for concept in micro.participation:
        yield _alignment(concept, terms.PARTICIPATION, language)
    for quality in micro.quality_assurance:
        yield _alignment(quality.kind, terms.QUALITY_ASSURANCE, language, quality.name)
    for concept in micro.stacks_into:
        yield _alignment(concept, terms.STACKS_INTO, language)


def _alignment(concept: Concept, kind: str, language: str, description: Text | None = None) -> dict[str, Any]:
    name = concept.label.get(language)
    if not name:
        raise DataModelError(f"expected each concept to have a label, met {concept.iri!r} without")
    return _filled(
        {
            "type": ["Alignment"],
            "targetName": name,
            "targetDescription": description.get(language) if description else "",
            "targetUrl": _iri(concept.iri, f"the {kind} {name!r}"),
            "targetType": kind,
            "targetFramework": concept.framework,
            "targetCode": concept.code,
        }
    )


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
                _iri(quality.url, "quality_assurance.url"),
            )


def _fact(own_id: str, name: str, kind: str) -> dict[str, Any]:
    return {"id": own_id, "type": ["ResultDescription"], "name": name, "resultType": kind}


def _status(entry: StatusEntry) -> dict[str, Any]:
    if entry.index < 0:
        raise DataModelError(f"expected a status index from 0 on, met {entry.index}")
    return {
        "id": f"{_iri(entry.list_url, 'status.list_url')}#{entry.index}",
        "type": terms.STATUS_ENTRY,
        "statusPurpose": entry.purpose,
        "statusListIndex": str(entry.index),
        "statusListCredential": entry.list_url,
    }
