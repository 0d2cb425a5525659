"""
What a first view weighs: everything a browser fetches, compressed, with its headers.

Budgets of the design: 50 KB in all, 14 KB for a page that carries the style sheet, 10 KB for the sheet, 25 KB
for the fonts, 2 KB for the script of a public page, nine requests, none to another site.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from jalon.design.models import Specification

KB = 1024
# Status line and headers of one answer, compressed by nothing: measured at 400 to 900 bytes.
HEADERS = 700
NEVER_COMPRESSED = {".woff2", ".png"}


@dataclass(frozen=True)
class View:
    """What one first view asks for: bytes by address."""

    parts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.parts.values()) + HEADERS * len(self.parts)

    def of(self, ending: str) -> int:
        return sum(size for name, size in self.parts.items() if name.endswith(ending))


def _static(address: str) -> int:
    found = finders.find(address.removeprefix("/static/").split("#")[0])
    assert isinstance(found, str), address
    data = Path(found).read_bytes()
    if Path(found).suffix in NEVER_COMPRESSED:
        return len(data)
    return len(brotli.compress(data, quality=11))


def _first_view(client: Client, url: str) -> View:
    response = client.get(url, headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert response.headers["Content-Encoding"] == "gzip"
    html = gzip.decompress(response.content).decode()
    asked = {address.split("#")[0] for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', html)}
    asked |= set(re.findall(r"url\((/static/fonts/[^)]+)\)", html))
    # One set of contour lines, day or night: the sheet asks for either, never both.
    if re.search(r'class="[^"]*(?:chemin|mc-tete|vide)', html):
        asked.add("/static/img/courbes.svg")
    parts = {"html": len(response.content)} | {address: _static(address) for address in asked}
    parts["/manifest.webmanifest"] = len(client.get("/manifest.webmanifest").content)
    return View(parts)


def _addresses(specification: Specification) -> list[str]:
    design = specification.micro_credential
    return [
        "/",
        "/catalogue/",
        "/catalogue/?q=rien-de-tel",
        reverse("public:micro_credential", args=[design.slug]),
        reverse("public:organisation", args=[design.organisation.slug]),
        reverse("public:accessibility"),
        reverse("public:privacy"),
        reverse("public:legal"),
        reverse("verify:home"),
    ]


def test_first_view_keeps_to_the_budget(client: Client, published: Specification) -> None:
    for url in _addresses(published):
        view = _first_view(Client(), url)

        assert view.total <= 50 * KB, (url, view.total, view.parts)
        assert view.parts["html"] <= 14 * KB, (url, view.parts["html"])
        assert len(view.parts) <= 9, (url, sorted(view.parts))
        assert view.of(".woff2") <= 25 * KB
        assert view.of(".js") <= 2 * KB


def test_sheet_keeps_to_the_budget() -> None:
    assert _static("/static/jalon.css") <= 10 * KB


def test_second_view_sends_the_sheet_no_more(published: Specification) -> None:
    visitor = Client()
    first = _first_view(visitor, "/catalogue/").parts["html"]

    again = visitor.get("/catalogue/", headers={"accept-encoding": "gzip"})

    assert len(again.content) < first - 4 * KB
    assert len(again.content) <= 10 * KB


@pytest.mark.parametrize("count", [20])
def test_full_page_of_the_catalogue_keeps_to_the_budget(published: Specification, count: int) -> None:
    from tests.factories.design import a_specification

    from jalon.catalogue import actions

    for _number in range(count):
        actions.index(a_specification(published.micro_credential.organisation, published=True))

    assert _first_view(Client(), "/catalogue/").total <= 50 * KB
