"""Every page of the demonstration: readable by all, on a phone and a desk, by day and by night, and light."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Server
from tests.journeys.roads import enter_as, held_by, pages_from, pattern

Visitor = Callable[..., Page]
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
}
PHONE, NARROW, DESK = 360, 320, 1280
KILOBYTE = 1024
WEIGHT, REQUESTS = 50 * KILOBYTE, 9

STARTS = {
    "": ["/", "/catalogue/", "/catalogue/?q=introuvable", "/compte/connexion/", "/compte/inscription/"],
    "trainer": ["/compte/", "/compte/commencer/", "/compte/organismes/nouveau/", "/delivrer/", "/atelier/"],
    "signatory": [
        "/delivrer/",
        "/delivrer/attestations/?etat=replaced",
        "/delivrer/attestations/?q=introuvable",
    ],
    "admin": ["/compte/", "/delivrer/"],
    "designer": ["/atelier/nouvelle/", "/delivrer/"],
    "partner": ["/delivrer/", "/atelier/"],
}


def findings(page: Page) -> list[str]:
    """What axe has to say, and what a page of ours always has."""
    said = [
        f"{found['id']}: {node['html'][:160]}"
        for found in Axe().run(page, options=AXE).response["violations"]
        for node in found["nodes"][:3]
    ]
    if (count := page.get_by_role("heading", level=1).count()) != 1:
        said.append(f"{count} headings of level 1")
    if not page.title().endswith("Jalon") or len(page.title()) < 6:
        said.append(f"title «{page.title()}»")
    return said


def side_scroll(page: Page, width: int) -> list[str]:
    """Whether the page is wider than the screen."""
    page.set_viewport_size({"width": width, "height": 740})
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{wide} px wide on a screen of {width}"] if wide > width else []


def look(page: Page, *, everywhere: bool = False) -> list[str]:
    """
    Look at an open page on a phone by day and on a desk by night.

    Args:
        everywhere: Also on a phone by night and on a desk by day.
    """
    page.wait_for_load_state()
    language = page.evaluate("document.documentElement.lang")
    said = [] if language == "fr" else [f"language {language}"]
    for width, scheme in ((PHONE, "light"), (DESK, "dark"), (PHONE, "dark"), (DESK, "light"))[
        : 4 if everywhere else 2
    ]:
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        said += [f"{width} px, {scheme}: {each}" for each in findings(page)]
        said += side_scroll(page, width)
    return said + side_scroll(page, NARROW)


# What was looked at already, by whom: the same layout is not looked at twice.
looked_at: set[tuple[str, ...]] = set()
# One page of each kind is looked at in all four ways.
EVERYWHERE = {"/", "/catalogue/", "/verifier/", "/a/<token>/", "/compte/", "/delivrer/", "/atelier/<id>/"}


@pytest.mark.parametrize("role", STARTS)
def test_every_page_is_readable_by_all(demo_server: Server, visitor: Visitor, role: str) -> None:
    page = visitor(width=PHONE)
    if role:
        enter_as(page, demo_server, role)

    found = pages_from(page.context, demo_server, STARTS[role])

    said: dict[str, list[str]] = {}
    for layout, address in found.items():
        if layout in looked_at:
            continue
        looked_at.add(layout)
        page.goto(f"{demo_server.url}{address}")
        if problems := look(page, everywhere=layout[0] in EVERYWHERE):
            said[address] = problems
    print(f"\n{role or 'visitor'}: {len(found)} layouts")
    assert said == {}


def refused_sign_in(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/compte/connexion/")
    page.get_by_label("Adresse électronique").fill("personne@exemple.example")
    page.get_by_label("Mot de passe").fill("au hasard, tout à fait")
    page.get_by_role("button", name="Se connecter").click()


def nothing_there(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/a/{'x' * 22}/")


def wrong_reference(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/verifier/")
    page.get_by_label("Référence").fill("7KF2-9QMR")
    page.get_by_role("button", name="Vérifier", exact=True).click()


def altered_credential(page: Page, server: Server) -> None:
    enter_as(page, server, "signatory")
    document = page.context.request.get(
        f"{held_by(page, server, 'Loïc Granier').link}attestation.json"
    ).text()
    page.goto(f"{server.url}/verifier/")
    page.get_by_label("Lien ou contenu signé").fill(document.replace("compost", "château"))
    page.get_by_role("button", name="Vérifier le texte").click()


def forbidden(page: Page, server: Server) -> None:
    enter_as(page, server, "partner")
    page.goto(f"{server.url}/atelier/nouvelle/")


def empty_upload(page: Page, server: Server) -> None:
    enter_as(page, server, "trainer", to="/delivrer/")
    page.get_by_role("link", name="Plesser et restaurer une haie").click()
    page.get_by_role("button", name="Lire la liste").click()


def revocation_without_reason(page: Page, server: Server) -> None:
    enter_as(page, server, "signatory")
    held_by(page, server, "Yann Kerbrat")
    page.get_by_role("link", name="Révoquer").click()
    page.get_by_role("button", name="Révoquer l’attestation").click()


def number_that_is_none(page: Page, server: Server) -> None:
    enter_as(page, server, "designer", to="/atelier/nouvelle/")
    page.get_by_label("Titre").fill("Ferrer un cheval de trait")
    page.get_by_label("Terre et élevage").check()
    page.get_by_role("button", name="Ouvrir le dossier").click()
    page.get_by_text("Les dix rubriques").click()
    page.get_by_role("link", name="Durée et niveau").click()
    page.get_by_label("Heures de travail").fill("beaucoup")
    page.get_by_role("button", name="Garder", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("n’est pas un nombre")


def list_of_one_signed(page: Page, server: Server) -> None:
    enter_as(page, server, "signatory", to="/delivrer/")
    page.get_by_role("link", name="Plesser et restaurer une haie").click()
    page.get_by_role("link", name="Ajouter une personne").click()
    page.get_by_label("Nom complet").fill("Blaise Vernhet")
    page.get_by_label("Date de naissance").fill("1990-02-03")
    page.locator("main").get_by_role("button").first.click()
    page.get_by_role("button", name="Délivrer l’attestation prête").click()
    expect(page.get_by_text("Tout est signé")).to_be_visible()


DEEDS = [
    refused_sign_in,
    nothing_there,
    wrong_reference,
    altered_credential,
    forbidden,
    empty_upload,
    revocation_without_reason,
    number_that_is_none,
    list_of_one_signed,
]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_what_follows_a_deed_is_readable_by_all(
    demo_server: Server, visitor: Visitor, deed: Callable[[Page, Server], None]
) -> None:
    page = visitor(width=PHONE)

    deed(page, demo_server)

    assert look(page) == []


def test_looking_finds_what_is_wrong(visitor: Visitor) -> None:
    page = visitor(width=PHONE)
    page.set_content('<html lang="en"><title>x</title><p><img src="data:,"><hr width="900">')

    said = " ".join(look(page))

    for expected in ("image-alt", "0 headings", "title «x»", "language en", "on a screen of 320"):
        assert expected in said


def test_pages_in_english_say_so(demo_server: Server, visitor: Visitor) -> None:
    page = visitor(language="en-GB")

    for address in ("/", "/catalogue/", "/verifier/", "/compte/connexion/", "/vos-donnees/"):
        page.goto(f"{demo_server.url}{address}")

        assert page.evaluate("document.documentElement.lang") == "en"
        assert findings(page) == []
    expect(page.get_by_role("link", name="Verify", exact=True)).to_be_visible()


@dataclass(frozen=True)
class Weight:
    """What a first view took from the network, headers included."""

    address: str
    size: int
    requests: int


def weigh(browser: Browser, server: Server, address: str) -> Weight:
    """Open *address* as someone who was never here."""
    context = browser.new_context(viewport={"width": PHONE, "height": 740}, locale="fr-FR")
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    asked: list[str] = []
    received: list[float] = []
    network.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(f"{server.url}{address}", wait_until="networkidle")
    context.close()
    over_the_network = [url for url in asked if not url.startswith("data:")]
    return Weight(address, int(sum(received)), len(over_the_network))


def test_first_views_of_public_pages_are_light(
    browser: Browser, demo_server: Server, visitor: Visitor
) -> None:
    public = pages_from(visitor().context, demo_server, ["/", "/catalogue/"])
    page = visitor()
    enter_as(page, demo_server, "signatory")
    credential = held_by(page, demo_server, "Loïc Granier").link.removeprefix(demo_server.url)

    weights = [weigh(browser, demo_server, address) for address in [*public.values(), credential]]

    print(f"\n{'first view':<70}{'KB':>6}{'requests':>10}")
    for each in weights:
        print(f"{pattern(each.address):<70}{each.size / KILOBYTE:>6.1f}{each.requests:>10}")
    assert all(each.size > 10 * KILOBYTE for each in weights), "nothing was weighed"
    assert [each for each in weights if each.size > WEIGHT or each.requests > REQUESTS] == []
