"""Who gets into the studio: role × page × stranger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.design import a_specification
from tests.jalon.web.studio.conftest import Studio

from jalon.people.models import User
from jalon.people.rules import Role

Enter = Callable[[Role | None], User]
WRITERS = (Role.DESIGNER, Role.TRAINER)
READERS = tuple(role for role in Role if role not in WRITERS)
HOME = "/atelier/"


def _pages(studio: Studio) -> dict[str, str]:
    design = studio.draft.micro_credential_id
    return {
        "dossier": studio.url(),
        "section": studio.url("titre/"),
        "reading": studio.url("lecture/"),
        "preview": studio.url("apercu/"),
        "publish": studio.url("publier/"),
        "quality": studio.url("principes/"),
        "discard": studio.url("jeter/"),
        "micro_credential": f"/atelier/{design}/",
        "compare": f"/atelier/{design}/comparer/",
    }


def _gestures(studio: Studio) -> dict[str, str]:
    design = studio.draft.micro_credential_id
    return {
        "section": studio.url("titre/"),
        "field": studio.url("champ/"),
        "publish": studio.url("publier/"),
        "quality": studio.url("principes/"),
        "discard": studio.url("jeter/"),
        "start_version": f"/atelier/{design}/nouvelle-version/",
        "offer": f"/atelier/{design}/offre/",
    }


def test_nobody_signed_in_is_sent_to_sign_in(studio: Studio) -> None:
    somebody = Client()
    for url in (HOME, "/atelier/nouvelle/", *_pages(studio).values()):
        answer = somebody.get(url)
        assert (answer.status_code, answer["Location"].startswith("/compte/")) == (302, True), url
    for url in _gestures(studio).values():
        assert somebody.post(url).status_code == 302, url


def test_nothing_exists_for_a_stranger(studio: Studio, as_role: Enter) -> None:
    as_role(None)

    answers = {name: studio.client.get(url).status_code for name, url in _pages(studio).items()}
    gestures = {name: studio.client.post(url).status_code for name, url in _gestures(studio).items()}

    assert set(answers.values()) == {404}
    assert set(gestures.values()) == {404}
    assert b"MFR du L" not in studio.client.get(HOME).content


@pytest.mark.parametrize("role", READERS)
def test_readers_read_and_change_nothing(studio: Studio, as_role: Enter, role: Role) -> None:
    as_role(role)
    before = studio.draft.read()
    # Something to leak into: everything typed here would be taken from a writer.
    typed = {
        "field": "title.fr",
        "seen:title.fr": '"Plesser une haie"',
        "title.fr": "Autre",
        "confirmed": "on",
    }

    seen = {name: studio.client.get(url).status_code for name, url in _pages(studio).items()}
    done = {name: studio.client.post(url, typed).status_code for name, url in _gestures(studio).items()}

    assert seen == {
        "dossier": 302,
        "section": 302,
        "reading": 200,
        "preview": 200,
        "publish": 200,
        "quality": 200,
        "discard": 403,
        "micro_credential": 200,
        "compare": 200,
    }
    assert set(done.values()) == {403}
    studio.draft.refresh_from_db()
    assert (studio.draft.read(), studio.draft.state) == (before, "draft")
    page = studio.client.get(studio.url("lecture/")).content.decode()
    assert "Plesser une haie" in page
    assert "<textarea" not in page


def test_trainer_writes_but_does_not_publish(studio: Studio, as_role: Enter) -> None:
    as_role(Role.TRAINER)

    assert studio.save("titre", **{"title.fr": "De la formatrice"}).status_code == 302
    assert studio.held("title.fr") == "De la formatrice"
    assert studio.client.post(studio.url("publier/"), {"confirmed": "on"}).status_code == 403
    page = studio.client.get(studio.url("publier/")).content.decode()
    assert "Publier revient à une personne chargée de la conception" in page
    assert 'name="confirmed"' not in page


@pytest.mark.parametrize("role", [*Role, None])
def test_opening_a_file_is_for_writers(studio: Studio, as_role: Enter, role: Role | None) -> None:
    user = as_role(role)
    user.memberships.exclude(organisation=studio.organisation).delete()

    status = studio.client.get("/atelier/nouvelle/").status_code

    assert status == (200 if role in WRITERS else 302 if role is None else 403)


def test_file_cannot_be_opened_for_somebody_elses_organisation(studio: Studio, as_role: Enter) -> None:
    as_role(None)
    data = {"title": "Intrus", "domain": "terre", "organisation": str(studio.organisation.id)}

    answer = studio.client.post("/atelier/nouvelle/", data)

    assert answer.status_code == 422
    assert studio.organisation.micro_credentials.count() == 1


def test_published_version_is_read_not_written(studio: Studio) -> None:
    version = a_specification(studio.organisation, published=True)
    url = f"/atelier/dossier/{version.id}/"

    assert studio.client.get(url)["Location"] == f"{url}lecture/"
    assert studio.client.get(f"{url}titre/")["Location"] == f"{url}lecture/"
    answer = studio.client.post(
        f"{url}champ/", {"field": "title.fr", "seen:title.fr": '"Plesser une haie"', "title.fr": "Autre"}
    )
    assert answer.status_code == 422
    assert str(version.read().title) == "Plesser une haie"


def test_token_is_asked_for_when_writing(studio: Studio) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(studio.designer)

    assert strict.post(studio.url("champ/"), {"field": "title.fr"}).status_code == 403
    assert strict.post(studio.url("titre/"), {}).status_code == 403
