"""
Spreadsheets as people have them, read into plain rows: CSV and XLSX, whatever their encoding and separator.

Everything here is bounded, because the files come from outside: bytes, rows, columns, cells, signs in a cell,
and what
an XLSX says and proves to hold once decompressed. A refusal is an `UnreadableFileError` with a code and the
facts that its sentence needs; `foundation.labels` words it.
"""

from __future__ import annotations

from dataclasses import dataclass

from jalon.foundation.cells import DEFAULT_LIMITS, Limits, Row
from jalon.foundation.errors import UnreadableFileError


@dataclass(frozen=True)
class Table:
    """
    What was read.

    Attributes:
        rows: In order, empty rows left out; cells after the last one filled in are left out.
        sheet: Name of the sheet, ``""`` for a CSV.
        encoding: ``"utf-8"``, ``"utf-16-le"``, ``"utf-16-be"``, ``"cp1252"``; ``""`` for an XLSX.
        delimiter: ``";"``, ``","``, a tab; ``""`` for an XLSX.
        other_sheets: Names of the sheets that hold something and were not read.
    """

    rows: tuple[Row, ...]
    name: str = ""
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    other_sheets: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max((len(row.cells) for row in self.rows), default=0)


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PICTURES = (b"\x89png", b"\xff\xd8\xff", b"gif8")


def read(data: bytes, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Table:
    """
    Read a CSV or an XLSX; what it is, is told by its bytes and not by its name.

    Args:
        data: The whole file.
        name: Its name, for messages only.

    Raises:
        UnreadableFileError: code ``file.empty``, ``file.too_large``, ``file.too_many_rows``… (all in
            `foundation.labels`).
    """
    if len(data) > limits.max_bytes:
        raise too_large(name, len(data), limits)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFileError("expected rows, met an empty file", code="file.empty", name=name)
    _refuse_other_kinds(data, name)
    # Each reader is loaded when a file needs it: a command that reads a CSV starts faster.
    if data.startswith(_ZIP):
        from jalon.foundation import workbooks

        book = workbooks.read(data, name, limits)
        found = Table(tuple(book.rows), name, sheet=book.sheet, other_sheets=book.other_sheets)
    else:
        from jalon.foundation import separated_values

        text = separated_values.read(data, name, limits)
        found = Table(tuple(text.rows), name, encoding=text.encoding, delimiter=text.delimiter)
    if not found.rows:
        raise UnreadableFileError("expected rows, met none", code="file.no_rows", name=name)
    return found


def _refuse_other_kinds(data: bytes, name: str) -> None:
    """Say what a file is when it is something that people often take for a spreadsheet."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    code = ""
    if data.startswith(_OLE):
        # An encrypted XLSX is wrapped in the same container as an old XLS; its stream names are UTF-16.
        code = "file.protected" if "EncryptedPackage".encode("utf-16-le") in data else "file.old_xls"
    elif start.startswith(b"%pdf"):
        code = "file.pdf"
    elif start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta")):
        code = "file.html"
    elif start.startswith((b"<?xml", b"<svg")):
        code = "file.xml"
    elif start.startswith(_PICTURES):
        code = "file.picture"
    if code:
        raise UnreadableFileError(f"expected a CSV or an XLSX, met {code}", code=code, name=name)


def too_large(name: str, size: int, limits: Limits = DEFAULT_LIMITS) -> UnreadableFileError:
    """The refusal for a file of *size* bytes, for those who can tell before reading it."""
    return UnreadableFileError(
        f"expected at most {limits.max_bytes} bytes, met {size}",
        code="file.too_large",
        name=name,
        megabytes=round(size / 1_000_000, 1),
        limit=limits.max_bytes // (1024 * 1024),
    )
