"""One person without a file: the same rules as a list, the same page before anything is signed."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.factories.awarding import Issuing, an_award
from tests.factories.people import a_person

from jalon.awarding.models import Award, AwardBatch
from jalon.foundation import jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signatory")]


def added(client: Client, issuing: Issuing, **typed: str) -> HttpResponse:
    response: HttpResponse = client.post(reverse("issuing:person", args=[issuing.specification.id]), typed)
    return response


def test_one_person_is_checked_then_awarded(client: Client, issuing: Issuing) -> None:
    response = added(
        client,
        issuing,
        name="Inès Rouvière",
        birth_date="1990-05-03",
        awarded_on="2026-01-05",
        grade="16/20",
        email="ines@example.org",
    )
    batch = AwardBatch.objects.get()
    assert response.headers["Location"] == reverse("issuing:batch", args=[batch.id])
    assert not Award.objects.exists()

    client.post(reverse("issuing:start", args=[batch.id]))
    jobs.Worker().run_until_empty()

    award = Award.objects.get()
    assert (award.holder_name, award.grade, award.awarded_on.isoformat()) == (
        "Inès Rouvière",
        "16/20",
        "2026-01-05",
    )
    assert str(award.person.birth_date) == "1990-05-03"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Il manque le nom."),
        ({"name": "=1+1"}, "est une formule de tableur"),
        ({"name": "Inès", "birth_date": "31/02/1990"}, "Cette date n’existe pas"),
        ({"name": "Inès", "birth_date": "2190-01-01"}, "est dans l’avenir"),
        ({"name": "Inès", "awarded_on": "2190-01-01"}, "est dans l’avenir"),
        ({"name": "Inès", "email": "pas une adresse"}, "n’est pas une adresse de courriel"),
    ],
)
def test_what_a_list_would_refuse_is_refused_here_and_kept(
    client: Client, issuing: Issuing, typed: dict[str, str], said: str
) -> None:
    response = added(client, issuing, **typed)

    assert response.status_code == 422
    assert said in response.content.decode().replace("\u00a0", " ")
    assert not AwardBatch.objects.exclude(state="abandoned").exists()
    for value in typed.values():
        if value:
            assert f'value="{value}"' in response.content.decode()


def test_namesake_is_a_question_and_not_the_same_row_twice(client: Client, issuing: Issuing) -> None:
    an_award(issuing, person=a_person(issuing.organisation, "Marie Martin"))

    for _ in range(2):
        added(client, issuing, name="Marie Martin")

    assert {batch.counts.get("homonym") for batch in AwardBatch.objects.all()} == {1}


@pytest.mark.parametrize("name", ['O\'Brien; "Bob"', "a\tb", "Ünïcödé — 山田", "x,y"])
def test_signs_that_separate_cells_stay_in_the_name(client: Client, issuing: Issuing, name: str) -> None:
    added(client, issuing, name=name)

    assert AwardBatch.objects.get().rows.get().values["name"] == " ".join(name.split())
