"""
Competence frameworks of the Joint Research Centre, from one table: GreenComp, DigComp, EntreComp, LifeComp.

    framework,code,label_en,label_fr,area,descriptor_en,area_en,area_fr,label_fr_status,esco_uri
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from jalon.frameworks.importers import tables
from jalon.frameworks.importers.files import Files, Member
from jalon.frameworks.importers.protocol import Wanted
from jalon.frameworks.rules import known
from jalon.frameworks.rules.kinds import ConceptKind, RelationKind
from jalon.frameworks.rules.known import KnownFramework
from jalon.frameworks.rules.records import ConceptRecord, Part, Reading, Record, RelationRecord, SkippedRecord

_REQUIRED = ("framework", "code", "label_en", "label_fr", "area")


class CompetenceImporter:
    """
    Reads the rows of one framework.

    Args:
        title: In the column `framework`: ``"GreenComp"``.
        edition: Of the report, unless the person says otherwise.
    """

    ships = False

    def __init__(self, title: str, framework: KnownFramework, edition: str) -> None:
        self.name = framework.code
        self.framework = framework
        self._title, self._edition = title, edition

    def recognises(self, files: Files) -> bool:
        """By the columns, and a row of this framework among the first ones."""
        return bool(self._tables(files))

    def _tables(self, files: Files) -> list[Member]:
        line = f"\n{self._title},".encode()
        return [
            m
            for m in files.members
            if set(_REQUIRED) <= set(tables.columns(m)) and line in m.start().replace(b"\r\n", b"\n")
        ]

    def read(self, files: Files, wanted: Wanted) -> Reading:
        parts = [Part(m.name, 2 * m.size, partial(self._records, m)) for m in self._tables(files)]
        version = wanted.version or self._edition
        return Reading(self.framework.code, version, ("fr", "en"), tuple(parts), wanted.is_partial)

    def _records(self, member: Member) -> Iterator[Record]:
        """Areas first: they stand on each row of their competences."""
        yield from self._areas(member)
        for row in tables.rows(member, required=_REQUIRED):
            if isinstance(row, SkippedRecord):
                yield row
            elif row["framework"] == self._title:
                yield from self._competence(row)

    def _areas(self, member: Member) -> Iterator[Record]:
        met: set[str] = set()
        for row in tables.rows(member):
            if isinstance(row, tables.Row) and row["framework"] == self._title:
                area = row["area"]
                if area and area not in met:
                    met.add(area)
                    yield ConceptRecord(
                        uri=self._address(f"area-{area}"),
                        kind=ConceptKind.GROUP,
                        code=area,
                        labels={"fr": row["area_fr"], "en": row["area_en"]},
                        languages=("fr", "en"),
                    )

    def _competence(self, row: tables.Row) -> Iterator[Record]:
        if not row["code"] or not (row["label_fr"] or row["label_en"]):
            yield SkippedRecord("no_label", row.where, row["code"])
            return
        address = self._address(row["code"])
        yield ConceptRecord(
            uri=address,
            kind=ConceptKind.COMPETENCE,
            code=row["code"],
            labels={"fr": row["label_fr"], "en": row["label_en"]},
            languages=("fr", "en"),
            descriptions={"fr": row["descriptor_fr"], "en": row["descriptor_en"]},
            facts={"label_fr_status": row["label_fr_status"] or None},
        )
        if row["area"]:
            area = self._address(f"area-{row['area']}")
            yield RelationRecord(address, RelationKind.BROADER, area, row.where)
        if row["esco_uri"]:
            target = row["esco_uri"].replace("esco:", "http://data.europa.eu/esco/", 1)
            yield RelationRecord(address, RelationKind.CLOSE, target, row.where)

    def _address(self, code: str) -> str:
        """The report gives its competences no address: its own page and their code stand for one."""
        return f"{self.framework.homepage}#{code}"


IMPORTERS = (
    CompetenceImporter("GreenComp", known.GREENCOMP, "2022"),
    CompetenceImporter("DigComp", known.DIGCOMP, "2.2"),
    CompetenceImporter("EntreComp", known.ENTRECOMP, "2016"),
    CompetenceImporter("LifeComp", known.LIFECOMP, "2020"),
)
GREENCOMP, DIGCOMP, ENTRECOMP, LIFECOMP = IMPORTERS
