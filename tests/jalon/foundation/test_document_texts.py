"""The text of documents that somebody gave, hostile ones included."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from pypdf import PdfWriter
from tests.factories.verification import a_pdf

from jalon.foundation import document_texts, labels
from jalon.foundation.errors import UnreadableFileError


def a_docx(*paragraphs: str, cells: tuple[str, ...] = ()) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cells:
        row = document.add_table(rows=1, cols=len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def a_written_pdf(*pages: str) -> bytes:
    """A PDF whose pages show a line of text each."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    for page in pages:
        content = f"BT /F1 12 Tf 50 700 Td ({page}) Tj ET"
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/Contents {len(objects)} 0 R/MediaBox[0 0 600 800]"
            "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return made + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()


def an_archive(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


def refusal(data: bytes, **arguments: float) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        document_texts.read(data, name="programme", **arguments)
    assert caught.value.code in labels.DOCUMENT_SENTENCES
    return caught.value.code


def test_a_pdf_gives_its_pages_in_order() -> None:
    found = document_texts.read(a_written_pdf("Tailler une haie", "Greffer un arbre"))

    assert found.text.split("\n") == ["Tailler une haie", "Greffer un arbre"]
    assert (found.kind, found.pages, found.is_cut) == ("pdf", 2, False)


def test_a_pdf_of_too_many_pages_is_cut_and_says_so() -> None:
    found = document_texts.read(a_written_pdf(*(f"Page {number} du programme" for number in range(230))))

    assert (found.pages, found.is_cut) == (document_texts.MAX_PAGES, True)
    assert "Page 199 du programme" in found.text
    assert "Page 200 du programme" not in found.text


def test_a_scan_is_said_to_hold_no_text() -> None:
    assert refusal(a_pdf()) == "file.document_no_text"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", a_written_pdf("Tailler")[:200]])
def test_a_broken_pdf_is_said_to_be_broken(data: bytes) -> None:
    assert refusal(data) == "file.document_broken"


def test_a_locked_pdf_is_said_to_be_locked() -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    writer.encrypt("secret", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)

    assert refusal(made.getvalue()) == "file.document_locked"


def test_a_docx_gives_paragraphs_and_cells() -> None:
    found = document_texts.read(a_docx("Tailler une haie", "Greffer", cells=("Épandre", "Semer & planter")))

    assert found.text.split("\n") == ["Tailler une haie", "Greffer", "Épandre", "Semer & planter", ""]
    assert found.kind == "docx"


def test_an_odt_keeps_the_order_of_words() -> None:
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = (
        f'<r xmlns:t="{text}"><t:h>Titre</t:h><t:p>Tailler <t:span>une</t:span> haie<t:line-break/>vive</t:p>'
        "</r>"
    )
    data = an_archive(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=content.encode())

    assert document_texts.read(data).text == "Titre\nTailler une haie\nvive\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (a_docx("x")[:300], "file.document_broken"),
        (an_archive(autre=b"1"), "file.document_unknown"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file.document_unknown"),
        (b"", "file.document_no_text"),
        ("🐝🐝 …".encode(), "file.document_no_text"),
        (
            an_archive(word__document_xml=b'<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'),
            "file.document_broken",
        ),
        (an_archive(word__document_xml=b"<d>" + b"<p>" * 100_000), "file.document_broken"),
    ],
)
def test_what_is_no_document_is_told_apart(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_zip_bomb_is_not_unpacked() -> None:
    heavy = b"<d>" + b" " * (document_texts._PART_BYTES + 1) + b"</d>"

    assert refusal(an_archive(word__document_xml=heavy)) == "file.document_too_heavy"


def test_a_document_that_takes_too_long_is_stopped() -> None:
    assert refusal(a_written_pdf("Tailler"), seconds=0.001) == "file.document_too_heavy"


def test_a_large_file_is_refused_before_it_is_read() -> None:
    assert refusal(b"%PDF" + b" " * document_texts.MAX_BYTES) == "file.document_too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_read_whatever_its_encoding(encoding: str) -> None:
    found = document_texts.read("Élaguer les chênes".encode(encoding))

    assert (found.text, found.kind) == ("Élaguer les chênes", "plain")


def test_a_long_text_is_cut_and_says_so() -> None:
    found = document_texts.read(b"haie " * 100_000)

    assert (len(found.text), found.is_cut) == (document_texts.MAX_CHARACTERS, True)
