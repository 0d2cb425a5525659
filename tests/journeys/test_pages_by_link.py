"""Pages that no link of the site leads to: behind private links, invitations and gestures of an account."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Server
from tests.journeys.roads import enter_as, follow
from tests.journeys.test_pages import look

Visitor = Callable[..., Page]


def states_a_need(page: Page, server: Server) -> str:
    """The private link, without any script."""
    page.goto(f"{server.url}/besoins/dire/")
    page.get_by_label("Ce qui manque").fill("Affûter une faux")
    page.get_by_label("Où", exact=True).fill("Nasbinals")
    page.get_by_label("Une association, ou quelqu’un d’autre").check()
    follow(page.get_by_role("button", name="Envoyer ce besoin"))
    return page.get_by_label("L’adresse pour le suivre").input_value()


def test_private_pages_of_a_need_are_readable_by_all(demo_server: Server, visitor: Visitor) -> None:
    link = states_a_need(visitor(javascript=False, width=360), demo_server)
    page = visitor(width=360)
    said: dict[str, list[str]] = {}

    for last in ("", "corriger/", "retirer/"):
        page.goto(f"{link}{last}")
        said[last] = look(page)
    follow(page.get_by_role("button", name="Retirer"))
    said["withdrawn"] = look(page)

    assert said == {key: [] for key in said}


def test_invitation_is_readable_by_all_and_after_it_is_withdrawn(
    demo_server: Server, visitor: Visitor
) -> None:
    admin, guest = visitor(javascript=False), visitor(width=360)
    enter_as(admin, demo_server, "admin")
    follow(admin.get_by_role("main").locator('a[href^="/compte/organismes/"]').first)
    admin.goto(f"{re.sub('[?#].*', '', admin.url)}membres/")
    admin.get_by_label("Adresse électronique").fill("odile@exemple.example")
    admin.get_by_role("radio").first.check()
    follow(admin.get_by_role("button", name="Préparer l’invitation"))
    link = admin.get_by_label("Lien à remettre, il sert une fois").last.input_value()

    guest.goto(link)
    offered = look(guest)
    follow(admin.get_by_role("button", name="Retirer ce lien (odile@exemple.example)"))
    guest.goto(link)

    assert (offered, look(guest)) == ([], [])


OF_AN_ACCOUNT = [
    "/compte/nom/",
    "/compte/adresse/",
    "/compte/mot-de-passe/",
    "/compte/confirmer/",
    "/compte/deconnexion/",
]
TO_AN_ACCOUNT = [
    "/compte/mot-de-passe/oublie/",
    "/compte/mot-de-passe/oublie/envoye/",
    "/compte/mot-de-passe/nouveau/fait/",
    "/compte/mot-de-passe/nouveau/1-nul/",
    "/compte/adresse/confirmation/",
    "/compte/adresse/confirmation/nulle/",
    "/compte/ferme/",
    "/compte/invitation/nulle/",
    "/salle/entrer/nulle/",
]


@pytest.mark.parametrize("is_signed_in", [True, False], ids=["signed in", "not yet"])
def test_pages_of_accounts_are_readable_by_all(
    demo_server: Server, visitor: Visitor, is_signed_in: bool
) -> None:
    page = visitor(width=360)
    if is_signed_in:
        page.goto(f"{demo_server.url}/compte/inscription/")
        page.get_by_label("Nom complet").fill("Odile Chauchat")
        page.get_by_label("Adresse électronique").fill("odile.chauchat@exemple.example")
        page.get_by_label("Mot de passe").fill("schiste et granit 1884")
        follow(page.get_by_role("button", name="Créer mon compte"))
    said: dict[str, list[str]] = {}

    for address in OF_AN_ACCOUNT if is_signed_in else TO_AN_ACCOUNT:
        page.goto(f"{demo_server.url}{address}")
        if found := look(page):
            said[f"{address} → {page.url.removeprefix(demo_server.url)}"] = found

    assert said == {}


# Pages with forms, by whoever meets them.
FORMS = {
    "": ["/", "/catalogue/", "/verifier/", "/besoins/", "/besoins/dire/", "/compte/connexion/"],
    "trainer": ["/delivrer/", "/delivrer/attestations/", "/compte/"],
    "designer": ["/atelier/", "/atelier/nouvelle/", "/atelier/reprendre/", "/besoins/lire/", "/offres/"],
    "admin": ["/compte/organismes/nouveau/", "/besoins/territoires/"],
}
WITHOUT_A_BUTTON = """[...document.forms]
    .filter(form => ![...form.elements].some(one => one.type === 'submit' && one.checkVisibility()))
    .map(form => form.outerHTML.slice(0, 160))"""


@pytest.mark.parametrize("role", FORMS)
def test_each_form_has_a_button_that_needs_no_script(
    demo_server: Server, visitor: Visitor, role: str
) -> None:
    page = visitor(javascript=False)
    if role:
        enter_as(page, demo_server, role)
    lame: dict[str, list[str]] = {}
    forms = 0

    for address in FORMS[role]:
        page.goto(f"{demo_server.url}{address}")
        forms += page.locator("form").count()
        if found := page.evaluate(WITHOUT_A_BUTTON):
            lame[address] = found

    expect(page.get_by_role("main")).to_be_visible()
    assert forms >= len(FORMS[role])
    assert lame == {}
