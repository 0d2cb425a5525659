"""CSV files of the registers, row by row in constant memory, with what cannot be read said in our words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jalon.frameworks.errors import ImportFileError
from jalon.frameworks.importers.files import Member
from jalon.frameworks.rules.records import SkippedRecord

_SEPARATORS = ";,\t"
# Longer than any cell of a register: an open quote swallows what follows, and that is met here.
MAX_CELL = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row by column name; `number` as a spreadsheet shows it."""

    number: int
    cells: Mapping[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()


def columns(member: Member) -> tuple[str, ...]:
    """The headings of a CSV; empty where it is none. Never raises."""
    start = member.start(8 * 1024)
    try:
        text = start.decode("utf-8-sig", "ignore")
        line = text.splitlines()[0] if text.strip() else ""
        return tuple(cell.strip() for cell in next(csv.reader([line], delimiter=_separator(line)), []))
    except (csv.Error, IndexError):
        return ()


def rows(member: Member, required: Sequence[str] = ()) -> Iterator[Row | SkippedRecord]:
    """
    The rows of a CSV in UTF-8, separated by ``;``, ``,`` or tabs; one that cannot be read is told as skipped.

    Raises:
        ImportFileError: ``encoding``, ``columns`` (a required one is missing), ``cut`` (the file ends in a
            quoted cell), ``cell`` (one that no register would hold), ``empty``, ``damaged``, ``bomb``.
    """
    with member.open() as stream, io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
        try:
            yield from _rows(text, member.name, required)
        except UnicodeDecodeError as error:
            raise ImportFileError("encoding", f"{member.name}: {error}", name=member.name) from error


def _rows(text: io.TextIOWrapper, name: str, required: Sequence[str]) -> Iterator[Row | SkippedRecord]:
    heading = text.readline(64 * 1024)
    if not heading.strip():
        raise ImportFileError("empty", f"expected rows in {name}, met none", name=name)
    separator = _separator(heading)
    names = [cell.strip() for cell in next(csv.reader([heading], delimiter=separator))]
    if missing := [column for column in required if column not in names]:
        raise ImportFileError(
            "columns",
            f"expected the columns {missing} in {name}, met {names[:20]}",
            name=name,
            missing=", ".join(missing),
            met=", ".join(names[:12]),
        )
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(text, delimiter=separator, strict=True)
    number = 1
    while True:
        number += 1
        where = f"{name}, ligne {number}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                raise ImportFileError("cell", f"{name}: {error}", name=name, row=number) from error
            if "unexpected end of data" in str(error):
                raise ImportFileError("cut", f"{name}: {error}", name=name, row=number) from error
            yield SkippedRecord("malformed", where, str(error))
            continue
        if len(cells) == len(names):
            yield Row(number, dict(zip(names, cells, strict=True)), where)
        elif any(cell.strip() for cell in cells):
            yield SkippedRecord("width", where, f"{len(cells)} / {len(names)}")


def _separator(heading: str) -> str:
    return max(_SEPARATORS, key=heading.count)
