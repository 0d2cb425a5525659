"""The moderators' pages: for those who moderate this need, and as if they were not there for anybody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.design import a_specification
from tests.factories.people import a_member, a_user, an_organisation
from tests.factories.territory import a_commune, a_moderator, a_need

from jalon.design.models import MicroCredential
from jalon.people.models import User
from jalon.people.rules import Role
from jalon.territory.models import Need
from jalon.territory.rules.need_states import NeedState

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode()).replace("\u00a0", " ").replace("’", "'")


@pytest.fixture
def need() -> Need:
    return a_need(
        commune=a_commune(),
        state=NeedState.WAITING.value,
        asker_name="Jeanne Vidal",
        asker_email="jeanne@exemple.example",
    )


@pytest.fixture
def moderator(client: Client) -> User:
    user = a_moderator("48104")
    client.force_login(user)
    return user


def _nobody() -> User:
    return a_user()


def _of_another_territory() -> User:
    return a_moderator("12214")


def _unconfirmed() -> User:
    return a_moderator(identity_confirmed_at=None)


def _assessor_of_the_territory() -> User:
    organisation = a_moderator("48104").memberships.all()[0].organisation
    return a_member(a_user(), organisation, Role.TRAINER, Role.ASSESSOR, Role.SIGNATORY, Role.PARTNER)


POSTS = ["decider/", "rapprocher/", "relier/", "dossier/"]
GIVEN = {"decision": "accept", "title": "Mur", "reason": "non", "other": str(uuid4())}


@pytest.mark.parametrize(
    "stranger", [_nobody, _of_another_territory, _unconfirmed, _assessor_of_the_territory]
)
def test_for_a_stranger_nothing_is_there(client: Client, need: Need, stranger: Callable[[], User]) -> None:
    a_moderator("48104")
    client.force_login(stranger())

    answers = [client.get(f"/besoins/lire/{need.id}/")]
    answers += [client.post(f"/besoins/lire/{need.id}/{post}", GIVEN) for post in POSTS]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert Need.objects.get().state == NeedState.WAITING
    assert "Jeanne" not in "".join(text(answer) for answer in answers)


def test_the_list_of_another_territory_shows_nothing_of_this_one(client: Client, need: Need) -> None:
    a_moderator("48104")
    client.force_login(_of_another_territory())

    page = client.get("/besoins/lire/")

    assert page.status_code == 200
    assert "pierre sèche" not in text(page)


def test_whoever_is_not_signed_in_is_asked_to(client: Client, need: Need) -> None:
    for address in ("", f"{need.id}/"):
        assert client.get(f"/besoins/lire/{address}").status_code == 302


def test_the_moderator_reads_who_asks_but_no_address(client: Client, need: Need, moderator: User) -> None:
    desk, page = text(client.get("/besoins/lire/")), text(client.get(f"/besoins/lire/{need.id}/"))

    assert "Jeanne Vidal" in desk
    assert "un message suivra" in page
    assert "jeanne@" not in desk + page
    assert need.follow_token not in desk + page


def test_a_waiting_need_is_told_on_the_public_list_to_its_moderators_only(
    client: Client, need: Need, moderator: User
) -> None:
    assert "Lire 1 besoin en attente" in text(client.get("/besoins/"))
    assert "en attente" not in text(Client().get("/besoins/"))


def test_accepting(client: Client, need: Need, moderator: User) -> None:
    page = text(client.post(f"/besoins/lire/{need.id}/decider/", {"decision": "accept"}, follow=True))

    assert Need.objects.get().state == NeedState.OPEN
    assert "Besoin publié" in page


def test_refusing_without_a_reason_says_so(client: Client, need: Need, moderator: User) -> None:
    address = f"/besoins/lire/{need.id}/decider/"

    refused = client.post(address, {"decision": "refuse", "reason": " "})
    client.post(address, {"decision": "refuse", "reason": "C'est une offre d'emploi."})

    assert refused.status_code == 422
    assert "Il manque la raison" in text(refused)
    assert Need.objects.get().reason == "C'est une offre d'emploi."


def test_a_decision_taken_meanwhile_is_said(client: Client, need: Need, moderator: User) -> None:
    Need.objects.update(state=NeedState.WITHDRAWN.value)

    response = client.post(f"/besoins/lire/{need.id}/decider/", {"decision": "accept"})

    assert response.status_code == 422
    assert "quelqu'un a décidé entre-temps" in text(response)


@pytest.mark.parametrize(
    ("post", "data"),
    [
        ("decider/", {"decision": "vendre"}),
        ("decider/", {}),
        ("rapprocher/", {"other": "x"}),
        ("rapprocher/", {}),
        ("rapprocher/", {"other": str(uuid4())}),
        ("relier/", {"remove": "x"}),
    ],
)
def test_what_no_page_sends_is_not_found(
    client: Client, need: Need, moderator: User, post: str, data: dict[str, str]
) -> None:
    assert client.post(f"/besoins/lire/{need.id}/{post}", data).status_code == 404


def test_a_likely_need_is_shown_with_its_reasons_and_joined_by_a_person(
    client: Client, moderator: User
) -> None:
    place = a_commune()
    need = a_need(commune=place)
    other = a_need(commune=place, skill="Restaurer les murets de pierres sèches")
    page = text(client.get(f"/besoins/lire/{need.id}/"))
    assert "mots communs : murets, pierres, sèches" in page

    client.post(f"/besoins/lire/{need.id}/rapprocher/", {"other": str(other.id)})
    joined = Need.objects.get(id=need.id).group_id
    client.post(f"/besoins/lire/{need.id}/rapprocher/", {"separate": "1"})

    assert joined is not None
    assert Need.objects.get(id=need.id).group_id is None


def test_a_draft_opened_from_a_need_has_its_words_and_is_linked(client: Client, moderator: User) -> None:
    need = a_need(commune=a_commune(), constraints="pas avant 9 h", constraints_ticked=["hours"])

    response = client.post(
        f"/besoins/lire/{need.id}/dossier/",
        {
            "title": "Murs en pierre sèche",
            "organisation": str(moderator.memberships.all()[0].organisation_id),
        },
    )

    design = MicroCredential.objects.get()
    content = design.draft.read() if design.draft else None
    assert content is not None
    assert str(content.title) == "Murs en pierre sèche"
    assert str(content.description).startswith("Réparer des murs en pierre sèche")
    assert "pas avant 9 h" in str(content.description)
    assert response.headers["Location"].startswith("/atelier/dossier/")
    assert Need.objects.get().state == NeedState.IN_DESIGN


def test_a_draft_without_title_or_for_another_organisation_opens_nothing(
    client: Client, moderator: User
) -> None:
    need = a_need(commune=a_commune())
    address = f"/besoins/lire/{need.id}/dossier/"

    untitled = client.post(
        address, {"title": "", "organisation": str(moderator.memberships.all()[0].organisation_id)}
    )
    foreign = client.post(address, {"title": "Mur", "organisation": str(an_organisation().id)})

    assert (untitled.status_code, foreign.status_code) == (422, 422)
    assert not MicroCredential.objects.exists()


def test_a_draft_for_a_need_that_waits_opens_nothing(client: Client, need: Need, moderator: User) -> None:
    response = client.post(
        f"/besoins/lire/{need.id}/dossier/",
        {"title": "Mur", "organisation": str(moderator.memberships.all()[0].organisation_id)},
    )

    assert response.status_code == 422
    assert not MicroCredential.objects.exists()


def test_published_ones_are_offered_and_the_drafts_of_others_are_not(client: Client, moderator: User) -> None:
    need = a_need(commune=a_commune())
    published = a_specification(an_organisation(), published=True)
    draft = a_specification(an_organisation())
    page = text(client.get(f"/besoins/lire/{need.id}/"))
    assert str(published.micro_credential_id) in page
    assert str(draft.micro_credential_id) not in page

    refused = client.post(
        f"/besoins/lire/{need.id}/relier/", {"micro_credential": str(draft.micro_credential_id)}
    )
    client.post(f"/besoins/lire/{need.id}/relier/", {"micro_credential": str(published.micro_credential_id)})

    assert refused.status_code == 422
    assert Need.objects.get().state == NeedState.ANSWERED

    client.post(f"/besoins/lire/{need.id}/relier/", {"remove": str(published.micro_credential_id)})

    assert Need.objects.get().state == NeedState.OPEN
