"""
The terms that we write, each with the address that the context gives it, and the words we write of our own.

JSON-LD drops a term that no context defines, without a word: a misspelt property would vanish. So whatever is
written is looked up here, and a test compares this table with the published context.

Source:
    European Learning Model, application profile for European Digital Credentials 1.2.0 (6 July 2023) and its
    JSON-LD context; W3C Verifiable Credentials v1.1.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from sceau.errors import UndefinedTermError
from sceau.formats.european import codes, names
from sceau.model.micro_credential import RecognitionStatus


class Kind(StrEnum):
    """What stands at a term."""

    WORDS = "words"
    """A text by language: ``{"fr": "…", "en": "…"}``."""
    THING = "thing"
    """One or several objects with an id and a type."""
    VALUE = "value"
    """A string, a number, true or false."""


_WORDS, _THING, _VALUE = Kind.WORDS, Kind.THING, Kind.VALUE

ENVELOPE: Mapping[str, tuple[str, Kind]] = {
    "credentialSchema": ("cred:credentialSchema", _THING),
    "credentialStatus": ("cred:credentialStatus", _THING),
    "credentialSubject": ("cred:credentialSubject", _THING),
    "expirationDate": ("cred:expirationDate", _VALUE),
    "issuanceDate": ("cred:issuanceDate", _VALUE),
    "issued": ("cred:issued", _VALUE),
    "issuer": ("cred:issuer", _THING),
    "validFrom": ("cred:validFrom", _VALUE),
    "validUntil": ("cred:validUntil", _VALUE),
}
"""Terms of credentials/v1, which hold at the top of the document only."""

TERMS: Mapping[str, tuple[str, Kind]] = {
    "accreditation": ("elm:accreditation", _THING),
    "accreditingAgent": ("elm:accreditingAgent", _THING),
    "additionalNote": ("elm:additionalNote", _THING),
    "address": ("elm:address", _THING),
    "awardedBy": ("elm:awardedBy", _THING),
    "awardingBody": ("elm:awardingBody", _THING),
    "awardingDate": ("elm:awardingDate", _VALUE),
    "awardingOpportunity": ("elm:awardingOpportunity", _THING),
    "contactPoint": ("elm:contactPoint", _THING),
    "content": ("elm:content", _VALUE),
    "contentEncoding": ("elm:contentEncoding", _THING),
    "contentType": ("elm:contentType", _THING),
    "contentURL": ("elm:contentUrl", _VALUE),
    "countryCode": ("elm:countryCode", _THING),
    "credentialProfiles": ("elm:credentialProfiles", _THING),
    "creditPoint": ("elm:creditPoint", _THING),
    "dcType": ("dc:type", _THING),
    "description": ("dc:description", _WORDS),
    "displayDetail": ("elm:displayDetail", _THING),
    "displayParameter": ("elm:displayParameter", _THING),
    "eIDASIdentifier": ("elm:eidasLegalIdentifier", _THING),
    "educationLevel": ("elm:educationLevel", _THING),
    "emailAddress": ("elm:emailAddress", _THING),
    "entryRequirement": ("elm:entryRequirement", _THING),
    "eqfLevel": ("elm:EQFLevel", _THING),
    "familyName": ("foaf:familyName", _WORDS),
    "framework": ("elm:framework", _THING),
    "fullName": ("foaf:fullName", _WORDS),
    "geographicName": ("elm:geographicName", _WORDS),
    "givenName": ("foaf:givenName", _WORDS),
    "grade": ("elm:grade", _THING),
    "hasClaim": ("elm:hasClaim", _THING),
    "hasPart": ("elm:hasPart", _THING),
    "homepage": ("foaf:homepage", _THING),
    "idVerification": ("elm:idVerification", _THING),
    "identifier": ("adms:identifier", _THING),
    "image": ("elm:image", _THING),
    "inScheme": ("skos:inScheme", _THING),
    "individualDisplay": ("elm:individualDisplay", _THING),
    "isPartOf": ("elm:isPartOf", _THING),
    "isPartialQualification": ("elm:isPartialQualification", _VALUE),
    "language": ("dc:language", _THING),
    "learningAchievementSpecification": ("elm:learningAchievementSpecification", _THING),
    "learningOutcome": ("elm:learningOutcome", _THING),
    "legalName": ("rov:legalName", _WORDS),
    "location": ("elm:location", _THING),
    "mode": ("elm:mode", _THING),
    "notation": ("skos:notation", _VALUE),
    "noteLiteral": ("elm:noteLiteral", _WORDS),
    "nqfLevel": ("elm:NQFLevel", _THING),
    "organisation": ("elm:organisation", _THING),
    "page": ("elm:page", _VALUE),
    "point": ("elm:point", _VALUE),
    "prefLabel": ("skos:prefLabel", _WORDS),
    "primaryLanguage": ("elm:primaryLanguage", _THING),
    "provenBy": ("elm:provenBy", _THING),
    "publisher": ("dc:publisher", _THING),
    "registration": ("rov:registration", _THING),
    "relatedESCOSkill": ("elm:relatedESCOSkill", _THING),
    "relatedSkill": ("elm:relatedSkill", _THING),
    "schemeName": ("elm:schemeName", _VALUE),
    "spatial": ("dc:spatial", _THING),
    "spatialCode": ("elm:spatialCode", _THING),
    "specifiedBy": ("elm:specifiedBy", _THING),
    "subject": ("dc:subject", _THING),
    "supplementaryDocument": ("elm:supplementaryDocument", _THING),
    "thematicArea": ("elm:ISCEDFCode", _THING),
    "title": ("dc:title", _WORDS),
    "volumeOfLearning": ("elm:volumeOfLearning", _VALUE),
}

TYPES: Mapping[str, str] = {
    "Accreditation": "elm:Accreditation",
    "Address": "elm:Address",
    "AwardingOpportunity": "elm:AwardingOpportunity",
    "AwardingProcess": "elm:AwardingProcess",
    "Concept": "skos:Concept",
    "ConceptScheme": "skos:ConceptScheme",
    "ContactPoint": "elm:ContactPoint",
    "CreditPoint": "elm:CreditPoint",
    "DisplayDetail": "elm:DisplayDetail",
    "DisplayParameter": "elm:DisplayParameter",
    "EuropeanDigitalCredential": "elm:EuropeanDigitalCredential",
    "Identifier": "elm:Identifier",
    "IndividualDisplay": "elm:IndividualDisplay",
    "LearningAchievement": "elm:LearningAchievement",
    "LearningAchievementSpecification": "elm:LearningAchievementSpecification",
    "LearningAssessment": "elm:LearningAssessment",
    "LearningAssessmentSpecification": "elm:LearningAssessmentSpecification",
    "LearningOutcome": "elm:LearningOutcome",
    "LegalIdentifier": "elm:LegalIdentifier",
    "Location": "dc:Location",
    "Mailbox": "elm:Mailbox",
    "MediaObject": "elm:MediaObject",
    "Note": "elm:Note",
    "Organisation": "elm:Organisation",
    "Person": "elm:Person",
    "Qualification": "elm:Qualification",
    "ShaclValidator2017": "elm:ShaclValidator2017",
    "WebResource": "elm:WebResource",
}
_ALL_TYPES = frozenset({*TYPES, *names.TYPES, names.STATUS})

# Vocabularies by the beginning of their concepts: the scheme, and the name that our records give it. Their
# schemes are compulsory where the profile names them.
_SNB = "http://data.europa.eu/snb/"
ACCREDITATION = f"{_SNB}accreditation/"
PROGRAMME_KINDS = frozenset({f"{ACCREDITATION}820101cba6", f"{ACCREDITATION}e57dddfcf3"})
"""Of a training; the others are of a body."""
EQF = f"{_SNB}eqf/"
NQF = f"{_SNB}qdr/"
SUPERVISIONS = f"{_SNB}supervision-verification/"
ESCO_SKILL = "http://data.europa.eu/esco/skill/"
SCHEMES: Mapping[str, tuple[str, str]] = {
    ACCREDITATION: (f"{ACCREDITATION}25831c2", "Europass accreditation types"),
    f"{_SNB}assessment/": (f"{_SNB}assessment/25831c2", "Europass assessment types"),
    # The list of modes is published under the name of learning-assessment.
    f"{_SNB}learning-assessment/": (f"{_SNB}learning-assessment/25831c2", "Europass modes of learning"),
    SUPERVISIONS: (
        f"{SUPERVISIONS}25831c2",
        "Europass supervision and identity verification",
    ),
    EQF: (f"{EQF}25831c2", "EQF"),
    NQF: (f"{NQF}25831c2", "NQF"),
    ESCO_SKILL: ("http://data.europa.eu/esco/concept-scheme/skills", "ESCO"),
    f"{_SNB}isced-f/": (f"{_SNB}isced-f/25831c2", "ISCED-F"),
    f"{_SNB}credential/": (names.PROFILE_SCHEME, "Europass credential types"),
    f"{_SNB}learning-opportunity/": (
        f"{_SNB}learning-opportunity/25831c2",
        "Europass learning opportunities",
    ),
    f"{_SNB}education-credit/": (f"{_SNB}education-credit/25831c2", "Europass credit systems"),
    f"{_SNB}encoding/": (f"{_SNB}encoding/25831c2", "Europass content encodings"),
    f"{codes.COUNTRY}/": (codes.COUNTRY, "Countries"),
    f"{codes.LANGUAGE}/": (codes.LANGUAGE, "Languages"),
    "http://publications.europa.eu/resource/authority/file-type/": (
        "http://publications.europa.eu/resource/authority/file-type",
        "File types",
    ),
}
FRAMEWORK_OF = dict(SCHEMES.values())
SCHEME_NOTATIONS = frozenset({"Skill", "Occupation", "country", "language", "file-type", "atu", "human-sex"})
"""What the Commission's tools write as notation: the name of the list, not the code of the concept."""

BASE64 = f"{_SNB}encoding/6146cde7dd"
ECTS = f"{_SNB}education-credit/6fcec5c5af"
SHORT_PROGRAMME = f"{_SNB}learning-opportunity/74a4a268e8"
PICTURE_TYPES = {
    "image/png": "http://publications.europa.eu/resource/authority/file-type/PNG",
    "image/jpeg": "http://publications.europa.eu/resource/authority/file-type/JPEG",
}

QUALIFICATION = "Qualification"
SPECIFICATION = "LearningAchievementSpecification"

# Names of identifiers that are ours.
SIRET = "SIRET"
VERSION = "version"
OUTCOME = "learning outcome"
RUBRIC_LEVEL = "rubric level"

_NAMESPACE = uuid.UUID("b0e7a3c4-54ab-5c1e-8d55-7d2b1f0c9a66")


def derived_id(owner: str, *parts: str) -> str:
    """A ``urn:uuid:…`` that depends on nothing but its arguments."""
    return uuid.uuid5(_NAMESPACE, "\n".join((owner, *parts))).urn


class Note(StrEnum):
    """What a note is about, for what the model has no place of its own."""

    NO_LEVEL_REASON = "no_level_reason"
    STACKABILITY = "stackability"
    FURTHER_INFORMATION = "further_information"
    RECOGNITION = "recognition"
    RECOGNITION_CODE = "recognition_code"
    RECOGNITION_TITLE = "recognition_title"
    RECOGNITION_BODY = "recognition_body"
    IDENTITY_CHECK = "identity_check"
    EVIDENCE = "evidence"
    IMPLIED_GRADE = "implied_grade"

    @property
    def iri(self) -> str:
        """Of the concept that the note names as its subject."""
        return derived_id("note", self.value)


NOTE_OF = {note.iri: note for note in Note}
NOTE_WORDS: Mapping[Note, Mapping[str, str]] = {
    Note.NO_LEVEL_REASON: {"fr": "Pourquoi aucun niveau n’est donné", "en": "Why no level is given"},
    Note.STACKABILITY: {"fr": "Cumul et intégration", "en": "Integration and stackability"},
    Note.FURTHER_INFORMATION: {"fr": "Pour en savoir plus", "en": "Further information"},
    Note.RECOGNITION: {"fr": "Reconnaissance", "en": "Recognition"},
    Note.RECOGNITION_CODE: {"fr": "Code au répertoire", "en": "Code in the register"},
    Note.RECOGNITION_TITLE: {"fr": "Intitulé au répertoire", "en": "Title in the register"},
    Note.RECOGNITION_BODY: {"fr": "Certificateur", "en": "Certifying body"},
    Note.IDENTITY_CHECK: {"fr": "Vérification de l’identité", "en": "Identity check"},
    Note.EVIDENCE: {"fr": "Preuve présentée", "en": "Evidence shown"},
    Note.IMPLIED_GRADE: {"fr": "Déduit de l’attribution", "en": "Implied by the award"},
}

RECOGNITION_WORDS: Mapping[RecognitionStatus, Mapping[str, str]] = {
    RecognitionStatus.ATTESTATION: {
        "fr": "Attestation de l’organisme",
        "en": "Attestation by the awarding body",
    },
    RecognitionStatus.BADGE: {"fr": "Badge de l’organisme", "en": "Badge of the awarding body"},
    RecognitionStatus.BLOC: {
        "fr": "Bloc de compétences d’une certification du RNCP",
        "en": "Block of a certification of the French register RNCP",
    },
    RecognitionStatus.RS: {
        "fr": "Certification enregistrée au répertoire spécifique",
        "en": "Certification in the French register RS",
    },
    RecognitionStatus.RNCP: {
        "fr": "Certification enregistrée au RNCP",
        "en": "Certification in the French register RNCP",
    },
    RecognitionStatus.BRANCHE: {
        "fr": "Certificat d’une branche professionnelle",
        "en": "Certificate of a professional branch",
    },
}
"""None at all is said by no note."""
RECOGNITION_OF = {derived_id("note", Note.RECOGNITION, status): status for status in RECOGNITION_WORDS}


# The profile wants a grade, a title of the assessment, a place of the accrediting body. Where the record has
# none, these say no more than the award itself does.
PASSED: Mapping[str, str] = {"fr": "Acquis", "en": "Passed"}
ASSESSMENT: Mapping[str, str] = {"fr": "Évaluation", "en": "Assessment"}
SUPERVISION: Mapping[str, str] = {"fr": "Surveillance", "en": "Supervision"}
COUNTRY_NOT_STATED: Mapping[str, str] = {"fr": "Pays non indiqué", "en": "Country not stated"}
SHORT_PROGRAMME_WORDS: Mapping[str, str] = {"fr": "Formation courte", "en": "Short learning programme"}
ECTS_WORDS: Mapping[str, str] = {
    "fr": "Système européen de transfert de crédits",
    "en": "European Credit Transfer System",
}
GENERIC_WORDS: Mapping[str, str] = {"en": "Generic"}


def things(document: Mapping[str, Any]) -> Iterator[list[Mapping[str, Any]]]:
    """All objects of a document that passes `check`, those of one property together."""
    pending: list[list[Mapping[str, Any]]] = [[document]]
    while pending:
        siblings = pending.pop()
        yield siblings
        for thing in siblings:
            for key, value in thing.items():
                if (TERMS.get(key) or ENVELOPE.get(key) or ("", Kind.VALUE))[1] is Kind.THING:
                    pending.append(value if isinstance(value, list) else [value])


def check(document: Mapping[str, Any]) -> None:
    """
    Refuse what no context defines, and what does not stand as the context wants it.

    Raises:
        UndefinedTermError: Our own error, never the record's.
    """
    pending: list[tuple[Mapping[str, Any], str, Mapping[str, tuple[str, Kind]]]] = [
        ({key: value for key, value in document.items() if key != "@context"}, "", {**TERMS, **ENVELOPE})
    ]
    while pending:
        thing, where, known = pending.pop()
        stated = thing.get("type")
        for name in stated if isinstance(stated, list) else [stated]:
            if name not in _ALL_TYPES:
                raise UndefinedTermError(f"expected a type of the context at {where}type, met {name!r}")
        if not isinstance(thing.get("id"), str):
            raise UndefinedTermError(f"expected an id at {where}id, met none")
        for key, value in thing.items():
            if key not in ("id", "type"):
                pending.extend(
                    (child, f"{where}{key}.", TERMS) for child in _checked(key, value, where, known)
                )


def _checked(
    key: str, value: Any, where: str, known: Mapping[str, tuple[str, Kind]]
) -> Iterator[Mapping[str, Any]]:
    """The objects at one term, once it is one."""
    if key not in known:
        raise UndefinedTermError(f"expected terms of the context, met {where}{key}")
    kind = known[key][1]
    items = value if isinstance(value, list) else [value]
    wanted: tuple[type, ...] = (str, bool, int) if kind is Kind.VALUE else (dict,)
    if not items or not all(isinstance(item, wanted) for item in items):
        raise UndefinedTermError(f"expected {kind} at {where}{key}, met something else")
    if kind is Kind.THING:
        yield from items
    elif kind is Kind.WORDS:
        texts = [text for text in value.values() for text in (text if isinstance(text, list) else [text])]
        if not texts or not all(isinstance(text, str) and text for text in texts):
            raise UndefinedTermError(f"expected words by language at {where}{key}, met none")
