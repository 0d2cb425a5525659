"""Pages by the keyboard alone: the first stop leads past the menu, each is seen, none holds one back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Server
from tests.journeys.roads import enter_as, held_by

Visitor = Callable[..., Page]
MANY = 400

# What has the focus: its mark put there by us, whether one sees that it has it, and where it stands.
STOP = """() => {
    const at = document.activeElement;
    if (!at || at === document.body || at === document.documentElement) return null;
    at.dataset.stop ??= String(document.querySelectorAll('[data-stop]').length + 1);
    const box = at.getBoundingClientRect(), style = getComputedStyle(at);
    const label = at.labels?.[0] ? getComputedStyle(at.labels[0]) : style;
    const drawn = one => (one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0)
        || one.boxShadow !== 'none';
    const inside = at.querySelector('circle');
    return {
        number: Number(at.dataset.stop),
        words: (at.innerText || at.name || at.id || at.tagName).trim().slice(0, 60),
        marked: drawn(style) || drawn(label)
            || Boolean(inside && parseFloat(getComputedStyle(inside).strokeWidth) >= 3),
        onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""
REACHABLE = """() => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(one =>
    !one.disabled && one.type !== 'hidden' && one.tabIndex >= 0 && one.checkVisibility()
    && !(one.type === 'radio')).length"""
OUT_OF_ORDER = "() => [...document.querySelectorAll('[tabindex]')].filter(one => one.tabIndex > 0).length"


def walk(page: Page) -> list[str]:
    """Go through the page with the tab key, to where it begins again; what is wrong on the way."""
    page.wait_for_load_state()
    # From the top, wherever the page puts whoever opens it.
    page.evaluate(
        "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
    )
    expected, wrong, seen, stays = page.evaluate(REACHABLE), [], 0, 0
    if page.evaluate(OUT_OF_ORDER):
        wrong.append("an order of its own")
    for _press in range(MANY):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["number"] < seen:
            break
        # A date has stops of its own: day, month, year, calendar.
        stays = stays + 1 if stop["number"] == seen else 0
        if stays > 4:
            wrong.append(f"held by «{stop['words']}»")
            break
        seen = stop["number"]
        # Inside a date the browser draws a mark of its own.
        if not stop["marked"] and not stays:
            wrong.append(f"no mark on «{stop['words']}»")
        if not stop["onScreen"]:
            wrong.append(f"out of sight: «{stop['words']}»")
    else:
        wrong.append(f"never out again after {MANY} stops")
    if seen < expected:
        wrong.append(f"{seen} stops of {expected}")
    return wrong


PUBLIC = ["/", "/catalogue/", "/catalogue/?vue=carte", "/verifier/", "/besoins/", "/besoins/dire/"]
PUBLIC += ["/compte/connexion/", "/donnees-ouvertes/"]
OF_ROLES = {
    "trainer": ["/delivrer/", "/compte/"],
    "signatory": ["/delivrer/attestations/"],
    "designer": ["/atelier/", "/atelier/nouvelle/", "/atelier/reprendre/", "/besoins/lire/", "/offres/"],
}


def test_public_pages_by_the_keyboard(demo_server: Server, visitor: Visitor) -> None:
    page = visitor(width=1280)
    wrong: dict[str, list[str]] = {}

    for address in PUBLIC:
        page.goto(f"{demo_server.url}{address}")
        if found := walk(page):
            wrong[address] = found

    assert wrong == {}


@pytest.mark.parametrize("role", OF_ROLES)
def test_pages_of_a_role_by_the_keyboard(demo_server: Server, visitor: Visitor, role: str) -> None:
    page = visitor(width=1280)
    enter_as(page, demo_server, role)
    wrong: dict[str, list[str]] = {}

    for address in OF_ROLES[role]:
        page.goto(f"{demo_server.url}{address}")
        if found := walk(page):
            wrong[address] = found

    assert wrong == {}


def test_credential_by_the_keyboard_on_a_phone(demo_server: Server, visitor: Visitor) -> None:
    page = visitor(width=360)
    enter_as(page, demo_server, "signatory")
    page.goto(held_by(page, demo_server, "Loïc Granier").link)

    assert walk(page) == []


def test_first_stop_leads_past_the_menu(demo_server: Server, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{demo_server.url}/catalogue/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_walking_finds_what_is_wrong(visitor: Visitor) -> None:
    page = visitor()
    page.set_content(
        "<style>a{outline:0 !important}.far{position:absolute;left:-9999px}</style>"
        '<a href="/a">A</a><button class="far">B</button><a href="/c" tabindex="3">C</a>'
        "<textarea onkeydown=\"if (event.key === 'Tab') event.preventDefault()\"></textarea>"
        "<button>D</button>"
    )

    said = " ".join(walk(page))

    for expected in ("an order of its own", "no mark on «A»", "out of sight: «B»", "held by", "stops of"):
        assert expected in said
