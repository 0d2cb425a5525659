"""The award of a micro-credential to a person, by an issuer, on a date: what gets signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sceau.model.micro_credential import MicroCredential


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
