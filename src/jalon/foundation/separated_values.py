"""
CSV as spreadsheets of all ages write it: several separators, several encodings, line ends inside quotes.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from jalon.foundation.cells import Limits, Row, RowCollector
from jalon.foundation.errors import UnreadableFileError

DELIMITERS = (";", ",", "\t")
_SAMPLE_BYTES = 256 * 1024
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENCODING_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252"}
# A sign that no CSV holds: fed after the last line, it comes back as a row of its own unless a quote was
# left open.
_END = "\x00end\x00"


@dataclass(frozen=True)
class SeparatedValues:
    """Rows with the way they were written."""

    rows: list[Row]
    encoding: str
    delimiter: str


def read(data: bytes, name: str, limits: Limits) -> SeparatedValues:
    """
    Read a CSV whose encoding and separator are not known.

    Raises:
        UnreadableFileError: ``file.binary``, ``file.encoding``, ``file.unclosed_quote``, or a bound of
            `RowCollector`.
    """
    encoding, mark = detect_encoding(data, name)
    text = _decoded(data[mark:], encoding, name)
    _refuse_binary(text, name)
    start, stated = _stated_delimiter(text)
    delimiter = stated or detect_delimiter(text[start : start + _SAMPLE_BYTES])
    collector = RowCollector(name, limits)
    for number, cells in _records(io.StringIO(text[start:] if start else text, newline=""), delimiter, name):
        collector.add(number, [cell.strip() if cell.isspace() else cell for cell in cells])
    return SeparatedValues(collector.rows, encoding, delimiter)


def detect_encoding(data: bytes, name: str = "") -> tuple[str, int]:
    """
    The encoding, and the length of its byte order mark.

    Without a mark: UTF-16 shows by its zeros, UTF-8 by being valid; what remains is Windows-1252, unless most
    of
    it is UTF-8 all the same, and then nobody can tell how the names should read.

    Raises:
        UnreadableFileError: ``file.encoding``: parts in UTF-8 and parts that are not; says the row.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    start = data[:4096]
    if b"\x00" in start and len(start) >= 2:
        half = len(start) // 2
        if start[1::2].count(0) > 0.4 * half and start[0::2].count(0) < 0.1 * half:
            return "utf-16-le", 0
        if start[0::2].count(0) > 0.4 * half and start[1::2].count(0) < 0.1 * half:
            return "utf-16-be", 0
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        sequences = sum(1 for _ in re.finditer(rb"[\xc3\xc5\xe2][\x80-\xbf]{1,2}", data))
        stray = sum(1 for sign in data.decode("utf-8", "replace") if sign == "\ufffd")
        if sequences >= stray:
            raise _mixed(data, error.start, "utf-8", name) from error
        return "cp1252", 0
    return "utf-8", 0


def _mixed(data: bytes, position: int, encoding: str, name: str) -> UnreadableFileError:
    line = data[:position].count(b"\n") + 1
    return UnreadableFileError(
        f"expected {encoding} throughout, met other bytes at line {line}",
        code="file.encoding",
        name=name,
        row=line,
        encoding=_ENCODING_NAMES[encoding],
    )


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "cp1252":
            # Five bytes mean nothing in Windows-1252: this was not text.
            raise UnreadableFileError(
                "expected text, met binary data", code="file.binary", name=name
            ) from error
        raise _mixed(data, error.start, encoding, name) from error


def _refuse_binary(text: str, name: str) -> None:
    sample = text[:20_000]
    odd = sum(1 for sign in sample if sign < " " and sign not in "\t\r\n\x0b\x0c")
    if "\x00" in text or odd > 0.01 * len(sample):
        raise UnreadableFileError("expected text, met binary data", code="file.binary", name=name)


def _stated_delimiter(text: str) -> tuple[int, str]:
    """Excel's own first line ``sep=;``, which it does not count as a row: its length, and the separator."""
    found = re.match(r"sep=([;,\t])\r?\n", text[:10], re.IGNORECASE)
    return (found.end(), found[1]) if found else (0, "")


def detect_delimiter(sample: str) -> str:
    """The separator that cuts most of the first rows into the same number of cells, at least two."""
    best, best_score = DELIMITERS[0], 0.0
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths: Counter[int] = Counter()
        try:
            for index, record in enumerate(reader):
                if len(record) > 1:
                    widths[len(record)] += 1
                if index == 100:
                    break
        except csv.Error:
            continue
        if widths:
            width, rows = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
            score = rows + min(width, 50) / 100
            if score > best_score:
                best, best_score = delimiter, score
    return best


def _ended(lines: io.StringIO) -> Iterator[str]:
    """The lines, each closed by a line end, then `_END`."""
    last = "\n"
    for last in lines:
        yield last if last.endswith(("\n", "\r")) else last + "\n"
    yield _END


def _records(lines: io.StringIO, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """
    Records with the number a spreadsheet gives them; a record on several lines counts once.

    Raises:
        UnreadableFileError: ``file.unclosed_quote``: a quote that never closes would swallow the people below
            it.
    """
    reader = csv.reader(_ended(lines), delimiter=delimiter)
    number = 0
    try:
        for record in reader:
            if record == [_END]:
                return
            if record and record[-1].endswith(_END):
                break
            number += 1
            yield number, record
    except csv.Error as error:
        # The module's own bound on a cell, 131 072 signs, is met when an open quote swallows what follows.
        raise _unclosed(name, number + 1) from error
    raise _unclosed(name, number + 1)


def _unclosed(name: str, row: int) -> UnreadableFileError:
    return UnreadableFileError(
        f"expected a closing quote, met the end of the file; it was opened in row {row}",
        code="file.unclosed_quote",
        name=name,
        row=row,
    )
