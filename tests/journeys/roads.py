"""Gestures that several journeys share, made as a person makes them."""

from __future__ import annotations

import json
import re
import urllib.request
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.journeys.conftest import Server

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TOKEN = re.compile(r"/a/[\w-]{22}/")
_SLUG = re.compile(r"(organismes|micro-certifications)/(?!nouveau)[^/]+/")
_LINK = re.compile(r"<a\b[^>]*>")
_HREF = re.compile(r'href="([^"#]*)')
_SHOWN = re.compile(r'<form\b[^>]*?action="([^"]*)"|class="(verdict \w+)"')
OF_EACH_PATTERN = 6


def enter_as(page: Page, server: Server, role: str, to: str = "/compte/") -> None:
    """Sign in with one click on the demonstration account of *role*, and land on *to*."""
    page.goto(f"{server.url}/compte/connexion/?next={to}")
    page.get_by_role("button", name=ENTRANCES[role]).click()
    page.wait_for_url(f"{server.url}{to}")


ENTRANCES = {
    "admin": "Entrer comme responsable de l’organisme",
    "designer": "Entrer comme conceptrice",
    "trainer": "Entrer comme formatrice",
    "assessor": "Entrer comme évaluateur",
    "signatory": "Entrer comme signataire",
    "partner": "Entrer comme partenaire",
}


@dataclass(frozen=True)
class Held:
    """What a person holds of an award: the reference on paper and the link behind the QR code."""

    reference: str
    link: str


def held_by(page: Page, server: Server, name: str) -> Held:
    """Look an award up by the name on it, signed in, and read what the holder was given."""
    page.goto(f"{server.url}/delivrer/attestations/")
    page.get_by_label("Nom ou référence").fill(name)
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return Held(
        reference=page.get_by_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$")).inner_text(),
        link=page.get_by_label("Le lien à donner").input_value(),
    )


def follow(target: Locator) -> None:
    """Click, and wait for the page that it leads to: a click alone returns while the old one still stands."""
    with target.page.expect_navigation():
        target.click()


def answers(page: Page) -> list[str]:
    """The three answers of a verification, in order: the short one of each."""
    found = page.locator(".reponses .a")
    expect(found).to_have_count(3)
    return found.all_inner_texts()


def verify_in_a_shell(server: Server, document: bytes, folder: Path) -> int:
    """
    The exit code of `jalon verify` on *document*, with fresh copies of what its issuer publishes.

    A shell takes keys and lists only over https and from public addresses; a server under test is neither.
    """
    plain = json.loads(document)
    _did, _web, _host, *path = plain["issuer"]["id"].split(":")
    published = [f"{server.url}/{'/'.join(path)}/did.json", plain["credentialStatus"]["statusListCredential"]]
    for number, url in enumerate(published):
        with urllib.request.urlopen(url, timeout=10) as answer:
            (folder / f"{number}.json").write_bytes(answer.read())
    return server.jalon("verify", "-", "--copies", str(folder), stdin=document).returncode


def pattern(address: str) -> str:
    """An address without what tells one thing from another: two pages of one pattern look alike."""
    path = _UUID.sub("<id>", address.split("?")[0])
    path = _TOKEN.sub("/a/<token>/", path)
    return re.sub(r"\d+", "<n>", _SLUG.sub(r"\1/<slug>/", path))


def pages_from(context: BrowserContext, server: Server, starts: list[str]) -> dict[tuple[str, ...], str]:
    """
    Every page that links lead to from *starts*, one for each layout.

    A layout is the pattern of an address, and the gestures and verdict that the page shows there. Of each
    pattern, a few addresses are looked at: an award that is valid and one that is revoked differ.
    """
    found: dict[tuple[str, ...], str] = {}
    ahead, seen, looked_at = list(starts), set(starts), Counter[str]()
    while ahead:
        address = ahead.pop(0)
        looked_at[pattern(address)] += 1
        if looked_at[pattern(address)] > OF_EACH_PATTERN and address not in starts:
            continue
        answer = context.request.get(f"{server.url}{address}")
        assert answer.status < 400, f"{address} answers {answer.status}"
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        html, here = answer.text(), answer.url.removeprefix(server.url)
        shown = {pattern(action or other) for action, other in _SHOWN.findall(html)}
        found.setdefault((pattern(here), *sorted(shown)), here)
        new = [link for link in _links(html) if link not in seen]
        seen.update(new)
        ahead += new
    return found


def _links(html: str) -> list[str]:
    """Addresses of ours that the page links to, without those that hand over a file."""
    links = [tag for tag in _LINK.findall(html) if " download" not in tag]
    addresses = [match[1].replace("&amp;", "&") for tag in links if (match := _HREF.search(tag))]
    return list(dict.fromkeys(address for address in addresses if address.startswith("/")))
