"""What everybody sees of needs, and what nobody does."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.design import a_specification
from tests.factories.people import an_organisation
from tests.factories.territory import a_commune, a_moderator, a_need

from jalon.territory import actions
from jalon.territory.rules.need_states import PUBLIC_STATES, NeedState

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode()).replace("\u00a0", " ").replace("’", "'")


def test_only_accepted_needs_are_listed_and_nothing_of_a_person(client: Client) -> None:
    for state in NeedState:
        a_need(
            state=state.value,
            skill=f"Savoir {state.value}",
            asker_name="Jeanne Vidal",
            asker_email="jeanne@exemple.example",
        )

    page = text(client.get("/besoins/"))

    assert "3 besoins dits" in page
    for state in NeedState:
        assert (f"Savoir {state.value}" in page) is (state in PUBLIC_STATES)
    assert "Jeanne" not in page
    assert "@exemple" not in page
    assert "/suivre/" not in page


def test_the_page_of_a_need_tells_nothing_of_a_person(client: Client) -> None:
    need = a_need(asker_name="Jeanne Vidal", asker_email="jeanne@exemple.example", people_count=3)

    page = text(client.get(f"/besoins/{need.id}/"))

    assert "Réparer des murs en pierre sèche" in page
    assert "par une entreprise" in page
    assert "Jeanne" not in page
    assert "@exemple" not in page
    assert need.follow_token not in page


@pytest.mark.parametrize("state", sorted(set(NeedState) - PUBLIC_STATES))
def test_what_is_not_accepted_has_no_page(client: Client, state: NeedState) -> None:
    need = a_need(state=state.value)

    assert client.get(f"/besoins/{need.id}/").status_code == 404
    assert client.get(f"/besoins/{uuid4()}/").status_code == 404


def test_the_list_is_filtered_by_words_place_and_state(client: Client) -> None:
    place = a_commune()
    a_commune("59350", "Lille", latitude=50.637, longitude=3.063)
    a_need(commune=place)
    a_need(commune=place, skill="Souder", state=NeedState.ANSWERED.value)

    assert "1 besoin sur 2" in text(client.get("/besoins/?q=murs"))
    assert "2 besoins sur 2" in text(client.get("/besoins/?commune=nasbinals&km=20"))
    assert "à 0 km" in text(client.get("/besoins/?commune=nasbinals&km=20"))
    assert "Aucun besoin ne répond" in text(client.get("/besoins/?commune=Lille&km=80"))
    assert "1 besoin sur 2" in text(client.get("/besoins/?etat=answered"))


@pytest.mark.parametrize(
    "query",
    [
        "etat=waiting",
        "etat=🚜",
        "km=-5",
        "km=1e9",
        "page=-1",
        "page=99999999999",
        "q=%00",
        "commune=%00",
        "q=%25_",
    ],
)
def test_a_question_that_makes_no_sense_gives_a_list(client: Client, query: str) -> None:
    a_need()

    assert client.get(f"/besoins/?{query}").status_code == 200


def test_homonyms_in_the_question_are_offered_and_unknown_places_said(client: Client) -> None:
    a_commune("32395", "Saint-Martin")
    a_commune("67439", "Saint-Martin")

    assert "?commune=67439" in text(client.get("/besoins/?commune=Saint-Martin"))
    assert "Nous ne connaissons pas cette commune" in text(client.get("/besoins/?commune=Trifouillis"))


def test_what_answers_a_need_is_linked_from_its_page(client: Client) -> None:
    need = a_need()
    published = a_specification(an_organisation("MFR du Bès"), published=True)
    draft = a_specification(an_organisation("MFR du Lot"))
    by = a_moderator()
    for specification in (published, draft):
        actions.link_design(need=need, micro_credential_id=specification.micro_credential_id, by=by)

    page = text(client.get(f"/besoins/{need.id}/"))

    assert f'href="/micro-certifications/{published.micro_credential.slug}/"' in page
    assert "MFR du Lot écrit une micro-certification" in page
    # a draft's title is its organisation's until it is published
    assert page.count("Plesser une haie") == 1


def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    place = a_commune()
    for number in range(12):
        a_need(commune=place, organisation=an_organisation() if number % 2 else None)

    with django_assert_max_num_queries(6):
        client.get("/besoins/")


def test_pages_without_script_have_all_their_forms(client: Client) -> None:
    page = text(client.get("/besoins/"))

    assert '<form class="legende" action="/besoins/"' in page
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)
