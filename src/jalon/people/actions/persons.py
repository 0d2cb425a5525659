"""Learners as an organisation knows them: found again, never merged by guess."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from jalon.people.actions.locking import locked
from jalon.people.models import Organisation, Person
from jalon.people.queries import PersonMatch, match_person
from jalon.people.rules import MatchOutcome


@transaction.atomic
def find_or_create_person(
    *,
    organisation: Organisation,
    full_name: str,
    given_name: str = "",
    family_name: str = "",
    birth_date: date | None = None,
    identifier: str = "",
    email: str = "",
) -> PersonMatch:
    """
    The person that *organisation* knows under these facts, created when nobody known can be them.

    A known person is completed where they lack a birth date, an identifier or an address, never overwritten:
    `PersonMatch.differences` says what is told otherwise. Homonyms come back as candidates with no person:
    somebody chooses one, or calls `create_person`. The caller asks who may, knowing what it is for.
    """
    found = match_person(
        organisation=organisation, full_name=full_name, birth_date=birth_date, identifier=identifier
    )
    if found.outcome is MatchOutcome.NEW:
        # Asked again under the lock, so that two workers do not create the same person twice.
        locked(organisation)
        found = match_person(
            organisation=organisation, full_name=full_name, birth_date=birth_date, identifier=identifier
        )
    if found.outcome is MatchOutcome.NEW:
        person = create_person(
            organisation=organisation,
            full_name=full_name,
            given_name=given_name,
            family_name=family_name,
            birth_date=birth_date,
            identifier=identifier,
            email=email,
        )
        return PersonMatch(MatchOutcome.NEW, person)
    if found.person is not None:
        _complete(found.person, birth_date=birth_date, identifier=identifier.strip(), email=email.strip())
    return found


def create_person(
    *,
    organisation: Organisation,
    full_name: str,
    given_name: str = "",
    family_name: str = "",
    birth_date: date | None = None,
    identifier: str = "",
    email: str = "",
) -> Person:
    """Create a person without looking for namesakes: somebody was shown them and says it is another."""
    return Person.objects.create(
        organisation=organisation,
        full_name=" ".join(full_name.split()),
        given_name=" ".join(given_name.split()),
        family_name=" ".join(family_name.split()),
        birth_date=birth_date,
        identifier=identifier.strip(),
        email=email.strip(),
    )


def _complete(person: Person, *, birth_date: date | None, identifier: str, email: str) -> None:
    offered = {"birth_date": birth_date, "identifier": identifier, "email": email}
    missing = {name: value for name, value in offered.items() if value and not getattr(person, name)}
    if missing:
        for name, value in missing.items():
            setattr(person, name, value)
        person.save(update_fields=list(missing))
