"""Headers in all their spellings."""

from __future__ import annotations

from datetime import date

import pytest

from jalon.awarding.rules.columns import Field, field_of, find_header, guess_columns
from jalon.foundation import tables


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("NOM", Field.FAMILY_NAME),
        ("Nom de famille", Field.FAMILY_NAME),
        ("Nom d’usage", Field.FAMILY_NAME),
        ("prenom", Field.GIVEN_NAME),
        ("Prénom(s)", Field.GIVEN_NAME),
        ("Nom et prénom", Field.NAME),
        ("NOM Prénom", Field.NAME),
        ("Prénom NOM", Field.NAME),
        ("Nom, prénom du stagiaire", Field.NAME),
        ("Full name", Field.NAME),
        ("Né(e) le", Field.BIRTH_DATE),
        ("Née le", Field.BIRTH_DATE),
        ("Date de naissance (JJ/MM/AAAA)", Field.BIRTH_DATE),
        ("DATE_NAISSANCE", Field.BIRTH_DATE),
        ("Date of birth", Field.BIRTH_DATE),
        ("Courriel", Field.EMAIL),
        ("E-mail personnel", Field.EMAIL),
        ("Mél.", Field.EMAIL),
        ("N° apprenant", Field.IDENTIFIER),
        ("Numéro de stagiaire", Field.IDENTIFIER),
        ("Identifiant", Field.IDENTIFIER),
        ("N°stagiaire", Field.IDENTIFIER),
        ("Date d'obtention", Field.AWARDED_ON),
        ("Délivrée le", Field.AWARDED_ON),
        ("Date de délivrance", Field.AWARDED_ON),
        ("Issue date", Field.AWARDED_ON),
        ("Résultat", Field.GRADE),
        ("Note /20", Field.GRADE),
        ("Mention", Field.GRADE),
    ],
)
def test_a_column_is_known_by_its_name(label: str, wanted: Field) -> None:
    assert field_of(label)[0] is wanted


@pytest.mark.parametrize(
    "label",
    [
        "Lieu de naissance",
        "Nom de l'entreprise",
        "Nom du formateur",
        "Nom du tuteur",
        "Mail du tuteur",
        "Date de début",
        "Ville",
        "Civilité",
        "Téléphone",
        "Intitulé de la formation",
        "",
        "Émargement",
    ],
)
def test_a_column_about_something_else_is_left_alone(label: str) -> None:
    assert field_of(label)[0] is None


def test_titles_above_the_header_are_passed_over() -> None:
    table = tables.read(
        "Liste des stagiaires par nom;;\nNom du groupe : A;;\n\nNom;Prénom;Ville\nA;B;C\n".encode()
    )

    assert find_header(table).number == 4


def test_a_list_without_a_header_names_its_columns_by_letter() -> None:
    header = find_header(tables.read(b"Dupont;Jean;01/01/1990\nMartin;Zoe;02/01/1990\n"))

    assert (header.number, header.labels) == (0, ("Colonne A", "Colonne B", "Colonne C"))


def test_columns_are_known_by_what_they_hold_when_their_name_says_nothing() -> None:
    table = tables.read(b"Nom;Contact;DN\nA;a@b.fr;01/01/1990\nB;c@d.fr;02/03/1980\n")
    header = find_header(table)

    mapping = guess_columns(header, table.rows[1:], today=date(2026, 1, 1))

    assert (mapping.columns[Field.EMAIL], mapping.columns[Field.BIRTH_DATE]) == (1, 2)
    assert mapping.by_values == {Field.EMAIL, Field.BIRTH_DATE}


def test_recent_dates_are_not_taken_for_births() -> None:
    table = tables.read(b"Nom;Quand\nA;01/01/2026\nB;02/01/2026\n")

    mapping = guess_columns(find_header(table), table.rows[1:], today=date(2026, 6, 1))

    assert Field.BIRTH_DATE not in mapping.columns
