"""
ROME 4.0 of France Travail: occupations, their job titles (« appellations »), and the mapping to ESCO.

    unix_referentiel_code_rome_v460_utf8.csv      code_rome, libelle_rome, transition_eco, code_rome_parent…
    unix_referentiel_appellation_v460_utf8.csv    code_ogr, libelle_appellation_long, code_rome…
    a mapping                                     ogr, relation (closeMatch…), esco

Shorter tables with columns ``code, label_fr`` and ``ogr, label_fr, rome`` are read too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from jalon.frameworks.errors import VersionNeededError
from jalon.frameworks.importers import tables
from jalon.frameworks.importers.files import Files, Member
from jalon.frameworks.importers.protocol import Wanted
from jalon.frameworks.rules import known
from jalon.frameworks.rules.kinds import ConceptKind, RelationKind
from jalon.frameworks.rules.records import ConceptRecord, Part, Reading, Record, RelationRecord, SkippedRecord

_PAGE = "https://candidat.francetravail.fr/metierscope/fiche-metier/"
# A job title has a number and no page: its address is ours.
_TITLE = "urn:jalon:rome:appellation:"
_ESCO = "http://data.europa.eu/esco/"
_CODE = re.compile(r"[A-N]\d{4}")
_MATCHES = {
    "exactmatch": RelationKind.EXACT,
    "closematch": RelationKind.CLOSE,
    "broadmatch": RelationKind.BROAD,
    "narrowmatch": RelationKind.NARROW,
}
_SHAPES = {
    "occupations": ({"code_rome", "libelle_rome"}, {"code", "label_fr"}),
    "titles": ({"code_ogr", "libelle_appellation_long", "code_rome"}, {"ogr", "label_fr", "rome"}),
    "mapping": ({"ogr", "relation", "esco"},),
}


class RomeImporter:
    """Reads the tables of France Travail, together or one after the other."""

    name = "rome"
    framework = known.ROME
    ships = False

    def recognises(self, files: Files) -> bool:
        """By the columns; a table of two columns only when its codes are of ROME."""
        return any(_shape(member) for member in files.members)

    def read(self, files: Files, wanted: Wanted) -> Reading:
        shaped = [(shape, member) for member in files.members if (shape := _shape(member))]
        version = wanted.version or _version([*(m.name for m in files.members), *files.names, *files.folders])
        if not version:
            raise VersionNeededError(framework=self.name, example="460")
        parts = [*_parts(shaped, "occupations", _occupations), *_parts(shaped, "titles", _titles)]
        parts += _parts(shaped, "occupations", _parents, "parents")
        parts += [*_parts(shaped, "titles", _titles_of, "liens"), *_parts(shaped, "mapping", _mapping)]
        is_partial = wanted.is_partial or not any(shape == "occupations" for shape, _m in shaped)
        return Reading(self.framework.code, version, ("fr",), tuple(parts), is_partial)


def _shape(member: Member) -> str:
    met = set(tables.columns(member))
    shape = next((name for name, sets in _SHAPES.items() if any(wanted <= met for wanted in sets)), "")
    if shape == "occupations" and "code_rome" not in met:
        lines = member.start(4096).splitlines()
        return shape if len(lines) > 1 and re.match(rb'"?[A-N]\d{4}"?[,;]', lines[1]) else ""
    return shape


def _version(names: list[str]) -> str:
    met = (re.search(r"_v(\d{3,4})(?:_|\.|$)", name) for name in names)
    return next((each[1] for each in met if each), "")


def _parts(
    shaped: Sequence[tuple[str, Member]],
    shape: str,
    reader: Callable[[Member], Iterator[Record]],
    suffix: str = "",
) -> list[Part]:
    return [
        Part(f"{member.name} {suffix}".strip(), member.size, partial(reader, member))
        for met, member in shaped
        if met == shape
    ]


def _rows(member: Member) -> Iterator[tables.Row | SkippedRecord]:
    return tables.rows(member)


def _occupations(member: Member) -> Iterator[Record]:
    for row in _rows(member):
        if isinstance(row, SkippedRecord):
            yield row
            continue
        code, label = row["code_rome"] or row["code"], row["libelle_rome"] or row["label_fr"]
        if not _CODE.fullmatch(code):
            yield SkippedRecord("code", row.where, code)
        elif not label:
            yield SkippedRecord("no_label", row.where, code)
        else:
            transition = row["transition_eco"]
            yield ConceptRecord(
                uri=_PAGE + code,
                kind=ConceptKind.OCCUPATION,
                code=code,
                labels={"fr": label},
                languages=("fr",),
                facts={
                    "ecological_transition": transition if len(transition) > 1 else None,
                    "is_green": True if transition == "Emploi Vert" else None,
                    "is_regulated": True if row["emploi_reglemente"] == "O" else None,
                },
            )


def _parents(member: Member) -> Iterator[Record]:
    """A fiche quotes the 532 older codes, under which the 1 584 of today stand."""
    for row in _rows(member):
        if isinstance(row, tables.Row) and _CODE.fullmatch(parent := row["code_rome_parent"]):
            code = row["code_rome"]
            if code != parent:
                yield RelationRecord(_PAGE + code, RelationKind.BROADER, _PAGE + parent, row.where)


def _titles(member: Member) -> Iterator[Record]:
    for row in _rows(member):
        if isinstance(row, SkippedRecord):
            yield row
            continue
        number, label = _ogr(row), row["libelle_appellation_long"] or row["label_fr"]
        if not number.isdecimal():
            yield SkippedRecord("code", row.where, number)
        elif not label:
            yield SkippedRecord("no_label", row.where, number)
        else:
            short = row["libelle_appellation_court"]
            yield ConceptRecord(
                uri=_TITLE + number,
                kind=ConceptKind.JOB_TITLE,
                code=number,
                labels={"fr": label},
                languages=("fr",),
                alt_labels={"fr": (short,) if short and short != label else ()},
                facts={"rome": row["code_rome"] or row["rome"] or None},
            )


def _titles_of(member: Member) -> Iterator[Record]:
    for row in _rows(member):
        if isinstance(row, tables.Row) and _CODE.fullmatch(code := row["code_rome"] or row["rome"]):
            yield RelationRecord(_TITLE + _ogr(row), RelationKind.BROADER, _PAGE + code, row.where)


def _mapping(member: Member) -> Iterator[Record]:
    for row in _rows(member):
        if isinstance(row, SkippedRecord):
            yield row
            continue
        kind = _MATCHES.get(row["relation"].rpartition(":")[2].casefold())
        target = row["esco"].replace("esco:", _ESCO, 1) if row["esco"].startswith("esco:") else row["esco"]
        if kind is None:
            yield SkippedRecord("relation", row.where, row["relation"])
        elif not target.startswith(_ESCO):
            yield SkippedRecord("address", row.where, target)
        else:
            yield RelationRecord(_TITLE + _ogr(row), kind, target, row.where)


def _ogr(row: tables.Row) -> str:
    return row["code_ogr"] or row["ogr"]


IMPORTER = RomeImporter()
