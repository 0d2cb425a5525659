"""Writes a batch of records into the tables, so that writing it twice changes nothing the second time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection

from jalon.foundation import clock
from jalon.frameworks.models import URI_LENGTH, Concept, ConceptRelation, Edition, Replacement
from jalon.frameworks.rules import merging
from jalon.frameworks.rules.kinds import ConceptStatus, RelationKind
from jalon.frameworks.rules.records import (
    ConceptRecord,
    Record,
    RelationRecord,
    ReplacementRecord,
    SeenRecord,
    SkippedRecord,
)
from jalon.frameworks.rules.reports import Report

_UPDATED = (
    "kind", "code", "labels", "alt_labels", "hidden_labels", "descriptions", "facts", "status", "valid_until",
    "text_digest", "last_edition", "changed_at",
)  # fmt: skip
_MOST_REMEMBERED = 100_000


@dataclass
class Keeper:
    """
    Keeps what one import reads.

    Attributes:
        ids: Address → row, of concepts met lately; forgotten when there are too many.
        touched: Rows that were read.
        counted: Those among them that are counted as new or changed: each once, so that the second language
            of a new concept is no change.
        there: Rows that the edition has, of which this file says nothing.
        goes_on: A killed import goes on: what it changed before is known by its time, no longer by `counted`.
        replaced: Addresses that something takes the place of, said for the first time by this import.
    """

    edition: Edition
    report: Report
    ids: dict[str, int] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    counted: set[int] = field(default_factory=set)
    there: set[int] = field(default_factory=set)
    replaced: list[str] = field(default_factory=list)
    goes_on: bool = False

    def keep(self, records: Iterable[Record]) -> None:
        """Write a batch: concepts first, then what points to them."""
        concepts: dict[str, ConceptRecord] = {}
        relations: dict[tuple[str, RelationKind, str], RelationRecord] = {}
        replacements: dict[tuple[str, str], ReplacementRecord] = {}
        there: list[str] = []
        for record in records:
            if isinstance(record, SkippedRecord):
                self.report.skip(record)
            elif isinstance(record, SeenRecord):
                there.append(record.uri)
            elif isinstance(record, RelationRecord):
                relations[record.source, record.kind, record.target] = record
            elif isinstance(record, ReplacementRecord):
                replacements[record.old, record.new] = record
            elif not record.uri or len(record.uri) > URI_LENGTH:
                self.report.skip(SkippedRecord("address", record.uri[:100]))
            else:
                concepts[record.uri] = record
        self._keep_concepts(concepts)
        self._keep_there(there)
        self._keep_relations(list(relations.values()))
        self._keep_replacements(list(replacements.values()))

    def _keep_concepts(self, records: dict[str, ConceptRecord]) -> None:
        if not records:
            return
        rows = {row.uri: row for row in Concept.objects.filter(uri__in=list(records))}
        now = clock.now()
        new: list[Concept] = []
        changed: list[Concept] = []
        seen: list[int] = []
        for uri, record in records.items():
            row = rows.get(uri)
            if row is not None and row.framework_id != self.edition.framework_id:
                self.report.skip(SkippedRecord("taken", uri, row.framework_id))
                continue
            self.report.counts["read"] += 1
            kept = _kept(row) if row else None
            wanted = merging.merged(kept, record)
            if row is None:
                row = Concept(framework_id=self.edition.framework_id, uri=uri, first_edition=self.edition)
                new.append(row)
            elif wanted != kept:
                changed.append(row)
            else:
                if row.last_edition_id != self.edition.pk:
                    seen.append(row.pk)
                self.touched.add(row.pk)
                continue
            if row.pk and self.goes_on and row.changed_at >= self.edition.started_at:
                self.counted.add(row.pk)
            _fill(row, wanted)
            row.last_edition, row.changed_at = self.edition, now
        self._write_concepts(new, changed, seen)

    def _keep_there(self, uris: Sequence[str]) -> None:
        """What this edition has without a word of it: it is not withdrawn, and comes back if it was."""
        rows = Concept.objects.filter(framework=self.edition.framework_id, uri__in=uris)
        if not uris or not (ids := list(rows.values_list("pk", flat=True))):
            return
        known = Concept.objects.filter(pk__in=ids)
        known.filter(status=ConceptStatus.WITHDRAWN).update(
            status=ConceptStatus.CURRENT, changed_at=clock.now()
        )
        known.update(last_edition=self.edition)
        self.there.update(ids)

    def _write_concepts(self, new: list[Concept], changed: list[Concept], seen: list[int]) -> None:
        for row in Concept.objects.bulk_create(new):
            self._remember(row.uri, row.pk)
            self._count("new", row.pk)
        for row in changed:
            self._count("changed", row.pk)
        if changed:
            Concept.objects.bulk_create(
                changed, update_conflicts=True, unique_fields=["uri"], update_fields=list(_UPDATED)
            )
        Concept.objects.filter(pk__in=seen).update(last_edition=self.edition)

    def _count(self, kind: str, row: int) -> None:
        """A concept counts once, as new or else as changed, however many files tell of it."""
        self.touched.add(row)
        if row not in self.counted:
            self.counted.add(row)
            self.report.counts[kind] += 1

    def _keep_relations(self, records: Sequence[RelationRecord]) -> None:
        if not records:
            return
        self._look_up({r.source for r in records} | {r.target for r in records})
        rows: set[tuple[int, int, str]] = set()
        for record in records:
            source, target = self.ids.get(record.source), self.ids.get(record.target)
            if source is None or target is None:
                missing = record.source if source is None else record.target
                self.report.skip(SkippedRecord("unknown_end", record.where or record.source, missing))
            elif source == target:
                self.report.skip(SkippedRecord("itself", record.where or record.source, record.target))
            else:
                rows.add((source, target, record.kind.value))
        self._write_relations(rows)
        self.report.counts["relations"] += len(rows)

    def _write_relations(self, rows: set[tuple[int, int, str]]) -> None:
        """By hand, the same on both databases: `bulk_create` takes five times as long for 160 000 rows."""
        table = ConceptRelation._meta.db_table
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (source_id, target_id, kind, edition_id, is_current) "  # noqa: S608 -- our table
                "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (source_id, target_id, kind) DO UPDATE "
                "SET edition_id = excluded.edition_id, is_current = excluded.is_current "
                f"WHERE {table}.edition_id <> excluded.edition_id OR NOT {table}.is_current",
                [(*row, self.edition.pk, True) for row in sorted(rows)],
            )

    def _keep_replacements(self, records: Sequence[ReplacementRecord]) -> None:
        good = [r for r in records if r.old != r.new and max(len(r.old), len(r.new)) <= URI_LENGTH]
        if not good:
            return
        known = set(
            Replacement.objects.filter(old_uri__in=[r.old for r in good]).values_list("old_uri", "new_uri")
        )
        new = [r for r in good if (r.old, r.new) not in known]
        Replacement.objects.bulk_create(
            [
                Replacement(
                    framework_id=self.edition.framework_id, old_uri=r.old, new_uri=r.new, edition=self.edition
                )
                for r in new
            ]
        )
        self.replaced += [r.old for r in new]

    def _look_up(self, uris: set[str]) -> None:
        missing = [uri for uri in uris if uri not in self.ids]
        if len(self.ids) + len(missing) > _MOST_REMEMBERED:
            self.ids.clear()
            missing = list(uris)
        for start in range(0, len(missing), 500):
            found = Concept.objects.filter(uri__in=missing[start : start + 500]).values_list("uri", "pk")
            self.ids.update(found)

    def _remember(self, uri: str, row: int) -> None:
        if len(self.ids) < _MOST_REMEMBERED:
            self.ids[uri] = row


def _kept(row: Concept) -> merging.KeptConcept:
    return merging.KeptConcept(
        row.kind,
        row.code,
        row.labels,
        row.alt_labels,
        row.hidden_labels,
        row.descriptions,
        row.facts,
        row.status,
        row.valid_until,
    )


def _fill(row: Concept, wanted: merging.KeptConcept) -> None:
    row.kind, row.code = wanted.kind, wanted.code[:80]
    row.labels, row.descriptions = dict(wanted.labels), dict(wanted.descriptions)
    row.alt_labels, row.hidden_labels = dict(wanted.alt_labels), dict(wanted.hidden_labels)
    row.facts = dict(wanted.facts)
    row.status, row.valid_until = wanted.status, wanted.valid_until
    row.text_digest = merging.text_digest(wanted)
