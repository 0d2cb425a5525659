"""A stranger states a need, follows it by a private link, corrects it and takes it back."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.factories.people import a_member, a_user, an_organisation
from tests.factories.territory import a_commune, a_need

from jalon.foundation import clock
from jalon.people.rules import Role
from jalon.territory.models import Need
from jalon.territory.rules.need_states import NeedState

pytestmark = pytest.mark.django_db

STATE = "/besoins/dire/"


@pytest.fixture(autouse=True)
def no_earlier_tries() -> None:
    cache.clear()


def given(**changes: Any) -> dict[str, Any]:
    return {
        "skill": "Réparer des murs en pierre sèche",
        "place": "Nasbinals",
        "kind": "company",
        "name": "Maçonnerie Vidal",
        "email": "vidal@exemple.example",
        "agrees": "on",
        **changes,
    }


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode()).replace("\u00a0", " ").replace("’", "'")


def test_a_stranger_states_a_need_and_is_given_the_link(client: Client) -> None:
    response = client.post(STATE, given(people_count="4", ticked=["transport", "season"]), follow=True)

    need = Need.objects.get()
    assert response.redirect_chain == [(f"/besoins/suivre/{need.follow_token}/?recu=1", 302)]
    assert f"/besoins/suivre/{need.follow_token}/" in text(response)
    assert (need.state, need.people_count) == (NeedState.WAITING, 4)
    assert need.constraints_ticked == ["season", "transport"]
    assert response.headers["X-Robots-Tag"].startswith("noindex")


def test_nothing_found_in_the_catalogue_leads_to_the_form_with_the_same_words(client: Client) -> None:
    empty = client.get("/catalogue/?q=pierre+sèche+%26+chaux&commune=Saint-Martin+(32)").content.decode()

    link = re.search(r'href="(/besoins/dire/[^"]+)"', empty)
    assert link is not None
    form = text(client.get(unescape(link[1])))
    assert 'value="Saint-Martin (32)"' in form
    assert "pierre sèche &amp; chaux</textarea>" in form


def test_the_form_needs_no_account_and_says_why_it_asks(client: Client) -> None:
    page = text(client.get(f"{STATE}?q=pierre+sèche&commune=Nasbinals"))

    assert 'value="Nasbinals"' in page
    assert "pierre sèche</textarea>" in page
    assert "effacés au plus tard le" in page
    assert "Laissez ce champ vide" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"skill": ""}, "Il manque ce qui manque"),
        ({"skill": "🧑‍🌾🚜"}, "Il faut quelques mots"),
        ({"skill": "murs " * 20_000}, "en faut 2000 au plus"),
        ({"skill": "Appelez le 06 12 34 56 78"}, "Ce texte sera public"),
        ({"place": ""}, "Il manque le lieu"),
        ({"people_count": "10000"}, "une seule formation n'y suffit pas"),
        ({"people_count": "0"}, "au moins une personne"),
        ({"people_count": "quelques-uns"}, "Un nombre entier"),
        ({"people_count": "9" * 5000}, "nombre"),
        ({"needed_by": "2020-01-01"}, "Cette date est passée"),
        ({"needed_by": "31/02/2027"}, "Une date qui existe"),
        ({"kind": ""}, "Dites qui vous êtes"),
        ({"kind": "roi"}, "Dites qui vous êtes"),
        ({"name": "", "email": ""}, "Il manque le nom de l'entreprise"),
        ({"email": "vidal"}, "Cette adresse n'est pas complète"),
        ({"agrees": ""}, "Cochez la case"),
        ({"ticked": ["licorne"]}, "licorne"),
    ],
)
def test_what_cannot_be_right_is_said_and_nothing_typed_is_lost(
    client: Client, changes: dict[str, Any], sentence: str
) -> None:
    data = given(constraints="pas avant 9 h", **changes)

    response = client.post(STATE, data)

    page = text(response)
    assert response.status_code == 422
    assert sentence in page
    assert "pas avant 9 h</textarea>" in page
    assert 'role="alert"' in page
    assert not Need.objects.exists()


def test_a_request_larger_than_any_need_is_refused_before_it_is_read(client: Client) -> None:
    response = client.post(STATE, given(skill="x" * 5_000_000))

    assert response.status_code in {400, 413}
    assert not Need.objects.exists()


def test_a_nul_sign_is_refused_in_words(client: Client) -> None:
    response = client.post(STATE, given(skill="Réparer\0 des murs"))

    assert response.status_code == 422
    assert not Need.objects.exists()


def test_a_robot_fills_the_hidden_field_and_a_person_loses_nothing(client: Client) -> None:
    response = client.post(STATE, given(website="http://exemple.example"))

    page = text(response)
    assert response.status_code == 422
    assert "Réparer des murs en pierre sèche</textarea>" in page
    assert "Un champ caché a été rempli" in page
    assert "http://exemple.example" not in page
    assert not Need.objects.exists()


def test_one_address_states_so_many_and_then_waits(client: Client) -> None:
    for _ in range(6):
        assert client.post(STATE, given()).status_code == 302

    response = client.post(STATE, given(skill="Encore des murs"))

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    assert "Encore des murs</textarea>" in text(response)
    assert Need.objects.count() == 6
    assert client.post(STATE, given(), REMOTE_ADDR="198.51.100.7").status_code == 302


def test_the_form_is_protected_from_other_sites() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post(STATE, given())

    assert response.status_code == 403
    assert not Need.objects.exists()


# — The place —


def test_homonyms_are_shown_with_their_department_and_one_is_chosen(client: Client) -> None:
    a_commune("32395", "Saint-Martin", postcodes=" 32300 ")
    a_commune("67439", "Saint-Martin", postcodes=" 67220 ")

    asked = client.post(STATE, given(place="St Martin"))

    page = text(asked)
    assert asked.status_code == 422
    assert "Plusieurs communes portent ce nom" in page
    assert "Saint-Martin (32) · 32300" in page
    assert "Saint-Martin (67) · 67220" in page

    client.post(STATE, given(place="St Martin", commune="67439"))

    assert Need.objects.get().commune_id == "67439"


@pytest.mark.parametrize("typed", ["nasbinals", "Nasbinals (48)", "48260", "48104"])
def test_a_commune_is_read_however_it_is_typed(client: Client, typed: str) -> None:
    a_commune(postcodes=" 48260 ")
    a_commune("48999", "Nasbinals-le-Vieux", is_current=False)

    client.post(STATE, given(place=typed))

    assert Need.objects.get().commune_id == "48104"


def test_an_unknown_commune_is_said_and_near_names_offered(client: Client) -> None:
    a_commune()

    unknown = client.post(STATE, given(place="Trifouillis"))
    begun = client.post(STATE, given(place="nasb"))

    assert "Aucune commune ne porte ce nom" in text(unknown)
    assert "Nasbinals (48)" in text(begun)
    assert not Need.objects.exists()


def test_a_code_that_was_not_offered_is_not_taken(client: Client) -> None:
    a_commune()
    a_commune("12214", "Saint-Chély-d'Aubrac")

    client.post(STATE, given(place="Nasbinals", commune="12214"))

    assert Need.objects.get().commune_id == "48104"


def test_without_communes_the_place_stays_in_words(client: Client) -> None:
    client.post(STATE, given(place="  La vallée\tdu Bès "))

    assert Need.objects.get().place == "La vallée du Bès"


def test_suggestions_come_as_one_types(client: Client) -> None:
    a_commune()

    assert client.get("/besoins/communes/?q=nas").json() == {"communes": ["Nasbinals (48)"]}
    assert client.get("/besoins/communes/?q=").json() == {"communes": []}


# — With an account —


def test_a_member_states_under_the_name_of_the_organisation(client: Client) -> None:
    company = an_organisation("Scierie du Bès", identity_confirmed_at=clock.now())
    client.force_login(a_member(a_user(), company, Role.TRAINER))

    client.post(STATE, given(organisation=str(company.id), kind="", name="", email="", agrees=""))

    need = Need.objects.get()
    assert (need.state, need.organisation) == (NeedState.OPEN, company)
    assert (need.asker_name, need.asker_email) == ("", "")
    assert "Scierie du Bès" in text(client.get(f"/besoins/{need.id}/"))


def test_a_member_may_state_in_their_own_name_and_is_read_first(client: Client) -> None:
    client.force_login(a_member(a_user(), an_organisation(), Role.TRAINER))

    client.post(STATE, given(organisation=""))

    need = Need.objects.get()
    assert (need.state, need.organisation, need.stated_by) == (NeedState.WAITING, None, None)


def test_an_account_finds_its_address_in_the_form_and_may_empty_it(client: Client) -> None:
    client.force_login(a_user("lea@exemple.example"))

    page = text(client.get(STATE))
    response = client.post(STATE, given(kind="learner", name="", email="", agrees=""))

    assert 'value="lea@exemple.example"' in page
    assert response.status_code == 302
    assert Need.objects.get().asker_email == ""


def test_the_language_of_the_page_is_that_of_the_mails(client: Client) -> None:
    client.post(STATE, given(), headers={"accept-language": "en"})

    assert Need.objects.get().asker_language == "en"


def test_an_organisation_states_so_many_and_then_waits(client: Client) -> None:
    company = an_organisation("Scierie du Bès", identity_confirmed_at=clock.now())
    client.force_login(a_member(a_user(), company, Role.TRAINER))
    of_it = given(organisation=str(company.id), kind="", name="", email="", agrees="")
    for _ in range(40):
        assert client.post(STATE, of_it).status_code == 302

    response = client.post(STATE, of_it)

    assert response.status_code == 429
    assert Need.objects.count() == 40


@pytest.mark.parametrize("role", [Role.PARTNER, None])
def test_another_organisation_cannot_be_named(client: Client, role: Role | None) -> None:
    other = an_organisation()
    user = a_user()
    client.force_login(a_member(user, other, role) if role else user)

    response = client.post(STATE, given(organisation=str(other.id)))

    assert response.status_code == 422
    assert not Need.objects.exists()


# — The private page —


def test_the_private_page_tells_where_it_stands(client: Client) -> None:
    need = a_need(state=NeedState.REFUSED.value, reason="C'est une offre d'emploi.")

    page = text(client.get(f"/besoins/suivre/{need.follow_token}/"))

    assert "Pas publié" in page
    assert "C'est une offre d'emploi." in page
    assert "Corriger" in page


@pytest.mark.parametrize("what", ["", "corriger/", "retirer/"])
def test_a_link_that_is_not_theirs_leads_nowhere(client: Client, what: str) -> None:
    a_need()

    assert client.get(f"/besoins/suivre/{'A' * 22}/{what}").status_code == 404
    assert client.get(f"/besoins/suivre/{'A' * 21}%00/{what}").status_code == 404


def test_a_correction_keeps_what_was_not_touched(client: Client) -> None:
    need = a_need(state=NeedState.WAITING.value, constraints_ticked=["hours"])
    address = f"/besoins/suivre/{need.follow_token}/corriger/"
    assert "Réparer des murs en pierre sèche</textarea>" in text(client.get(address))

    refused = client.post(address, {"skill": "", "place": "Nasbinals"})
    response = client.post(
        address, {"skill": "Bâtir des murs", "place": "Nasbinals", "ticked": ["hours"]}, follow=True
    )

    kept = Need.objects.get()
    assert refused.status_code == 422
    assert (kept.skill, kept.constraints_ticked) == ("Bâtir des murs", ["hours"])
    assert "Votre correction est gardée" in text(response)


def test_what_is_answered_is_not_corrected(client: Client) -> None:
    need = a_need(state=NeedState.ANSWERED.value)

    response = client.get(f"/besoins/suivre/{need.follow_token}/corriger/")

    assert response.status_code == 422
    assert "Ce n'est plus possible" in text(response)


def test_withdrawing_asks_once_and_erases(client: Client) -> None:
    need = a_need(asker_name="Jeanne Vidal", asker_email="jeanne@exemple.example")
    address = f"/besoins/suivre/{need.follow_token}/retirer/"
    assert "Cela ne se défait pas" in text(client.get(address))
    assert Need.objects.get().asker_name == "Jeanne Vidal"

    page = text(client.post(address, follow=True))

    kept = Need.objects.get()
    assert (kept.state, kept.asker_name, kept.asker_email) == (NeedState.WITHDRAWN, "", "")
    assert "effacés" in page
    assert client.get(address).status_code == 302
    assert client.get(f"/besoins/{need.id}/").status_code == 404
