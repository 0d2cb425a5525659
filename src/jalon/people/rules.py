"""Kinds of organisation, roles and what they allow, French identifiers, and who is the same person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Generic, TypeVar
from uuid import UUID

from jalon.people.errors import Fault

Key = TypeVar("Key")


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
        INSEE: Luhn over 14 digits; those of La Poste (SIREN 356000000) have a digit sum divisible by 5.
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
    OFFER = "offer"  # say when, where and at what price it is held
    PREPARE_AWARDS = "prepare_awards"  # upload lists of people and see them checked
    AWARD = "award"  # have awards signed
    SEE_AWARDS = "see_awards"  # see who was awarded what
    REVOKE = "revoke"  # revoke and correct
    MANAGE_ORGANISATION = "manage_organisation"  # its legal facts and accreditations
    MANAGE_MEMBERS = "manage_members"
    MANAGE_KEYS = "manage_keys"  # rotate the signing key, take a backup of it
    STATE_NEEDS = "state_needs"  # state a need under its name, shown at once
    MODERATE_NEEDS = "moderate_needs"  # read, accept, refuse, group and follow the needs of its territory


_GRANTS: dict[Role, frozenset[Capability]] = {
    Role.ADMIN: frozenset(
        {
            Capability.SEE,
            Capability.SEE_AWARDS,
            Capability.MANAGE_ORGANISATION,
            Capability.MANAGE_MEMBERS,
            Capability.MANAGE_KEYS,
            Capability.STATE_NEEDS,
            Capability.MODERATE_NEEDS,
        }
    ),
    Role.DESIGNER: frozenset(
        {
            Capability.SEE,
            Capability.DESIGN,
            Capability.PUBLISH,
            Capability.OFFER,
            Capability.STATE_NEEDS,
            Capability.MODERATE_NEEDS,
        }
    ),
    Role.TRAINER: frozenset(
        {
            Capability.SEE,
            Capability.DESIGN,
            Capability.OFFER,
            Capability.PREPARE_AWARDS,
            Capability.SEE_AWARDS,
            Capability.STATE_NEEDS,
        }
    ),
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


# — Organisations —

# Words that addresses under /compte/organismes/ use themselves.
RESERVED_SLUGS = frozenset({"nouveau", "invitation"})

# What a confirmation of identity is about: once one of these changes, it no longer holds.
IDENTITY_FIELDS = frozenset({"legal_name", "country_code", "siret"})


def bare_digits(typed: str) -> str:
    """What a person typed as a number, without the spaces, dots and dashes that group its digits."""
    return "".join(sign for sign in typed if not (sign.isspace() or sign in ".-_\u2011\u2013"))


def spaced(digits: str, *groups: int) -> str:
    """*digits* in groups kept on one line: ``spaced("12345678200010", 3, 3, 3, 5)``: «123 456 782 00010»."""
    starts = [sum(groups[:position]) for position in range(len(groups) + 1)]
    parts = [digits[start:end] for start, end in pairwise([*starts, len(digits)])]
    return "\u00a0".join(part for part in parts if part)


def siret_fault(siret: str) -> Fault | None:
    """What is wrong with a SIRET that went through `bare_digits`; None when nothing is, or it is empty."""
    if not siret:
        return None
    if not (siret.isascii() and siret.isdigit()):
        return Fault("siret", "people.siret_signs", {"met": next(s for s in siret if s not in "0123456789")})
    if len(siret) != 14:
        return Fault("siret", "people.siret_length", {"count": len(siret)})
    if siret_is_valid(siret):
        return None
    # The SIREN has its own Luhn digit, so we can say which part to read again.
    if luhn_holds(siret[:9]):
        return Fault("siret", "people.siret_end", {"part": siret[9:]})
    return Fault("siret", "people.siret_start", {"part": siret[:9]})


def nda_fault(nda: str) -> Fault | None:
    """What is wrong with a declaration number already passed through `bare_digits`; None when nothing is."""
    if not nda or nda_is_valid(nda):
        return None
    if not (nda.isascii() and nda.isdigit()):
        return Fault("nda", "people.nda_signs", {"met": next(s for s in nda if s not in "0123456789")})
    return Fault("nda", "people.nda_length", {"count": len(nda)})


def website_fault(website: str) -> Fault | None:
    """What is wrong with a web address; None when it is empty or starts with https://."""
    if not website or website.startswith("https://"):
        return None
    return Fault("website", "people.website_not_https", {"met": website[:60]})


@dataclass(frozen=True)
class OrganisationFacts:
    """What an organisation says of itself. Numbers are already bare digits."""

    kind: OrganisationKind
    legal_name: str
    country_code: str = "FR"
    region: str = ""
    street: str = ""
    postal_code: str = ""
    locality: str = ""
    siret: str = ""
    nda: str = ""
    website: str = ""
    email: str = ""


def organisation_faults(facts: OrganisationFacts) -> list[Fault]:
    """Everything that cannot be right in the facts of an organisation, in the order of its form."""
    faults: list[Fault | None] = []
    if not facts.legal_name.strip():
        faults.append(Fault("legal_name", "people.legal_name_missing"))
    if facts.siret and facts.country_code != "FR":
        faults.append(Fault("siret", "people.siret_abroad"))
    else:
        faults.append(siret_fault(facts.siret))
    faults += [nda_fault(facts.nda), website_fault(facts.website)]
    return [fault for fault in faults if fault is not None]


def accreditation_faults(*, name: str, valid_from: date | None, valid_until: date | None) -> list[Fault]:
    """Everything that cannot be right in an accreditation."""
    faults = []
    if not name.strip():
        faults.append(Fault("name", "people.accreditation_name_missing"))
    if valid_from and valid_until and valid_until < valid_from:
        faults.append(Fault("valid_until", "people.accreditation_dates"))
    return faults


class Standing(StrEnum):
    """Where an accreditation stands on a day."""

    CURRENT = "current"
    TO_COME = "to_come"
    EXPIRED = "expired"


def standing(*, valid_from: date | None, valid_until: date | None, on: date) -> Standing:
    """Both dates belong to the accreditation; an absent one is no limit."""
    if valid_until and valid_until < on:
        return Standing.EXPIRED
    if valid_from and valid_from > on:
        return Standing.TO_COME
    return Standing.CURRENT


def free_slug(wanted: str, taken: Collection[str], *, limit: int = 60) -> str:
    """*wanted*, or the first of ``wanted-2``, ``wanted-3``… that is neither taken nor reserved."""
    candidate, number = wanted[:limit], 1
    while candidate in taken or candidate in RESERVED_SLUGS:
        number += 1
        ending = f"-{number}"
        candidate = wanted[: limit - len(ending)].rstrip("-") + ending
    return candidate


# — Members —

INVITATION_DAYS = 14


def leaves_no_admin(*, admins: Collection[UUID], user: UUID, kept_roles: Collection[Role]) -> bool:
    """Whether *user* holding only *kept_roles* from now on would leave the organisation without an admin."""
    return Role.ADMIN not in kept_roles and set(admins) == {user}


# — Demonstration —

# Accounts of the demonstration sign in with an address of this domain, which can receive no mail (RFC 2606).
DEMONSTRATION_DOMAIN = "demo.example"


def is_demonstration_address(email: str) -> bool:
    """Whether *email* is one of the demonstration's."""
    return email.lower().endswith(f"@{DEMONSTRATION_DOMAIN}")


# — Persons (learners) —


@dataclass(frozen=True)
class PersonFacts:
    """What tells a person apart. `name_key` is the name through `foundation.identifiers.folded`."""

    name_key: str
    birth_date: date | None = None
    identifier: str = ""


class MatchOutcome(StrEnum):
    """Whether a person is already known to an organisation."""

    SAME = "same"  # known: the same identifier, or the same name and birth date
    NEW = "new"  # nobody known can be this person
    HOMONYM = "homonym"  # somebody of that name is known, and nothing tells whether it is the same person


@dataclass(frozen=True)
class Match(Generic[Key]):
    """
    The outcome of `match`.

    Attributes:
        key: Of the known person, when the outcome is SAME.
        candidates: Keys of the homonyms, when it is HOMONYM.
        differences: For SAME, what both sides know and say otherwise: "name", "birth_date", "identifier".
    """

    outcome: MatchOutcome
    key: Key | None = None
    candidates: tuple[Key, ...] = ()
    differences: tuple[str, ...] = ()


def match(wanted: PersonFacts, known: Sequence[tuple[Key, PersonFacts]]) -> Match[Key]:
    """
    Whether *wanted* is one of the *known* persons of the same organisation.

    The same identifier, or the same name and birth date, is the same person. The same name with nothing to
    compare is a homonym: shown to somebody, never merged. Two birth dates that differ, or two identifiers
    that differ without birth dates to compare, are two persons.
    """
    if wanted.identifier:
        for key, facts in known:
            if facts.identifier == wanted.identifier:
                return Match(MatchOutcome.SAME, key, differences=_differences(wanted, facts))
    namesakes = [(key, facts) for key, facts in known if facts.name_key == wanted.name_key]
    if wanted.birth_date:
        for key, facts in namesakes:
            if facts.birth_date == wanted.birth_date:
                return Match(MatchOutcome.SAME, key, differences=_differences(wanted, facts))
    candidates = tuple(key for key, facts in namesakes if not _are_told_apart(wanted, facts))
    return Match(MatchOutcome.HOMONYM, candidates=candidates) if candidates else Match(MatchOutcome.NEW)


def _are_told_apart(one: PersonFacts, other: PersonFacts) -> bool:
    if one.birth_date and other.birth_date:
        return one.birth_date != other.birth_date
    return bool(one.identifier and other.identifier) and one.identifier != other.identifier


def _differences(wanted: PersonFacts, known: PersonFacts) -> tuple[str, ...]:
    pairs = (
        ("name", wanted.name_key, known.name_key),
        ("birth_date", wanted.birth_date, known.birth_date),
        ("identifier", wanted.identifier, known.identifier),
    )
    return tuple(name for name, one, other in pairs if one and other and one != other)
