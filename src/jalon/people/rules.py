"""Kinds of organisation, roles, and the checks of French identifiers."""

from __future__ import annotations

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What an organisation is on the territory."""

    TRAINING_PROVIDER = "training_provider"
    LOCAL_AUTHORITY = "local_authority"
    COMPANY = "company"
    AWARDING_BODY = "awarding_body"
    BRANCH = "branch"
    FUNDER = "funder"
    ASSOCIATION = "association"


class Role(StrEnum):
    """What a person may do for an organisation; `permissions.py` says exactly what each allows."""

    ADMIN = "admin"
    DESIGNER = "designer"
    TRAINER = "trainer"
    ASSESSOR = "assessor"
    SIGNATORY = "signatory"
    PARTNER = "partner"


class AccreditationKind(StrEnum):
    """What an accreditation is about."""

    QUALIOPI = "qualiopi"
    STATE_AGREEMENT = "state_agreement"
    LABEL = "label"
    OTHER = "other"


def luhn_holds(digits: str) -> bool:
    """Whether a string of digits passes the Luhn check."""
    total = 0
    for position, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def siret_is_valid(siret: str) -> bool:
    """
    Whether 14 digits can be a SIRET.

    Source:
        INSEE: Luhn over 14 digits; establishments of La Poste (SIREN 356000000) instead have a digit sum divisible by 5.
    """
    if len(siret) != 14 or not (siret.isascii() and siret.isdigit()):
        return False
    if siret.startswith("356000000"):
        return sum(map(int, siret)) % 5 == 0 or luhn_holds(siret)
    return luhn_holds(siret)


def nda_is_valid(nda: str) -> bool:
    """Whether 11 digits can be a «numéro de déclaration d'activité»; it has no check digit."""
    return len(nda) == 11 and nda.isascii() and nda.isdigit()
