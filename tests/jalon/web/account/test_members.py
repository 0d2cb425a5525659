"""Members and invitations, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as project
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.factories.people import PASSWORD, a_member, a_user, an_invitation, an_organisation

from jalon.foundation import clock
from jalon.people.models import Invitation, Organisation, User
from jalon.people.permissions import roles_of
from jalon.people.queries import invitation_by_token
from jalon.people.rules import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation("MFR de l’Aubrac", slug="mfr-aubrac")


@pytest.fixture
def admin(client: Client, organisation: Organisation) -> User:
    admin = a_member(a_user("claire@example.org", full_name="Claire Delmas"), organisation)
    client.force_login(admin)
    return admin


def invite(client: Client, email: str = "paul@example.org", role: str = "trainer", *, follow: bool = True):  # type: ignore[no-untyped-def]  # test client's answer
    return client.post(
        "/compte/organismes/mfr-aubrac/membres/inviter/", {"email": email, "role": role}, follow=follow
    )


def test_invitation_without_mail_shows_its_link(client: Client, admin: User) -> None:
    page = invite(client).content.decode()

    invitation = Invitation.objects.get()
    assert f'value="{project.PUBLIC_URL}/compte/invitation/{invitation.token}/"' in page
    assert "remettez-le vous-même" in page
    assert mail.outbox == []


@pytest.mark.usefixtures("mail_is_sent")
def test_invitation_with_mail_is_sent_and_still_shown(client: Client, admin: User) -> None:
    page = invite(client).content.decode()

    link = f"{project.PUBLIC_URL}/compte/invitation/{Invitation.objects.get().token}/"
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["paul@example.org"], "MFR de l’Aubrac vous invite sur Jalon")
    assert link in message.body
    assert "Claire Delmas vous invite à rejoindre MFR de l’Aubrac" in message.body
    assert link in page


@pytest.mark.parametrize(
    ("email", "role", "sentence"),
    [
        ("paul@", "trainer", "Cette adresse n’est pas complète."),
        ("paul@example.org", "", "Il manque le rôle."),
        ("paul@example.org", "king", "Sélectionnez un choix valide"),
        ("CLAIRE@example.org", "admin", "Cette personne a déjà ce rôle dans l’organisme."),
    ],
)
def test_invitation_is_refused_with_what_was_typed(
    client: Client, admin: User, email: str, role: str, sentence: str
) -> None:
    answer = invite(client, email, role)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{email}"' in page
    assert not Invitation.objects.exists()


@pytest.mark.django_db
def test_link_with_a_sign_that_databases_refuse_leads_nowhere(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """PostgreSQL takes no NUL in a text: it is not asked."""
    with django_assert_num_queries(0):
        assert invitation_by_token("a\x00b") is None

    assert client.get("/compte/invitation/a%00b/").status_code == 404
    assert client.get("/compte/inscription/?invitation=%00").status_code == 200


def test_withdrawn_link_leads_nowhere(client: Client, admin: User, organisation: Organisation) -> None:
    invitation = an_invitation(organisation)

    client.post(reverse("account:withdraw_invitation", args=[organisation.slug, invitation.id]))

    answer = Client().get(f"/compte/invitation/{invitation.token}/")
    assert answer.status_code == 404
    assert "Ce lien n’est plus valable" in answer.content.decode()


def test_links_and_addresses_are_for_admins_only(client: Client, organisation: Organisation) -> None:
    invitation = an_invitation(organisation, email="secret@example.org")
    a_member(a_user("claire@example.org", full_name="Claire Delmas"), organisation)
    client.force_login(a_member(a_user(full_name="Paul"), organisation, Role.TRAINER))

    page = client.get(reverse("account:members", args=[organisation.slug])).content.decode()

    assert "Claire Delmas" in page
    for private in (invitation.token, "secret@example.org", "claire@example.org"):
        assert private not in page


def test_new_account_takes_its_invitation_in_one_go(client: Client, organisation: Organisation) -> None:
    invitation = an_invitation(organisation, email="paul@example.org")

    offered = client.get(f"/compte/invitation/{invitation.token}/").content.decode()
    form_at = f"/compte/inscription/?invitation={invitation.token}"
    form = client.get(form_at).content.decode()
    answer = client.post(
        form_at,
        {
            "full_name": "Paul Roux",
            "email": "paul@example.org",
            "password1": PASSWORD,
            "invitation": invitation.token,
        },
    )

    assert form_at in offered
    assert 'value="paul@example.org"' in form
    assert "Vous rejoindrez MFR de l’Aubrac" in form
    assert answer.headers["Location"] == reverse("account:organisation", args=[organisation.slug])
    assert roles_of(User.objects.get(email="paul@example.org"), organisation) == {Role.TRAINER}


def test_invitation_survives_a_refused_sign_up(client: Client, organisation: Organisation) -> None:
    invitation = an_invitation(organisation)

    answer = client.post(
        "/compte/inscription/",
        {
            "full_name": "Paul",
            "email": "paul@example.org",
            "password1": "court",
            "invitation": invitation.token,
        },
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{invitation.token}"' in page
    assert "Vous rejoindrez MFR de l’Aubrac" in page


def test_account_made_with_a_dead_link_exists_without_role(
    client: Client, organisation: Organisation
) -> None:
    invitation = an_invitation(organisation, expires_at=clock.now() - timedelta(minutes=1))

    answer = client.post(
        "/compte/inscription/",
        {
            "full_name": "Paul",
            "email": "paul@example.org",
            "password1": PASSWORD,
            "invitation": invitation.token,
        },
        follow=True,
    )

    assert "Ce lien d’invitation n’est plus valable" in answer.content.decode()
    assert roles_of(User.objects.get(email="paul@example.org"), organisation) == set()


def test_existing_account_signs_in_then_takes_it_once(client: Client, organisation: Organisation) -> None:
    invitation = an_invitation(organisation)
    user = a_user("paul@example.org")
    address = f"/compte/invitation/{invitation.token}/"

    led = client.post(address)
    back = client.post(led.headers["Location"], {"login": user.email, "password": PASSWORD, "next": address})
    offered = client.get(back.headers["Location"]).content.decode()
    taken = client.post(address)

    assert led.headers["Location"] == f"/compte/connexion/?next={address}"
    assert back.headers["Location"] == address
    assert f"Ce lien a été préparé pour {invitation.email}." in offered
    assert taken.headers["Location"] == reverse("account:organisation", args=[organisation.slug])
    assert roles_of(user, organisation) == {Role.TRAINER}
    assert client.get(address).status_code == 410
    assert client.post(address).status_code == 410


def test_holder_of_the_role_does_not_use_the_link_up(
    client: Client, admin: User, organisation: Organisation
) -> None:
    invitation = an_invitation(organisation, role="admin")

    page = client.get(f"/compte/invitation/{invitation.token}/").content.decode()

    assert "Vous avez déjà ce rôle" in page
    assert ">Rejoindre</button>" not in page


def test_roles_are_changed(client: Client, admin: User, organisation: Organisation) -> None:
    member = a_member(a_user(full_name="Paul"), organisation, Role.TRAINER)
    address = reverse("account:member", args=[organisation.slug, member.id])

    none = client.post(address, {})
    kept = client.post(address, {"roles": ["designer", "signatory"]})

    assert none.status_code == 422
    assert "Cochez au moins un rôle." in none.content.decode()
    assert kept.status_code == 302
    assert roles_of(member, organisation) == {Role.DESIGNER, Role.SIGNATORY}


def test_last_admin_is_not_demoted_removed_nor_let_go(
    client: Client, admin: User, organisation: Organisation
) -> None:
    sentence = "C’est la dernière personne qui administre l’organisme."
    slug = organisation.slug

    answers = [
        client.post(reverse("account:member", args=[slug, admin.id]), {"roles": ["trainer"]}),
        client.post(reverse("account:remove_member", args=[slug, admin.id])),
        client.post(reverse("account:leave", args=[slug])),
    ]

    for answer in answers:
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert roles_of(admin, organisation) == {Role.ADMIN}


def test_member_is_removed(client: Client, admin: User, organisation: Organisation) -> None:
    member = a_member(a_user(full_name="Paul"), organisation, Role.TRAINER, Role.DESIGNER)

    client.post(reverse("account:remove_member", args=[organisation.slug, member.id]))

    assert roles_of(member, organisation) == set()
    assert client.get(reverse("account:member", args=[organisation.slug, member.id])).status_code == 404


def test_member_leaves_after_being_asked(client: Client, organisation: Organisation) -> None:
    member = a_member(a_user(), organisation, Role.TRAINER)
    client.force_login(member)
    address = reverse("account:leave", args=[organisation.slug])

    client.get(address)
    assert roles_of(member, organisation) == {Role.TRAINER}
    client.post(address)

    assert roles_of(member, organisation) == set()
    assert client.get(reverse("account:organisation", args=[organisation.slug])).status_code == 404


def test_invitation_of_another_organisation_is_out_of_reach(
    client: Client, admin: User, organisation: Organisation
) -> None:
    foreign = an_invitation(an_organisation())

    answer = client.post(reverse("account:withdraw_invitation", args=[organisation.slug, foreign.id]))

    assert answer.status_code == 404
    assert Invitation.objects.count() == 1
