"""Files attached to a stranger's PDF, and PDFs that ask for too much."""

from __future__ import annotations

import io
import time
import zlib

import pytest
from pypdf import PdfWriter
from tests.factories.verification import a_pdf

from jalon.foundation import pdf_attachments
from jalon.foundation.errors import UnreadableFileError


def test_attached_files_are_read_with_their_names() -> None:
    found = pdf_attachments.read(a_pdf({"attestation.json": b'{"a": 1}', "autre.txt": b"bonjour"}))

    assert [(one.name, one.data) for one in found] == [
        ("attestation.json", b'{"a": 1}'),
        ("autre.txt", b"bonjour"),
    ]


def test_a_pdf_without_attachment_gives_none() -> None:
    assert pdf_attachments.read(a_pdf()) == ()


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", a_pdf({"a.json": b"{}"})[:300]])
def test_a_broken_pdf_is_said_to_be_broken(data: bytes) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        pdf_attachments.read(data)

    assert caught.value.code == "file.pdf_broken"


def test_a_locked_pdf_is_said_to_be_locked() -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    writer.encrypt("secret", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)

    with pytest.raises(UnreadableFileError) as caught:
        pdf_attachments.read(made.getvalue())

    assert caught.value.code == "file.pdf_encrypted"


def test_a_large_attachment_is_left_out() -> None:
    heavy = b" " * (pdf_attachments.MAX_ATTACHMENT_BYTES + 1)

    found = pdf_attachments.read(a_pdf({"a.json": b"{}", "lourd.json": heavy}))

    assert [one.name for one in found] == ["a.json"]


def test_no_more_than_ten_attachments_are_read() -> None:
    found = pdf_attachments.read(a_pdf({f"{number:02}.json": b"{}" for number in range(30)}))

    assert len(found) == pdf_attachments.MAX_ATTACHMENTS


def a_pdf_bomb() -> bytes:
    """An attachment of 200 kB that unpacks to 200 MB."""
    packed = zlib.compress(b"\0" * 200_000_000, 9)
    plain = a_pdf({"attestation.json": b"x" * len(packed)})
    bomb = plain.replace(b"x" * len(packed), packed)
    return bomb.replace(b"/Type /EmbeddedFile", b"/Type /EmbeddedFile /Filter /FlateDecode", 1)


def test_a_bomb_is_refused_in_bounded_time() -> None:
    bomb = a_pdf_bomb()
    started = time.perf_counter()

    with pytest.raises(UnreadableFileError) as caught:
        pdf_attachments.read(bomb)

    assert caught.value.code in {"file.pdf_broken", "file.pdf_too_heavy"}
    assert time.perf_counter() - started < pdf_attachments.SECONDS + 5


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        pdf_attachments.read(a_pdf(), seconds=0.001)

    assert caught.value.code == "file.pdf_too_heavy"
