"""Which forms an organisation has made with each award."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.awarding import Issuing, a_list, an_awarded_batch, an_issuing_organisation
from tests.factories.people import a_member

from jalon.awarding import queries
from jalon.foundation import jobs
from jalon.people.models import User
from jalon.people.rules import Role

pytestmark = pytest.mark.django_db

SEES_AWARDS = {Role.TRAINER, Role.ASSESSOR, Role.SIGNATORY, Role.ADMIN}


def text_of(content: bytes) -> str:
    return content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.usefixtures("signatory")
def test_a_choice_is_kept_shown_again_and_taken_back(client: Client, issuing: Issuing) -> None:
    url = reverse("issuing:choices")

    kept = client.post(url, {"forms": ["sd-jwt-vc", "vc-jwt"]}, follow=True)
    shown = text_of(client.get(url).content)
    wished = queries.forms_at_once(issuing.organisation)
    client.post(url, {})

    assert "Noté. Cela vaut pour les prochaines attestations." in text_of(kept.content)
    assert wished == ("vc-jwt", "sd-jwt-vc")
    assert shown.count(" checked") == 2
    assert queries.forms_at_once(issuing.organisation) == ()


@pytest.mark.usefixtures("signatory")
@pytest.mark.parametrize("wrong", ["openbadges", "pdf", "\x00", "é" * 500])
def test_what_is_no_form_is_refused_and_nothing_changes(client: Client, issuing: Issuing, wrong: str) -> None:
    response = client.post(reverse("issuing:choices"), {"forms": ["vc-jwt", wrong]})

    assert response.status_code == 422
    assert "Choisissez parmi les formats proposés." in text_of(response.content)
    assert queries.forms_at_once(issuing.organisation) == ()


@pytest.mark.parametrize("role", [*Role, None])
def test_only_who_has_awards_signed_chooses(
    client: Client, issuing: Issuing, as_role: Callable[[Role | None], User], role: Role | None
) -> None:
    as_role(role)
    url = f"{reverse('issuing:choices')}?organisme={issuing.organisation.slug}"

    answers = {client.get(url).status_code, client.post(url, {"forms": ["vc-jwt"]}).status_code}

    if role is Role.SIGNATORY:
        assert answers == {200, 302}
        return
    assert answers == {403 if role in SEES_AWARDS else 404}
    assert queries.forms_at_once(issuing.organisation) == ()


def test_nobody_chooses_without_an_account(client: Client) -> None:
    assert client.get(reverse("issuing:choices")).status_code == 302


def test_a_choice_is_for_the_organisation_that_was_named(
    client: Client, issuing: Issuing, signatory: User
) -> None:
    other = an_issuing_organisation(legal_name="Zone humide", slug="zone-humide")
    a_member(signatory, other.organisation, Role.SIGNATORY)

    client.post(f"{reverse('issuing:choices')}?organisme=zone-humide", {"forms": ["vc-jwt"]})

    assert queries.forms_at_once(other.organisation) == ("vc-jwt",)
    assert queries.forms_at_once(issuing.organisation) == ()


@pytest.mark.usefixtures("signatory")
def test_the_archive_of_a_list_holds_the_forms_that_were_wished(client: Client, issuing: Issuing) -> None:
    client.post(reverse("issuing:choices"), {"forms": ["sd-jwt-vc", "europass"]})
    batch = an_awarded_batch(issuing, a_list(2))
    jobs.Worker().run_until_empty()

    response = client.get(reverse("issuing:archive", args=[batch.id]))

    packed = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]  FileResponse
    endings = sorted(name.partition(".")[2] for name in packed.namelist())
    assert endings == sorted(["json", "pdf", "sd-jwt", "europass.json"] * 2)


@pytest.mark.usefixtures("signatory")
def test_the_home_page_leads_there_for_who_may(client: Client) -> None:
    assert f'href="{reverse("issuing:choices")}' in client.get(reverse("issuing:home")).content.decode()
