"""Formacode, from a table ``code, label, kind, field, broader, note, nsf``; used where its owner allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from jalon.frameworks.errors import VersionNeededError
from jalon.frameworks.importers import tables
from jalon.frameworks.importers.files import Files, Member
from jalon.frameworks.importers.protocol import Wanted
from jalon.frameworks.rules import known
from jalon.frameworks.rules.kinds import ConceptKind, RelationKind
from jalon.frameworks.rules.records import ConceptRecord, Part, Reading, Record, RelationRecord, SkippedRecord

_REQUIRED = ("code", "label", "field", "broader")
_CODE = re.compile(r"\d{5}")


class FormacodeImporter:
    """Reads the thesaurus of Centre Inffo."""

    name = "formacode"
    framework = known.FORMACODE
    ships = False

    def recognises(self, files: Files) -> bool:
        """By its columns."""
        return any(set(_REQUIRED) <= set(tables.columns(m)) for m in files.members)

    def read(self, files: Files, wanted: Wanted) -> Reading:
        members = [m for m in files.members if set(_REQUIRED) <= set(tables.columns(m))]
        met = (re.search(r"_v(\d{1,2})(?:_|\.)", m.name) for m in members)
        version = wanted.version or next((each[1] for each in met if each), "")
        if not version:
            raise VersionNeededError(framework=self.name, example="14")
        parts = [Part(m.name, m.size, partial(_fields, m)) for m in members]
        parts += [Part(f"{m.name} liens", m.size, partial(_broader, m)) for m in members]
        return Reading(self.framework.code, version, ("fr",), tuple(parts), wanted.is_partial)


def _fields(member: Member) -> Iterator[Record]:
    for row in tables.rows(member, required=_REQUIRED):
        if isinstance(row, SkippedRecord):
            yield row
        elif not _CODE.fullmatch(row["code"]):
            yield SkippedRecord("code", row.where, row["code"])
        elif not row["label"]:
            yield SkippedRecord("no_label", row.where, row["code"])
        else:
            yield ConceptRecord(
                uri=_address(row["code"]),
                kind=ConceptKind.FIELD,
                code=row["code"],
                labels={"fr": row["label"]},
                languages=("fr",),
                descriptions={"fr": row["note"]},
                facts={"field": row["field"] or None, "nsf": row["nsf"][:3] or None},
            )


def _broader(member: Member) -> Iterator[Record]:
    for row in tables.rows(member):
        if isinstance(row, tables.Row):
            for code in re.findall(r"\b\d{5}\b", row["broader"]):
                yield RelationRecord(_address(row["code"]), RelationKind.BROADER, _address(code), row.where)


def _address(code: str) -> str:
    return f"urn:jalon:formacode:{code}"


IMPORTER = FormacodeImporter()
