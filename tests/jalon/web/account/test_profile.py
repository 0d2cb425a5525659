"""One's own account."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.factories.people import PASSWORD, a_member, a_user, an_organisation

from jalon.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client: Client) -> User:
    user = a_user("claire@example.org", full_name="Claire Delmas")
    client.force_login(user)
    return user


@pytest.mark.parametrize("name", ["home", "start", "name", "address", "new_organisation"])
def test_own_pages_ask_to_sign_in_and_open(client: Client, name: str) -> None:
    address = reverse(f"account:{name}")

    assert client.get(address).headers["Location"] == f"/compte/connexion/?next={address}"
    client.force_login(a_user())
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["language", "confirm_address"])
def test_own_gestures_need_a_post(client: Client, user: User, name: str) -> None:
    assert client.get(reverse(f"account:{name}")).status_code == 405


def test_home_without_organisation_says_how_to_begin(client: Client, user: User) -> None:
    page = client.get(reverse("account:home")).content.decode()

    assert "Créez le vôtre, ou demandez un lien d’invitation" in page
    assert "à confirmer" not in page


def test_home_lists_own_organisations_and_no_other(client: Client, user: User) -> None:
    a_member(user, an_organisation("MFR de l’Aubrac"))
    an_organisation("Ferme voisine")

    page = client.get(reverse("account:home")).content.decode()

    assert "MFR de l’Aubrac" in page
    assert "Ferme voisine" not in page


def test_name_is_changed(client: Client, user: User) -> None:
    refused = client.post(reverse("account:name"), {"full_name": "  "})
    accepted = client.post(reverse("account:name"), {"full_name": "Claire Roux"})

    user.refresh_from_db()
    assert (refused.status_code, accepted.status_code, user.full_name) == (422, 302, "Claire Roux")
    assert "Il manque votre nom." in refused.content.decode()


def test_address_is_changed_with_the_password(client: Client, user: User) -> None:
    given = {"email": "roux@example.org", "password": PASSWORD}

    refused = client.post(reverse("account:address"), {**given, "password": "pas le bon"})
    accepted = client.post(reverse("account:address"), given)

    user.refresh_from_db()
    assert refused.status_code == 422
    assert 'value="roux@example.org"' in refused.content.decode()
    assert (accepted.status_code, user.email) == (302, "roux@example.org")
    assert mail.outbox == []
    assert (
        Client()
        .post(reverse("account_login"), {"login": "roux@example.org", "password": PASSWORD})
        .status_code
        == 302
    )


def test_address_of_another_account_is_refused(client: Client, user: User) -> None:
    a_user("prise@example.org")

    answer = client.post(reverse("account:address"), {"email": "prise@example.org", "password": PASSWORD})

    user.refresh_from_db()
    assert answer.status_code == 422
    assert "Un autre compte se connecte déjà avec cette adresse." in answer.content.decode()
    assert user.email == "claire@example.org"


@pytest.mark.usefixtures("mail_is_sent")
def test_both_addresses_are_told(client: Client, user: User) -> None:
    client.post(reverse("account:address"), {"email": "roux@example.org", "password": PASSWORD})

    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["roux@example.org"], "Jalon : confirmez votre adresse"),
        (["claire@example.org"], "Jalon : votre adresse a changé"),
    ]


def test_language_is_kept_with_the_account(client: Client, user: User, settings: Settings) -> None:
    answer = client.post(reverse("account:language"), {"language": "en"})
    client.post(reverse("account:language"), {"language": "klingon"})

    user.refresh_from_db()
    assert user.language == "en"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_demonstration_account_is_told_why_it_stays(client: Client) -> None:
    client.force_login(a_user("amina@demo.example"))

    page = client.get(reverse("account:home")).content.decode()
    answer = client.post(reverse("account:name"), {"full_name": "Autre"})

    assert "partagé par tous les visiteurs" in page
    assert reverse("account:name") not in page
    assert answer.status_code == 422
    assert User.objects.get().full_name == "Claire Delmas"
