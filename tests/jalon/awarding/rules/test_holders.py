"""Lists of people as training bodies have them, row by row."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.awarding import labels
from jalon.awarding.errors import NoHeaderError
from jalon.awarding.rules import holders
from jalon.awarding.rules.columns import ColumnMapping, Field, find_header, guess_columns
from jalon.foundation import tables
from jalon.foundation.cells import Cell, Row

TODAY = date(2026, 6, 1)


def report_of(text: str) -> holders.HoldersReport:
    return holders.read_table(tables.read(text.encode()), today=TODAY)[1]


def table_of(*rows: tuple[Cell, ...]) -> tables.Table:
    return tables.Table(tuple(Row(number, cells) for number, cells in enumerate(rows, start=1)))


def codes(report: holders.HoldersReport) -> list[tuple[int, str, str]]:
    return [(rejection.row, rejection.column, rejection.code) for rejection in report.rejected]


def test_a_list_of_a_training_body_is_read() -> None:
    report = report_of(
        "Session de mars;;;;;\n;;;;;\nCivilité;NOM;Prénom;Né(e) le;Adresse e-mail;N° stagiaire;Date "
        "d'obtention;Mention\n"
        "Mme;LE GOFF; Maëlle ;07/03/1984;m@exemple.fr;A1;18/04/2026;Bien\n"
    )

    assert report.rows == (
        holders.HolderRow(
            row=4,
            name="Maëlle LE GOFF",
            given_name="Maëlle",
            family_name="LE GOFF",
            birth_date=date(1984, 3, 7),
            email="m@exemple.fr",
            identifier="A1",
            awarded_on=date(2026, 4, 18),
            grade="Bien",
        ),
    )
    assert report.total == 1


def test_english_names_in_another_order_are_read() -> None:
    report = report_of("email,Date of birth,Last name,First name\na@b.fr,1984-03-07,Doe,Jane\n")

    assert (report.rows[0].name, report.rows[0].birth_date) == ("Jane Doe", date(1984, 3, 7))


def test_a_full_name_alone_is_enough() -> None:
    assert [row.name for row in report_of("Nom et prénom\nÉlodie Vidal\n").rows] == ["Élodie Vidal"]
    assert [row.name for row in report_of("Nom\nÉlodie Vidal\n").rows] == ["Élodie Vidal"]


def test_real_dates_of_a_spreadsheet_are_dates_and_its_numbers_are_not() -> None:
    table = table_of(("Nom", "Né le"), ("A", date(1990, 1, 2)), ("B", 32875.0))

    report = holders.read_table(table, today=TODAY)[1]

    assert report.rows[0].birth_date == date(1990, 1, 2)
    assert codes(report) == [(3, "Né le", "date_number")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name_missing"),
        ("   ", "name_missing"),
        ("\u200b", "name_missing"),
        ('=HYPERLINK("https://x.example";"Jo")', "name_formula"),
        ("+33 6", "name_formula"),
        ("-Jo", "name_formula"),
        ("@SUM(A1)", "name_formula"),
        ("12345", "name_without_letters"),
        ("Jean\u202eDupont", "characters"),
        ("Jean\u2066Dupont", "characters"),
        ("Jean\x07Dupont", "characters"),
        ("Jean\x9bDupont", "characters"),
        ("Jean\ufdd0Dupont", "characters"),
        ("J\ufffdr\ufffdme Pag\ufffds", "name_garbled"),
        ("JÃ©rÃ´me", "name_garbled"),
        ("x" * 151, "name_too_long"),
    ],
)
def test_a_name_that_is_none_is_rejected(name: str, code: str) -> None:
    report = holders.read_table(table_of(("Nom complet", "Ville"), (name, "Mende")), today=TODAY)[1]

    assert codes(report) == [(2, "Nom complet", code)]


@pytest.mark.parametrize(
    "name",
    [
        "'t Hooft",
        '"Bob" Martin',
        "D’Arc Jeanne",
        "O'Neill",
        "مريم بن علي",
        "דוד לוי",
        "李小龍",
        "Zoé 🦊",
        "👩‍🌾 Marie",
        "Ñandú Ibáñez-de la Cruz",
        "Jean dit «le Grand»",
        "Nguyễn Thị",
    ],
)
def test_names_of_all_kinds_are_kept_as_they_are(name: str) -> None:
    report = holders.read_table(table_of(("Nom complet", "Ville"), (name, "Mende")), today=TODAY)[1]

    assert [row.name for row in report.rows] == [name]


def test_a_half_name_is_rejected_at_its_column() -> None:
    assert codes(report_of("Nom;Prénom\nDupont;\n;Zoé\n")) == [
        (2, "Prénom", "name_missing"),
        (3, "Nom", "name_missing"),
    ]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("07/03/1984", date(1984, 3, 7)),
        ("7/3/1984", date(1984, 3, 7)),
        ("07-03-1984", date(1984, 3, 7)),
        ("07.03.1984", date(1984, 3, 7)),
        (" 07 / 03 / 1984 ", date(1984, 3, 7)),
        ("1984-03-07", date(1984, 3, 7)),
        ("1984-03-07T00:00:00", date(1984, 3, 7)),
        ("07/03/1984 00:00", date(1984, 3, 7)),
        ("7 mars 1984", date(1984, 3, 7)),
        ("1er août 1984", date(1984, 8, 1)),
        ("mercredi 7 mars 1984", date(1984, 3, 7)),
        ("29/02/2000", date(2000, 2, 29)),
    ],
)
def test_dates_are_read_as_they_are_written(written: str, found: date) -> None:
    assert report_of(f"Nom;Né le\nA;{written}\n").rows[0].birth_date == found


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31/02/1990", "date_impossible"),
        ("12/31/1990", "date_impossible"),
        ("29/02/1900", "date_impossible"),
        ("00/01/1990", "date_impossible"),
        ("07/03/84", "date_two_digit_year"),
        ("7 mars 84", "date_two_digit_year"),
        ("02/06/2026", "date_in_future"),
        ("01/01/3000", "date_in_future"),
        ("01/01/1880", "date_too_old"),
        ("1984", "date_number"),
        ("07/03-1984", "date_unreadable"),
        ("inconnue", "date_unreadable"),
        ("=AUJOURDHUI()", "date_formula"),
    ],
)
def test_a_date_that_is_none_is_rejected_with_what_was_met(written: str, code: str) -> None:
    report = report_of(f"Nom;Né le\nA;{written}\n")

    assert codes(report) == [(2, "Né le", code)]
    assert written in labels.sentence(code, report.rejected[0].facts) or code == "date_too_old"


def test_an_award_of_tomorrow_or_before_birth_is_rejected() -> None:
    report = report_of("Nom;Né le;Date d'obtention\nA;01/01/1990;02/06/2026\nB;01/01/1990;01/01/1980\n")

    assert [code for _, _, code in codes(report)] == ["date_in_future", "awarded_before_birth"]


@pytest.mark.parametrize(
    "email", ["a@b", "a.exemple.fr", "a b@exemple.fr", "a@@b.fr", "a@b..fr", "=x@b.fr", "a@b.fr;c@d.fr"]
)
def test_a_malformed_email_is_rejected(email: str) -> None:
    table = table_of(("Nom", "Courriel"), ("A", email))

    assert codes(holders.read_table(table, today=TODAY)[1]) == [(2, "Courriel", "email_malformed")]


@pytest.mark.parametrize("email", ["a@b.fr", "prénom.nom+test@sous.domaine-de.example", "o'neil@exemple.fr"])
def test_a_good_email_is_kept(email: str) -> None:
    assert (
        holders.read_table(table_of(("Nom", "Courriel"), ("A", email)), today=TODAY)[1].rows[0].email == email
    )


def test_the_same_person_again_is_rejected_and_names_the_first_row() -> None:
    report = report_of(
        "Nom;Prénom;Né le;Identifiant\nPagès;Jérôme;30/09/1968;A1\n PAGÈS "
        ";jérôme;30/09/1968;\nAutre;Nom;01/01/1970; a1 \n"
    )

    assert codes(report) == [(3, "Nom", "repeated"), (4, "Identifiant", "repeated")]
    assert report.rejected[0].facts["other_row"] == 2


def test_homonyms_are_asked_about_and_never_merged() -> None:
    report = report_of(
        "Nom complet;Né le;Identifiant\nMarie Martin;;\nmarie  MARTIN;;\nMarie Martin;01/01/1990;\nMarie "
        "Martin;;B2\n"
    )

    assert [row.row for row in report.rows] == [2]
    assert [(homonym.holder.row, homonym.other_row, homonym.code) for homonym in report.homonyms] == [
        (3, 2, "homonym"),
        (4, 2, "homonym"),
        (5, 2, "homonym"),
    ]
    assert not report.rejected


def test_what_tells_homonyms_apart_is_enough() -> None:
    report = report_of(
        "Nom complet;Né le;Identifiant\nMarie Martin;01/01/1990;\nMarie Martin;02/01/1990;\nPaul "
        "Roux;;A\nPaul Roux;;B\n"
    )

    assert len(report.rows) == 4


def test_names_that_differ_by_an_accent_or_by_order_are_asked_about() -> None:
    report = report_of(
        "Nom complet;Né le\nJérôme Pagès;01/01/1990\nJerome Pages;01/01/1990\nPagès Jérôme;01/01/1990\n"
    )

    assert (len(report.rows), len(report.homonyms)) == (1, 2)


def test_a_person_may_say_that_a_homonym_is_somebody_else() -> None:
    table = tables.read(b"Nom complet;Ville\nMarie Martin;Mende\nMarie Martin;Florac\n")
    mapping = guess_columns(find_header(table))

    report = holders.read_rows(table, mapping, today=TODAY, distinct_rows=frozenset({3}))

    assert [row.row for row in report.rows] == [2, 3]


def test_every_row_comes_back_once_in_its_order() -> None:
    report = report_of("Nom;Né le\nA;\n;\nA;\nB;x\n;01/01/1990\nC;\n")

    in_order = holders.rows_in_order(report)

    assert report.total == len(in_order) == 5
    assert [getattr(item, "row", 0) or item.holder.row for item in in_order] == [2, 4, 5, 6, 7]  # type: ignore[union-attr]  # a homonym has a holder


def test_lists_put_end_to_end_repeat_their_header() -> None:
    assert codes(report_of("Nom;Prénom\nA;B\nNom;Prénom\nC;D\n")) == [(3, "", "header_again")]


def test_a_list_without_a_column_of_names_is_refused() -> None:
    with pytest.raises(NoHeaderError) as caught:
        report_of("Ville;Âge\nMende;12\n")

    assert labels.sentence(caught.value.code, caught.value.facts).startswith("Aucune colonne")


def test_a_hundred_thousand_namesakes_are_compared_in_seconds() -> None:
    rows = "".join(f"Marie Martin;{1 + n % 28:02}/{1 + n % 12:02}/{1930 + n % 70}\n" for n in range(20_000))

    report = report_of("Nom complet;Né le\n" + rows)

    assert report.total == 20_000


def test_every_code_has_a_sentence() -> None:
    for code, template in labels.ROW_SENTENCES.items():
        facts = dict.fromkeys(("met", "limit", "point", "name", "other_row", "row"), "x")
        assert "…" not in labels.sentence(code, facts), template


@given(
    st.lists(
        st.tuples(*[st.one_of(st.none(), st.text(max_size=12), st.dates(), st.floats(), st.booleans())] * 4),
        max_size=12,
    )
)
def test_any_cells_are_read_or_rejected_and_none_is_lost(rows: list[tuple[Cell, ...]]) -> None:
    filled = [row for row in rows if any(cell not in (None, "") for cell in row)]
    table = table_of(("Nom", "Prénom", "Né le", "Courriel"), *filled)

    mapping, report = holders.read_table(table, today=TODAY)

    if mapping.header.number == 1:
        assert report.total == len(filled)


@given(st.lists(st.sampled_from(["Ana", "ana ", "Anà", "Bob"]), max_size=8))
def test_no_two_rows_of_a_report_are_the_same_person(names: list[str]) -> None:
    table = table_of(("Nom complet", "Né le"), *((name, date(1990, 1, 1)) for name in names))

    report = holders.read_table(table, today=TODAY)[1]

    assert len({row.identity.name_key for row in report.rows}) == len(report.rows)


def test_a_mapping_survives_the_database() -> None:
    mapping = guess_columns(find_header(tables.read(b"Nom;Nom;email\nA;B;a@b.fr\n")))

    assert ColumnMapping.from_dict(mapping.as_dict()) == mapping
    assert mapping.duplicates == ("Nom",)
    assert mapping.columns[Field.NAME] == 0
