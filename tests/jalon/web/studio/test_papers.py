"""A version on paper: tagged, whole, with its sheet of remarks, for members only."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.factories.design import FIRST_OUTCOME, a_specification, complete_content
from tests.jalon.web.studio.conftest import Studio

from jalon.design.rules.content import (
    CriterionContent,
    ModuleContent,
    OutcomeContent,
    SpecificationContent,
)
from jalon.people.models import User
from jalon.people.rules import Role
from sceau.model.texts import Text

WHOLE = replace(
    complete_content(),
    criteria=(
        CriterionContent(
            "urn:uuid:5b5f7b1e-6d0c-4f0e-9a58-0f2a8d1c7b11",
            Text.of({"fr": "Tient au vent"}),
            (FIRST_OUTCOME,),
        ),
    ),
    modules=(
        ModuleContent(
            "urn:uuid:5b5f7b1e-6d0c-4f0e-9a58-0f2a8d1c7b12",
            Text.of({"fr": "Au champ"}),
            Decimal("10.5"),
            "on_site",
        ),
    ),
)


def _url(studio: Studio, content: SpecificationContent, **fields: object) -> str:
    made = a_specification(studio.organisation, content=content, **fields)  # type: ignore[arg-type] # any field
    return f"/atelier/dossier/{made.id}/reunion.pdf"


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_paper_says_all_and_leaves_room_for_remarks(studio: Studio) -> None:
    answer = studio.client.get(_url(studio, WHOLE))

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    said = text_of(answer.content)
    for words in (
        "Plesser une haie",
        "Entailler et coucher un brin sans le rompre",
        "Tient au vent",
        "Au champ",
        "10,5",
        "brouillon du",
        "Feuille de remarques",
        "d’accord",
        "à changer",
        "Signature",
        "MFR du Lévezou",
    ):
        assert words in said


def test_paper_is_archival_tagged_and_in_its_language(studio: Studio) -> None:
    root = PdfReader(BytesIO(studio.client.get(_url(studio, WHOLE)).content)).trailer["/Root"]

    metadata = root["/Metadata"].get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>3</pdfaid:part>" in metadata


def test_english_paper_and_published_version_lead_to_the_public_page(studio: Studio) -> None:
    url = _url(studio, WHOLE, published=True)

    said = text_of(studio.client.get(f"{url}?langue=en").content)

    assert "Laying a hedge" in said
    assert "/v/1/" in said


@pytest.mark.parametrize(
    "content",
    [
        SpecificationContent(),
        SpecificationContent(title=Text.of({"br": "Garzh c’hoad 😀 ꦁ"})),
        SpecificationContent(title=Text.of({"fr": "#set page(); $x$ *gras* \\ [a"})),
        replace(
            WHOLE,
            title=Text.of({"fr": "Long " * 25}),
            description=Text.of({"fr": "mot " * 900, "en": "x" * 3000}),
            learning_outcomes=tuple(
                OutcomeContent(uuid.UUID(int=n + 1).urn, Text.of({"fr": f"Tailler {n} " + "très " * 80}))
                for n in range(60)
            ),
            criteria=tuple(
                CriterionContent(uuid.UUID(int=100 + n).urn, Text.of({"fr": "vu " * 60})) for n in range(60)
            ),
        ),
    ],
    ids=["empty", "emoji, Breton and controls", "signs of Typst", "sixty rows of long texts"],
)
def test_paper_of_any_draft_is_made(studio: Studio, content: SpecificationContent) -> None:
    answer = studio.client.get(_url(studio, content))

    assert answer.status_code == 200
    said = text_of(answer.content)
    assert "Feuille de remarques" in said
    assert "rien encore" in said or "Tailler 59" in said


def test_same_draft_gives_the_same_bytes(studio: Studio) -> None:
    url = _url(studio, WHOLE)

    assert studio.client.get(url).content == studio.client.get(url).content


def test_link_stands_beside_the_draft(studio: Studio) -> None:
    page = studio.client.get(studio.url("titre/")).content.decode()

    assert studio.url("reunion.pdf") in page


def test_strangers_and_visitors_get_nothing(studio: Studio, as_role: Callable[[Role | None], User]) -> None:
    as_role(None)
    assert studio.client.get(studio.url("reunion.pdf")).status_code == 404
    as_role(Role.PARTNER)
    assert studio.client.get(studio.url("reunion.pdf")).status_code == 200
    studio.client.logout()
    assert studio.client.get(studio.url("reunion.pdf")).status_code == 302


def test_sheet_recalls_each_element_in_the_language_of_the_paper(studio: Studio) -> None:
    url = _url(studio, WHOLE)

    sheets = {
        language: text_of(studio.client.get(f"{url}?langue={language}").content).partition(title)[2]
        for language, title in (("fr", "Feuille de remarques"), ("en", "Sheet for remarks"))
    }

    assert "Entailler et coucher un brin" in sheets["fr"]
    assert "Cut and lay a stem" in sheets["en"]
    assert "Entailler et coucher un brin" not in sheets["en"]


def test_no_row_of_the_sheet_is_torn_between_two_pages(studio: Studio) -> None:
    pages = PdfReader(BytesIO(studio.client.get(_url(studio, WHOLE) + "?langue=en").content)).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]

    [first] = [n for n, text in enumerate(texts) if "Sheet for remarks" in text]

    # This row does not fit whole at the foot of the first page.
    assert "Form of participation" not in texts[first]
    assert "Form of participation" in texts[first + 1]
