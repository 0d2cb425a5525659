"""What one credential says, from what an organisation and a list say; and until when it is valid."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from jalon.foundation import countries
from sceau.model.credential import Credential, Holder, Identifier, Issuer, StatusEntry
from sceau.model.micro_credential import MicroCredential


@dataclass(frozen=True)
class Earned:
    """
    What a person earned, as a row of a list or a form says it.

    Attributes:
        holder_name: As it will be printed.
        grade: As the organisation words it, or empty.
    """

    holder_name: str
    awarded_on: date
    given_name: str = ""
    family_name: str = ""
    grade: str = ""


@dataclass(frozen=True)
class AwardChanges:
    """What a correction changes; None leaves a thing as it was."""

    holder_name: str | None = None
    awarded_on: date | None = None
    grade: str | None = None

    @property
    def is_empty(self) -> bool:
        return self.holder_name is None and self.awarded_on is None and self.grade is None


def issuer(
    *,
    did: str,
    legal_name: str,
    country_code: str,
    region: str = "",
    locality: str = "",
    website: str = "",
    email: str = "",
    siret: str = "",
    nda: str = "",
) -> Issuer:
    """The awarding body as a credential names it, with the numbers under which France knows it."""
    numbers = (("SIRET", siret), ("NDA", nda))
    return Issuer(
        id=did,
        name=legal_name,
        country_code=country_code,
        country=countries.NAMES.get(country_code, ""),
        region=region,
        locality=locality,
        url=website,
        email=email,
        identifiers=tuple(Identifier(scheme, value) for scheme, value in numbers if value),
    )


def credential(
    *,
    urn: str,
    earned: Earned,
    issuer: Issuer,
    micro_credential: MicroCredential,
    valid_from: datetime,
    valid_until: datetime | None,
    status: StatusEntry | None,
) -> Credential:
    """All that one credential says. No birth date, no e-mail of the holder: it is shown to strangers."""
    return Credential(
        id=urn,
        holder=Holder(name=earned.holder_name, given_name=earned.given_name, family_name=earned.family_name),
        issuer=issuer,
        micro_credential=micro_credential,
        awarded_on=earned.awarded_on,
        valid_from=valid_from,
        valid_until=valid_until,
        grade=earned.grade,
        status=(status,) if status else (),
    )


def end_of_validity(
    awarded_on: date, validity_months: int | None, *, zone: str = "Europe/Paris"
) -> datetime | None:
    """
    The moment when an award ends: the end of the same day of the month, *validity_months* later.

    31 January plus one month is 28 or 29 February. None where a specification sets no end.
    """
    if validity_months is None:
        return None
    months = awarded_on.month - 1 + validity_months
    year, month = awarded_on.year + months // 12, months % 12 + 1
    day = min(awarded_on.day, calendar.monthrange(year, month)[1])
    end = datetime.combine(date(year, month, day), time(23, 59, 59), ZoneInfo(zone))
    return end.astimezone(UTC)
