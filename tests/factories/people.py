"""Accounts, organisations, members and persons for tests: plain functions with sensible defaults."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password

from jalon.foundation import clock
from jalon.people.models import Accreditation, Invitation, Membership, Organisation, Person, User
from jalon.people.rules import AccreditationKind, OrganisationKind, Role

PASSWORD = "un jalon dans le pré"
# Made for tests: passes Luhn, and belongs to nobody.
SIRET = "12345678200010"

_numbers = count(1)


def a_user(
    email: str = "", *, full_name: str = "Claire Delmas", password: str = PASSWORD, **fields: Any
) -> User:
    """An account that signs in with `PASSWORD` unless told otherwise."""
    address = email or f"personne{next(_numbers)}@example.org"
    return User.objects.create(email=address, full_name=full_name, password=_hashed(password), **fields)


@cache
def _hashed(password: str) -> str:
    """Slow on purpose, so done once for all tests."""
    return make_password(password)


def an_organisation(legal_name: str = "", **fields: Any) -> Organisation:
    """A training provider; its slug differs from every other."""
    number = next(_numbers)
    fields.setdefault("kind", OrganisationKind.TRAINING_PROVIDER.value)
    fields.setdefault("slug", f"mfr-des-essais-{number}")
    return Organisation.objects.create(legal_name=legal_name or f"MFR des Essais {number}", **fields)


def a_member(user: User, organisation: Organisation, *roles: Role) -> User:
    """*user*, now holding *roles* (admin when none is named) in *organisation*."""
    for role in roles or (Role.ADMIN,):
        Membership.objects.get_or_create(user=user, organisation=organisation, role=role.value)
    return user


def a_person(organisation: Organisation, full_name: str = "Jeanne Vidal", **fields: Any) -> Person:
    """A learner as *organisation* knows them."""
    return Person.objects.create(organisation=organisation, full_name=full_name, **fields)


def an_invitation(organisation: Organisation, **fields: Any) -> Invitation:
    """An open invitation, for two weeks."""
    fields.setdefault("email", f"invitee{next(_numbers)}@example.org")
    fields.setdefault("role", Role.TRAINER.value)
    fields.setdefault("expires_at", clock.now() + timedelta(days=14))
    return Invitation.objects.create(organisation=organisation, **fields)


def an_accreditation(organisation: Organisation, **fields: Any) -> Accreditation:
    """A Qualiopi certificate without dates."""
    fields.setdefault("kind", AccreditationKind.QUALIOPI.value)
    fields.setdefault("name", "Qualiopi, actions de formation")
    return Accreditation.objects.create(organisation=organisation, **fields)
