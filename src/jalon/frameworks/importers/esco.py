"""
ESCO, from the ZIP or folder of its official CSV download: any version, one or several languages at once.

    ESCO dataset - v1.2.0 - classification - fr - csv.zip
        skills_fr.csv  occupations_fr.csv  skillGroups_fr.csv  ISCOGroups_fr.csv
        occupationSkillRelations_fr.csv  skillSkillRelations_fr.csv
        broaderRelationsSkillPillar_fr.csv  broaderRelationsOccPillar_fr.csv
        greenSkillsCollection_fr.csv  digitalSkillsCollection_fr.csv …

Up to v1.1 the names have ``_en`` too, and some releases write ``broaderRelationsOccPillar.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from jalon.frameworks.errors import VersionNeededError
from jalon.frameworks.importers import tables
from jalon.frameworks.importers.files import Files, Member
from jalon.frameworks.importers.protocol import Wanted
from jalon.frameworks.rules import known, versions
from jalon.frameworks.rules.kinds import ConceptKind, ConceptStatus, RelationKind
from jalon.frameworks.rules.records import (
    ConceptRecord,
    Part,
    Reading,
    Record,
    RelationRecord,
    ReplacementRecord,
    SeenRecord,
    SkippedRecord,
)

BASE = "http://data.europa.eu/esco/"
# ESCO publishes its collections as files: the addresses of the collections themselves are ours.
COLLECTION_BASE = "urn:jalon:esco:collection:"
_NAME = re.compile(
    r"(skills|occupations|skillGroups|ISCOGroups|occupationSkillRelations|skillSkillRelations"
    r"|broaderRelationsSkillPillar|broaderRelationsOccPillar|(?:green|digital|digComp|transversal|language"
    r"|research)SkillsCollection)(?:_([a-z]{2}(?:-[a-z]+)?))?\.csv",
    re.IGNORECASE,
)
_CONCEPT_FILES = ("skillgroups", "iscogroups", "skills", "occupations")
COLLECTIONS = {
    "green": {"fr": "Compétences vertes", "en": "Green skills"},
    "digital": {"fr": "Compétences numériques", "en": "Digital skills"},
    "digcomp": {"fr": "Compétences de DigComp", "en": "DigComp skills"},
    "transversal": {"fr": "Compétences transversales", "en": "Transversal skills"},
    "language": {"fr": "Compétences en langues", "en": "Language skills"},
    "research": {"fr": "Compétences de recherche", "en": "Research skills"},
}


class EscoImporter:
    """Reads the official CSV of ESCO."""

    name = "esco"
    framework = known.ESCO
    ships = False

    def recognises(self, files: Files) -> bool:
        """By the names of its files, or a column of concepts whose addresses are of ESCO."""
        return any(_NAME.fullmatch(m.name) and b"data.europa.eu/esco/" in m.start() for m in files.members)

    def read(self, files: Files, wanted: Wanted) -> Reading:
        version = wanted.version or versions.dotted_version(
            (*files.names, *files.folders, *(m.name for m in files.members))
        )
        if not version:
            raise VersionNeededError(framework=self.name, example="1.2.0")
        named = [(met, m) for m in files.members if (met := _NAME.fullmatch(m.name))]
        parts = [*self._concepts(named), *_collections(named), *self._relations(named)]
        languages = tuple(
            dict.fromkeys((met[2] or "en").lower() for met, _m in named if met[1].lower() in _CONCEPT_FILES)
        )
        return Reading(self.framework.code, version.lstrip("v"), languages, tuple(parts), wanted.is_partial)

    def _concepts(self, named: Sequence[tuple[re.Match[str], Member]]) -> Iterator[Part]:
        for kind in _CONCEPT_FILES:
            for met, member in named:
                if met[1].lower() == kind:
                    language = (met[2] or "en").lower()
                    yield Part(member.name, member.size, partial(_concepts_of, member, kind, language))

    def _relations(self, named: Sequence[tuple[re.Match[str], Member]]) -> Iterator[Part]:
        """The relations are the same in every language: the first file of each is read."""
        done: set[str] = set()
        for met, member in named:
            kind = met[1].lower()
            if "relations" not in kind or kind in done:
                continue
            done.add(kind)
            reader, passes = _RELATION_READERS[kind]
            yield Part(_plain(kind), passes * member.size, partial(reader, member))


def _plain(kind: str) -> str:
    return f"{kind}.csv"


def _concepts_of(member: Member, kind: str, language: str) -> Iterator[Record]:
    for row in tables.rows(member, required=("conceptUri", "preferredLabel")):
        if isinstance(row, SkippedRecord):
            yield row
        else:
            yield from _concept(row, kind, language)


def _concept(row: tables.Row, kind: str, language: str) -> Iterator[Record]:
    uri = row["conceptUri"]
    if not uri.startswith(BASE):
        yield SkippedRecord("address", row.where, uri)
        return
    label = row["preferredLabel"]
    withdrawn = row["status"].casefold() in {"obsolete", "deprecated"}
    if not label and not withdrawn:
        # ESCO has concepts that are not yet translated: they are there all the same.
        yield SkippedRecord("no_label", row.where, uri)
        yield SeenRecord(uri)
        return
    yield ConceptRecord(
        uri=uri,
        kind=_kind(row, kind),
        code=row["code"],
        labels={language: label},
        languages=(language,),
        alt_labels={language: _lines(row["altLabels"])},
        hidden_labels={language: _lines(row["hiddenLabels"])},
        descriptions={language: row["description"] or row["definition"]},
        facts=_facts(row, kind),
        status=ConceptStatus.WITHDRAWN if withdrawn else ConceptStatus.CURRENT,
    )
    if successor := row["isReplacedBy"] or row["replacedBy"]:
        for each in successor.split():
            yield ReplacementRecord(uri, each)


def _kind(row: tables.Row, kind: str) -> ConceptKind:
    if kind == "skills":
        return ConceptKind.KNOWLEDGE if row["skillType"] == "knowledge" else ConceptKind.SKILL
    return ConceptKind.OCCUPATION if kind == "occupations" else ConceptKind.GROUP


def _facts(row: tables.Row, kind: str) -> dict[str, object]:
    if kind == "skills":
        return {"reuse_level": row["reuseLevel"]} if row["reuseLevel"] else {}
    if kind == "occupations":
        regulated = row["regulatedProfessionNote"]
        return {
            "isco": row["iscoGroup"] or None,
            "is_regulated": True if regulated and not regulated.endswith("unregulated") else None,
        }
    return {}


def _lines(cell: str) -> tuple[str, ...]:
    """Labels stand one under the other in a cell; ``|`` in some releases."""
    return tuple(dict.fromkeys(each.strip() for each in re.split(r"[\n|]", cell) if each.strip()))


def _collections(named: Sequence[tuple[re.Match[str], Member]]) -> Iterator[Part]:
    done: set[str] = set()
    for met, member in named:
        kind = met[1].lower().removesuffix("skillscollection")
        if kind in COLLECTIONS and kind not in done:
            done.add(kind)
            yield Part(f"{kind}.csv", member.size, partial(_members_of, member, kind))


def _members_of(member: Member, kind: str) -> Iterator[Record]:
    collection = COLLECTION_BASE + kind
    yield ConceptRecord(
        uri=collection,
        kind=ConceptKind.COLLECTION,
        code=kind,
        labels=COLLECTIONS[kind],
        languages=("fr", "en"),
    )
    for row in tables.rows(member, required=("conceptUri",)):
        if isinstance(row, SkippedRecord):
            yield row
        else:
            yield RelationRecord(row["conceptUri"], RelationKind.COLLECTION, collection, row.where)


def _broader(member: Member) -> Iterator[Record]:
    for row in tables.rows(member, required=("conceptUri", "broaderUri")):
        if isinstance(row, SkippedRecord):
            yield row
        else:
            yield RelationRecord(row["conceptUri"], RelationKind.BROADER, row["broaderUri"], row.where)


def _occupation_skills(member: Member) -> Iterator[Record]:
    return _needed(member, "occupationUri", "skillUri")


def _skill_skills(member: Member) -> Iterator[Record]:
    return _needed(member, "originalSkillUri", "relatedSkillUri")


def _needed(member: Member, source: str, target: str) -> Iterator[Record]:
    """Read twice: where a pair is both essential and optional, essential wins, in whatever order."""
    essential: set[int] = set()
    for wanted in (RelationKind.ESSENTIAL, RelationKind.OPTIONAL):
        for row in tables.rows(member, required=(source, target, "relationType")):
            if isinstance(row, SkippedRecord):
                if wanted is RelationKind.ESSENTIAL:
                    yield row
                continue
            pair, kind = hash((row[source], row[target])), row["relationType"].casefold()
            if kind != wanted.value:
                if wanted is RelationKind.ESSENTIAL and kind != RelationKind.OPTIONAL.value:
                    yield SkippedRecord("relation", row.where, kind)
            elif wanted is RelationKind.ESSENTIAL:
                essential.add(pair)
                yield RelationRecord(row[source], wanted, row[target], row.where)
            elif pair in essential:
                yield SkippedRecord("essential_too", row.where, row[source])
            else:
                yield RelationRecord(row[source], wanted, row[target], row.where)


_RELATION_READERS = {
    "occupationskillrelations": (_occupation_skills, 2),
    "skillskillrelations": (_skill_skills, 2),
    "broaderrelationsskillpillar": (_broader, 1),
    "broaderrelationsoccpillar": (_broader, 1),
}

IMPORTER = EscoImporter()
