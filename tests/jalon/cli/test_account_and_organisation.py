"""`jalon account reset-link` and `jalon organisation`."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from tests.factories.people import PASSWORD, a_user, an_organisation

from jalon.cli import main

pytestmark = pytest.mark.django_db


def test_reset_link_serves_once(capsys: pytest.CaptureFixture[str]) -> None:
    user = a_user("claire@example.org")

    assert main.main(["account", "reset-link", " Claire@Example.org"]) == 0

    link = capsys.readouterr().out.strip()
    assert link.startswith(settings.PUBLIC_URL + "/compte/mot-de-passe/nouveau/")
    client = Client()
    form_at = client.get(link.removeprefix(settings.PUBLIC_URL)).headers["Location"]
    assert client.get(form_at).status_code == 200
    assert client.post(form_at, {"password1": "une autre phrase à moi"}).status_code == 302
    user.refresh_from_db()
    assert user.check_password("une autre phrase à moi")
    assert not user.check_password(PASSWORD)
    assert Client().get(link.removeprefix(settings.PUBLIC_URL)).status_code == 404


@pytest.mark.parametrize(
    ("email", "active", "sentence"),
    [
        ("autre@example.org", True, "Aucun compte ne se connecte avec cette adresse."),
        ("moi@example.org", False, "Aucun compte ne se connecte avec cette adresse."),
        ("moi@demo.example", True, "Ce compte de démonstration est partagé"),
    ],
)
def test_reset_link_is_refused(
    email: str, sentence: str, capsys: pytest.CaptureFixture[str], *, active: bool
) -> None:
    a_user("moi@example.org", is_active=active)
    a_user("moi@demo.example")

    assert main.main(["account", "reset-link", email]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(sentence)


def test_organisation_is_listed_and_confirmed(capsys: pytest.CaptureFixture[str]) -> None:
    organisation = an_organisation("MFR de l’Aubrac", slug="mfr-aubrac")

    assert (
        main.main(["organisation", "confirm", "mfr-aubrac", "--by", "Région", "--basis", "SIRET vérifié"])
        == 0
    )
    assert main.main(["organisation", "list"]) == 0

    organisation.refresh_from_db()
    assert organisation.identity_basis == "SIRET vérifié"
    assert capsys.readouterr().out.splitlines()[-1] == "mfr-aubrac\tMFR de l’Aubrac\tRégion"


@pytest.mark.parametrize(
    ("slug", "basis", "sentence"),
    [
        ("inconnu", "SIRET", "Aucun organisme ne s’appelle « inconnu »."),
        ("mfr-aubrac", " ", "Il manque qui a confirmé l'identité, ou sur quelle base."),
    ],
)
def test_confirmation_is_refused(
    slug: str, basis: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    organisation = an_organisation(slug="mfr-aubrac")

    assert main.main(["organisation", "confirm", slug, "--by", "Région", "--basis", basis]) == 2

    organisation.refresh_from_db()
    assert organisation.identity_confirmed_at is None
    assert capsys.readouterr().err.startswith(sentence)
