"""XLSX: real dates, formulas, hidden traps."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from jalon.foundation import labels, tables
from jalon.foundation.cells import Limits
from jalon.foundation.errors import UnreadableFileError

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def with_sheet(xml: str, **parts: str) -> bytes:
    """A whole XLSX whose first sheet is replaced by *xml*."""
    source = zipfile.ZipFile(io.BytesIO(workbook(["Nom"])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            data = source.read(entry)
            if entry == "xl/worksheets/sheet1.xml":
                data = xml.encode()
            target.writestr(entry, parts.get(entry, data))
    return buffer.getvalue()


def refused(data: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        tables.read(data, "liste.xlsx", Limits(**limits))
    assert "…" not in labels.sentence(caught.value.code, caught.value.facts)
    return caught.value.code


def test_texts_dates_numbers_and_formulas_keep_their_nature() -> None:
    data = workbook(
        ["Nom", "Né le", "Note", "Lien", "Ok"],
        ["Éloïse", date(1984, 3, 7), 15.5, '=HYPERLINK("https://x.example","Jo")', True],
        ["Zoé", datetime.fromisoformat("1990-01-02 14:30"), 12, "'apostrophe", False],
    )

    table = tables.read(data)

    assert table.rows[1].cells == (
        "Éloïse",
        date(1984, 3, 7),
        15.5,
        '=HYPERLINK("https://x.example","Jo")',
        True,
    )
    assert table.rows[2].cells[:3] == ("Zoé", date(1990, 1, 2), 12.0)


@pytest.mark.parametrize("shown", ["DD/MM/YYYY", "dd mmm yy", "[$-40C]d mmmm yyyy;@", "yyyy-mm-dd"])
def test_a_date_is_known_by_its_format_however_it_is_shown(shown: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Né le"])
    cell = book.active.cell(2, 1, 30748)
    cell.number_format = shown

    assert tables.read(saved(book)).rows[1].cells == (date(1984, 3, 7),)


def test_dates_counted_from_1904_are_the_same_days() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["Né le", date(1984, 3, 7)])

    assert tables.read(saved(book)).rows[0].cells[1] == date(1984, 3, 7)


def test_gaps_between_cells_and_rows_are_kept() -> None:
    book = openpyxl.Workbook()
    book.active["B3"] = "Nom"
    book.active["D5"] = "x"

    assert [tuple(row) for row in tables.read(saved(book)).rows] == [
        (3, (None, "Nom")),
        (5, (None, None, None, "x")),
    ]


def test_the_first_visible_sheet_that_holds_something_is_read_and_the_others_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Vide"
    book.create_sheet("Cachée").append(["secret"])
    book["Cachée"].sheet_state = "hidden"
    book.create_sheet("Liste").append(["Nom"])
    book.create_sheet("Barème").append(["20"])

    table = tables.read(saved(book))

    assert (table.sheet, table.rows[0].cells, table.other_sheets) == ("Liste", ("Nom",), ("Barème",))


def test_rich_and_inline_texts_are_read_without_their_phonetics() -> None:
    xml = (
        f'<worksheet xmlns="{SPACE}"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><r><t>Éloï</t></r><r><t>se</t></r>'
        "</is></c></row></sheetData></worksheet>"
    )

    assert tables.read(with_sheet(xml)).rows[0].cells == ("Éloïse",)


def test_other_files_in_a_zip_are_told_apart() -> None:
    def archive(**entries: str) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as target:
            for name, content in entries.items():
                target.writestr(name.replace("__", "/"), content)
        return buffer.getvalue()

    ods = archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<a/>"})
    word = archive(**{"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"})
    binary = archive(**{"[Content_Types].xml": "<a/>", "xl/workbook.bin": ""})

    assert refused(ods) == "file.ods"
    assert refused(word) == "file.not_a_spreadsheet"
    assert refused(binary) == "file.xlsb"
    assert refused(workbook(["Nom"])[:-200]) == "file.damaged"
    assert refused(workbook()) == "file.no_rows"


def test_a_bomb_is_refused_by_what_it_declares() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", "<a/>")
        with target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(50):
                part.write(bytes(10 * 1024 * 1024))
    start = time.perf_counter()

    assert len(buffer.getvalue()) < 1024 * 1024
    assert refused(buffer.getvalue()) == "file.bomb"
    assert time.perf_counter() - start < 2


def test_many_entries_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for number in range(3000):
            target.writestr(f"xl/{number}", "")

    assert refused(buffer.getvalue()) == "file.bomb"


def test_entities_are_refused() -> None:
    xml = '<!DOCTYPE a [<!ENTITY x "boum">]><worksheet><sheetData/></worksheet>'

    assert refused(with_sheet(xml)) == "file.damaged"


@pytest.mark.parametrize(
    "inner",
    [
        '<row r="999999999999"><c><v>1</v></c></row>',
        '<row r="2"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="?"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>douze</v></c></row>',
    ],
)
def test_a_sheet_that_lies_is_damaged(inner: str) -> None:
    xml = f'<worksheet xmlns="{SPACE}"><sheetData>{inner}</sheetData></worksheet>'

    assert refused(with_sheet(xml)) == "file.damaged"


def test_a_cell_in_the_last_column_is_refused_without_filling_the_row() -> None:
    inner = '<row r="1"><c r="XFD1"><v>1</v></c></row>'
    xml = f'<worksheet xmlns="{SPACE}"><sheetData>{inner}</sheetData></worksheet>'

    assert refused(with_sheet(xml)) == "file.too_many_columns"


def test_formatted_empty_cells_to_the_right_are_no_columns() -> None:
    xml = (
        f'<worksheet xmlns="{SPACE}"><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>'
        "</sheetData></worksheet>"
    )

    assert tables.read(with_sheet(xml)).rows[0].cells == (1.0,)


def test_millions_of_empty_cells_are_bounded() -> None:
    xml = f'<worksheet xmlns="{SPACE}"><sheetData><row r="1">{"<c/>" * 50_000}</row></sheetData></worksheet>'

    assert refused(with_sheet(xml), max_cells=20_000) == "file.too_many_cells"


def test_two_hundred_columns_are_read() -> None:
    assert len(tables.read(workbook([f"c{n}" for n in range(200)])).rows[0].cells) == 200
    assert refused(workbook([f"c{n}" for n in range(201)])) == "file.too_many_columns"
