"""The award of a micro-credential to a person, by an issuer, on a date: what gets signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sceau.model.micro_credential import MicroCredential
from sceau.model.texts import NO_TEXT, Text


@dataclass(frozen=True)
class Identifier:
    """
    A registered number of an organisation or person.

    Attributes:
        scheme: ``"SIRET"``, ``"NDA"``, ``"UAI"``, or any name.
    """

    scheme: str
    value: str


@dataclass(frozen=True)
class Issuer:
    """
    The awarding body.

    Attributes:
        id: Its DID: ``did:key:z6Mk…`` or ``did:web:example.org:o:atelier``.
        country_code: ISO 3166-1 alpha-2, ``"FR"``.
        country: The country's name as written for people.
    """

    id: str
    name: str
    country_code: str
    country: str = ""
    region: str = ""
    locality: str = ""
    url: str = ""
    email: str = ""
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True)
class Holder:
    """
    The person, as the awarding body knows them. No birth date: a credential is shown to strangers.

    Attributes:
        name: The full name as it should be read.
        identifier: The awarding body's own number for the person, where it wants it in the credential.
    """

    name: str
    given_name: str = ""
    family_name: str = ""
    identifier: str = ""


@dataclass(frozen=True)
class OutcomeResult:
    """
    How far the person reached one outcome, where more is known than that it was reached.

    Attributes:
        outcome_id: Of an outcome of the micro-credential.
        level_id: Of a level of its rubric, or empty.
        value: As the assessor words it (``"17/20"``), or empty.
    """

    outcome_id: str
    level_id: str = ""
    value: str = ""


@dataclass(frozen=True)
class Evidence:
    """
    What the person showed. The thing itself stays where it is: a credential is shown to strangers.

    Attributes:
        id: Absolute IRI, where it can be looked at; empty where it is only described.
        kind: ``"photo"``, ``"chantier"``, as the assessor calls it; may be empty.
    """

    name: Text
    description: Text = NO_TEXT
    id: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Endorsement:
    """
    A statement of a third party about an issuer, a micro-credential or a credential.

    Attributes:
        id: Absolute IRI of the statement.
        subject_id: What it is about: the id of an issuer, of a version, or of a credential.
        subject_kind: ``"Profile"``, ``"Achievement"`` or ``"AchievementCredential"``.
        comment: What the third party says.
    """

    id: str
    issuer: Issuer
    subject_id: str
    subject_kind: str
    comment: Text
    valid_from: datetime
    valid_until: datetime | None = None
    status: tuple[StatusEntry, ...] = ()


@dataclass(frozen=True)
class StatusEntry:
    """
    A place in a published status list.

    Attributes:
        list_url: https URL of the signed list.
        index: 0-based.
        purpose: ``"revocation"`` or ``"suspension"``.
    """

    list_url: str
    index: int
    purpose: str = "revocation"


@dataclass(frozen=True)
class Credential:
    """
    All that one credential says.

    Attributes:
        id: ``urn:uuid:…``.
        awarded_on: The day of the award (Annex I «date of issuing»).
        valid_from: Aware; normally the moment of signature.
        valid_until: Aware, or None where it never ends.
        grade: The result as the awarding body words it (``"16/20"``), or empty.
        results: Outcome by outcome, where more is known than that all were reached.
        evidence: What the person showed.
    """

    id: str
    holder: Holder
    issuer: Issuer
    micro_credential: MicroCredential
    awarded_on: date
    valid_from: datetime
    valid_until: datetime | None = None
    grade: str = ""
    status: tuple[StatusEntry, ...] = ()
    results: tuple[OutcomeResult, ...] = ()
    evidence: tuple[Evidence, ...] = ()
