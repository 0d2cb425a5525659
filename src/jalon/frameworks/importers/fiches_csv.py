"""
The CSV export of France compétences: titles, blocs, codes and dates, without skills and assessment.

Ten files, ``;``, of which one names each fiche once and the others say more about it. What the XML flow said
beyond them is left as it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from jalon.frameworks.importers import tables
from jalon.frameworks.importers.files import Files, Member
from jalon.frameworks.rules import fiches as rules
from jalon.frameworks.rules.kinds import ConceptKind, RelationKind
from jalon.frameworks.rules.records import (
    ConceptRecord,
    Part,
    Record,
    RelationRecord,
    ReplacementRecord,
    SkippedRecord,
)

STANDARD = "*csv_standard_*"
_OF_BLOCKS = ("Numero_Fiche", "Bloc_Competences_Code", "Bloc_Competences_Libelle")
_OF_LINEAGE = ("Numero_Fiche", "Ancienne_Certification", "Nouvelle_Certification")
_Grouped = dict[str, list[Any]]


def parts(files: Files, register: str) -> list[Part]:
    """One part for the fiches, one for their blocs, one for what replaces what."""
    shaped = (
        (STANDARD, lambda m: _fiches(m, files, register)),
        ("*csv_blocs*", lambda m: _blocks(m, files, register)),
        ("*csv_ancienne_nouvelle*", lambda m: _lineage(m, register)),
    )
    return [
        Part(m.name, m.size, partial(reader, m)) for pattern, reader in shaped for m in files.named(pattern)
    ]


def _fiches(member: Member, files: Files, register: str) -> Iterator[Record]:
    more: dict[str, _Grouped] = {
        "nsf": _grouped(files, "*csv_nsf*", lambda r: _coded(r, "Nsf_Code", "Nsf_Intitule")),
        "rome": _grouped(files, "*csv_rome*", lambda r: _coded(r, "Codes_Rome_Code", "Codes_Rome_Libelle")),
        "formacodes": _grouped(
            files, "*csv_formacode*", lambda r: _coded(r, "Formacode_Code", "Formacode_Libelle")
        ),
        "certifiers": _grouped(
            files,
            "*csv_certificateurs*",
            lambda r: {"name": r["Nom_Certificateur"], "siret": r["Siret_Certificateur"]},
        ),
        "access_routes": _grouped(files, "*csv_voixdacc*", lambda r: rules.access_route(r["Si_Jury"])),
    }  # fmt: skip
    for row in tables.rows(member, required=("Numero_Fiche", "Intitule", "Actif")):
        if isinstance(row, SkippedRecord):
            yield row
            continue
        number = rules.number(row["Numero_Fiche"])
        if not number:
            yield SkippedRecord("fiche_number", row.where, row["Numero_Fiche"])
        elif number.startswith(register):
            yield _fiche(row, number, {name: group.get(number, []) for name, group in more.items()})


def _fiche(row: tables.Row, number: str, more: dict[str, list[Any]]) -> ConceptRecord:
    return ConceptRecord(
        uri=rules.page(number),
        kind=ConceptKind.CERTIFICATION,
        code=number,
        labels={"fr": row["Intitule"]},
        languages=("fr",) if row["Intitule"] else (),
        facts={
            "level": rules.level(row["Nomenclature_Europe_Niveau"]),
            "is_active": row["Actif"].casefold() in {"active", "oui"},
            "registration": row["Type_Enregistrement"] or None,
            "abbreviation": row["Abrege_Libelle"] or None,
            "abbreviation_label": row["Abrege_Intitule"] or None,
            **{name: [each for each in values if each] for name, values in more.items()},
        },
        valid_until=rules.day(row["Date_Fin_Enregistrement"]),
    )


def _blocks(member: Member, files: Files, register: str) -> Iterator[Record]:
    active = {
        number: (row["Actif"].casefold() in {"active", "oui"}, rules.day(row["Date_Fin_Enregistrement"]))
        for standard in files.named(STANDARD)
        for row in tables.rows(standard)
        if isinstance(row, tables.Row) and (number := rules.number(row["Numero_Fiche"]))
    }
    met: Counter[tuple[str, str]] = Counter()
    for row in tables.rows(member, required=_OF_BLOCKS):
        if isinstance(row, SkippedRecord):
            yield row
            continue
        number, code = rules.number(row["Numero_Fiche"]), row["Bloc_Competences_Code"]
        if not number or not code or not row["Bloc_Competences_Libelle"]:
            yield SkippedRecord("block", row.where, f"{row['Numero_Fiche']} {code}")
            continue
        if not number.startswith(register):
            continue
        is_active, end = active.get(number, (False, None))
        address = rules.block_address(number, code, met[number, code])
        met[number, code] += 1
        yield ConceptRecord(
            uri=address,
            kind=ConceptKind.BLOCK,
            code=code,
            labels={"fr": row["Bloc_Competences_Libelle"]},
            languages=("fr",),
            facts={"certification": number, "is_active": is_active},
            valid_until=end,
        )
        yield RelationRecord(address, RelationKind.PART_OF, rules.page(number), row.where)


def _lineage(member: Member, register: str) -> Iterator[Record]:
    for row in tables.rows(member, required=_OF_LINEAGE):
        if isinstance(row, SkippedRecord):
            yield row
            continue
        number = rules.number(row["Numero_Fiche"])
        if not number or not number.startswith(register):
            continue
        if ancestor := rules.number(row["Ancienne_Certification"]):
            yield ReplacementRecord(rules.page(ancestor), rules.page(number))
        if heir := rules.number(row["Nouvelle_Certification"]):
            yield ReplacementRecord(rules.page(number), rules.page(heir))


def _grouped(files: Files, pattern: str, value: Callable[[tables.Row], Any]) -> _Grouped:
    """What a file says of each fiche; a row that cannot be read adds nothing."""
    found: _Grouped = defaultdict(list)
    for member in files.named(pattern):
        for row in tables.rows(member, required=("Numero_Fiche",)):
            if isinstance(row, tables.Row):
                found[rules.number(row["Numero_Fiche"])].append(value(row))
    return found


def _coded(row: tables.Row, code: str, label: str) -> dict[str, str]:
    """The CSV repeats the code in the label, ``"21551 : Commercialisation"``, and doubles its apostrophes."""
    return {"code": row[code], "label": row[label].removeprefix(f"{row[code]} : ").replace("''", "'")}
