"""The paper: archival, tagged, complete, with the signed file inside, whatever a person is called."""

from __future__ import annotations

import struct
import time
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from tests.factories.credentials import a_credential, a_micro_credential

from jalon.awarding.documents.certificate import certificate, facts, picture
from sceau.model.credential import Credential
from sceau.model.micro_credential import Level, Recognition, RecognitionStatus, Workload
from sceau.model.texts import Text

DOCUMENT = '{"name": "Inès 😀", "proof": [{"proofValue": "z\u202e"}]}'.encode()
REFERENCE = "7KF29QMR48XA"
URL = "https://jalon.example/a/abcdefghijklmnopqrstuv/"


def made(credential: Credential | None = None, *, language: str = "fr") -> bytes:
    return certificate(
        credential or a_credential(), document=DOCUMENT, url=URL, reference=REFERENCE, language=language
    )


def text_of(pdf: bytes) -> str:
    """All words, with plain spaces, since a line may break anywhere."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def tags_of(node: Any, found: list[Any] | None = None) -> list[Any]:
    """Every element of the structure tree."""
    found = [] if found is None else found
    node = node.get_object()
    if isinstance(node, DictionaryObject):
        if "/S" in node:
            found.append(node)
        if "/K" in node:
            tags_of(node["/K"], found)
    elif isinstance(node, list):
        for child in node:
            if not isinstance(child, int):
                tags_of(child, found)
    return found


def test_attached_file_is_the_signed_document_byte_for_byte() -> None:
    reader = PdfReader(BytesIO(made()))

    assert reader.attachments == {"attestation.json": [DOCUMENT]}
    spec = reader.trailer["/Root"]["/AF"][0].get_object()
    assert spec["/AFRelationship"] == "/Source"
    assert spec["/EF"]["/F"].get_object()["/Subtype"] == "/application/json"


def test_pdf_declares_the_archival_and_the_accessible_standard() -> None:
    reader = PdfReader(BytesIO(made()))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()

    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Bâtir un mur en pierre sèche · Inès Rouvière"


def test_every_picture_has_words_and_headings_are_in_order() -> None:
    reader = PdfReader(BytesIO(made()))
    elements = tags_of(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])

    figures = [element for element in elements if element["/S"] == "/Figure"]
    assert [str(figure["/Alt"]) for figure in figures] == [
        "Borne\u00a0: Bâtir un mur en pierre sèche, 35\u00a0heures.",
        f"QR code qui mène à la page de cette attestation\u00a0: {URL}",
    ]
    headings = [element["/S"] for element in elements if element["/S"] in ("/H1", "/H2", "/H3")]
    assert headings == ["/H1", "/H2", "/H2", "/H2", "/H2"]


def test_certificate_prints_each_element_of_annex_i() -> None:
    printed = text_of(made())

    for element in (
        "Inès Rouvière",  # 1 the learner
        "Bâtir un mur en pierre sèche",  # 2 the title
        "Occitanie, France",  # 3 the country or region
        "Atelier rural des Cévennes",  # 4 the awarding body
        "1er juin 2026",  # 5 the date
        "Choisir les pierres",  # 6 the outcomes
        "35 heures, 1,4 crédits ECTS",  # 7 the workload
        "niveau 3 sur 8",  # 8 the level
        "mise en situation pratique",  # 9 the type of assessment
        "en présence et à distance",  # 10 the form of participation
        "Qualiopi (assurance qualité de l’organisme)",  # 11 the quality assurance
        "Une attestation de l’organisme. Seule, elle n’est ni un diplôme ni une certification enregistrée.",
        "7KF2-9QMR-48XA",
        URL,
        "16/20",
    ):
        assert element in printed, element


def test_same_credential_gives_the_same_bytes() -> None:
    assert made() == made()


@pytest.mark.parametrize(
    "name",
    [
        "Jean-Loup d'Œuvre €",
        "Łukasz Żółć",
        "Nguyễn Thị Hằng",
        "Αλέξης Παπαδόπουλος",
        "Владимир Щукин",
        "محمد علي",
        "שלום כהן",
        "山田太郎",
        "Léa 😀👩‍🌾",
        "\u202eabc\u202c",
        "tab\tline\nnull\x00bell\x07",
        "\ue000\ufeff\uffff",
        "Z\u0301\u0323\u0308algo",
        '#import "x": * $x$ \\ " [',
        "A" * 200,
        "",
    ],
)
def test_no_name_can_stop_a_certificate(name: str) -> None:
    pdf = made(a_credential(name=name))

    assert PdfReader(BytesIO(pdf)).attachments["attestation.json"] == [DOCUMENT]


def test_sign_that_cannot_be_drawn_is_replaced_and_said() -> None:
    printed = text_of(made(a_credential(name="Léa 山田")))

    assert "Léa ▯▯" in printed
    assert "Certains signes de ce texte ne peuvent pas être imprimés ici" in printed
    assert "Certains signes" not in text_of(made())


def test_markup_of_the_typesetter_in_a_name_stays_text() -> None:
    printed = text_of(made(a_credential(name="#strong[x] *y*")))

    assert "#strong[x] *y*" in printed


def test_long_content_flows_over_pages() -> None:
    outcome = a_micro_credential().outcomes[0]
    credential = a_credential(micro_credential=a_micro_credential(outcomes=(outcome,) * 60))

    assert len(PdfReader(BytesIO(made(credential))).pages) >= 3


def test_certificate_in_english_keeps_the_language_of_what_was_written() -> None:
    reader = PdfReader(BytesIO(made(language="en")))

    assert reader.trailer["/Root"]["/Lang"] == "en"
    printed = text_of(made(language="en"))
    assert "Build a dry-stone wall" in printed
    assert "1 June 2026" in printed
    assert "Choisir les pierres" in printed


def test_certificate_takes_tens_of_milliseconds() -> None:
    made()
    start = time.perf_counter()
    for _ in range(5):
        made()

    assert (time.perf_counter() - start) / 5 < 0.5


def test_no_level_says_why() -> None:
    level = Level(none_reason=Text.of({"fr": "Trop court pour être situé."}))
    credential = a_credential(micro_credential=a_micro_credential(level=level))

    row = next(fact for fact in facts(credential, "fr") if fact["label"] == "Niveau")
    assert (row["value"], row["more"], row["kind"]) == ("aucun niveau", "Trop court pour être situé.", "text")


@pytest.mark.parametrize(
    ("hours", "step"),
    [("3.5", 1), ("7", 1), ("35", 5), ("120", 10), ("600", 50), ("1200", 100), ("6000", 500)],
)
def test_graduated_bar_says_its_step_and_stays_on_the_page(hours: str, step: int) -> None:
    workload = Workload(a_micro_credential().workload.hours.__class__(hours))
    credential = a_credential(micro_credential=a_micro_credential(workload=workload))

    row = next(fact for fact in facts(credential, "fr") if fact["label"] == "Charge de travail")
    assert row["step"] == step
    assert row["number"] / row["step"] <= 12
    made(credential)


@pytest.mark.parametrize("status", list(RecognitionStatus))
def test_recognition_is_printed_with_its_limits(status: RecognitionStatus) -> None:
    recognition = Recognition(status, "RNCP38093BC05", "Conduire un chantier", "Ministère")
    printed = text_of(made(a_credential(micro_credential=a_micro_credential(recognition=recognition))))

    assert "éligible" not in printed
    if status in (RecognitionStatus.NONE, RecognitionStatus.ATTESTATION, RecognitionStatus.BADGE):
        assert "ni un diplôme ni une certification enregistrée" in printed
        assert "RNCP" not in printed
    else:
        assert "Ministère" in printed


def test_holder_number_is_printed_only_where_the_credential_has_it() -> None:
    credential = a_credential()
    with_number = replace(credential, holder=replace(credential.holder, identifier="A-17"))

    assert "Numéro de la personne" not in text_of(made(credential))
    assert "Numéro de la personne A-17" in text_of(made(with_number))


def drawn(credential: Credential | None = None, *, language: str = "fr", most_bytes: int = 10**6) -> bytes:
    return picture(
        credential or a_credential(),
        url=URL,
        reference=REFERENCE,
        language=language,
        most_bytes=most_bytes,
    )


def size_of(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_picture_is_one_sheet_as_wide_as_paper_and_the_same_each_time() -> None:
    png = drawn()

    width, height = size_of(png)
    assert png.startswith(b"\x89PNG")
    assert width == 794
    assert 700 < height < 1500
    assert png == drawn()
    assert png != drawn(language="en")


def test_picture_of_a_long_certificate_grows_and_is_drawn_less_fine() -> None:
    outcome = a_micro_credential().outcomes[0]
    credential = a_credential(micro_credential=a_micro_credential(outcomes=(outcome,) * 60))

    fine, coarse = drawn(credential), drawn(credential, most_bytes=100_000)

    assert size_of(fine)[1] > 2 * size_of(drawn())[1]
    assert size_of(coarse)[0] < size_of(fine)[0] == 794


@pytest.mark.parametrize("name", ["漢字", "\u202ePérez", "x" * 200, '"); #panic("x")'])
def test_no_name_can_stop_a_picture(name: str) -> None:
    assert drawn(a_credential(name=name)).startswith(b"\x89PNG")
