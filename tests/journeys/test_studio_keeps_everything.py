"""What a designer types survives a lost network, a closed tab and a killed server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect
from tests.journeys.conftest import Server, make_server

Visitor = Callable[..., Page]
KEPT = re.compile(r"Gardé à \d+\s?h\s\d\d")
ON_THIS_DEVICE = re.compile(r"Gardé sur cet appareil")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of our own: it is killed on the way."""
    made = make_server(tmp_path_factory.mktemp("studio"), JALON_DEMO="1")
    made.start()
    yield made
    made.stop()


def open_dossier(page: Page, server: Server, title: str) -> str:
    """Sign in as the designer of the demonstration and open a file; the address of its sections."""
    page.goto(f"{server.url}/atelier/nouvelle/")
    page.locator("form:has(input[name=role][value=designer]) button").click()
    page.goto(f"{server.url}/atelier/nouvelle/")
    page.get_by_label("Titre").fill(title)
    page.get_by_label("Terre et élevage").check()
    page.get_by_role("button", name="Ouvrir le dossier").click()
    page.wait_for_url("**/titre/")
    return page.url.removesuffix("titre/")


def test_typed_text_is_kept_without_any_button(server: Server, visitor: Visitor) -> None:
    page = visitor()
    dossier = open_dossier(page, server, "Greffer un pommier")

    page.get_by_label(re.compile("^Description")).fill("Choisir le greffon, puis l'assembler.")
    expect(page.locator("[data-etat]")).to_have_text(KEPT)

    page.goto(f"{dossier}acquis/")
    page.get_by_role("button", name="Ajouter un acquis").click()
    expect(page.get_by_label(re.compile("^Acquis 1"))).to_be_focused()
    page.keyboard.type("Comprendre la sève")
    expect(page.locator("[data-conseils]").first).to_contain_text("ne s’observe pas")
    expect(page.locator("[data-etat]")).to_have_text(KEPT)

    page.goto(f"{dossier}duree-niveau/")
    page.get_by_label(re.compile("^Heures de travail")).fill("abc")
    expect(page.locator("[data-probleme]").first).to_contain_text("n’est pas un nombre")

    page.reload()
    expect(page.get_by_label(re.compile("^Heures de travail"))).to_have_value("abc")
    page.goto(f"{dossier}acquis/")
    expect(page.get_by_label(re.compile("^Acquis 1"))).to_have_value("Comprendre la sève")
    page.goto(f"{dossier}titre/")
    expect(page.get_by_label(re.compile("^Description"))).to_have_value(
        "Choisir le greffon, puis l'assembler."
    )
    expect(page.locator("[data-reste]")).to_be_hidden()


def test_text_typed_without_network_in_a_closed_tab_is_offered_and_sent(
    server: Server, visitor: Visitor
) -> None:
    page = visitor()
    dossier = open_dossier(page, server, "Tailler une vigne")
    context = page.context

    context.set_offline(True)
    page.get_by_label(re.compile("^Description")).fill("Écrit dans la vigne.")
    expect(page.locator("[data-etat]")).to_have_text(ON_THIS_DEVICE)
    page.close()
    context.set_offline(False)

    back = context.new_page()
    back.goto(f"{dossier}titre/")
    expect(back.get_by_label(re.compile("^Description"))).to_have_value("")
    expect(back.locator("[data-reste]")).to_contain_text("Écrit dans la vigne.")
    back.get_by_role("button", name="Le reprendre").click()

    expect(back.get_by_label(re.compile("^Description"))).to_have_value("Écrit dans la vigne.")
    expect(back.locator("[data-reste]")).to_be_hidden()


def test_text_leaves_by_itself_when_the_network_returns(server: Server, visitor: Visitor) -> None:
    page = visitor()
    dossier = open_dossier(page, server, "Soigner une ruche")

    page.context.set_offline(True)
    page.get_by_label(re.compile("^Description")).fill("Écrit au rucher.")
    expect(page.locator("[data-etat]")).to_have_text(ON_THIS_DEVICE)
    page.context.set_offline(False)

    expect(page.locator("[data-etat]")).to_have_text(KEPT, timeout=30_000)
    page.goto(f"{dossier}titre/")
    expect(page.get_by_label(re.compile("^Description"))).to_have_value("Écrit au rucher.")


def test_text_typed_while_the_server_was_killed_is_not_lost(server: Server, visitor: Visitor) -> None:
    page = visitor()
    dossier = open_dossier(page, server, "Monter un mur")
    page.get_by_label(re.compile("^Description")).fill("Gardé avant la coupure.")
    expect(page.locator("[data-etat]")).to_have_text(KEPT)

    server.kill()
    page.get_by_label(re.compile("^Description")).fill("Écrit pendant la coupure.")
    expect(page.locator("[data-etat]")).to_have_text(ON_THIS_DEVICE)
    context = page.context
    page.close()
    server.start()

    back = context.new_page()
    back.goto(f"{dossier}titre/")
    expect(back.get_by_label(re.compile("^Description"))).to_have_value("Gardé avant la coupure.")
    back.get_by_role("button", name="Le reprendre").click()
    expect(back.get_by_label(re.compile("^Description"))).to_have_value("Écrit pendant la coupure.")


def test_typing_on_while_a_slow_answer_is_awaited_is_no_conflict_with_oneself(
    server: Server, visitor: Visitor
) -> None:
    page = visitor()
    dossier = open_dossier(page, server, "Bouturer un figuier")

    def slowly(route: Route) -> None:
        answer = route.fetch()
        page.wait_for_timeout(1500)
        route.fulfill(response=answer)

    page.route("**/champ/", slowly)
    description = page.get_by_label(re.compile("^Description"))
    description.press_sequentially("Premier jet", delay=10)
    page.wait_for_timeout(1800)
    description.press_sequentially(", repris", delay=10)
    description.blur()
    expect(page.locator("[data-etat]")).to_have_text(KEPT, timeout=15_000)
    page.wait_for_timeout(4000)
    page.unroute("**/champ/")

    page.goto(f"{dossier}titre/")
    expect(page.get_by_label(re.compile("^Description"))).to_have_value("Premier jet, repris")
    expect(page.get_by_text("Deux textes, à vous de choisir")).to_have_count(0)


def test_unsent_text_can_be_let_go(server: Server, visitor: Visitor) -> None:
    page = visitor()
    dossier = open_dossier(page, server, "Planter une haie")
    page.context.set_offline(True)
    page.get_by_label("Titre", exact=True).fill("Autre titre")
    expect(page.locator("[data-etat]")).to_have_text(ON_THIS_DEVICE)
    context = page.context
    page.close()
    context.set_offline(False)

    back = context.new_page()
    back.goto(f"{dossier}titre/")
    back.get_by_role("button", name="L’oublier").click()
    back.reload()

    expect(back.locator("[data-reste]")).to_be_hidden()
    expect(back.get_by_label("Titre", exact=True)).to_have_value("Planter une haie")


def test_a_phone_without_script_saves_by_one_button(server: Server, visitor: Visitor) -> None:
    page = visitor(width=360, javascript=False)
    open_dossier(page, server, "Réparer un muret")

    page.get_by_label(re.compile("^Description")).fill("Sans script.")
    page.get_by_role("button", name="Garder", exact=True).click()

    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(page.get_by_label(re.compile("^Description"))).to_have_value("Sans script.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
