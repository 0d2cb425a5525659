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


class Capability(StrEnum):
    """One thing that can be done for an organisation. Every permission of the platform is one of these."""

    SEE = "see"  # its pages inside the platform, drafts included
    DESIGN = "design"  # write drafts
    PUBLISH = "publish"  # make a version final and public
    PREPARE_AWARDS = "prepare_awards"  # upload lists of people and see them checked
    AWARD = "award"  # have awards signed
    SEE_AWARDS = "see_awards"  # see who was awarded what
    REVOKE = "revoke"  # revoke and correct
    MANAGE_ORGANISATION = "manage_organisation"  # its legal facts and accreditations
    MANAGE_MEMBERS = "manage_members"
    MANAGE_KEYS = "manage_keys"  # rotate the signing key, take a backup of it


_GRANTS: dict[Role, frozenset[Capability]] = {
    Role.ADMIN: frozenset(
        {
            Capability.SEE,
            Capability.SEE_AWARDS,
            Capability.MANAGE_ORGANISATION,
            Capability.MANAGE_MEMBERS,
            Capability.MANAGE_KEYS,
        }
    ),
    Role.DESIGNER: frozenset({Capability.SEE, Capability.DESIGN, Capability.PUBLISH}),
    Role.TRAINER: frozenset({Capability.SEE, Capability.DESIGN, Capability.PREPARE_AWARDS, Capability.SEE_AWARDS}),
    Role.ASSESSOR: frozenset({Capability.SEE, Capability.PREPARE_AWARDS, Capability.SEE_AWARDS}),
    Role.SIGNATORY: frozenset(
        {
            Capability.SEE,
            Capability.PREPARE_AWARDS,
            Capability.AWARD,
            Capability.SEE_AWARDS,
            Capability.REVOKE,
        }
    ),
    Role.PARTNER: frozenset({Capability.SEE}),
}

# Whoever creates an organisation is alone in it: they can do everything until they share the roles out.
FOUNDER_ROLES: tuple[Role, ...] = (Role.ADMIN, Role.DESIGNER, Role.TRAINER, Role.SIGNATORY)


def allows(role: Role, capability: Capability) -> bool:
    """Whether *role* carries *capability*."""
    return capability in _GRANTS[role]


def roles_with(capability: Capability) -> frozenset[Role]:
    """The roles that carry *capability*."""
    return frozenset(role for role in Role if allows(role, capability))
