"""CSV of the registers: rows in order, what cannot be read told apart from what ends the reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from jalon.frameworks.errors import ImportFileError
from jalon.frameworks.importers import tables
from jalon.frameworks.importers.files import opened
from jalon.frameworks.rules.records import SkippedRecord


def rows_of(tmp_path: Path, data: bytes, *required: str) -> list[tables.Row | SkippedRecord]:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with opened([path]) as files:
        return list(tables.rows(files.members[0], required))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    data = separator.join(["code", "label"]) + "\r\n" + separator.join(["1", "haie"]) + "\r\n"

    found = rows_of(tmp_path, b"\xef\xbb\xbf" + data.encode())

    assert [(row["code"], row["label"]) for row in found if isinstance(row, tables.Row)] == [("1", "haie")]


def test_line_breaks_inside_quotes_stay_in_their_cell(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, b'code,label\n1,"haie\nbocage"\n')

    assert isinstance(row, tables.Row)
    assert row["label"] == "haie\nbocage"


def test_rows_of_another_width_are_skipped_and_the_others_read(tmp_path: Path) -> None:
    found = rows_of(tmp_path, b"code,label\n1,a,b\n2\n\n3,c\n")

    assert [type(row) for row in found] == [SkippedRecord, SkippedRecord, tables.Row]
    assert found[0] == SkippedRecord("width", "t.csv, ligne 2", "3 / 2")


def test_a_stray_quote_costs_its_row_only(tmp_path: Path) -> None:
    found = rows_of(tmp_path, b'code,label\n1,"a"b\n2,c\n')

    assert isinstance(found[0], SkippedRecord)
    assert found[0].reason == "malformed"
    assert isinstance(found[1], tables.Row)
    assert found[1]["label"] == "c"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'code,label\n1,"never closed\n2,b\n', "cut"),
        ("code,label\n1,été\n".encode("cp1252"), "encoding"),
        (b"code,name\n1,a\n", "columns"),
        (b"\n\n", "empty"),
    ],
)
def test_what_ends_the_reading_is_told(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(ImportFileError) as refused:
        rows_of(tmp_path, data, "code", "label")

    assert refused.value.code == f"frameworks.{code}"


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError) as refused:
        rows_of(tmp_path, b"code,name\n1,a\n", "code", "label")

    assert refused.value.facts == {"name": "t.csv", "missing": "label", "met": "code, name"}


def test_an_open_quote_before_a_great_file_is_met_without_holding_it_all(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError) as refused:
        rows_of(tmp_path, b'code,label\n1,"open\n' + b"2,b\n" * 400_000, "code")

    assert refused.value.code == "frameworks.cell"
