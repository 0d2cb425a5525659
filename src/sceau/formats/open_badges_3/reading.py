"""From the JSON of an Open Badge back to a credential: of ours whole, of others what they say."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sceau.errors import DataModelError
from sceau.formats import data_model
from sceau.formats.open_badges_3 import evidence, nodes, outcomes, terms
from sceau.formats.open_badges_3.nodes import UNKNOWN_LANGUAGE, Node
from sceau.model import annex_i, moments
from sceau.model.concepts import Concept
from sceau.model.credential import Credential, Holder, Identifier, Issuer, StatusEntry
from sceau.model.micro_credential import (
    Assessment,
    LearningOutcome,
    Level,
    MicroCredential,
    Part,
    QualityAssurance,
    Recognition,
    RecognitionStatus,
    Workload,
)
from sceau.model.texts import NO_TEXT, Text

_INDEX = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
# How others grade: a value of one of these is the result.
_GRADES = frozenset(
    {
        terms.GRADE,
        "GradePointAverage",
        "LetterGrade",
        "Percent",
        "PerformanceLevel",
        "RawScore",
        "RubricScore",
        "ScaledScore",
    }
)
# Alignments that are competencies by their type, or by where they come from.
_COMPETENCIES = frozenset({"CFItem", "ceasn:Competency"})
_ESCO_SKILL = "http://data.europa.eu/esco/skill/"
_EQF_LEVEL = re.compile(r"http://data\.europa\.eu/snb/eqf/([1-8])")


def recognises(document: Mapping[str, Any]) -> bool:
    """Does the document say that it is an Open Badge 3.0, or an endorsement as Open Badges 3.0 has them?"""
    types = document.get("type")
    return isinstance(types, list) and any(
        name in terms.TYPE_NAMES or name == terms.ENDORSEMENT for name in types if isinstance(name, str)
    )


def from_document(document: Mapping[str, Any]) -> Credential:
    """
    Read an Open Badge that carries all of Annex I, as `to_document` writes it. Proofs are not looked at.

    Raises:
        DataModelError: Another kind of document, or an element that is missing or not as it should be.
    """
    status_entries(document)
    for name in ("awardedDate", "validFrom"):
        moments.read(document.get(name))
    credential = read_any(document)
    annex_i.check(credential)
    return credential


def read_any(document: Mapping[str, Any]) -> Credential:
    """
    Read an Open Badge of whoever made it, as far as it can be read. Proofs are not looked at.

    What is not there is empty: ``workload.hours`` is 0, and the recognition is "none", which then means no
    more than that the badge does not speak of it.

    - Its day is the one of the award, else the first of its validity, which is what the standard says of it.
    - Its criteria become further information, since the record has no place for criteria.
    - Competencies that the achievement is aligned with (ESCO, CASE, CTDL-ASN) are its outcomes, where it
      states none. Other alignments, and ``related``, stay behind.
    - Its credits stay behind: they need not be ECTS.

    Raises:
        DataModelError: Another kind of document, one without a title or a day, one about several persons, or
            a malformed value.
    """
    if not recognises(document) or terms.ENDORSEMENT in data_model.types_of(document):
        raise DataModelError("expected an OpenBadgeCredential, met another type")
    root = Node.root(document)
    subject = root.node("credentialSubject")
    achievement = subject.node("achievement")
    language = achievement.text("inLanguage") or UNKNOWN_LANGUAGE
    reached, results = outcomes.read(achievement, subject, language)
    micro_credential = _micro_credential(root, subject, achievement, reached, language)
    if not micro_credential.title:
        raise DataModelError("expected the achievement to have a name, met none")
    awarded_on, valid_from = _beginning(document)
    ends = data_model.end_of(document)
    return Credential(
        id=root.text("id"),
        holder=_holder(subject),
        issuer=issuer(root.node("issuer")),
        micro_credential=micro_credential,
        awarded_on=awarded_on,
        valid_from=valid_from,
        valid_until=ends[1] if ends else None,
        grade=_grade(achievement, subject),
        status=known_statuses(document),
        results=results,
        evidence=evidence.read(root, language),
    )


def status_entries(document: Mapping[str, Any]) -> tuple[StatusEntry, ...]:
    """
    The places in status lists that a document names.

    Raises:
        DataModelError: An entry that is not a BitstringStatusListEntry, or not as it should be.
    """
    return tuple(_status(entry) for entry in Node(document).nodes("credentialStatus"))


def known_statuses(document: Mapping[str, Any]) -> tuple[StatusEntry, ...]:
    """
    Those that are in a Bitstring Status List; badges know others, which have no place in the record.

    Raises:
        DataModelError: One that is not as it should be.
    """
    return tuple(
        _status(entry)
        for entry in Node(document).nodes("credentialStatus")
        if terms.STATUS_ENTRY in data_model.types_of(entry.entries)
    )


def _status(entry: Node) -> StatusEntry:
    if entry.entries.get("type") not in (terms.STATUS_ENTRY, [terms.STATUS_ENTRY]):
        raise DataModelError(f"expected a {terms.STATUS_ENTRY} at {entry.path}type, met another")
    index = entry.text("statusListIndex")
    if not _INDEX.fullmatch(index):
        raise DataModelError(f"expected a whole number at {entry.path}statusListIndex, met {index[:20]!a}")
    list_url, purpose = entry.text("statusListCredential"), entry.text("statusPurpose")
    if not list_url or not purpose:
        raise DataModelError(f"expected a list and a purpose at {entry.path}, met none")
    return StatusEntry(list_url=list_url, index=int(index), purpose=purpose)


def _beginning(document: Mapping[str, Any]) -> tuple[date, datetime]:
    """The day of the award, and the moment from which it is valid; one stands for the other."""
    begins = data_model.beginning_of(document)
    stamp, awarded = document.get("awardedDate"), None
    if stamp is not None:
        awarded = moments.read(stamp)
    elif begins is not None:
        stamp = document[begins[0]]
    valid_from = begins[1] if begins else awarded
    if valid_from is None:
        raise DataModelError("expected awardedDate or validFrom, met none")
    # The day as it was written: in UTC it may be another.
    return date.fromisoformat(str(stamp)[:10]), valid_from


def _holder(subject: Node) -> Holder:
    """By what is said plainly; what is hashed is no name."""
    known = {
        entry.text("identityType"): entry.text("identityHash")
        for entry in subject.nodes("identifier")
        if entry.flag("hashed") is False
    }
    return Holder(
        name=known.get(terms.NAME, "") or str(subject.words("name")),
        given_name=known.get(terms.GIVEN_NAME, ""),
        family_name=known.get(terms.FAMILY_NAME, ""),
        identifier=known.get(terms.IDENTIFIER, ""),
    )


def issuer(profile: Node) -> Issuer:
    """An organisation; where it is named by its id alone, nothing else is known of it."""
    address = profile.node("address")
    return Issuer(
        id=profile.text("id"),
        name=str(profile.words("name")),
        country_code=address.text("addressCountryCode"),
        country=address.text("addressCountry"),
        region=address.text("addressRegion"),
        locality=address.text("addressLocality"),
        url=profile.link("url"),
        email=profile.text("email"),
        identifiers=tuple(
            Identifier(_scheme(entry.text("identifierType")), entry.text("identifier"))
            for entry in profile.nodes("otherIdentifier")
        ),
    )


def _scheme(identifier_type: str) -> str:
    try:
        return terms.type_to_scheme(identifier_type)
    except (DataModelError, UnicodeError):  # another author's, who does not escape as we do
        return identifier_type


def _facts(achievement: Node, subject: Node) -> tuple[dict[str, str], dict[str, str]]:
    """Values by kind of result, and by the id of their description."""
    values = {
        result.text("resultDescription"): result.text("value")
        for result in subject.nodes("result")
        if "value" in result.entries
    }
    facts: dict[str, str] = {}
    for description in achievement.nodes("resultDescription"):
        if (own_id := description.text("id")) and (value := values.get(own_id)) is not None:
            facts.setdefault(description.text("resultType"), value)
    return facts, values


def _grade(achievement: Node, subject: Node) -> str:
    """The value alone, or each with its name where there are several."""
    kinds = {
        own_id: (description.text("resultType"), str(description.words("name")))
        for description in achievement.nodes("resultDescription")
        if (own_id := description.text("id"))
    }
    told = []
    for result in subject.nodes("result"):
        kind, name = kinds.get(result.text("resultDescription"), (terms.GRADE, ""))
        if kind in _GRADES and (value := result.text("value")):
            told.append((name, value))
    if len(told) == 1:
        return told[0][1]
    return "; ".join(f"{name}: {value}" if name else value for name, value in told)


def _micro_credential(
    root: Node, subject: Node, achievement: Node, reached: tuple[LearningOutcome, ...], language: str
) -> MicroCredential:
    facts, values = _facts(achievement, subject)
    is_ours = terms.WORKLOAD_HOURS in facts

    def fact(kind: str) -> Text:
        value = facts.get(kind, "")
        return Text(((language, value),)) if value else NO_TEXT

    def aligned(*kinds: str) -> Iterator[Node]:
        return (entry for entry in achievement.nodes("alignment") if entry.text("targetType") in kinds)

    def concepts(*kinds: str) -> tuple[Concept, ...]:
        return tuple(nodes.concept(entry, language) for entry in aligned(*kinds))

    criteria = achievement.node("criteria")
    return MicroCredential(
        id=achievement.text("id"),
        version=achievement.text("version"),
        title=achievement.words("name", language) or root.words("name", language),
        description=achievement.words("description", language) or root.words("description", language),
        outcomes=reached if reached or is_ours else tuple(_competencies(achievement, language)),
        workload=Workload(
            _decimal(facts[terms.WORKLOAD_HOURS], terms.WORKLOAD_HOURS) if is_ours else Decimal(0),
            achievement.number("creditsAvailable") if is_ours else None,
        ),
        level=Level(
            next(iter(concepts(terms.EQF, terms.NQF)), None)
            or (None if is_ours else _european_level(achievement, language)),
            fact(terms.NO_LEVEL_REASON),
        ),
        assessment=Assessment(
            types=concepts(terms.ASSESSMENT_TYPE),
            description=fact(terms.ASSESSMENT_DESCRIPTION),
            supervision=next(iter(concepts(terms.SUPERVISION)), None),
            identity_check=fact(terms.IDENTITY_CHECK),
        ),
        participation=concepts(terms.PARTICIPATION),
        quality_assurance=tuple(
            _quality(entry, achievement.text("id"), values, language)
            for entry in aligned(terms.QUALITY_ASSURANCE)
        ),
        languages=tuple(tag for tag in facts.get(terms.LANGUAGES, "").split(", ") if tag),
        recognition=_recognition(facts),
        prerequisites=fact(terms.PREREQUISITES),
        stackability=fact(terms.STACKABILITY),
        stacks_into=concepts(terms.STACKS_INTO),
        parts=tuple(
            Part(entry.link("targetUrl"), entry.words("targetName", language))
            for entry in aligned(terms.HAS_PART)
        ),
        further_information=fact(terms.FURTHER_INFORMATION)
        or (NO_TEXT if is_ours else criteria.words("narrative", language)),
        url=criteria.link("id"),
        image_svg=_image(achievement.node("image").text("id")),
    )


def _competencies(achievement: Node, language: str) -> Iterator[LearningOutcome]:
    for entry in achievement.nodes("alignment"):
        concept = nodes.concept(entry, language)
        named = entry.text("targetType") in _COMPETENCIES or concept.iri.startswith(_ESCO_SKILL)
        if named and concept.iri and concept.label:
            yield LearningOutcome(concept.iri, concept.label, (concept,))


def _european_level(achievement: Node, language: str) -> Concept | None:
    """By the European address of a level, as others align to it."""
    for entry in achievement.nodes("alignment"):
        concept = nodes.concept(entry, language)
        if met := _EQF_LEVEL.fullmatch(concept.iri):
            return Concept(concept.iri, concept.label, "EQF", met[1])
    return None


def _quality(
    alignment: Node, micro_credential_id: str, values: Mapping[str, str], language: str
) -> QualityAssurance:
    kind = nodes.concept(alignment, language)
    name = alignment.words("targetDescription", language)
    url_id = terms.derived_id(micro_credential_id, terms.QUALITY_ASSURANCE_URL, kind.iri, str(name))
    return QualityAssurance(kind=kind, name=name, url=values.get(url_id, ""))


def _recognition(facts: Mapping[str, str]) -> Recognition:
    status = facts.get(terms.RECOGNITION, RecognitionStatus.NONE)
    try:
        return Recognition(
            status=RecognitionStatus(status),
            code=facts.get(terms.RECOGNITION_CODE, ""),
            title=facts.get(terms.RECOGNITION_TITLE, ""),
            certifying_body=facts.get(terms.RECOGNITION_BODY, ""),
        )
    except ValueError:
        raise DataModelError(f"expected a known status of recognition, met {status[:40]!a}") from None


def _decimal(value: str, kind: str) -> Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise DataModelError(f"expected a number for {kind}, met {value[:40]!a}") from None
    if not number.is_finite() or number.adjusted() > 6:
        raise DataModelError(f"expected a plain number for {kind}, met {value[:40]!a}")
    return number


def _image(url: str) -> str:
    """The drawing, where the badge carries one inside; a picture elsewhere is not fetched."""
    if not url.startswith(terms.SVG_DATA):
        return ""
    try:
        return base64.b64decode(url.removeprefix(terms.SVG_DATA), validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise DataModelError(f"expected an SVG in base64 as the picture, met {error}") from error
