"""One award on screen: what it is worth, how it is revoked, corrected, found again."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.factories.awarding import Issuing, an_award, an_issuing_organisation
from tests.factories.design import complete_content
from tests.factories.people import a_person

from jalon.awarding.models import Award
from jalon.foundation import clock
from jalon.foundation.identifiers import grouped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signatory")]


def text_of(response: HttpResponse) -> str:
    words = re.sub(r"<(script|style)[\s\S]*?</\1>", " ", response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", words).replace("\u00a0", " ").split())


def page_of(client: Client, award: Award) -> HttpResponse:
    response: HttpResponse = client.get(reverse("issuing:award", args=[award.id]))
    return response


def test_award_page_gives_all_that_is_handed_over(client: Client, issuing: Issuing) -> None:
    award = an_award(issuing, grade="16/20")
    credential = award.credential
    assert credential is not None

    page = page_of(client, award)

    said, markup = text_of(page), page.content.decode()
    assert "valable" in said
    assert "16/20" in said
    assert grouped(credential.reference) in said
    for name in ("credential", "certificate", "document", "badge"):
        address = reverse(f"verify:{name}", args=[credential.link_token])
        assert address in markup
        assert client.get(address).status_code == 200


def test_revoking_asks_for_a_reason_and_a_confirmation(client: Client, issuing: Issuing) -> None:
    award = an_award(issuing)
    address = reverse("issuing:revoke", args=[award.id])

    response = client.post(address, {"note": "Une précision à garder"})

    award.refresh_from_db()
    assert response.status_code == 422
    assert "Choisissez une raison" in text_of(response)
    assert "Cochez la case" in text_of(response)
    assert "Une précision à garder" in response.content.decode()
    assert award.revoked_at is None


def test_revoked_award_says_so_everywhere(client: Client, issuing: Issuing) -> None:
    award = an_award(issuing)
    assert award.credential is not None

    response = client.post(
        reverse("issuing:revoke", args=[award.id]),
        {"reason": "not_earned", "note": "Épreuve annulée", "confirm": "on"},
        follow=True,
    )

    said = text_of(response)
    assert "Attestation révoquée. Toute vérification le dit dès maintenant." in said
    assert "acquis non confirmés" in said
    assert "Épreuve annulée" in said
    assert reverse("issuing:revoke", args=[award.id]) not in response.content.decode()
    public = text_of(client.get(reverse("verify:credential", args=[award.credential.link_token])))
    assert "Épreuve annulée" in public


@pytest.mark.parametrize("reason", ["corrected", "", "wizard"])
def test_only_reasons_that_a_person_may_give(client: Client, issuing: Issuing, reason: str) -> None:
    award = an_award(issuing)

    response = client.post(reverse("issuing:revoke", args=[award.id]), {"reason": reason, "confirm": "on"})

    award.refresh_from_db()
    assert response.status_code == 422
    assert award.revoked_at is None


@pytest.mark.parametrize("name", ["revoke", "correct"])
def test_what_was_revoked_is_not_touched_again(client: Client, issuing: Issuing, name: str) -> None:
    award = an_award(issuing)
    client.post(reverse("issuing:revoke", args=[award.id]), {"reason": "error", "confirm": "on"})
    award.refresh_from_db()
    before = award.revoked_at

    response = client.post(
        reverse(f"issuing:{name}", args=[award.id]),
        {"reason": "fraud", "confirm": "on", "holder_name": "X", "awarded_on": "2026-01-01"},
    )

    award.refresh_from_db()
    assert response.headers["Location"] == reverse("issuing:award", args=[award.id])
    assert award.revoked_at == before
    assert Award.objects.count() == 1


def test_corrected_award_replaces_the_old_one_and_each_leads_to_the_other(
    client: Client, issuing: Issuing
) -> None:
    old = an_award(issuing, person=a_person(issuing.organisation, "Ines Rouviere"))

    response = client.post(
        reverse("issuing:correct", args=[old.id]),
        {
            "holder_name": "Inès Rouvière",
            "awarded_on": old.awarded_on.isoformat(),
            "grade": "",
            "note": "Accents oubliés",
        },
    )

    new = Award.objects.exclude(pk=old.pk).get()
    old.refresh_from_db()
    assert response.headers["Location"] == reverse("issuing:award", args=[new.id])
    assert (new.holder_name, old.replaced_by_id) == ("Inès Rouvière", new.id)
    assert reverse("issuing:award", args=[old.id]) in page_of(client, new).content.decode()
    shown = page_of(client, old)
    assert reverse("issuing:award", args=[new.id]) in shown.content.decode()
    assert "Accents oubliés" in text_of(shown)
    assert new.credential is not None
    assert "Inès Rouvière" in json.dumps(json.loads(new.credential.document_bytes), ensure_ascii=False)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Rien ne change par rapport à l’attestation actuelle."),
        ({"holder_name": "   "}, "Il manque le nom."),
        ({"awarded_on": "2190-01-01"}, "La date d’obtention est dans l’avenir"),
        ({"awarded_on": "31/02/2026"}, "Cette date n’existe pas"),
        ({"holder_name": "x" * 151}, "150"),
    ],
)
def test_correction_that_corrects_nothing_is_refused(
    client: Client, issuing: Issuing, typed: dict[str, str], said: str
) -> None:
    award = an_award(issuing, person=a_person(issuing.organisation, "Inès Roux"))
    form = {"holder_name": "Inès Roux", "awarded_on": award.awarded_on.isoformat(), "grade": "", **typed}

    response = client.post(reverse("issuing:correct", args=[award.id]), form)

    award.refresh_from_db()
    assert response.status_code == 422
    assert said in text_of(response)
    assert award.revoked_at is None


def test_birth_date_is_shown_here_and_nowhere_else(client: Client, issuing: Issuing) -> None:
    born = clock.today() - timedelta(days=12_000)
    award = an_award(issuing, person=a_person(issuing.organisation, "Inès Roux", birth_date=born))
    assert award.credential is not None

    assert "ils n’entrent pas dans l’attestation" in text_of(page_of(client, award))
    token = award.credential.link_token
    for name in ("credential", "certificate", "document", "badge"):
        content = client.get(reverse(f"verify:{name}", args=[token])).content
        assert born.isoformat().encode() not in content
        assert born.strftime("%d/%m/%Y").encode() not in content


def test_search_finds_by_name_without_accents_and_by_reference(client: Client, issuing: Issuing) -> None:
    award = an_award(issuing, person=a_person(issuing.organisation, "Inès Œuvrard"))
    an_award(issuing, person=a_person(issuing.organisation, "Paul Blanc"))
    assert award.credential is not None

    for typed in ("ines oeuvrard", "ŒUVR", grouped(award.credential.reference).lower()):
        said = text_of(client.get(reverse("issuing:awards"), {"q": typed}))
        assert "Inès Œuvrard" in said, typed
        assert "Paul Blanc" not in said, typed


def test_search_that_finds_nothing_says_what_to_try(client: Client, issuing: Issuing) -> None:
    an_award(issuing)

    said = text_of(client.get(reverse("issuing:awards"), {"q": "zzzz"}))

    assert "Aucune attestation ne répond à cette recherche." in said


def test_search_by_state_counts_only_those(client: Client, issuing: Issuing) -> None:
    kept = an_award(issuing, person=a_person(issuing.organisation, "Inès Roux"))
    gone = an_award(issuing, person=a_person(issuing.organisation, "Paul Blanc"))
    client.post(reverse("issuing:revoke", args=[gone.id]), {"reason": "error", "confirm": "on"})

    said = text_of(client.get(reverse("issuing:awards"), {"etat": "revoked"}))

    assert gone.holder_name in said
    assert kept.holder_name not in said
    assert "1 attestation" in said


@pytest.mark.parametrize("count", [1, 20])
def test_search_asks_the_database_the_same_number_of_questions(
    client: Client, issuing: Issuing, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        an_award(issuing, person=a_person(issuing.organisation, f"Personne {number}"))

    with django_assert_max_num_queries(14):
        client.get(reverse("issuing:awards"))


def test_search_goes_page_by_page_and_keeps_its_question(client: Client, issuing: Issuing) -> None:
    for number in range(27):
        an_award(issuing, person=a_person(issuing.organisation, f"Personne {number}"))

    page = client.get(reverse("issuing:awards"), {"q": "personne", "etat": "valid"}).content.decode()

    assert "q=personne&amp;etat=valid&amp;page=2" in page


def test_expired_award_says_so(client: Client) -> None:
    issuing = an_issuing_organisation(content=complete_content(validity_months=1))
    with clock.frozen(clock.now() - timedelta(days=100)):
        award = an_award(issuing)
    client.force_login(issuing.signatory)

    assert "expirée" in text_of(page_of(client, award))
