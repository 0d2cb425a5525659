"""Cards to cut out: eight to a page, each with its own QR."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from jalon.awarding.documents.cards import Card, cards
from jalon.awarding.documents.qr import qr_svg
from sceau.model.texts import Text

WHEN = datetime(2026, 6, 1, tzinfo=UTC)


def a_card(name: str = "Inès Rouvière", title: str = "Bâtir un mur en pierre sèche") -> Card:
    return Card(
        name=name,
        title=Text.of({"fr": title}),
        organisation="Atelier rural des Cévennes",
        awarded_on=date(2026, 6, 1),
        reference="7KF29QMR48XA",
        url="https://jalon.example/a/abcdefghijklmnopqrstuv/",
    )


@pytest.mark.parametrize(("number", "pages"), [(1, 1), (7, 1), (8, 1), (9, 2), (24, 3)])
def test_eight_cards_to_a_page(number: int, pages: int) -> None:
    pdf = cards([a_card()] * number, made_at=WHEN, language="fr")

    assert len(PdfReader(BytesIO(pdf)).pages) == pages


def test_card_says_who_what_when_and_its_reference() -> None:
    pdf = cards([a_card()], made_at=WHEN, language="fr")

    printed = " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
    for words in ("Inès Rouvière", "Bâtir un mur en pierre sèche", "1er juin 2026", "7KF2-9QMR-48XA"):
        assert words in printed


def test_sheet_is_archival_and_tagged() -> None:
    reader = PdfReader(BytesIO(cards([a_card()], made_at=WHEN, language="fr")))

    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


@pytest.mark.parametrize("name", ["山田太郎", "😀", "محمد علي", "W" * 300, ""])
def test_no_name_can_stop_a_sheet_or_leave_its_card(name: str) -> None:
    pdf = cards([a_card(name, title="Un titre très long " * 20)] * 8, made_at=WHEN, language="fr")

    assert len(PdfReader(BytesIO(pdf)).pages) == 1


def test_no_card_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one card"):
        cards([], made_at=WHEN, language="fr")


def test_qr_is_small_enough_for_paper() -> None:
    svg = qr_svg("https://une-adresse-plutot-longue.jalon.example.org/a/abcdefghijklmnopqrstuv/")

    # Version 6 at most: 41 modules and a quiet zone of four on each side.
    side = int(svg.split('viewBox="0 0 ')[1].split(" ")[0])
    assert side <= 41 + 8
