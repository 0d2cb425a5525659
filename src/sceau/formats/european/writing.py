"""From a credential to the JSON of a European Digital Credential, ready to be sealed."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from sceau.errors import DataModelError
from sceau.formats.european import codes, names, terms
from sceau.formats.european.display import display
from sceau.formats.european.organisations import accreditations, awarding_body
from sceau.formats.european.qualifications import described, foreseen
from sceau.formats.european.terms import Note
from sceau.formats.european.things import (
    Thing,
    Words,
    bare_concept,
    by_language,
    check_told_once,
    filled,
    identifier,
    iri,
)
from sceau.model import annex_i, characters, moments
from sceau.model.credential import Credential, Evidence, Holder, OutcomeResult, StatusEntry
from sceau.model.micro_credential import MicroCredential
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
    check_told_once(document)
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
        document["issuer"] = self._body()
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
            "specifiedBy": described(
                micro,
                self._words,
                accreditation=accreditations(
                    self._credential.id, micro.quality_assurance, self._words, of_programme=True
                ),
            ),
        }

    def _awarding(self) -> Thing:
        day = datetime.combine(self._credential.awarded_on, time(), tzinfo=UTC)
        return {
            "id": terms.derived_id(self._credential.id, "awarding"),
            "type": "AwardingProcess",
            "awardingBody": [self._body()],
            "awardingDate": moments.write(day),
        }

    def _body(self) -> Thing:
        own = accreditations(
            self._credential.id,
            self._credential.micro_credential.quality_assurance,
            self._words,
            of_programme=False,
        )
        return awarding_body(self._credential.issuer, self._words, own)

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
                "specifiedBy": foreseen(micro, self._words),
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
