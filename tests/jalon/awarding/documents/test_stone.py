"""The drawn stone: always well-formed, small, told in words, and never broken by a title."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.awarding.documents.stone import printable, stone_svg
from jalon.design.rules.vocabularies import DOMAINS

SVG = "{http://www.w3.org/2000/svg}"


def lines_of(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_stone_says_what_it_stands_for() -> None:
    svg = stone_svg(
        title="Bâtir un mur en pierre sèche",
        organisation="Atelier rural",
        hours="35",
        level="3",
        domain="bati",
        reference="7KF2-9QMR-48XA",
        date="1er juin 2026",
    )

    root = ElementTree.fromstring(svg)
    assert root.findtext(f"{SVG}title") == "Bâtir un mur en pierre sèche"
    assert root.findtext(f"{SVG}desc") == (
        "Micro-certification délivrée par Atelier rural le 1er juin 2026, niveau 3 sur 8, 35 heures."
    )
    assert root.get("role") == "img"
    assert lines_of(svg) == [
        "Bâtir un mur en",
        "pierre sèche",
        "35 h",
        "Atelier rural",
        "niveau 3 sur 8",
        "7KF2-9QMR-48XA",
    ]


def test_stone_without_level_draws_no_staff_and_says_none() -> None:
    svg = stone_svg(title="Composter", organisation="MFR", hours="7")

    assert lines_of(svg) == ["Composter", "7 h", "MFR"]
    assert "#d92a1c" not in svg


@pytest.mark.parametrize(("level", "red_bands"), [("1", 1), ("2", 1), ("3", 2), ("8", 4)])
def test_staff_paints_as_many_bands_as_the_level(level: str, red_bands: int) -> None:
    svg = stone_svg(title="T", organisation="O", hours="7", level=level)

    painted = re.search(r'fill="#d92a1c" d="([^"]*)"', svg)
    assert painted is not None
    assert painted.group(1).count("M") == red_bands


@pytest.mark.parametrize("domain", [*DOMAINS, "", "unknown"])
def test_stone_is_at_most_3_kb_in_every_domain(domain: str) -> None:
    svg = stone_svg(
        title="é" * 500,
        organisation="É" * 300,
        hours="1000",
        level="7",
        domain=domain,
        reference="7KF2-9QMR-48XA",
    )

    assert len(svg.encode()) <= 3 * 1024


def test_markup_in_a_title_stays_text() -> None:
    svg = stone_svg(title='<script>alert(1)</script> & "co"', organisation="<b>", hours="7")

    assert "<script" not in svg
    assert ElementTree.fromstring(svg).findtext(f"{SVG}title") == '<script>alert(1)</script> & "co"'


def test_long_title_takes_three_lines_and_is_cut() -> None:
    svg = stone_svg(title="Accompagner une personne âgée " * 8, organisation="O", hours="7")

    title = lines_of(svg)[:-2]
    assert len(title) == 3
    assert title[2].endswith("…")


def test_title_and_organisation_stay_inside_the_stone_in_a_wide_face() -> None:
    svg = stone_svg(
        title="Plesser et restaurer une haie",
        organisation="Atelier rural des Trois Vallées (organisme fictif)",
        hours="28",
    )

    assert lines_of(svg) == [
        "Plesser et",
        "restaurer une haie",
        "28 h",
        "Atelier rural des Trois",
        "Vallées (organisme fictif)",
    ]
    # «restaurer une haie» is 10.6 em wide in DejaVu Sans Bold, the widest usual face.
    size = re.search(r'font-size="(\d+)">restaurer', svg)
    assert size is not None
    assert int(size[1]) * 10.6 <= 336


def test_long_organisation_takes_two_lines_and_is_cut() -> None:
    svg = stone_svg(title="T", organisation="Communauté de communes des hautes terres " * 4, hours="7")

    assert [line[-1] for line in lines_of(svg)[2:]] == ["s", "…"]


@given(st.text(max_size=200), st.text(max_size=80))
def test_any_text_makes_a_well_formed_stone(title: str, organisation: str) -> None:
    svg = stone_svg(title=title, organisation=organisation, hours="7", level="2", domain="terre")

    ElementTree.fromstring(svg.encode())


def test_printable_stone_drops_only_the_lines_of_other_scripts() -> None:
    svg = stone_svg(title="Мастер", organisation="Atelier rural – Œuvre", hours="7")

    assert lines_of(printable(svg)) == ["7 h", "Atelier rural – Œuvre"]
