"""The papers and the badge of a real, signed award: each carries the whole credential."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.factories.awarding import an_award, an_issuing_organisation
from tests.factories.design import complete_content
from tests.factories.people import a_person

from jalon.awarding import documents
from jalon.design.rules.content import LevelContent
from jalon.foundation.identifiers import grouped
from sceau.formats.baking import unbake_svg
from sceau.model.texts import Text

pytestmark = pytest.mark.django_db


def test_badge_carries_the_signed_bytes_and_says_its_reference() -> None:
    credential = an_award().credential
    assert credential is not None

    badge = documents.badge_svg(credential)

    assert unbake_svg(badge.encode()) == credential.document_bytes
    assert grouped(credential.reference) in badge
    assert "Plesser une haie" in badge


@pytest.mark.parametrize("language", ["fr", "en", "de", ""])
def test_certificate_carries_the_signed_bytes_in_every_language(language: str) -> None:
    credential = an_award().credential
    assert credential is not None

    reader = PdfReader(BytesIO(documents.certificate_pdf(credential, language=language)))

    assert reader.attachments["attestation.json"] == [credential.document_bytes]
    printed = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert documents.page_url(credential) in printed.replace(" ", "")
    assert "Jeanne Vidal" in printed
    assert reader.trailer["/Root"]["/Lang"] == ("en" if language == "en" else "fr")


def test_award_without_level_has_its_papers_too() -> None:
    level = LevelContent(none_reason=Text.of({"fr": "Trop court."}))
    credential = an_award(an_issuing_organisation(content=complete_content(level=level))).credential
    assert credential is not None

    printed = PdfReader(BytesIO(documents.certificate_pdf(credential))).pages[0].extract_text()

    assert "aucun niveau" in printed
    assert "sur 8" not in documents.badge_svg(credential)


def test_cards_come_in_the_order_given() -> None:
    issuing = an_issuing_organisation()
    found = [
        an_award(issuing, person=a_person(issuing.organisation, name)).credential
        for name in ("Zoé Aulas", "Abel Zola")
    ]

    pdf = documents.cards_pdf([credential for credential in found if credential])

    printed = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert printed.index("Zoé Aulas") < printed.index("Abel Zola")
