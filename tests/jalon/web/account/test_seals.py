"""The page of an organisation's seal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories.people import SIRET, a_member, a_user, an_organisation
from tests.factories.seals import IDENTIFIER, NOW, PASSPHRASE, a_certificate, a_p12, pem, pem_key

from jalon.awarding.models import OrganisationSeal
from jalon.awarding.rules.seals import MAX_BYTES
from jalon.foundation import clock
from jalon.people.models import Organisation
from jalon.people.rules import Role

pytestmark = pytest.mark.django_db
NAME = "CFPPA des Monts"


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def organisation(client: Client) -> Organisation:
    made = an_organisation(NAME, siret=SIRET)
    client.force_login(a_member(a_user(full_name="Claire Delmas"), made, Role.ADMIN))
    return made


def given(client: Client, organisation: Organisation, data: bytes, **typed: object) -> tuple[int, str]:
    typed = {"passphrase": PASSPHRASE, "file": SimpleUploadedFile("cachet.p12", data), **typed}
    answer = client.post(reverse("account:seal", args=[organisation.slug]), typed, follow=True)
    return answer.status_code, answer.content.decode()


def test_no_seal_yet_is_said(client: Client, organisation: Organisation) -> None:
    page = client.get(reverse("account:seal", args=[organisation.slug])).content.decode()

    assert "ne sont pas scellées, et le disent" in page
    assert "Donner un certificat" in page


def test_a_seal_is_kept_and_what_it_says_is_shown(client: Client, organisation: Organisation) -> None:
    status, page = given(client, organisation, a_p12(a_certificate(NAME)))

    assert status == 200
    assert "Le cachet est gardé." in page
    assert IDENTIFIER in page
    assert "CN=Autorité de cachets (fictive)" in page
    assert "P-256" in page
    assert "engagement sur le contenu, signature" in page
    assert "2 juin 2027" in page
    assert "Ce site n’a pas contrôlé qu’il n’a pas été révoqué." in page
    assert "Claire Delmas" in page
    assert PASSPHRASE not in page
    organisation_page = client.get(reverse("account:organisation", args=[organisation.slug])).content.decode()
    assert "Voir le cachet" in organisation_page


def test_a_test_seal_is_called_one(client: Client, organisation: Organisation) -> None:
    _, page = given(client, organisation, a_p12(a_certificate(NAME, common_name="Cachet de test")))

    assert "Cachet d’essai" in page


def test_a_certificate_and_its_key_in_two_files(client: Client, organisation: Organisation) -> None:
    key_file = SimpleUploadedFile("cle.pem", pem_key(passphrase=PASSPHRASE))

    _, page = given(client, organisation, pem(a_certificate(NAME)), key=key_file)

    assert "Le cachet est gardé." in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            a_p12(a_certificate(NAME, ends=-timedelta(days=1))),
            "a pris fin le 01/06/2026",
        ),
        (
            a_p12(a_certificate("Lycée de la Plaine", identifier="NTRFR-987654321")),
            "celui de « Lycée de la Plaine »",
        ),
        (a_p12(a_certificate(NAME, ca=True)), "n’est pas fait pour sceller"),
        (b"MZ" + bytes(100), "ne se lit pas comme un certificat"),
        (a_p12(a_certificate(NAME), passphrase="autre"), "La phrase de passe n’ouvre pas"),
        (bytes(MAX_BYTES + 1), "trop gros pour un certificat"),
        (b"", "Ce fichier est vide"),
    ],
)
def test_a_refusal_says_why_and_the_seal_in_place_stays(
    client: Client, organisation: Organisation, data: bytes, words: str
) -> None:
    given(client, organisation, a_p12(a_certificate(NAME)))
    before = OrganisationSeal.objects.get()

    status, page = given(client, organisation, data)

    assert status == 422
    assert words in page.replace("\u00a0", " ").replace("\u202f", " ")
    assert OrganisationSeal.objects.get() == before


def test_a_seal_is_replaced(client: Client, organisation: Organisation) -> None:
    given(client, organisation, a_p12(a_certificate(NAME)))

    _, page = given(client, organisation, a_p12(a_certificate(NAME, common_name="Le nouveau")))

    assert "Le cachet est remplacé." in page
    assert "Le nouveau" in page


def test_a_seal_is_removed_after_having_been_asked(client: Client, organisation: Organisation) -> None:
    given(client, organisation, a_p12(a_certificate(NAME)))
    address = reverse("account:remove_seal", args=[organisation.slug])

    question = client.get(address).content.decode()
    answer = client.post(address, follow=True).content.decode()

    assert "ne seront plus scellées" in question
    assert "Le cachet est retiré" in answer
    assert not OrganisationSeal.objects.exists()
