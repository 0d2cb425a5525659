"""
Reads the list of skills of a network of training bodies, as its secretary keeps it in a spreadsheet.

    code,savoir_faire,remarque
    PS-01,Remonter un muret de pierre sèche,De moins d'un mètre
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from jalon.frameworks.errors import VersionNeededError
from jalon.frameworks.importers import tables
from jalon.frameworks.importers.files import Files, Member
from jalon.frameworks.importers.protocol import Wanted
from jalon.frameworks.rules.kinds import ConceptKind
from jalon.frameworks.rules.known import KnownFramework
from jalon.frameworks.rules.records import ConceptRecord, Part, Reading, Record, SkippedRecord

COLUMNS = ("code", "savoir_faire")
# Addresses must not change from one version to the next; a domain of one's own is best.
BASE = "https://reseau.example/savoir-faire/"

SKILLS_LIST = KnownFramework(
    "savoir_faire",
    {"fr": "Savoir-faire du réseau", "en": "Skills of the network"},
    "Réseau (exemple)",
    "CC BY 4.0",
    {
        "fr": "Savoir-faire du réseau, édition {version}, CC BY 4.0.",
        "en": "Skills of the network, edition {version}, CC BY 4.0.",
    },
    "https://reseau.example/savoir-faire/",
)


class SkillsList:
    """An importer, as `jalon.frameworks.importers.protocol` describes it."""

    name = "savoir_faire"
    framework = SKILLS_LIST
    ships = False

    def recognises(self, files: Files) -> bool:
        """By the headings."""
        return any(set(COLUMNS) <= set(tables.columns(member)) for member in files.members)

    def read(self, files: Files, wanted: Wanted) -> Reading:
        """One part for each file; the version is not written in it, so that it must be given."""
        if not wanted.version:
            raise VersionNeededError(framework=self.name, example="2026")
        parts = [
            Part(member.name, member.size, partial(_skills, member))
            for member in files.members
            if set(COLUMNS) <= set(tables.columns(member))
        ]
        return Reading(self.name, wanted.version, ("fr",), tuple(parts), wanted.is_partial)


def _skills(member: Member) -> Iterator[Record]:
    for row in tables.rows(member, required=COLUMNS):
        if isinstance(row, SkippedRecord):
            yield row
        elif not row["code"] or not row["savoir_faire"]:
            yield SkippedRecord("code sans savoir-faire, ou l’inverse", row.where, row["code"])
        else:
            yield ConceptRecord(
                uri=BASE + row["code"],
                kind=ConceptKind.SKILL,
                code=row["code"],
                labels={"fr": row["savoir_faire"]},
                languages=("fr",),
                descriptions={"fr": row["remarque"]},
            )


IMPORTER = SkillsList()
