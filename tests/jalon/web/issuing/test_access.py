"""Who reaches which page, and what strangers learn: nothing, not even that something exists."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.awarding import Issuing, a_checked_batch, an_award, an_awarded_batch

from jalon.awarding.models import Award, AwardBatch
from jalon.people.models import User
from jalon.people.rules import Role

pytestmark = pytest.mark.django_db

PREPARES = {Role.TRAINER, Role.ASSESSOR, Role.SIGNATORY}
SEES_AWARDS = PREPARES | {Role.ADMIN}
SIGNS = {Role.SIGNATORY}

BATCH_PAGES = ("batch", "columns", "left_out")
AWARD_PAGES = {"award": SEES_AWARDS, "revoke": SIGNS, "correct": SIGNS}


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("name", BATCH_PAGES)
def test_list_is_seen_by_those_who_prepare_and_is_not_there_for_others(
    client: Client, issuing: Issuing, as_role: Callable[[Role | None], User], name: str, role: Role | None
) -> None:
    batch = a_checked_batch(issuing)
    as_role(role)

    response = client.get(reverse(f"issuing:{name}", args=[batch.id]))

    assert response.status_code == (200 if role in PREPARES else 404)


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("name", ["cards", "links", "archive"])
def test_what_a_list_awarded_is_taken_by_those_who_prepare(
    client: Client, issuing: Issuing, as_role: Callable[[Role | None], User], name: str, role: Role | None
) -> None:
    batch = an_awarded_batch(issuing)
    as_role(role)

    response = client.get(reverse(f"issuing:{name}", args=[batch.id]))

    assert response.status_code == (200 if role in PREPARES else 404)


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("name", AWARD_PAGES)
def test_award_pages_by_role(
    client: Client, issuing: Issuing, as_role: Callable[[Role | None], User], name: str, role: Role | None
) -> None:
    award = an_award(issuing)
    as_role(role)

    response = client.get(reverse(f"issuing:{name}", args=[award.id]))

    expected = 404 if role not in SEES_AWARDS else 200 if role in AWARD_PAGES[name] else 403
    assert response.status_code == expected


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("name", ["upload", "person"])
def test_giving_a_list_by_role(
    client: Client, issuing: Issuing, as_role: Callable[[Role | None], User], name: str, role: Role | None
) -> None:
    as_role(role)

    response = client.get(reverse(f"issuing:{name}", args=[issuing.specification.id]))

    assert response.status_code == (404 if role is None else 200 if role in PREPARES else 403)


@pytest.mark.parametrize("role", [*Role, None])
def test_only_who_signs_can_start(
    client: Client, issuing: Issuing, as_role: Callable[[Role | None], User], role: Role | None
) -> None:
    batch = a_checked_batch(issuing)
    as_role(role)

    response = client.post(reverse("issuing:start", args=[batch.id]))

    batch.refresh_from_db()
    assert response.status_code == (302 if role in SIGNS else 403 if role in PREPARES else 404)
    assert batch.state == ("queued" if role in SIGNS else "checked")


@pytest.mark.parametrize("role", [*Role, None])
def test_only_who_prepares_can_abandon(
    client: Client, issuing: Issuing, as_role: Callable[[Role | None], User], role: Role | None
) -> None:
    batch = a_checked_batch(issuing)
    as_role(role)

    response = client.post(reverse("issuing:abandon", args=[batch.id]))

    batch.refresh_from_db()
    assert response.status_code == (302 if role in PREPARES else 404)
    assert batch.state == ("abandoned" if role in PREPARES else "checked")


@pytest.mark.parametrize("role", [*Role, None])
def test_only_who_signs_can_revoke(
    client: Client, issuing: Issuing, as_role: Callable[[Role | None], User], role: Role | None
) -> None:
    award = an_award(issuing)
    as_role(role)

    client.post(reverse("issuing:revoke", args=[award.id]), {"reason": "error", "confirm": "on"})

    award.refresh_from_db()
    assert (award.revoked_at is not None) is (role in SIGNS)


@pytest.mark.parametrize("name", ["home", "awards"])
def test_home_shows_a_stranger_nothing_of_this_organisation(
    client: Client, issuing: Issuing, as_role: Callable[[Role | None], User], name: str
) -> None:
    award = an_award(issuing)
    as_role(None)

    page = client.get(reverse(f"issuing:{name}"))
    named = client.get(reverse(f"issuing:{name}"), {"organisme": issuing.organisation.slug})

    assert page.status_code == 200
    assert award.holder_name not in page.content.decode()
    assert issuing.organisation.legal_name not in page.content.decode()
    assert named.status_code == 404


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.PARTNER])
def test_home_of_who_may_see_no_award_says_whom_to_ask(
    client: Client, issuing: Issuing, as_role: Callable[[Role | None], User], role: Role
) -> None:
    as_role(role)

    page = client.get(reverse("issuing:home"))

    assert page.status_code == 200
    assert "Aucun organisme ne vous a encore confié cette tâche." in page.content.decode()


def test_every_page_asks_for_an_account(client: Client, issuing: Issuing) -> None:
    batch: AwardBatch = a_checked_batch(issuing)
    award: Award = an_award(issuing)
    addresses = [
        reverse("issuing:home"),
        reverse("issuing:awards"),
        reverse("issuing:model_list"),
        reverse("issuing:upload", args=[issuing.specification.id]),
        *(reverse(f"issuing:{name}", args=[batch.id]) for name in (*BATCH_PAGES, "cards", "start")),
        *(reverse(f"issuing:{name}", args=[award.id]) for name in AWARD_PAGES),
    ]

    for address in addresses:
        response = client.get(address)
        assert response.status_code == 302, address
        assert response.headers["Location"].startswith(reverse("account_login")), address


@pytest.mark.parametrize("name", ["batch", "award", "upload", "start", "revoke"])
@pytest.mark.usefixtures("signatory")
def test_what_does_not_exist_is_not_found(client: Client, name: str) -> None:
    address = reverse(f"issuing:{name}", args=[uuid4()])

    response = client.post(address) if name == "start" else client.get(address)

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["answers", "start", "abandon"])
@pytest.mark.usefixtures("signatory")
def test_what_changes_something_is_never_a_link(client: Client, issuing: Issuing, name: str) -> None:
    batch = a_checked_batch(issuing)

    assert client.get(reverse(f"issuing:{name}", args=[batch.id])).status_code == 405


@pytest.mark.parametrize("name", ["upload", "start", "abandon", "answers"])
def test_a_form_without_its_token_is_refused(issuing: Issuing, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(issuing.signatory)
    batch = a_checked_batch(issuing)
    target = issuing.specification.id if name == "upload" else batch.id

    response = client.post(reverse(f"issuing:{name}", args=[target]))

    batch.refresh_from_db()
    assert response.status_code == 403
    assert batch.state == "checked"
