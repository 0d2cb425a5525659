"""One's own account: name and address."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from tests.factories.people import a_user

from jalon.people.actions import change_email, change_name
from jalon.people.errors import AddressTakenError, SharedAccountError
from jalon.people.queries import account_by_email

pytestmark = pytest.mark.django_db


def test_name_is_changed_without_stray_spaces() -> None:
    user = a_user()

    change_name(user=user, full_name="  Claire   Delmas ")

    user.refresh_from_db()
    assert user.full_name == "Claire Delmas"


def test_new_address_replaces_the_old_one_unconfirmed() -> None:
    user = a_user("ancienne@example.org")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)

    change_email(user=user, email=" Nouvelle@Example.org ")

    user.refresh_from_db()
    assert user.email == "nouvelle@example.org"
    assert list(EmailAddress.objects.values_list("email", "primary", "verified")) == [
        ("nouvelle@example.org", True, False)
    ]
    assert account_by_email("NOUVELLE@example.org") == user
    assert account_by_email("ancienne@example.org") is None


@pytest.mark.parametrize("wanted", ["PRISE@example.org", "claire@demo.example"])
def test_address_of_somebody_else_is_refused(wanted: str) -> None:
    a_user("prise@example.org")
    user = a_user("moi@example.org")

    with pytest.raises(AddressTakenError):
        change_email(user=user, email=wanted)

    user.refresh_from_db()
    assert user.email == "moi@example.org"


def test_demonstration_account_stays_as_it_is() -> None:
    user = a_user("claire@demo.example")

    with pytest.raises(SharedAccountError):
        change_name(user=user, full_name="Autre")
    with pytest.raises(SharedAccountError):
        change_email(user=user, email="autre@example.org")
