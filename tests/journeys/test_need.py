"""From a need that a stranger states to the micro-certification that answers it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.journeys.conftest import Server
from tests.journeys.roads import enter_as, follow

Visitor = Callable[..., Page]
SKILL = "Remonter des murets en pierre sèche au bord des chemins"

pytestmark = pytest.mark.browser


def state(page: Page, server: Server) -> str:
    """What is missing, half written in a tab that is closed, then sent; the private link."""
    page.goto(f"{server.url}/besoins/dire/")
    expect(page.get_by_text("Ce que vous aviez commencé est revenu")).to_be_hidden()
    page.get_by_label("Ce qui manque").fill(SKILL)
    page.get_by_label("Pour combien de personnes").fill("5")
    again: BrowserContext = page.context
    page.close()
    page = again.new_page()
    page.goto(f"{server.url}/besoins/dire/")
    expect(page.get_by_text("Ce que vous aviez commencé est revenu")).to_be_visible()
    expect(page.get_by_label("Ce qui manque")).to_have_value(SKILL)
    expect(page.get_by_label("Pour combien de personnes")).to_have_value("5")
    page.get_by_label("Où", exact=True).fill("nasbinals")
    page.get_by_label("Certaines saisons seulement").check()
    page.get_by_label("Une association, ou quelqu’un d’autre").check()
    page.get_by_role("button", name="Envoyer ce besoin").click()
    expect(page.get_by_text("Besoin reçu. Gardez l’adresse de cette page")).to_be_visible()
    link = page.get_by_label("L’adresse pour le suivre").input_value()
    page.goto(f"{server.url}/besoins/dire/")
    expect(page.get_by_text("Ce que vous aviez commencé est revenu")).to_be_hidden()
    expect(page.get_by_label("Ce qui manque")).to_have_value("")
    page.close()
    return link


def accept_and_bring_together(page: Page, server: Server) -> None:
    enter_as(page, server, "designer", "/besoins/lire/")
    follow(page.get_by_role("link", name=SKILL))
    follow(page.get_by_role("button", name="Publier ce besoin"))
    expect(page.get_by_role("heading", name="Est-ce le même besoin ?")).to_be_visible()
    follow(page.get_by_role("button", name=re.compile("C’est le même besoin.*Restaurer les murets")))
    expect(page.get_by_role("heading", name="Le même besoin, dit ailleurs")).to_be_visible()


def answer(page: Page) -> None:
    """A file is opened in the studio; then one that is published is linked."""
    need = page.url
    follow(page.get_by_role("button", name="Ouvrir un dossier dans l’atelier"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("pierre sèche")
    page.goto(need)
    expect(page.get_by_text("en cours d’écriture").first).to_be_visible()
    page.get_by_text("Une micro-certification existe déjà").click()
    choice = page.get_by_label("Micro-certification", exact=True)
    published = choice.locator("option", has_text="(publiée)").first.get_attribute("value")
    choice.select_option(published)
    follow(page.get_by_role("button", name="Relier"))


def test_a_need_from_a_stranger_to_its_answer(demo_server: Server, visitor: Visitor) -> None:
    link = state(visitor(), demo_server)
    stranger = visitor()
    stranger.goto(link)
    expect(stranger.get_by_text("En attente de lecture")).to_be_visible()
    stranger.goto(f"{demo_server.url}/besoins/")
    expect(stranger.get_by_text(SKILL)).to_have_count(0)

    moderator = visitor()
    accept_and_bring_together(moderator, demo_server)

    stranger.goto(link)
    expect(stranger.get_by_text("Ouvert", exact=True)).to_be_visible()
    stranger.goto(f"{demo_server.url}/besoins/?commune=Nasbinals&km=20&q=murets")
    expect(stranger.get_by_role("link", name=SKILL)).to_be_visible()

    answer(moderator)

    stranger.goto(link)
    expect(stranger.get_by_text("Répondu", exact=True)).to_be_visible()
    expect(stranger.get_by_role("heading", name="Ce qui y répond")).to_be_visible()
    follow(stranger.locator("section", has_text="Ce qui y répond").get_by_role("link").first)
    expect(stranger).to_have_url(re.compile("/micro-certifications/"))
