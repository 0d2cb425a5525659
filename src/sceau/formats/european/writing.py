"""From a credential to the JSON of a European Digital Credential, ready to be sealed."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from sceau.errors import DataModelError
from sceau.formats.european import codes, names, terms
from sceau.formats.european.display import display
from sceau.formats.european.organisations import accreditations, awarding_body
from sceau.formats.european.terms import Note
from sceau.formats.european.things import (
    Thing,
    Words,
    bare_concept,
    by_language,
    filled,
    identifier,
    iri,
    listed,
    page,
    plain_note,
)
from sceau.model import annex_i, characters, moments
from sceau.model.concepts import Concept
from sceau.model.credential import Credential, Evidence, Holder, OutcomeResult, StatusEntry
from sceau.model.micro_credential import MicroCredential, RecognitionStatus
from sceau.model.texts import Text
from sceau.ports import Renderer


def to_document(credential: Credential, *, pictures: Mapping[str, bytes]) -> dict[str, Any]:
    """
    The credential as a European Digital Credential, without a seal. The same arguments always give the same
    document. Whoever seals it adds what only the seal knows: see `for_seal`.

    Args:
        pictures: The rendered certificate by language, as PNG or JPEG; one for each language of the title.
            Where it is explicitly empty there is no picture at all in the document, none is made up, and the
            document does **not** conform to the profile, which wants one.

    Raises:
        DataModelError: A mandatory element of Annex I or a picture is missing, or a value cannot be written.
        ForbiddenCharacterError: A control character, noncharacter or lone surrogate in any text.
    """
    annex_i.check(credential)
    document = _Writer(credential).document(pictures)
    characters.check_all(document)
    terms.check(document)
    _check_told_once(document)
    return document


def pictures_by(renderer: Renderer[Credential], credential: Credential) -> dict[str, bytes]:
    """What `to_document` takes: the certificate in each language of the title."""
    languages = credential.micro_credential.title.as_dict()
    return {language: renderer.render(credential, language)[0] for language in languages}


def for_seal(
    document: Mapping[str, Any], *, identifier: str, country_code: str, sealed_at: datetime
) -> dict[str, Any]:
    """
    A copy with what only the sealer knows, and the profile wants: when, and by the certificate of which
    organisation.

    Args:
        identifier: The organizationIdentifier of the seal's certificate: ``"VATFR-00000000000"``.
        country_code: Of that certificate's subject, ISO 3166-1 alpha-2.

    Raises:
        DataModelError: No identifier, an unknown country, or a moment without its zone.
    """
    if not identifier.strip():
        raise DataModelError("expected the organizationIdentifier of the seal's certificate, met none")
    sealed = copy.deepcopy(dict(document))
    sealed["issued"] = moments.write(sealed_at)
    owner = str(sealed["issuer"]["id"])
    sealed["issuer"]["eIDASIdentifier"] = {
        "id": terms.derived_id(owner, "eIDASIdentifier", identifier),
        "type": "LegalIdentifier",
        "notation": identifier,
        "spatial": bare_concept(codes.country_iri(country_code)),
    }
    characters.check_all(sealed)
    terms.check(sealed)
    return sealed


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


class _Writer:
    """One document, whose concepts are told alike wherever they occur."""

    def __init__(self, credential: Credential) -> None:
        self._credential = credential
        self._micro = credential.micro_credential
        self._words = Words(self._micro.title.language)

    def document(self, pictures: Mapping[str, bytes]) -> Thing:
        credential, micro = self._credential, self._micro
        begins = moments.write(credential.valid_from)
        document: Thing = {
            "@context": list(names.CONTEXT),
            "id": iri(credential.id, "id"),
            "type": list(names.TYPES),
            "credentialSchema": [{"id": names.CURRENT.shapes, "type": names.VALIDATOR}],
            "credentialProfiles": [self._words.known(names.GENERIC_PROFILE, terms.GENERIC_WORDS)],
            "issuanceDate": begins,
            "issued": begins,
            "validFrom": begins,
        }
        if credential.valid_until is not None:
            if credential.valid_until <= credential.valid_from:
                raise DataModelError("expected the validity to end after it begins, met the contrary")
            ends = moments.write(credential.valid_until)
            document |= {"expirationDate": ends, "validUntil": ends}
        document["issuer"] = awarding_body(self._credential, self._words)
        document["credentialSubject"] = self._person(credential.holder, self._achievement(micro))
        document["displayParameter"] = display(credential, pictures, self._words)
        if credential.status:
            document["credentialStatus"] = _status(credential.status)
        return document

    def _person(self, holder: Holder, claim: Thing) -> Thing:
        owner = terms.derived_id(self._credential.id, "subject")
        number = {
            "id": terms.derived_id(owner, "identifier"),
            "type": "Identifier",
            "notation": holder.identifier,
        }
        return filled(
            {
                "id": owner,
                "type": "Person",
                "fullName": self._words.words(holder.name),
                "givenName": self._words.words(holder.given_name),
                "familyName": self._words.words(holder.family_name),
                "identifier": [number] if holder.identifier else [],
                "hasClaim": [claim],
            }
        )

    # What was achieved.

    def _achievement(self, micro: MicroCredential) -> Thing:
        return {
            "id": terms.derived_id(self._credential.id, "achievement"),
            "type": "LearningAchievement",
            "title": by_language(micro.title),
            "awardedBy": self._awarding(),
            "provenBy": [self._assessment(micro)],
            "specifiedBy": self._qualification(micro),
        }

    def _awarding(self) -> Thing:
        day = datetime.combine(self._credential.awarded_on, time(), tzinfo=UTC)
        return {
            "id": terms.derived_id(self._credential.id, "awarding"),
            "type": "AwardingProcess",
            "awardingBody": [awarding_body(self._credential, self._words)],
            "awardingDate": moments.write(day),
        }

    def _assessment(self, micro: MicroCredential) -> Thing:
        owner = terms.derived_id(self._credential.id, "assessment")
        supervision = micro.assessment.supervision
        evidence = self._credential.evidence
        return filled(
            {
                "id": owner,
                "type": "LearningAssessment",
                "title": dict(terms.ASSESSMENT),
                "awardedBy": self._awarding(),
                "grade": self._grade(owner, self._words.text(self._credential.grade)),
                "idVerification": None if supervision is None else self._words.concept(supervision),
                "specifiedBy": self._assessment_specification(
                    micro, terms.derived_id(micro.id, "assessment")
                ),
                "supplementaryDocument": [
                    self._document(each, number) for number, each in enumerate(evidence) if each.id
                ],
                "additionalNote": [
                    self._described(each, number) for number, each in enumerate(evidence) if not each.id
                ],
                "hasPart": [
                    self._result(each, number) for number, each in enumerate(self._credential.results)
                ],
            }
        )

    def _grade(self, owner: str, told: Text, implied: Text | None = None) -> Thing:
        """A grade is compulsory: where none was given, it says that the award was made, and implies it."""
        if told:
            return {"id": terms.derived_id(owner, "grade"), "type": "Note", "noteLiteral": by_language(told)}
        return self._words.note(owner, Note.IMPLIED_GRADE, implied or Text.of(terms.PASSED))

    def _result(self, result: OutcomeResult, number: int) -> Thing:
        outcome = next((each for each in self._micro.outcomes if each.id == result.outcome_id), None)
        if outcome is None:
            raise DataModelError(f"expected results of known outcomes, met {result.outcome_id[:120]!a}")
        level = next((each for each in outcome.rubric if each.id == result.level_id), None)
        owner = terms.derived_id(self._credential.id, "result", str(number))
        known = ((terms.OUTCOME, result.outcome_id), (terms.RUBRIC_LEVEL, result.level_id))
        return {
            "id": owner,
            "type": "LearningAssessment",
            "title": by_language(outcome.statement),
            "awardedBy": self._awarding(),
            "grade": self._grade(owner, self._words.text(result.value), level.name if level else None),
            "identifier": [identifier(owner, scheme, value) for scheme, value in known if value],
        }

    def _document(self, evidence: Evidence, number: int) -> Thing:
        return filled(
            {
                "id": terms.derived_id(self._credential.id, "evidence", str(number)),
                "type": "WebResource",
                "title": by_language(evidence.name),
                "description": by_language(evidence.description),
                "contentURL": iri(evidence.id, "evidence.id"),
            }
        )

    def _described(self, evidence: Evidence, number: int) -> Thing:
        """The name, and after it the description, in each language."""
        if not evidence.name:
            raise DataModelError("expected each evidence to have a name, met none")
        more = evidence.description.as_dict()
        literal = {
            tag: [name, more[tag]] if tag in more else name
            for tag, name in by_language(evidence.name).items()
        }
        note = self._words.note(self._credential.id, Note.EVIDENCE, evidence.name, str(number))
        return {**note, "noteLiteral": literal}

    def _assessment_specification(self, micro: MicroCredential, owner: str) -> Thing:
        """
        The profile allows one type of assessment for each specification. Where there are several, each is a
        part of the whole.
        """
        types = micro.assessment.types
        specification: Thing = {
            "id": owner,
            "type": "LearningAssessmentSpecification",
            "title": by_language(types[0].label)
            if len(types) == 1 and types[0].label
            else dict(terms.ASSESSMENT),
            "description": by_language(micro.assessment.description),
            "additionalNote": self._words.notes(
                owner, {Note.IDENTITY_CHECK: micro.assessment.identity_check}
            ),
        }
        if len(types) == 1:
            specification["dcType"] = self._words.concept(types[0])
        else:
            specification["hasPart"] = [
                {
                    "id": terms.derived_id(owner, "type", each.iri),
                    "type": "LearningAssessmentSpecification",
                    "title": by_language(each.label) or dict(terms.ASSESSMENT),
                    "dcType": self._words.concept(each),
                }
                for each in types
            ]
        return filled(specification)

    # What it is.

    def _qualification(self, micro: MicroCredential) -> Thing:
        owner = iri(micro.id, "micro_credential.id")
        return filled(
            {
                "id": owner,
                "type": "Qualification",
                "title": by_language(micro.title),
                "description": by_language(micro.description),
                "dcType": [self._words.known(terms.SHORT_PROGRAMME, terms.SHORT_PROGRAMME_WORDS)],
                "identifier": [identifier(owner, terms.VERSION, micro.version)] if micro.version else [],
                "homepage": listed(page(micro.url, owner, "homepage")),
                "learningOutcome": self._outcomes(micro),
                "volumeOfLearning": duration(micro.workload.hours),
                "creditPoint": self._credits(micro, owner),
                **self._level(micro),
                "mode": [self._words.concept(each) for each in micro.participation],
                "language": [self._words.language_concept(tag) for tag in micro.languages],
                "entryRequirement": plain_note(owner, "entryRequirement", micro.prerequisites)
                if micro.prerequisites
                else None,
                "accreditation": accreditations(self._credential, self._words, of_programme=True),
                "hasPart": [_stacked(part.id, part.title, "parts") for part in micro.parts],
                "isPartOf": [self._whole(owner, each) for each in micro.stacks_into],
                # Only where it is known to be a part: elsewhere «no» would claim a full qualification.
                "isPartialQualification": True
                if micro.stacks_into or micro.recognition.status is RecognitionStatus.BLOC
                else None,
                "additionalNote": self._qualification_notes(micro, owner),
            }
        )

    def _outcomes(self, micro: MicroCredential) -> list[Thing]:
        return [
            filled(
                {
                    "id": iri(outcome.id, "outcome.id"),
                    "type": "LearningOutcome",
                    "title": by_language(outcome.statement),
                    "relatedESCOSkill": [
                        self._words.concept(each) for each in outcome.alignments if _is_esco(each)
                    ],
                    "relatedSkill": [
                        self._words.concept(each) for each in outcome.alignments if not _is_esco(each)
                    ],
                }
            )
            for outcome in micro.outcomes
        ]

    def _credits(self, micro: MicroCredential, owner: str) -> list[Thing]:
        points = micro.workload.credits_ects
        if points is None:
            return []
        if not points.is_finite() or points < 0 or points.adjusted() > 6:
            raise DataModelError(f"expected a plain number of credits, met {str(points)[:40]}")
        return [
            {
                "id": terms.derived_id(owner, "creditPoint"),
                "type": "CreditPoint",
                "framework": self._words.known(terms.ECTS, terms.ECTS_WORDS),
                "point": f"{points:f}",
            }
        ]

    def _level(self, micro: MicroCredential) -> Thing:
        """
        A level that the European lists do not hold, such as those of the French framework, is a level of
        education: under ``nqfLevel`` it would have to claim a scheme that it is not part of.
        """
        level = micro.level.concept
        if level is None:
            return {}
        if level.iri.startswith(terms.EQF):
            return {"eqfLevel": self._words.concept(level)}
        return {
            "nqfLevel" if level.iri.startswith(terms.NQF) else "educationLevel": [self._words.concept(level)]
        }

    def _whole(self, owner: str, whole: Concept) -> Thing:
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

    def _qualification_notes(self, micro: MicroCredential, owner: str) -> list[Thing]:
        recognition = micro.recognition
        notes = self._words.notes(
            owner,
            {
                Note.NO_LEVEL_REASON: micro.level.none_reason,
                Note.STACKABILITY: micro.stackability,
                Note.FURTHER_INFORMATION: micro.further_information,
                Note.RECOGNITION_CODE: self._words.text(recognition.code),
                Note.RECOGNITION_TITLE: self._words.text(recognition.title),
                Note.RECOGNITION_BODY: self._words.text(recognition.certifying_body),
            },
        )
        if (words := terms.RECOGNITION_WORDS.get(recognition.status)) is not None:
            note = self._words.note(owner, Note.RECOGNITION, Text.of(words))
            iri = terms.derived_id("note", Note.RECOGNITION, recognition.status)
            notes.append({**note, "subject": self._words.known(iri, terms.NOTE_WORDS[Note.RECOGNITION])})
        return notes


def _stacked(own_id: str, title: Text, where: str) -> Thing:
    if not title:
        raise DataModelError(f"expected each of {where} to have a title, met {own_id[:120]!a} without")
    return {"id": iri(own_id, where), "type": "Qualification", "title": by_language(title)}


def _status(entries: tuple[StatusEntry, ...]) -> Thing:
    """
    The one entry that the profile allows, which is its address and nothing else: the context has no terms for
    a place in a list. Where there are several, the revocation goes first, and the others are a loss.
    """
    entry = min(entries, key=lambda each: each.purpose != "revocation")
    if entry.index < 0 or "#" in entry.list_url or not re.fullmatch("[a-z]+", entry.purpose):
        raise DataModelError(f"expected a place in a status list, met {entry.list_url[:120]!a} {entry.index}")
    return {
        "id": f"{iri(entry.list_url, 'status.list_url')}#{entry.purpose}-{entry.index}",
        "type": names.STATUS,
    }


def _is_esco(concept: Concept) -> bool:
    return concept.iri.startswith(terms.ESCO_SKILL)


def _check_told_once(document: Mapping[str, Any]) -> None:
    """
    One id, one thing. In RDF two objects with one id are one thing that says both; a reader of the JSON sees
    two.
    """
    seen: dict[tuple[str, bool], Any] = {}
    for siblings in terms.things(document):
        ids = [thing["id"] for thing in siblings]
        if len(ids) != len(set(ids)):
            raise DataModelError("expected each thing once in a list, met an id twice")
        for thing in siblings:
            # A whole may have the id of a concept of an outcome; a scheme may have several names.
            key = (thing["id"], thing["type"] == "Concept")
            if thing["type"] != "ConceptScheme" and seen.setdefault(key, thing) != thing:
                raise DataModelError(f"expected each id to name one thing, met {thing['id'][:120]!a} twice")
