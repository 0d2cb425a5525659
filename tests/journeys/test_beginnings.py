"""Beginning from others' work and from a programme, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Server, make_server
from tests.journeys.roads import enter_as, follow
from tests.journeys.test_pages import look

Visitor = Callable[..., Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of our own: the dossiers that are begun here change the demonstration."""
    made = make_server(tmp_path_factory.mktemp("beginnings"), JALON_DEMO="1")
    made.start()
    yield made
    made.stop()


def test_work_of_others_is_adapted_and_a_programme_read_into_it(server: Server, visitor: Visitor) -> None:
    page = visitor(width=360)
    enter_as(page, server, "designer", to="/atelier/adapter/vendre-en-circuit-court/")
    assert look(page) == []

    follow(page.get_by_role("button", name="Adapter", exact=True))
    expect(page.get_by_text("La source y reste citée.")).to_be_visible()
    follow(page.get_by_role("link", name="Relier aux référentiels"))
    follow(page.get_by_role("link", name="Trouver des acquis dans un programme"))
    page.get_by_label("Le programme, collé ici").fill(
        "Préparer le chantier de la parcelle. Contrôler la tension du fil."
    )
    follow(page.get_by_role("button", name="Lire le programme"))

    expect(page.get_by_role("heading", name="2 phrases trouvées")).to_be_visible()
    assert look(page) == []

    page.get_by_label("Ajouter comme acquis").first.check()
    follow(page.get_by_role("button", name="Ajouter ce qui est coché"))
    expect(page.get_by_text("Préparer le chantier de la parcelle").first).to_be_visible()


def test_tabs_of_a_room_stand_on_one_line_of_a_phone(server: Server, visitor: Visitor) -> None:
    page = visitor(width=360)
    enter_as(page, server, "designer", to="/atelier/")
    room = page.locator('a[href^="/salle/"]').first.get_attribute("href")

    page.goto(f"{server.url}{room}accord/")

    tabs = page.get_by_role("navigation", name=re.compile("Pages de la salle")).get_by_role("link")
    tops = {box["y"] for tab in tabs.all() if (box := tab.bounding_box())}
    assert tabs.count() == 4
    assert len(tops) == 1
