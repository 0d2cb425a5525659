"""
Small controlled vocabularies that travel with the software: EQF, French levels, ISCED-F, NSF.

A table of one's own, in the same columns, or the European authority's concepts as JSON, replace ours:

    code,uri,kind,label_fr,label_en,broader
    {"eqf": {"scheme": "…", "concepts": [{"id": "http://…/eqf/4", "label": {"en": "Level 4"}}]}}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from importlib.resources import files as resources
from typing import Any, BinaryIO, cast

from jalon.frameworks.errors import ImportFileError
from jalon.frameworks.importers import tables
from jalon.frameworks.importers.files import Files, Member
from jalon.frameworks.importers.protocol import Wanted
from jalon.frameworks.rules import known
from jalon.frameworks.rules.kinds import ConceptKind, RelationKind
from jalon.frameworks.rules.known import KnownFramework
from jalon.frameworks.rules.records import ConceptRecord, Part, Reading, Record, RelationRecord, SkippedRecord

_REQUIRED = ("code", "uri", "kind", "label_fr")
_LANGUAGES = re.compile(r"label_([a-z]{2})")
_MOST_JSON = 20_000_000


class ShippedImporter:
    """
    Installs one of our tables, or reads a longer one.

    Args:
        edition: Of what is shipped.
        scheme: Name in the authority's JSON, and what addresses of its concepts hold.
    """

    ships = True

    def __init__(
        self, framework: KnownFramework, edition: str, scheme: str, languages: tuple[str, ...] = ("fr", "en")
    ) -> None:
        self.name = framework.code
        self.framework = framework
        self._edition, self._scheme, self._languages = edition, scheme, languages

    def recognises(self, files: Files) -> bool:
        """Nothing given means ours; else a table or JSON whose addresses are of this vocabulary."""
        return not files.members or any(self._is_ours(m) for m in files.members)

    def _is_ours(self, member: Member) -> bool:
        if set(_REQUIRED) <= set(tables.columns(member)):
            return self._scheme.encode() in member.start()
        return member.name.endswith(".json") and bool(self._concepts(member))

    def read(self, files: Files, wanted: Wanted) -> Reading:
        members = [m for m in files.members if self._is_ours(m)] or [self._shipped()]
        parts = [Part(m.name, m.size, partial(self._records, m)) for m in members]
        version = wanted.version or self._edition
        # A list that is longer than ours, or shorter, adds to it.
        is_partial = wanted.is_partial or bool(files.members)
        return Reading(self.framework.code, version, self._languages, tuple(parts), is_partial)

    def _shipped(self) -> Member:
        table = resources("jalon.frameworks") / "tables" / f"{self.name}.csv"
        size = len(table.read_bytes())
        # What opens inside a package is typed as any stream; in binary it gives bytes.
        return Member(f"{self.name}.csv", size, size, lambda: cast(BinaryIO, table.open("rb")))

    def _records(self, member: Member) -> Iterator[Record]:
        if member.name.endswith(".json"):
            yield from self._of_json(member)
            return
        later: list[Record] = []
        for row in tables.rows(member, required=_REQUIRED):
            if isinstance(row, SkippedRecord):
                yield row
            elif not row["uri"]:
                yield SkippedRecord("address", row.where, row["code"])
            else:
                yield _concept(row)
                if row["broader"]:
                    later.append(RelationRecord(row["uri"], RelationKind.BROADER, row["broader"], row.where))
        yield from later

    def _of_json(self, member: Member) -> Iterator[Record]:
        kind = ConceptKind.LEVEL if self._scheme.endswith("/eqf/") else ConceptKind.FIELD
        for concept in self._concepts(member):
            uri, label = str(concept.get("id", "")), concept.get("label")
            if not uri.startswith("http") or not isinstance(label, dict) or not label:
                yield SkippedRecord("no_label", member.name, uri)
                continue
            labels = {str(language): str(text) for language, text in label.items()}
            yield ConceptRecord(
                uri=uri,
                kind=kind,
                code=uri.rstrip("/").rpartition("/")[2],
                labels=labels,
                languages=tuple(labels),
            )

    def _concepts(self, member: Member) -> list[dict[str, Any]]:
        """Those of this vocabulary in a JSON file; none where it is not such a file."""
        try:
            with member.open() as stream:
                plain = json.loads(stream.read(_MOST_JSON))
        except (ValueError, RecursionError, ImportFileError):
            return []
        for vocabulary in plain.values() if isinstance(plain, dict) else ():
            concepts = vocabulary.get("concepts") if isinstance(vocabulary, dict) else None
            if isinstance(concepts, list) and any(
                isinstance(c, dict) and self._scheme in str(c.get("id", "")) for c in concepts
            ):
                return [c for c in concepts if isinstance(c, dict)]
        return []


def _concept(row: tables.Row) -> ConceptRecord:
    labels = {
        met[1]: text
        for column in row.cells
        if (met := _LANGUAGES.fullmatch(column)) and (text := row[column])
    }
    kind = row["kind"]
    return ConceptRecord(
        uri=row["uri"],
        kind=ConceptKind(kind) if kind in set(ConceptKind) else ConceptKind.FIELD,
        code=row["code"],
        labels=labels,
        languages=tuple(labels),
    )


IMPORTERS = (
    ShippedImporter(known.EQF, "2017", "data.europa.eu/snb/eqf/"),
    ShippedImporter(known.NQF_FR, "2019", "cadre-national-des-certifications-professionnelles#"),
    ShippedImporter(known.ISCED_F, "2013", "data.europa.eu/snb/isced-f/"),
    ShippedImporter(known.NSF, "1994", "urn:jalon:nsf:", ("fr",)),
)
EQF, NQF_FR, ISCED_F, NSF = IMPORTERS
