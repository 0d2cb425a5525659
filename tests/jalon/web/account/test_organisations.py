"""Pages of an organisation: who reaches them, what they keep and refuse."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.people import (
    SIRET,
    a_member,
    a_user,
    an_accreditation,
    an_invitation,
    an_organisation,
)

from jalon.foundation import clock
from jalon.people.models import Accreditation, Organisation, User
from jalon.people.rules import Role

pytestmark = pytest.mark.django_db
TYPED = {"legal_name": "MFR de l’Aubrac", "kind": "training_provider", "country_code": "FR"}


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation("MFR de l’Aubrac", slug="mfr-aubrac")


@pytest.fixture
def admin(client: Client, organisation: Organisation) -> User:
    admin = a_member(a_user(full_name="Claire Delmas"), organisation)
    client.force_login(admin)
    return admin


def addresses(organisation: Organisation) -> dict[str, tuple[str, str, bool]]:
    """Every address of an organisation: name → method, address, whether managing it is needed."""
    slug = organisation.slug
    member = a_member(a_user(), organisation, Role.PARTNER)
    accreditation, invitation = an_accreditation(organisation), an_invitation(organisation)

    def at(name: str, *args: object) -> str:
        return reverse(f"account:{name}", args=[slug, *args])

    return {
        "organisation": ("get", at("organisation"), False),
        "members": ("get", at("members"), False),
        "leave": ("get", at("leave"), False),
        "seal": ("get", at("seal"), True),
        "remove_seal": ("get", at("remove_seal"), True),
        "edit_organisation": ("get", at("edit_organisation"), True),
        "new_accreditation": ("get", at("new_accreditation"), True),
        "accreditation": ("get", at("accreditation", accreditation.id), True),
        "remove_accreditation": ("post", at("remove_accreditation", accreditation.id), True),
        "invite": ("post", at("invite"), True),
        "member": ("get", at("member", member.id), True),
        "remove_member": ("post", at("remove_member", member.id), True),
        "withdraw_invitation": ("post", at("withdraw_invitation", invitation.id), True),
    }


NAMES = [
    "organisation",
    "members",
    "leave",
    "seal",
    "remove_seal",
    "edit_organisation",
    "new_accreditation",
    "accreditation",
    "remove_accreditation",
    "invite",
    "member",
    "remove_member",
    "withdraw_invitation",
]


@pytest.mark.parametrize("name", NAMES)
def test_stranger_finds_nothing_and_member_only_what_is_theirs(
    client: Client, organisation: Organisation, name: str
) -> None:
    method, address, managing = addresses(organisation)[name]
    ask = getattr(client, method)

    assert ask(address).headers["Location"] == f"/compte/connexion/?next={address}"

    client.force_login(a_member(a_user(), an_organisation(), *Role))
    assert ask(address).status_code == 404
    client.force_login(a_user(is_superuser=True))
    assert ask(address).status_code == 404

    client.force_login(a_member(a_user(), organisation, *(role for role in Role if role is not Role.ADMIN)))
    assert ask(address).status_code == (403 if managing else 200)

    client.force_login(a_member(a_user(), organisation, Role.ADMIN))
    assert ask(address).status_code in {200, 302, 422}


def test_every_address_is_in_the_table(organisation: Organisation) -> None:
    from jalon.web.account.urls import urlpatterns

    named = {pattern.name for pattern in urlpatterns if "slug" in str(pattern.pattern)}

    assert named == set(NAMES) == set(addresses(organisation))


def test_absent_organisation_looks_like_a_foreign_one(client: Client) -> None:
    an_organisation(slug="existe")
    client.force_login(a_user())

    pages = [client.get(f"/compte/organismes/{slug}/") for slug in ("existe", "absent")]

    assert [page.status_code for page in pages] == [404, 404]


def test_organisation_is_created(client: Client) -> None:
    founder = a_user()
    client.force_login(founder)

    answer = client.post(
        reverse("account:new_organisation"),
        {**TYPED, "siret": "123 456 782 00010", "nda": "76 48 00123 48", "website": "mfr.example"},
    )

    organisation = Organisation.objects.get()
    assert answer.headers["Location"] == reverse("account:organisation", args=["mfr-de-l-aubrac"])
    assert (organisation.siret, organisation.nda) == (SIRET, "76480012348")
    assert organisation.website == "https://mfr.example"
    assert founder.memberships.count() == 4


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"legal_name": " "}, "Il manque le nom."),
        ({"siret": "123 456 782 0001"}, "Ce SIRET n’a que 13 chiffres\u00a0; il en faut 14."),
        ({"siret": "12345678200011"}, "un des cinq derniers chiffres (00011) ne va pas"),
        ({"siret": SIRET, "country_code": "ES"}, "Le SIRET n’existe qu’en France."),
        ({"nda": "123"}, "Ce NDA n’a que 3 chiffres\u00a0; il en faut 11."),
        ({"website": "http://mfr.example"}, "L’adresse du site commence par https://"),
        ({"website": "pas un site"}, "Cette adresse de site n’est pas complète."),
        ({"email": "contact@"}, "Cette adresse n’est pas complète."),
        ({"country_code": "ZZ"}, "Sélectionnez un choix valide"),
    ],
)
def test_organisation_is_refused_with_what_was_typed(
    client: Client, typed: dict[str, str], sentence: str
) -> None:
    client.force_login(a_user())
    given = {**TYPED, "locality": "Nasbinals", **typed}

    answer = client.post(reverse("account:new_organisation"), given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert page.count(sentence) == 2, "in the summary and above its field"
    assert 'value="Nasbinals"' in page
    assert not Organisation.objects.exists()


def test_every_point_is_shown_at_once(client: Client) -> None:
    client.force_login(a_user())

    page = client.post(
        reverse("account:new_organisation"), {"siret": "1", "nda": "2", "email": "x"}
    ).content.decode()

    assert "Il reste 6 points à revoir" in page


def test_organisation_is_edited_and_keeps_its_address(
    client: Client, admin: User, organisation: Organisation
) -> None:
    answer = client.post(
        reverse("account:edit_organisation", args=[organisation.slug]),
        {**TYPED, "legal_name": "MFR Aubrac-Margeride", "locality": "Nasbinals"},
    )

    organisation.refresh_from_db()
    assert answer.headers["Location"] == reverse("account:organisation", args=["mfr-aubrac"])
    assert (organisation.legal_name, organisation.locality) == ("MFR Aubrac-Margeride", "Nasbinals")


def test_accreditation_is_added_in_either_way_of_writing_dates(
    client: Client, admin: User, organisation: Organisation
) -> None:
    answer = client.post(
        reverse("account:new_accreditation", args=[organisation.slug]),
        {"kind": "qualiopi", "name": "Qualiopi", "valid_from": "2025-03-01", "valid_until": "28/02/2028"},
    )

    assert answer.status_code == 302
    kept = Accreditation.objects.get()
    assert (str(kept.valid_from), str(kept.valid_until)) == ("2025-03-01", "2028-02-28")
    page = client.get(reverse("account:accreditation", args=[organisation.slug, kept.id])).content.decode()
    assert 'value="2028-02-28"' in page


def test_accreditation_with_crossed_dates_is_refused(
    client: Client, admin: User, organisation: Organisation
) -> None:
    answer = client.post(
        reverse("account:new_accreditation", args=[organisation.slug]),
        {"kind": "qualiopi", "name": "Qualiopi", "valid_from": "2028-03-01", "valid_until": "2025-02-28"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "La date de fin vient avant la date de début." in page
    assert 'value="2025-02-28"' in page
    assert not Accreditation.objects.exists()


def test_expired_accreditation_is_shown_as_such(
    client: Client, admin: User, organisation: Organisation
) -> None:
    an_accreditation(organisation, valid_until=datetime(2026, 1, 31, tzinfo=UTC).date())

    with clock.frozen(datetime(2026, 2, 1, 12, tzinfo=UTC)):
        after = client.get(reverse("account:organisation", args=[organisation.slug])).content.decode()
    with clock.frozen(datetime(2026, 1, 31, 12, tzinfo=UTC)):
        before = client.get(reverse("account:organisation", args=[organisation.slug])).content.decode()

    assert "Date passée" in after
    assert "Date passée" not in before


def test_accreditation_of_another_organisation_is_out_of_reach(
    client: Client, admin: User, organisation: Organisation
) -> None:
    foreign = an_accreditation(an_organisation())

    edited = client.post(
        reverse("account:accreditation", args=[organisation.slug, foreign.id]), {"name": "x"}
    )
    removed = client.post(reverse("account:remove_accreditation", args=[organisation.slug, foreign.id]))
    absent = client.get(reverse("account:accreditation", args=[organisation.slug, uuid4()]))

    assert [edited.status_code, removed.status_code, absent.status_code] == [404, 404, 404]
    assert Accreditation.objects.count() == 1
