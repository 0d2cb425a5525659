"""Which column of a list holds what: the header below title rows, and its names in French and English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from jalon.awarding.rules.dates import DateRefused, read_date
from jalon.foundation.cells import Cell, Row
from jalon.foundation.identifiers import folded
from jalon.foundation.tables import Table

HEADER_WITHIN_ROWS = 30


class Field(StrEnum):
    """What a column may tell of a holder."""

    NAME = "name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    BIRTH_DATE = "birth_date"
    EMAIL = "email"
    IDENTIFIER = "identifier"
    AWARDED_ON = "awarded_on"
    GRADE = "grade"


NAME_FIELDS = frozenset({Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME})


@dataclass(frozen=True)
class Header:
    """
    The row that names the columns.

    Attributes:
        number: Its row number in the spreadsheet, 0 where the table has no header.
        labels: What each column is called; ``"Colonne C"`` where it has no name.
    """

    number: int
    labels: tuple[str, ...]


@dataclass(frozen=True)
class ColumnMapping:
    """
    Which column holds which field, by position (from 0), since two columns may have one name.

    Attributes:
        header: The header row it was made for.
        columns: ``{Field.NAME: 0, Field.BIRTH_DATE: 3}``.
        by_values: Fields guessed from what the column holds and not from its name: worth a second look.
        duplicates: Names that two columns or more bear, as written.
    """

    header: Header
    columns: Mapping[Field, int]
    by_values: frozenset[Field] = frozenset()
    duplicates: tuple[str, ...] = ()

    @property
    def has_names(self) -> bool:
        """Whether it says where the names are, without which nothing can be read."""
        return not NAME_FIELDS.isdisjoint(self.columns)

    def label(self, wanted: Field) -> str:
        """The name of the column of *wanted* as written in the file, ``""`` where no column holds it."""
        position = self.columns.get(wanted)
        return "" if position is None else self.header.labels[position]

    def as_dict(self) -> dict[str, object]:
        """JSON types, for a database: ``{"header_row": 3, "labels": […], "columns": {"name": 0}, …}``."""
        return {
            "header_row": self.header.number,
            "labels": list(self.header.labels),
            "columns": {str(key): position for key, position in self.columns.items()},
            "by_values": sorted(str(key) for key in self.by_values),
            "duplicates": list(self.duplicates),
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> ColumnMapping:
        """The inverse of `as_dict`."""
        return cls(
            Header(int(plain["header_row"]), tuple(plain["labels"])),
            {Field(key): int(position) for key, position in plain["columns"].items()},
            frozenset(Field(key) for key in plain["by_values"]),
            tuple(plain["duplicates"]),
        )


_EXACT: dict[Field, str] = {
    Field.NAME: """
        nom complet|nom et prenom|nom et prenoms|nom prenom|nom prenoms|prenom nom|prenom et nom
        |noms et prenoms|noms prenoms|nom s et prenom s|identite|personne|apprenant|apprenante
        |apprenants|stagiaire|stagiaires|beneficiaire|titulaire|participant|participante|participants
        |candidat|candidate|eleve|apprenti|full name|fullname|name|complete name|learner|learner name
        |holder|holder name|recipient|student|student name|participant name|nom de l apprenant
        |nom du stagiaire|nom du beneficiaire|nom du participant|nom du titulaire
        |nom et prenom de l apprenant|nom et prenom du stagiaire
    """,
    Field.FAMILY_NAME: """
        nom|nom de famille|nom d usage|nom usuel|nom de naissance|nom patronymique|noms|last name
        |lastname|family name|familyname|surname
    """,
    Field.GIVEN_NAME: """
        prenom|prenoms|prenom usuel|premier prenom|first name|firstname|given name|givenname
        |given names|forename
    """,
    Field.BIRTH_DATE: """
        date de naissance|date naissance|naissance|ne le|nee le|ne e le|ne nee le|ne ou nee le
        |date de naiss|naissance date|ddn|dob|birth date|birthdate|date of birth|born|birthday|born on
    """,
    Field.EMAIL: """
        courriel|e mail|email|mail|mel|adresse mail|adresse e mail|adresse email|adresse courriel
        |adresse electronique|adresse de courriel|email address|e mail address|courrier electronique
    """,
    Field.IDENTIFIER: """
        identifiant|id|identifiant apprenant|identifiant stagiaire|n apprenant|no apprenant
        |num apprenant|numero apprenant|numero d apprenant|n stagiaire|no stagiaire|num stagiaire
        |numero stagiaire|numero de stagiaire|matricule|ine|numero ine|n ine|numero d identification
        |n d identification|code apprenant|code stagiaire|id apprenant|id stagiaire|identifier
        |learner id|student id|student number|learner number|the person s number in your records
        |numero de la personne chez vous|numero|n dossier|numero de dossier
        |numero eleve|n eleve
    """,
    Field.AWARDED_ON: """
        date d obtention|date obtention|obtenu le|obtenue le|date de delivrance|date delivrance
        |delivre le|delivree le|date d attribution|date de validation|date de certification
        |date de reussite|date du jury|date de jury|date award|award date|awarded on|awarded
        |date awarded|date of award|issue date|issued on|date of issue|date issued
        |date de l attestation|date d attestation
    """,
    Field.GRADE: """
        resultat|resultats|note|notes|note finale|mention|appreciation|note obtenue|resultat final
        |grade|result|score|mark|note 20|note sur 20
    """,
}
_EXACT_NAMES: dict[str, tuple[Field, int]] = {
    " ".join(label.split()): (wanted, rank)
    for wanted, labels in _EXACT.items()
    for rank, label in enumerate(labels.split("|"))
}

# Somebody or something else than the holder: a column so called is never guessed by part of its name.
_OF_OTHERS = re.compile(
    r"\b(entreprise|employeur|formateurs?|formatrice|formation|tuteur|tutrice|session|module|organisme|"
    r"referent|referente|"
    r"responsable|legal|parent|parents|mere|pere|conjoint|company|employer|trainer|course|site|commune|"
    r"ville|lieu|pays|"
    r"departement|code postal|maitre|financeur|opco|place|town|country|territoire|titre|structure|groupe|"
    r"prescripteur|jury)\b"
)
_PARTS: tuple[tuple[Field, re.Pattern[str]], ...] = (
    (Field.EMAIL, re.compile(r"\b(e mail|email|mail|courriel)\b")),
    (
        Field.BIRTH_DATE,
        re.compile(r"\b(date (de |of )?(naissance|naiss|birth)|nee? (e )?le|birth ?date|date of birth)\b"),
    ),
    (
        Field.AWARDED_ON,
        re.compile(
            r"\bdate\b.*\b(obtention|delivrance|attribution|validation|certification|reussite|jury|"
            r"attestation|award|"
            r"awarded|issue|issued)\b|\b(obtenue?|delivree?) le\b"
        ),
    ),
    (
        Field.IDENTIFIER,
        re.compile(
            r"\b(identifiant|matricule|ine)\b"
            r"|\b(n|no|num|numero|id|code)\b.*\b(apprenant|apprenante|stagiaire|eleve|etudiant|apprenti|"
            r"dossier|inscription)\b"
            r"|\b(learner|student)\b.*\b(id|number|no)\b"
        ),
    ),
    (
        Field.NAME,
        re.compile(r"\b(noms?|name)\b.*\bprenoms?\b|\bprenoms?\b.*\bnoms?\b|\bnom complet\b|\bfull name\b"),
    ),
    (Field.GIVEN_NAME, re.compile(r"\b(prenoms?|first name|given name)\b")),
    (Field.FAMILY_NAME, re.compile(r"\b(noms?|last name|family name|surname)\b")),
    (Field.GRADE, re.compile(r"\b(resultat|note finale|mention|grade|score)\b")),
)


@lru_cache(maxsize=4096)
def _plain(label: str) -> str:
    """
    *label* for comparing: accents, case and punctuation gone; what stands in brackets kept only if nothing
    else is.
    """
    spread = folded(label[:200]).replace("°", " ")
    without = re.sub(r"\([^)]{3,}\)|\[[^\]]*\]", " ", spread)
    for text in (without, spread):
        words = re.sub(r"[^a-z0-9]+", " ", text).strip()
        if words:
            return words
    return ""


def field_of(label: str) -> tuple[Field | None, int]:
    """
    The field that a column called *label* holds, and how sure its name makes us: 0 is surest, 100 a part of
    the name.

    >>> field_of("Né(e) le")
    (<Field.BIRTH_DATE: 'birth_date'>, 4)
    """
    plain = _plain(label)
    if plain in _EXACT_NAMES:
        return _EXACT_NAMES[plain]
    if not plain or len(plain) > 60 or _OF_OTHERS.search(plain):
        return None, 0
    for wanted, pattern in _PARTS:
        if pattern.search(plain):
            return wanted, 100
    return None, 0


def find_header(table: Table) -> Header:
    """
    The row, among the first thirty, that best looks like names of columns; titles above it are passed over.

    Returns:
        A header of number 0 and labels ``"Colonne A"``… where no row looks like one.
    """
    best: tuple[int, Row] | None = None
    for row in table.rows[:HEADER_WITHIN_ROWS]:
        score = _header_score(row)
        if score and (best is None or score > best[0]):
            best = (score, row)
    width = table.width
    if best is None:
        return Header(0, tuple(_unnamed(position) for position in range(width)))
    cells = best[1].cells + (None,) * (width - len(best[1].cells))
    return Header(best[1].number, tuple(_label(cell, position) for position, cell in enumerate(cells)))


def _header_score(row: Row) -> int:
    """
    Fields that its cells name, those named exactly counting more; 0 where no name of a person is among them.
    """
    found: dict[Field, int] = {}
    for cell in row.cells:
        if not isinstance(cell, str) or len(cell) > 80:
            continue
        wanted, rank = field_of(cell)
        if wanted is not None:
            found[wanted] = max(found.get(wanted, 0), 1 if rank == 100 else 4)
    if NAME_FIELDS.isdisjoint(found):
        return 0
    # A lone cell that only contains a known word is a title: «Liste des stagiaires par nom».
    if len(row.cells) == 1 and max(found.values()) == 1:
        return 0
    return sum(found.values())


def _label(cell: Cell, position: int) -> str:
    text = " ".join(str(cell).split()) if cell is not None else ""
    return "".join(sign for sign in text if sign.isprintable())[:80] or _unnamed(position)


def _unnamed(position: int) -> str:
    """``"Colonne A"``, as the spreadsheet letters it."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"Colonne {letters}"


def guess_columns(header: Header, sample: Sequence[Row] = (), *, today: date | None = None) -> ColumnMapping:
    """
    A first guess at which column holds what, to be shown and changed.

    Args:
        header: From `find_header`.
        sample: Rows below it: e-mail addresses and birth dates are known by sight where the name of the
            column says nothing.
        today: Needed to tell birth dates, which lie at least ten years back.
    """
    candidates: dict[Field, tuple[int, int]] = {}
    for position, label in enumerate(header.labels):
        wanted, rank = field_of(label)
        if wanted is not None and (wanted not in candidates or rank < candidates[wanted][0]):
            candidates[wanted] = (rank, position)
    columns = {wanted: position for wanted, (_, position) in candidates.items()}
    _settle_names(columns)
    by_values = _guess_by_values(header, columns, sample, today) if sample else {}
    seen = Counter(_plain(label) for label in header.labels)
    duplicates = dict.fromkeys(
        label for label in header.labels if seen[_plain(label)] > 1 and not label.startswith("Colonne ")
    )
    return ColumnMapping(header, {**columns, **by_values}, frozenset(by_values), tuple(duplicates))


def _settle_names(columns: dict[Field, int]) -> None:
    """
    «Nom» alone is a full name; where family and given names stand apart, they are read and «apprenant» is
    not.
    """
    if Field.FAMILY_NAME in columns and Field.GIVEN_NAME in columns:
        columns.pop(Field.NAME, None)
    elif Field.NAME in columns:
        columns.pop(Field.FAMILY_NAME, None)
        columns.pop(Field.GIVEN_NAME, None)
    elif Field.FAMILY_NAME in columns:
        columns[Field.NAME] = columns.pop(Field.FAMILY_NAME)


def _guess_by_values(
    header: Header, columns: Mapping[Field, int], sample: Sequence[Row], today: date | None
) -> dict[Field, int]:
    found: dict[Field, int] = {}
    taken = set(columns.values())
    for position, label in enumerate(header.labels):
        if position in taken or _OF_OTHERS.search(_plain(label)):
            continue
        values = [row.cells[position] for row in sample[:50] if position < len(row.cells)]
        values = [value for value in values if value not in (None, "")]
        if not values:
            continue
        if Field.EMAIL not in columns and Field.EMAIL not in found and _mostly(values, _is_email):
            found[Field.EMAIL] = position
        elif (
            Field.BIRTH_DATE not in columns
            and Field.BIRTH_DATE not in found
            and today is not None
            and _mostly(values, lambda value: _may_be_birth(value, today))
        ):
            found[Field.BIRTH_DATE] = position
    return found


def _mostly(values: Sequence[Cell], test: Callable[[Cell], bool]) -> bool:
    return sum(1 for value in values if test(value)) >= 0.8 * len(values)


def _is_email(value: Cell) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\S+@\S+\.\S+", value.strip()) is not None


def _may_be_birth(value: Cell, today: date) -> bool:
    try:
        found = read_date(value)
    except DateRefused:
        return False
    return found is not None and today.year - 100 <= found.year <= today.year - 10
