"""Offers and sessions by form: who may, what is refused, and that nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.catalogue import (
    a_designer,
    a_provider,
    a_session,
    an_offer,
    published,
    some_communes,
)
from tests.factories.design import a_specification
from tests.factories.people import a_member, a_user

from jalon.catalogue import queries
from jalon.catalogue.models import Offering, Session
from jalon.catalogue.rules.searching import Criteria
from jalon.foundation import clock
from jalon.foundation.models import JournalEntry
from jalon.people.rules import Role

pytestmark = pytest.mark.django_db

OFFER = {"modality": "on_site", "price_euros": "89,50", "funding": ["opco"], "childcare": "yes"}


def session_form(**changes: Any) -> dict[str, Any]:
    starts = clock.today() + timedelta(days=20)
    typed = {
        "starts_on": starts.isoformat(),
        "ends_on": (starts + timedelta(days=2)).isoformat(),
        "half_days": f"{starts:%d/%m/%Y} 9h-12h30\n{starts:%d/%m/%Y} 13h30-17h",
        "place": "Mende",
        "street": "Salle des fêtes",
        "seats": "12",
        "state": "confirmed",
    }
    return typed | changes


@pytest.fixture
def offer() -> Offering:
    some_communes()
    return an_offer(published(a_provider()))


@pytest.fixture
def designer(client: Client, offer: Offering) -> Client:
    client.force_login(a_designer(offer.organisation))
    return client


def _addresses(offer: Offering, session: Session) -> dict[str, tuple[str, str]]:
    return {
        "offer": ("get", reverse("offering:offer", args=[offer.id])),
        "new": ("get", reverse("offering:new", args=[offer.micro_credential_id])),
        "edit": ("get", reverse("offering:edit", args=[offer.id])),
        "switch": ("post", reverse("offering:switch", args=[offer.id])),
        "new_session": ("get", reverse("offering:new_session", args=[offer.id])),
        "session": ("get", reverse("offering:session", args=[session.id])),
        "cancel": ("post", reverse("offering:cancel", args=[session.id])),
    }


PAGES = ("offer", "new", "edit", "switch", "new_session", "session", "cancel")
WRITERS = {Role.DESIGNER, Role.TRAINER}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", list(Role))
def test_role_and_page(client: Client, offer: Offering, role: Role, page: str) -> None:
    method, url = _addresses(offer, a_session(offer))[page]
    client.force_login(a_member(a_user(), offer.organisation, role))

    answer = getattr(client, method)(url)

    allowed = page == "offer" or role in WRITERS
    assert answer.status_code in ({200, 302} if allowed else {403})


@pytest.mark.parametrize("page", PAGES)
def test_page_does_not_exist_for_strangers(client: Client, offer: Offering, page: str) -> None:
    method, url = _addresses(offer, a_session(offer))[page]
    anonymous = getattr(client, method)(url)
    client.force_login(a_designer(a_provider(siret="")))

    stranger = getattr(client, method)(url)

    assert anonymous.status_code == 302
    assert anonymous.headers["Location"].startswith("/compte/")
    assert stranger.status_code == 404


def test_offer_written_by_form_is_in_the_catalogue_and_the_journal(client: Client) -> None:
    specification = published(a_provider())
    client.force_login(a_designer(specification.micro_credential.organisation))

    answer = client.post(reverse("offering:new", args=[specification.micro_credential_id]), OFFER)

    offering = Offering.objects.get()
    assert answer.headers["Location"] == reverse("offering:offer", args=[offering.id])
    assert queries.search(Criteria(access=("garde",), funding=("opco",))).total == 1
    assert JournalEntry.objects.filter(verb="offering.opened", object_id=str(offering.id)).count() == 1


def test_draft_cannot_be_offered(client: Client) -> None:
    draft = a_specification(a_provider())
    client.force_login(a_designer(draft.micro_credential.organisation))

    answer = client.post(reverse("offering:new", args=[draft.micro_credential_id]), OFFER)

    assert answer.status_code == 422
    assert "pas au catalogue" in answer.content.decode()
    assert not Offering.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"price_euros": "-5"}, "ne peut pas être négatif"),
        ({"price_euros": "cher"}, "Ce prix ne se lit pas"),
        ({"modality": ""}, "Il manque où l’on apprend"),
        ({"public_codes": "80056 12"}, "cinq chiffres"),
        ({"contact_url": "javascript:alert(1)"}, "commence par https://"),
        ({"entry_level_required": "on"}, "se choisit dans la liste"),
        ({"funding": ["banque"]}, "choix valide"),
    ],
)
def test_refused_offer_keeps_what_was_typed(
    designer: Client, offer: Offering, typed: dict[str, Any], words: str
) -> None:
    url = reverse("offering:edit", args=[offer.id])

    answer = designer.post(url, OFFER | {"access_note": "Le car s'arrête devant."} | typed)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html.replace("\u00a0", " ")
    assert "Le car s&#x27;arrête devant." in html
    assert Offering.objects.get().access_note == "Car de la ligne 252."


def test_session_written_by_form_is_found_near_its_commune(designer: Client, offer: Offering) -> None:
    answer = designer.post(reverse("offering:new_session", args=[offer.id]), session_form())

    session = Session.objects.get()
    assert answer.status_code == 302
    assert (session.commune_id, session.postal_code, session.half_days.count()) == ("48095", "48000", 2)
    assert queries.search(Criteria(place="Mende", radius_km=0)).total == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ends_on": "2020-01-01"}, "La fin vient avant le début"),
        ({"starts_on": "2020-01-01", "ends_on": "2020-01-02", "half_days": ""}, "Cette date est passée"),
        ({"starts_on": ""}, "Il manque le début"),
        ({"starts_on": "31/02/2030"}, "Cette date ne se lit pas"),
        ({"seats": "-3"}, "va de 1 à 9999"),
        ({"seats": "0"}, "va de 1 à 9999"),
        ({"seats": "99999999999999999999"}, "va de 1 à 9999"),
        ({"seats_taken": "13"}, "13 places prises"),
        ({"seats_taken": "-1"}, "négatif"),
        ({"place": ""}, "Il manque la commune"),
        ({"place": "Saint-Denis"}, "Plusieurs communes"),
        ({"half_days": "demain matin"}, "« demain matin » ne se lit pas"),
        ({"half_days": "01/01/2020 9h-12h"}, "tombe hors des dates"),
        ({"state": "cancelled"}, "choix valide"),
    ],
)
def test_refused_session_keeps_what_was_typed(
    designer: Client, offer: Offering, typed: dict[str, Any], words: str
) -> None:
    url = reverse("offering:new_session", args=[offer.id])

    answer = designer.post(url, session_form() | typed)

    html = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 422
    assert words in html
    assert 'value="Salle des fêtes"' in html
    assert not Session.objects.exists()


def test_commune_nobody_knows_is_kept_as_words(designer: Client, offer: Offering) -> None:
    form = session_form(place="Lommel", postal_code="3920")

    designer.post(reverse("offering:new_session", args=[offer.id]), form)

    assert (Session.objects.get().locality, Session.objects.get().commune) == ("Lommel", None)


def test_name_that_several_communes_bear_is_settled_by_the_postal_code(
    designer: Client, offer: Offering
) -> None:
    form = session_form(place="Saint-Denis", postal_code="97400")

    designer.post(reverse("offering:new_session", args=[offer.id]), form)

    assert Session.objects.get().commune_id == "97411"


def test_same_session_twice_is_refused(designer: Client, offer: Offering) -> None:
    url = reverse("offering:new_session", args=[offer.id])
    designer.post(url, session_form())

    answer = designer.post(url, session_form())

    assert answer.status_code == 422
    assert "est déjà écrite" in answer.content.decode()
    assert Session.objects.count() == 1


def test_cancelling_with_people_enrolled_asks_why_then_says_it(designer: Client, offer: Offering) -> None:
    session = a_session(offer, seats_taken=4)
    url = reverse("offering:cancel", args=[session.id])

    silent = designer.post(url, {"because": " "})
    told = designer.post(url, {"because": "Trop peu d'inscrits"})

    session.refresh_from_db()
    assert silent.status_code == 422
    assert "4 personnes ont une place" in silent.content.decode()
    assert (told.status_code, session.state) == (302, "cancelled")
    public = designer.get(reverse("public:micro_credential", args=[offer.micro_credential.slug]))
    assert "Trop peu d’inscrits" in public.content.decode()


def test_cancelled_session_stays_cancelled(designer: Client, offer: Offering) -> None:
    session = a_session(offer)
    designer.post(reverse("offering:cancel", args=[session.id]))

    answer = designer.post(reverse("offering:session", args=[session.id]), session_form())

    assert answer.status_code == 422
    assert "elle ne prend plus personne" in answer.content.decode()


def test_session_that_begun_may_still_be_corrected(designer: Client, offer: Offering) -> None:
    session = a_session(offer)
    session.starts_on = clock.today() - timedelta(days=1)
    session.save()
    form = session_form(
        starts_on=session.starts_on.isoformat(), ends_on=session.ends_on.isoformat(), half_days="", seats="14"
    )

    answer = designer.post(reverse("offering:session", args=[session.id]), form)

    session.refresh_from_db()
    assert (answer.status_code, session.seats) == (302, 14)


def test_closed_offer_leaves_the_catalogue_and_comes_back(designer: Client, offer: Offering) -> None:
    url = reverse("offering:switch", args=[offer.id])
    designer.post(url)
    closed = queries.search(Criteria(funding=("opco",))).total
    refused = designer.post(reverse("offering:edit", args=[offer.id]), OFFER)

    designer.post(url)

    assert closed == 0
    assert refused.status_code == 422
    assert queries.search(Criteria(funding=("opco",))).total == 1


def test_offer_says_what_lheo_lacks(designer: Client, offer: Offering) -> None:
    html = designer.get(reverse("offering:offer", args=[offer.id])).content.decode()

    assert "une session à venir" in html


def test_publics_are_ticked_and_others_typed(designer: Client, offer: Offering) -> None:
    url = reverse("offering:edit", args=[offer.id])

    designer.post(url, OFFER | {"publics": ["82017", "83056"], "public_codes": "81062"})
    offer.refresh_from_db()
    page = designer.get(url).content.decode()

    assert offer.facts().public_codes == ("82017", "83056", "81062")
    assert re.search(r'value="82017"[^>]* checked', page)
    assert 'value="81062"' in page


def test_offer_that_lacks_nothing_says_so_and_is_in_the_file(designer: Client, offer: Offering) -> None:
    a_session(offer)

    html = designer.get(reverse("offering:offer", args=[offer.id])).content.decode()
    named = b"".join(designer.get("/catalogue/lheo.xml").streaming_content)  # type: ignore[attr-defined]  # it streams

    assert "Rien ne manque" in html
    assert b"Plesser une haie" in named


def test_home_lists_what_may_be_offered(designer: Client, offer: Offering) -> None:
    html = designer.get(reverse("offering:home")).content.decode()

    assert "Plesser une haie" in html
    assert reverse("offering:new", args=[offer.micro_credential_id]) in html


def test_way_to_the_offers_stands_on_the_public_page_and_in_the_studio(
    client: Client, offer: Offering, designer: Client
) -> None:
    page = reverse("public:micro_credential", args=[offer.micro_credential.slug])
    home = f'href="{reverse("offering:home")}">'

    in_the_studio = designer.get(reverse("studio:home")).content.decode()
    of_its_writer = designer.get(page).content.decode()

    assert in_the_studio.count(home) == 2  # and the foot of the page
    assert "Écrire les offres et les sessions" in of_its_writer
    client.force_login(a_designer(a_provider(slug="autre", siret="", nda="")))
    assert "Écrire les offres et les sessions" not in client.get(page).content.decode()
    client.logout()
    assert "Écrire les offres et les sessions" not in client.get(page).content.decode()


def test_page_without_offer_leads_its_writer_to_the_first(client: Client) -> None:
    specification = published(a_provider())
    design = specification.micro_credential
    client.force_login(a_designer(design.organisation))

    html = client.get(reverse("public:micro_credential", args=[design.slug])).content.decode()

    assert f'href="{reverse("offering:new", args=[design.id])}"' in html
