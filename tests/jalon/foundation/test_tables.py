"""CSV as people have them, and everything that is not a spreadsheet."""

from __future__ import annotations

import contextlib
import csv
import io
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.foundation import labels, tables
from jalon.foundation.cells import Limits
from jalon.foundation.errors import UnreadableFileError

LIST = "Nom;Prénom\r\nLe Goff;Maëlle\r\nÇağ;Zoé\r\n"


def rows_of(data: bytes) -> list[tuple[object, ...]]:
    return [row.cells for row in tables.read(data).rows]


def refused(data: bytes, **limits: int) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        tables.read(data, "liste", Limits(**limits))
    sentence = labels.sentence(caught.value.code, caught.value.facts)
    assert "…" not in sentence
    assert sentence != labels.FILE_SENTENCES["file.unreadable"]
    return caught.value


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    ("encoding", "mark", "named"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
def test_delimiters_and_unicode_encodings_are_told_apart(
    delimiter: str, encoding: str, mark: bytes, named: str
) -> None:
    table = tables.read(mark + LIST.replace(";", delimiter).encode(encoding))

    assert (table.encoding, table.delimiter) == (named, delimiter)
    assert [row.cells for row in table.rows] == [("Nom", "Prénom"), ("Le Goff", "Maëlle"), ("Çağ", "Zoé")]


def test_windows_1252_is_read_with_its_euro_and_oe() -> None:
    table = tables.read("Nom;Note\r\nLœuil;5 €\r\nPagès;4 €\r\n".encode("cp1252"))

    assert table.encoding == "cp1252"
    assert table.rows[1].cells == ("Lœuil", "5 €")


def test_a_cell_on_two_lines_is_one_cell_and_one_row() -> None:
    table = tables.read(b'Nom;Remarque\n"Dupont";"sur\ndeux lignes"\nMartin;x\n')

    assert [row.number for row in table.rows] == [1, 2, 3]
    assert table.rows[1].cells == ("Dupont", "sur\ndeux lignes")


def test_row_numbers_are_those_of_the_spreadsheet_with_empty_rows_left_out() -> None:
    table = tables.read(b"Titre;\n;;\n\nNom;Prenom\nA;B\n")

    assert [(row.number, row.cells[0]) for row in table.rows] == [(1, "Titre"), (4, "Nom"), (5, "A")]


def test_the_separator_stated_by_excel_is_no_row() -> None:
    table = tables.read(b"sep=;\r\nNom;Age\r\nA, B;1\r\n")

    assert [row.cells for row in table.rows] == [("Nom", "Age"), ("A, B", "1")]
    assert table.rows[0].number == 1


def test_a_name_that_begins_with_a_quote_is_kept() -> None:
    assert rows_of(b'Nom;Ville\n"""Bob"" Martin";Mende\n')[1] == ('"Bob" Martin', "Mende")


def test_one_column_and_no_line_end_at_the_end_are_read() -> None:
    assert rows_of(b"Nom\nDupont") == [("Nom",), ("Dupont",)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b" \r\n\r\n ", "file.empty"),
        (b"\xef\xbb\xbf\r\n", "file.empty"),
        (b";;\n;;\n", "file.no_rows"),
        (bytes(range(256)) * 20, "file.binary"),
        (b"\x7fELF" + bytes(200), "file.binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file.old_xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "file.protected",
        ),
        (b"%PDF-1.7 ...", "file.pdf"),
        (b"\n<!DOCTYPE html><table><tr><td>Nom", "file.html"),
        (b"<table><tr><td>Nom</td></tr></table>", "file.html"),
        (b'<?xml version="1.0"?><Workbook/>', "file.xml"),
        (b"\x89PNG\r\n\x1a\n", "file.picture"),
        (b'Nom;Prenom\n"Dupont;Jean\nMartin;Zoe\n', "file.unclosed_quote"),
    ],
)
def test_what_is_not_a_list_is_refused_with_its_own_sentence(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_an_unclosed_quote_names_its_row() -> None:
    assert refused(b'Nom;Prenom\nA;B\n"C;D\nE;F\n').facts["row"] == 3


def test_a_file_in_two_encodings_is_refused_at_its_row() -> None:
    data = "Nom\nÉlodie\nMaëlle\nZoé\n".encode() + "Jérôme\n".encode("cp1252")

    error = refused(data)

    assert (error.code, error.facts["row"]) == ("file.encoding", 5)


def test_bounds_are_said_with_their_number() -> None:
    many = b"a;b\n" * 50

    assert refused(many, max_rows=49).facts["limit"] == 49
    assert refused(many, max_cells=99).code == "file.too_many_cells"
    assert refused(b"a;" * 30 + b"\n", max_columns=29).code == "file.too_many_columns"
    assert refused(b"abcdef;b\n", max_cell_characters=5).code == "file.cell_too_long"
    assert refused(b"x" * (1024 * 1024 + 1), max_bytes=1024 * 1024).facts["limit"] == 1


def test_two_hundred_columns_are_read_and_one_more_is_not() -> None:
    assert len(rows_of(";".join(map(str, range(200))).encode())[0]) == 200
    assert refused(";".join(map(str, range(201))).encode()).code == "file.too_many_columns"


def test_empty_columns_to_the_right_do_not_count() -> None:
    assert rows_of(b"a;b" + b";" * 5000)[0] == ("a", "b")


def test_a_hundred_megabytes_are_refused_at_once() -> None:
    data = b"a;b\n" * (25 * 1024 * 1024)
    start = time.perf_counter()

    assert refused(data).code == "file.too_large"
    assert time.perf_counter() - start < 1


def test_a_hundred_thousand_rows_take_seconds_and_bounded_memory() -> None:
    line = "Le Goff;Maëlle;01/02/1990;m.legoff@exemple.fr;A-123;Acquis\n"
    data = ("Nom;Prénom;Né le;Courriel;Identifiant;Résultat\n" + line * 100_000).encode("cp1252")
    start = time.process_time()

    table = tables.read(data)

    assert len(table.rows) == 100_001
    assert time.process_time() - start < 10


def test_one_endless_line_stays_bounded() -> None:
    tracemalloc.start()

    error = refused(b"a" * 19_000_000)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.code in {"file.cell_too_long", "file.unclosed_quote"}
    assert peak < 200_000_000


cells = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(
    lambda text: text.strip() and text == text.strip()
)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=2, max_size=8), st.sampled_from(";,\t"))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)

    table = tables.read(b"\xef\xbb\xbf" + written.getvalue().encode())

    # Quoted text may hold more of another separator than of its own: then nobody could tell.
    if table.delimiter == delimiter:
        assert [list(row.cells) for row in table.rows] == rows


@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableFileError):
        tables.read(data)
