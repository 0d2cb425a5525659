"""Persons are found again and never merged by guess."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.people import a_person, an_organisation

from jalon.people.actions import create_person, find_or_create_person
from jalon.people.models import Person
from jalon.people.rules import MatchOutcome

pytestmark = pytest.mark.django_db
BORN = date(2001, 5, 4)


def test_unknown_person_is_created() -> None:
    organisation = an_organisation()

    found = find_or_create_person(
        organisation=organisation,
        full_name="  Jeanne   Vidal ",
        birth_date=BORN,
        identifier=" A1 ",
        email="j@v.example",
    )

    person = Person.objects.get()
    assert (found.outcome, found.person) == (MatchOutcome.NEW, person)
    assert (person.full_name, person.identifier, person.email) == ("Jeanne Vidal", "A1", "j@v.example")


def test_same_name_and_birth_date_is_the_same_person_whatever_case_and_accents() -> None:
    organisation = an_organisation()
    known = a_person(organisation, "Zoé LEFÈVRE", birth_date=BORN)

    found = find_or_create_person(organisation=organisation, full_name="zoe  lefevre", birth_date=BORN)

    assert (found.outcome, found.person) == (MatchOutcome.SAME, known)
    assert Person.objects.count() == 1


def test_known_person_is_completed_and_never_overwritten() -> None:
    organisation = an_organisation()
    known = a_person(organisation, birth_date=BORN, email="ancienne@example.org")

    find_or_create_person(
        organisation=organisation,
        full_name=known.full_name,
        birth_date=BORN,
        identifier="A1",
        email="x@example.org",
    )

    known.refresh_from_db()
    assert (known.identifier, known.email) == ("A1", "ancienne@example.org")


def test_homonym_creates_nobody_and_is_shown() -> None:
    organisation = an_organisation()
    known = a_person(organisation, birth_date=BORN)

    found = find_or_create_person(organisation=organisation, full_name=known.full_name)

    assert (found.outcome, found.person, found.candidates) == (MatchOutcome.HOMONYM, None, (known,))
    assert Person.objects.count() == 1


def test_homonym_said_to_be_somebody_else_is_created() -> None:
    organisation = an_organisation()
    known = a_person(organisation)

    other = create_person(organisation=organisation, full_name=known.full_name)

    assert other != known


def test_another_organisation_knows_nothing_of_the_person() -> None:
    known = a_person(an_organisation(), birth_date=BORN, identifier="A1")

    found = find_or_create_person(
        organisation=an_organisation(), full_name=known.full_name, birth_date=BORN, identifier="A1"
    )

    assert found.outcome is MatchOutcome.NEW
    assert found.person != known
