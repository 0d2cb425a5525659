"""Two processes at once on a real database: nobody is created twice, and an invitation is taken once."""

from __future__ import annotations

from typing import Any

import pytest

PERSONS = """
from datetime import date
from jalon.people.actions import find_or_create_person
from jalon.people.models import Organisation
organisation = Organisation.objects.get()
for number in range(25):
    find_or_create_person(
        organisation=organisation, full_name=f"Jeanne Vidal {number}", birth_date=date(2001, 5, 4)
    )
"""
INVITATION = """
import sys
from jalon.people.actions import accept_invitation
from jalon.people.errors import InvitationClosedError
from jalon.people.models import Invitation, User
user = User.objects.create_user(EMAIL)
try:
    accept_invitation(token=Invitation.objects.get().token, user=user)
except InvitationClosedError:
    print("closed")
"""
ADMINS = """
from jalon.people.actions import leave
from jalon.people.errors import LastAdminError
from jalon.people.models import Organisation, User
try:
    leave(organisation=Organisation.objects.get(), user=User.objects.get(email=EMAIL))
except LastAdminError:
    print("last")
"""
SETTING = "from tests.factories.people import *; organisation = an_organisation();"


@pytest.fixture(
    params=["installation", pytest.param("postgresql_installation", marks=pytest.mark.postgresql)]
)
def place(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def both(place: Any, one: str, other: str) -> list[str]:
    """What two processes started together print."""
    processes = [place.start(one), place.start(other)]
    said = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    return [out.strip() for out, _ in said]


@pytest.mark.slow
def test_persons_are_created_once(place: Any) -> None:
    place.run(SETTING)

    both(place, PERSONS, PERSONS)

    assert place.run("from jalon.people.models import Person; print(Person.objects.count())") == "25"


@pytest.mark.slow
def test_invitation_is_taken_by_one(place: Any) -> None:
    place.run(SETTING + "an_invitation(organisation)")

    said = both(place, *(INVITATION.replace("EMAIL", f'"{name}@example.org"') for name in ("a", "b")))

    assert sorted(said) == ["", "closed"]
    assert place.run("from jalon.people.models import Membership; print(Membership.objects.count())") == "1"


@pytest.mark.slow
def test_two_admins_do_not_leave_together(place: Any) -> None:
    place.run(SETTING + "[a_member(a_user(f'{n}@example.org'), organisation) for n in 'ab']")

    said = both(place, *(ADMINS.replace("EMAIL", f'"{name}@example.org"') for name in ("a", "b")))

    assert sorted(said) == ["", "last"]
