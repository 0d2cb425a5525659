"""Pages of territories: without a script, in few steps, and as if they were not there for a stranger."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.factories.people import a_member, a_user, an_organisation
from tests.factories.territory import a_commune, a_moderator, a_need, a_territory

from jalon.people.models import Organisation, User
from jalon.people.rules import Role
from jalon.territory.models import Territory
from jalon.territory.rules.need_states import NeedState

pytestmark = pytest.mark.django_db

AUBRAC = {"epci_code": "200069144", "epci_name": "CC des Hautes Terres de l'Aubrac", "edition": "2026"}


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode()).replace("\u00a0", " ").replace("’", "'")


@pytest.fixture(autouse=True)
def places() -> None:
    cache.clear()
    a_commune(**AUBRAC)
    a_commune("48092", "Marchastel", latitude=44.65, longitude=3.11, population=60, **AUBRAC)
    a_commune("32395", "Saint-Martin", edition="2026")
    a_commune("67439", "Saint-Martin", edition="2026")


@pytest.fixture
def admin(client: Client) -> User:
    user = a_moderator()
    client.force_login(user)
    return user


@pytest.fixture
def organisation(admin: User) -> Organisation:
    return admin.memberships.all()[0].organisation


@pytest.fixture
def territory(organisation: Organisation) -> Territory:
    return a_territory(organisation, "48104")


# — Drawing, without a script —


def test_a_territory_is_drawn_from_a_name_and_a_place(client: Client, organisation: Organisation) -> None:
    page = text(
        client.post(
            f"/besoins/territoires/nouveau/{organisation.slug}/",
            {"name": "Pays de l'Aubrac", "typed": "hautes terres de l'aubrac"},
        )
    )
    assert "Plusieurs lieux répondent à ces mots" in page
    assert 'value="epci:200069144"' in page

    drawn = client.post(
        f"/besoins/territoires/nouveau/{organisation.slug}/",
        {
            "name": "Pays de l'Aubrac",
            "typed": "hautes terres de l'aubrac",
            "part": ["epci:200069144"],
        },
        follow=True,
    )

    assert Territory.objects.get().part_names == ["epci:200069144"]
    assert "2 communes, 540 habitants" in text(drawn)
    assert '<svg class="carte terr"' in text(drawn)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("nasbinals", "commune:48104"),
        ("Saint-Martin (32)", "commune:32395"),
        ("48092", "commune:48092"),
        ("CC des Hautes Terres de l'Aubrac", "epci:200069144"),
        ("200069144", "epci:200069144"),
        ("Lozère", "department:48"),
        ("Lozère (département 48)", "department:48"),
        ("2a", "department:2A"),
    ],
)
def test_a_place_is_added_however_it_is_typed(
    client: Client, territory: Territory, typed: str, part: str
) -> None:
    response = client.post(f"/besoins/territoires/{territory.id}/ajouter/", {"typed": typed})

    assert response.status_code == 302
    assert part in territory.part_names


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Il manque un lieu"),
        ("\0", "Il manque un lieu"),
        ("Trifouillis", "Aucune commune, aucune intercommunalité"),
        ("200000000", "Aucune commune, aucune intercommunalité"),
        ("Saint-Martin", "Plusieurs lieux répondent"),
        ("🚜", "Aucune commune"),
        ("x" * 5000, "200 caractères"),
    ],
)
def test_what_is_no_place_is_said_and_kept(
    client: Client, territory: Territory, typed: str, sentence: str
) -> None:
    response = client.post(f"/besoins/territoires/{territory.id}/ajouter/", {"typed": typed})

    assert response.status_code == 422
    assert sentence in text(response)
    assert territory.part_names == ["commune:48104"]


def test_several_are_ticked_at_once(client: Client, territory: Territory) -> None:
    page = text(client.post(f"/besoins/territoires/{territory.id}/ajouter/", {"typed": "Saint-Martin"}))
    assert 'value="commune:32395"' in page
    assert 'value="Saint-Martin"' in page

    client.post(
        f"/besoins/territoires/{territory.id}/ajouter/",
        {"typed": "Saint-Martin", "part": ["commune:32395", "commune:67439"]},
    )

    assert territory.part_names == ["commune:32395", "commune:48104", "commune:67439"]


@pytest.mark.parametrize("value", ["commune:99999", "epci:999999999"])
def test_codes_of_nothing_are_refused_in_words(client: Client, territory: Territory, value: str) -> None:
    response = client.post(f"/besoins/territoires/{territory.id}/ajouter/", {"part": [value]})

    assert response.status_code == 422
    assert "Ces codes ne sont ceux d'aucune commune" in text(response)


@pytest.mark.parametrize("value", ["", ":", "commune:", "pays:FR", "commune:<b>", "epci:\0"])
def test_what_no_page_sends_adds_nothing_and_takes_nothing_out(
    client: Client, territory: Territory, value: str
) -> None:
    added = client.post(f"/besoins/territoires/{territory.id}/ajouter/", {"part": [value]})
    out = client.post(f"/besoins/territoires/{territory.id}/enlever/", {"part": value})

    assert (added.status_code, out.status_code) == (422, 404)
    assert territory.part_names == ["commune:48104"]


def test_parts_are_taken_out_and_the_last_one_stays(client: Client, organisation: Organisation) -> None:
    territory = a_territory(organisation, "48104", "48092")

    for code in ("48092", "48104"):
        last = client.post(
            f"/besoins/territoires/{territory.id}/enlever/", {"part": f"commune:{code}"}, follow=True
        )

    assert "garde au moins un lieu" in text(last)
    assert territory.part_names == ["commune:48104"]


def test_a_name_is_changed_and_one_that_is_taken_is_said(
    client: Client, organisation: Organisation, territory: Territory
) -> None:
    a_territory(organisation, "48092", name="Causses")
    address = f"/besoins/territoires/{territory.id}/nom/"

    taken, empty = client.post(address, {"name": "Causses"}), client.post(address, {"name": " "})
    client.post(address, {"name": "Haut Aubrac"})

    assert (taken.status_code, empty.status_code) == (422, 422)
    assert "Vous avez déjà un territoire nommé" in text(taken)
    assert Territory.objects.get(id=territory.id).name == "Haut Aubrac"


def test_a_second_territory_of_one_name_is_not_drawn_over_the_first(
    client: Client, organisation: Organisation, territory: Territory
) -> None:
    response = client.post(
        f"/besoins/territoires/nouveau/{organisation.slug}/", {"name": "Aubrac", "typed": "Lozère"}
    )

    assert response.status_code == 422
    assert 'value="Lozère"' in text(response)
    assert territory.part_names == ["commune:48104"]


def test_removing_asks_once(client: Client, territory: Territory) -> None:
    address = f"/besoins/territoires/{territory.id}/retirer/"
    assert "Retirer ce territoire ?" in text(client.get(address))
    assert Territory.objects.exists()

    client.post(address)

    assert not Territory.objects.exists()


def test_an_organisation_that_nobody_confirmed_is_told_so(client: Client) -> None:
    user = a_moderator(identity_confirmed_at=None)
    client.force_login(user)
    drawn = a_territory(user.memberships.all()[0].organisation, "48104")

    for address in ("", f"{drawn.id}/"):
        assert "pas encore confirmée" in text(client.get(f"/besoins/territoires/{address}"))


def test_suggestions_hold_every_kind(client: Client, admin: User) -> None:
    given = [
        name
        for typed in ("loz", "hautes terres", "nasb")
        for name in client.get(f"/besoins/territoires/lieux/?q={typed}").json()["communes"]
    ]

    assert given == ["Lozère (département 48)", "CC des Hautes Terres de l'Aubrac", "Nasbinals (48)"]


def test_without_a_list_of_communes_codes_are_taken(client: Client, territory: Territory) -> None:
    Territory.objects.exclude(id=territory.id).delete()
    from jalon.territory.models import Commune

    Commune.objects.all().delete()

    client.post(f"/besoins/territoires/{territory.id}/ajouter/", {"typed": "12214"})

    assert territory.part_names == ["commune:12214", "commune:48104"]
    assert "La liste des communes n'est pas importée" in text(
        client.get(f"/besoins/territoires/{territory.id}/")
    )


# — Who may —

POSTS = {"nom/": {"name": "Autre"}, "ajouter/": {"typed": "Lozère"}, "enlever/": {"part": "commune:48104"}}


@pytest.mark.parametrize(
    "role", [None, "stranger", Role.TRAINER, Role.ASSESSOR, Role.SIGNATORY, Role.PARTNER]
)
def test_for_a_stranger_nothing_is_there(
    client: Client, organisation: Organisation, territory: Territory, role: Role | str | None
) -> None:
    user = a_user()
    if role == "stranger":
        user = a_moderator("12214")
    elif isinstance(role, Role):
        a_member(user, organisation, role)
    client.force_login(user)
    address = f"/besoins/territoires/{territory.id}/"

    answers = [client.get(address), client.get(f"{address}retirer/"), client.post(f"{address}retirer/")]
    answers += [client.post(f"{address}{post}", given) for post, given in POSTS.items()]

    assert {answer.status_code for answer in answers} == {404}
    assert "Aubrac" not in "".join(text(answer) for answer in answers)
    assert Territory.objects.get(id=territory.id).part_names == ["commune:48104"]


def test_a_stranger_draws_nothing_for_an_organisation(client: Client, organisation: Organisation) -> None:
    client.force_login(a_moderator())

    response = client.post(
        f"/besoins/territoires/nouveau/{organisation.slug}/", {"name": "Aubrac", "typed": "Lozère"}
    )

    assert response.status_code == 404
    assert not Territory.objects.exists()


def test_a_designer_sees_it_and_changes_nothing(
    client: Client, organisation: Organisation, territory: Territory
) -> None:
    client.force_login(a_member(a_user(), organisation, Role.DESIGNER))
    address = f"/besoins/territoires/{territory.id}/"

    page = text(client.get(address))
    answers = [client.post(f"{address}{post}", given) for post, given in POSTS.items()]
    answers += [client.get(f"{address}retirer/"), client.post(f"{address}retirer/")]
    answers += [client.get(f"/besoins/territoires/nouveau/{organisation.slug}/")]

    assert "Nasbinals (48)" in page
    assert "Ajouter au territoire" not in page
    assert {answer.status_code for answer in answers} == {403}
    assert Territory.objects.get().part_names == ["commune:48104"]


def test_whoever_is_not_signed_in_is_asked_to(client: Client) -> None:
    for address in ("", "lieux/", "nouveau/mfr/"):
        assert client.get(f"/besoins/territoires/{address}").status_code == 302


def test_members_without_territories_of_their_own_have_no_list(client: Client) -> None:
    client.force_login(a_member(a_user(), an_organisation(), Role.TRAINER))

    assert client.get("/besoins/territoires/").status_code == 404


# — The mail, chosen on the list of what waits —


def test_the_mail_is_chosen_where_mail_is_sent(client: Client, admin: User, settings: Any) -> None:
    a_need(commune=None, place="Ailleurs", state=NeedState.WAITING.value)
    assert "recevoir ce message" not in text(client.get("/besoins/lire/"))
    settings.MAIL_IS_SENT = True

    assert "Ne plus recevoir ce message" in text(client.get("/besoins/lire/"))
    said = text(client.post("/besoins/lire/message/", {"wanted": "0"}, follow=True))

    assert "Vous ne recevrez plus ce message" in said
    assert '<button class="lame-2" name="wanted" value="1">Recevoir ce message' in said


def test_a_stranger_chooses_no_mail(client: Client) -> None:
    client.force_login(a_user())

    assert client.post("/besoins/lire/message/", {"wanted": "0"}).status_code == 404
