"""
The text of a document that somebody gave (PDF, DOCX, ODT, plain), in bounded time and memory.

A PDF can ask for hours of work in a few kilobytes: whatever is not plain text is read by a process of its
own that the system stops.

    document = document_texts.read(data, name="programme.pdf")
    document.text
"""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from jalon.foundation.errors import UnreadableFileError

MAX_BYTES = 20 * 1024 * 1024
MAX_PAGES = 200
MAX_CHARACTERS = 400_000
SECONDS = 45
MEMORY_BYTES = 1024 * 1024 * 1024
_PART_BYTES = 40 * 1024 * 1024
_MAX_ENTRIES = 5_000
# Fewer letters than this on a page of a PDF, on average, and it is pictures of pages.
_LETTERS_OF_A_WRITTEN_PAGE = 8
_DOCX_PART = "word/document.xml"
_ODT_PART = "content.xml"
_PARAGRAPHS = {"p", "h"}
_BREAKS = {"br": "\n", "cr": "\n", "line-break": "\n", "tab": "\t", "s": " "}
# What is in the file and not in the text: what was struck out, notes on changes, codes of fields.
_SILENT = {"delText", "instrText", "tracked-changes", "annotation"}
_CHUNK = 64 * 1024
_BROKEN = (
    PyPdfError,
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OSError,
    EOFError,
    NotImplementedError,
    RecursionError,
)


@dataclass(frozen=True)
class DocumentText:
    """
    What a document says, one paragraph or line a line.

    Attributes:
        kind: ``pdf``, ``docx``, ``odt`` or ``plain``.
        pages: Read, for a PDF; 0 for the others.
        is_cut: More pages or signs than are read: the end is left out.
    """

    text: str
    kind: str
    pages: int = 0
    is_cut: bool = False


def read(data: bytes, *, name: str = "", seconds: float = SECONDS) -> DocumentText:
    """
    The text of *data*, told by its first bytes and not by its *name*.

    At most `MAX_PAGES` pages and `MAX_CHARACTERS` signs are read.

    Raises:
        UnreadableFileError: ``file.document_too_large``, ``file.document_unknown``,
            ``file.document_broken``, ``file.document_locked``, ``file.document_too_heavy``, or
            ``file.document_no_text`` (empty, or a scan: pictures of pages).
    """
    if len(data) > MAX_BYTES:
        raise _refusal(
            "file.document_too_large", name, megabytes=len(data) // 2**20, limit=MAX_BYTES // 2**20
        )
    if data.startswith((b"%PDF", b"PK\x03\x04")) or b"%PDF-" in data[:1024]:
        found = _read_elsewhere(data, name, seconds)
    else:
        found = _plain(data, name)
    if not any(sign.isalnum() for sign in found.text):
        raise _refusal("file.document_no_text", name)
    return found


def _refusal(code: str, name: str, **facts: object) -> UnreadableFileError:
    return UnreadableFileError(f"{name or 'the document'}: {code}", code=code, name=name, **facts)


def _plain(data: bytes, name: str) -> DocumentText:
    for mark, encoding in (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"", "utf-8-sig"),
        (b"", "cp1252"),
    ):
        if not data.startswith(mark):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(sign < " " and sign not in "\t\n\r\f" for sign in text[:20_000]):
            break
        return DocumentText(text[:MAX_CHARACTERS], "plain", is_cut=len(text) > MAX_CHARACTERS)
    raise _refusal("file.document_unknown", name)


def _read_elsewhere(data: bytes, name: str, seconds: float) -> DocumentText:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "jalon.foundation.document_texts"],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _refusal("file.document_too_heavy", name) from error
    if done.returncode != 0:
        raise _refusal("file.document_too_heavy", name)
    answer = json.loads(done.stdout)
    if answer["problem"]:
        raise _refusal(answer["problem"], name)
    return DocumentText(answer["text"], answer["kind"], answer["pages"], answer["is_cut"])


def _extracted(data: bytes) -> dict[str, object]:
    """``{"problem": "", "text": "…", "kind": "pdf", "pages": 12, "is_cut": false}``: what travels back."""
    try:
        return _from_archive(data) if data.startswith(b"PK") else _from_pdf(data)
    except (MemoryError, LimitReachedError):
        return {"problem": "file.document_too_heavy"}
    except _BROKEN:
        return {"problem": "file.document_broken"}


def _from_pdf(data: bytes) -> dict[str, object]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"problem": "file.document_locked"}
    texts: list[str] = []
    length = 0
    for number, page in enumerate(reader.pages):
        if number >= MAX_PAGES or length > MAX_CHARACTERS:
            break
        try:
            texts.append(page.extract_text() or "")
        except _BROKEN:
            texts.append("")  # one broken page does not take the others away
        length += len(texts[-1])
    text = "\n".join(texts)
    if sum(sign.isalpha() for sign in text) < _LETTERS_OF_A_WRITTEN_PAGE * max(1, len(texts)):
        return {"problem": "file.document_no_text"}
    cut = len(texts) < len(reader.pages) or len(text) > MAX_CHARACTERS
    return _answer(text, "pdf", cut, pages=len(texts))


def _answer(text: str, kind: str, is_cut: bool, pages: int = 0) -> dict[str, object]:
    clean = text[:MAX_CHARACTERS].encode("utf-8", "replace").decode()
    return {"problem": "", "text": clean, "kind": kind, "pages": pages, "is_cut": is_cut}


def _from_archive(data: bytes) -> dict[str, object]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if len(names) > _MAX_ENTRIES:
            return {"problem": "file.document_too_heavy"}
        kind, part = ("docx", _DOCX_PART) if _DOCX_PART in names else ("odt", _ODT_PART)
        if part not in names or (kind == "odt" and b"opendocument.text" not in _mimetype(archive)):
            return {"problem": "file.document_unknown"}
        entry = archive.getinfo(part)
        if entry.flag_bits & 0x1:
            return {"problem": "file.document_locked"}
        if entry.file_size > _PART_BYTES:
            return {"problem": "file.document_too_heavy"}
        reader = _ParagraphReader(text_tags={"t"} if kind == "docx" else _PARAGRAPHS)
        with archive.open(entry) as content:
            text, is_cut = reader.read(content)
    return _answer(text, kind, is_cut)


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    if "mimetype" not in archive.namelist():
        return b""
    with archive.open("mimetype") as content:
        return content.read(200)


class _ParagraphReader:
    """
    The paragraphs of the main part of a DOCX (``w:p``, ``w:t``) or of an ODT (``text:p``, ``text:h``).

    The XML may hold no DTD, so no entity can be declared; reading stops when there is text enough.

    Source:
        ECMA-376, WordprocessingML §17.3; OpenDocument 1.3 part 3 §5.1 and §6.1.
    """

    def __init__(self, *, text_tags: set[str]) -> None:
        self._text_tags = text_tags
        self._pieces: list[str] = []
        self._length = 0
        self._inside = 0
        self._silent = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def read(self, content: IO[bytes]) -> tuple[str, bool]:
        """The text, and whether its end was left out."""
        while chunk := content.read(_CHUNK):
            self._parser.Parse(chunk, False)
            if self._length > MAX_CHARACTERS:
                return "".join(self._pieces), True
        self._parser.Parse(b"", True)
        return "".join(self._pieces), False

    def _start(self, name: str, _attributes: object) -> None:
        tag = name.rpartition(" ")[2]
        self._silent += tag in _SILENT
        self._inside += tag in self._text_tags
        if tag in _BREAKS and not self._silent:
            self._add(_BREAKS[tag])
        elif tag in _PARAGRAPHS and self._pieces and not self._pieces[-1].endswith("\n"):
            self._add("\n")  # a paragraph inside a text box of another one

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        self._silent -= tag in _SILENT
        self._inside -= tag in self._text_tags
        if tag in _PARAGRAPHS:
            self._add("\n")

    def _characters(self, data: str) -> None:
        if self._inside and not self._silent:
            self._add(data)

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _refuse_doctype(self, *_: object) -> None:
        raise ValueError("expected no DTD, met one")


def _limit_this_process() -> None:
    """Let the system stop this process: it was started for one document."""
    logging.disable(logging.CRITICAL)
    try:
        import resource  # absent on some systems; the time limit of the caller remains
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit_this_process()
    sys.stdout.write(json.dumps(_extracted(sys.stdin.buffer.read())))
