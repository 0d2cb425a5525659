"""The offers of the demonstration, as registers and search engines read them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree as SafeTree
from django.test import Client
from tests.factories.lheo import Structure

from jalon.catalogue.models import Offering
from jalon.catalogue.rules import lheo
from jalon.cli.demo.loading import load_once

pytestmark = pytest.mark.django_db
SPACE = {"l": lheo.NAMESPACE}


@pytest.fixture
def demonstration(settings: Any) -> None:
    settings.DEMO = True
    load_once(say=lambda _line: None)


@pytest.mark.usefixtures("demonstration")
def test_every_offer_of_the_demonstration_is_in_a_lheo_file_that_holds(client: Client, shared: Path) -> None:
    structure = Structure(shared / "france" / "data" / "formats" / "lheo_2_3_structure.json")

    answer = client.get("/catalogue/lheo.xml")
    root = SafeTree.fromstring(b"".join(answer.streaming_content))  # type: ignore[attr-defined]  # it streams

    assert structure.faults(root) == []
    assert len(root.findall(".//l:formation", SPACE)) == Offering.objects.count() == 3
    assert {e.text for e in root.iterfind(".//l:code-public-vise", SPACE)} >= {"83056", "82017"}


@pytest.mark.usefixtures("demonstration")
def test_report_of_the_demonstration_tells_only_of_what_has_no_offer(client: Client) -> None:
    report = b"".join(client.get("/catalogue/lheo-absents.csv").streaming_content).decode()  # type: ignore[attr-defined]  # it streams

    lines = report.splitlines()[1:]
    assert [line.rsplit(";", 1)[1] for line in lines] == ["une offre"]


@pytest.mark.usefixtures("demonstration")
def test_page_says_for_whom_it_is(client: Client) -> None:
    page = client.get("/micro-certifications/plesser-et-restaurer-une-haie/").content.decode()

    shown = re.search(r"<dt>Pour qui</dt><dd>(.*?)</dd>", page, re.DOTALL)
    assert shown
    assert "Exploitants et salariés agricoles" in shown[1]
