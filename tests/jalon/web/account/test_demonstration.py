"""One click per role: in demonstration mode, and only as demonstration accounts."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.factories.people import a_member, a_user, an_organisation

from jalon.people.models import User
from jalon.people.rules import Role

pytestmark = pytest.mark.django_db
ENTER = "/compte/demonstration/"


@pytest.fixture
def trainer() -> User:
    return a_member(
        a_user("amina@demo.example", full_name="Amina"), an_organisation(is_demonstration=True), Role.TRAINER
    )


def test_one_click_signs_in(client: Client, settings: Settings, trainer: User) -> None:
    settings.DEMO = True

    shown = client.get(reverse("account_login")).content.decode()
    answer = client.post(ENTER, {"role": "trainer"})

    assert "Entrer comme formatrice" in shown
    assert "Entrer comme signataire" not in shown
    assert answer.headers["Location"] == reverse("studio:home")
    assert client.session["_auth_user_id"] == str(trainer.pk)


def test_one_click_does_not_exist_outside_demonstration(client: Client, trainer: User) -> None:
    shown = client.get(reverse("account_login")).content.decode()
    answer = client.post(ENTER, {"role": "trainer"})

    assert "Entrer comme" not in shown
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", ["signatory", "", "operator", "trainer "])
def test_one_click_for_a_role_without_account_is_refused(
    client: Client, settings: Settings, trainer: User, role: str
) -> None:
    settings.DEMO = True

    assert client.post(ENTER, {"role": role}).status_code == 404


def test_one_click_never_signs_in_as_somebody_real(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    a_member(a_user("vraie@example.org"), an_organisation(is_demonstration=True), Role.TRAINER)
    a_member(a_user("claire@demo.example"), an_organisation(), Role.TRAINER)

    assert client.post(ENTER, {"role": "trainer"}).status_code == 404


def test_one_click_needs_a_post_from_our_page(settings: Settings, trainer: User) -> None:
    settings.DEMO = True
    client = Client(enforce_csrf_checks=True)

    assert client.get(ENTER).status_code == 405
    assert client.post(ENTER, {"role": "trainer"}).status_code == 403
    assert "_auth_user_id" not in client.session


def test_one_click_comes_back_to_our_own_pages_only(
    client: Client, settings: Settings, trainer: User
) -> None:
    settings.DEMO = True

    away = client.post(ENTER, {"role": "trainer", "next": "https://ailleurs.example/"})

    assert away.headers["Location"] == reverse("studio:home")
    assert client.post(ENTER, {"role": "trainer", "next": "/compte/"}).headers["Location"] == "/compte/"


@pytest.mark.parametrize("role", [Role.SIGNATORY, Role.ASSESSOR])
def test_who_hands_over_credentials_begins_where_they_are(
    client: Client, settings: Settings, role: Role
) -> None:
    settings.DEMO = True
    a_member(a_user("helene@demo.example"), an_organisation(is_demonstration=True), role)

    answer = client.post(ENTER, {"role": role.value})

    assert answer.headers["Location"] == reverse("issuing:home")
