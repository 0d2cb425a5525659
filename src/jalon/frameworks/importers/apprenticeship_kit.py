"""
The « kit apprentissage » of France compétences: which codes of diplomas (CFD) stand for which fiche.

    Code Diplôme;Intitulé diplôme (DEPP);FicheRNCP;Niveau fiche RNCP;…;Date d'échéance de la fiche RNCP;Fiche ACTIVE/INACTIVE
"""  # noqa: E501 -- headings as they are

from __future__ import annotations

from collections.abc import Iterator

from jalon.frameworks.importers import tables
from jalon.frameworks.importers.files import Member
from jalon.frameworks.rules import fiches as rules
from jalon.frameworks.rules.kinds import ConceptKind
from jalon.frameworks.rules.records import ConceptRecord, Record, ReplacementRecord, SkippedRecord

COLUMNS = ("Code Diplôme", "FicheRNCP", "Fiche ACTIVE/INACTIVE")


def records(member: Member) -> Iterator[Record]:
    """Each fiche that the kit names, with all its codes: it stands on as many rows as it has codes."""
    rows: dict[str, tables.Row] = {}
    codes: dict[str, list[str]] = {}
    for row in tables.rows(member, required=COLUMNS):
        if isinstance(row, SkippedRecord):
            yield row
            continue
        number = rules.number(row["FicheRNCP"])
        if not number:
            yield SkippedRecord("fiche_number", row.where, row["FicheRNCP"])
            continue
        rows.setdefault(number, row)
        # Spreadsheets take the leading zero away.
        codes.setdefault(number, []).append(row["Code Diplôme"].zfill(8))
    for number, row in rows.items():
        yield _fiche(number, row, codes[number])
        if heir := rules.number(row["Nouvelle Certification rempla (RNCP)"]):
            yield ReplacementRecord(rules.page(number), rules.page(heir))


def _fiche(number: str, row: tables.Row, codes: list[str]) -> ConceptRecord:
    return ConceptRecord(
        uri=rules.page(number),
        kind=ConceptKind.CERTIFICATION,
        code=number,
        labels={"fr": row["Intitulé certification (RNCP)"] or row["Intitulé diplôme (DEPP)"]},
        languages=("fr",),
        facts={
            "diploma_codes": list(dict.fromkeys(codes)),
            "level": rules.level(row["Niveau fiche RNCP"]),
            "is_active": row["Fiche ACTIVE/INACTIVE"].casefold() == "active",
            "abbreviation": row["Abrégé de diplôme (RNCP)"] or None,
        },
        valid_until=rules.day(row["Date d'échéance de la fiche RNCP"]),
    )
