"""
Communes and intercommunal bodies, from the official lists: ``jalon frameworks import communes FILE…``.

Several lists complete each other: one gives places on the map, another density and rural zoning. What a list
does not say of a commune stays as another said it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from jalon.frameworks.errors import ImportFileError
from jalon.frameworks.importers import tables
from jalon.frameworks.importers.files import Files, Member
from jalon.frameworks.importers.protocol import TableReport, Wanted
from jalon.frameworks.rules.records import Note, SkippedRecord
from jalon.territory import labels
from jalon.territory.models import EXTRACT, Commune, key_of
from jalon.territory.rules.communes import (
    CommuneRow,
    Layout,
    LeftOut,
    edition_of,
    layout_of,
    may_end,
    read_row,
)

BATCH = 1000
MOST_EXAMPLES = 5
MOST_EPCI = 20_000
SIREN = re.compile(r"[0-9]{9}")
ATTRIBUTION = "Sources : INSEE, IGN, La Poste, DGCL, ANCT, Licence Ouverte 2.0."
# Every column that a list may give, and what follows from them.
_WRITTEN = [
    "name",
    "postcodes",
    "department",
    "region",
    "epci_code",
    "epci_name",
    "population",
    "latitude",
    "longitude",
    "density",
    "frr",
    "edition",
    "is_current",
    "key",
]


@dataclass
class _Run:
    """What one import has met so far."""

    version: str
    epci_names: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    skipped: dict[str, list[str]] = field(default_factory=dict)
    skipped_counts: Counter[str] = field(default_factory=Counter)

    def leave_out(self, reason: str, where: str, met: str) -> None:
        self.counts["skipped"] += 1
        self.skipped_counts[reason] += 1
        examples = self.skipped.setdefault(reason, [])
        if len(examples) < MOST_EXAMPLES:
            examples.append(f"{where} : {met}"[:200])

    def told(self) -> dict[str, tuple[str, ...]]:
        """The reasons in words, each with its number and first examples."""
        return {
            f"{self.skipped_counts[reason]} × {labels.LEFT_OUT[reason]}": tuple(examples)
            for reason, examples in self.skipped.items()
        }


class Communes:
    """The importer; see `frameworks.importers.protocol.TableLoader`."""

    @property
    def name(self) -> str:
        return "communes"

    @property
    def title(self) -> str:
        return "Communes et intercommunalités (INSEE, IGN, DGCL)"

    def recognises(self, files: Files) -> bool:
        return any(
            _lists_bodies(member) if layout is Layout.EPCI else layout is not None
            for member, layout in _laid_out(files)
        )

    def load(self, files: Files, wanted: Wanted, advance: Callable[[int], None]) -> TableReport:
        """
        Load every list, in batches that are each kept: an import that was killed is run again, and finds what
        it kept unchanged.

        Communes that a whole list no longer has are no longer current; unless so many are missing that the
        list must have been cut, which is told.

        Raises:
            ImportFileError: No list is recognised, one cannot be read, or a later edition is there already.
        """
        run = _Run(wanted.version or edition_of([*files.names, *(member.name for member in files.members)]))
        lists = _laid_out(files)
        if not any(layout for _member, layout in lists):
            raise ImportFileError("empty", "expected a list of communes", name=", ".join(files.names))
        _refuse_older(run.version)
        for member, layout in lists:
            if layout is Layout.EPCI:
                _read_epci(member, run)
        before = files.meter.bytes_read
        for member, layout in lists:
            if layout is None or layout is Layout.EPCI:
                continue
            for batch in _batches(member, layout, run):
                _keep(batch, run)
                advance(files.meter.bytes_read - before)
                before = files.meter.bytes_read
        _name_epci(run)
        notes = () if wanted.is_partial else _end_missing(run)
        return TableReport(run.version, dict(run.counts), run.told(), notes, ATTRIBUTION)


def _laid_out(files: Files) -> list[tuple[Member, Layout | None]]:
    return [(member, layout_of(tables.columns(member))) for member in files.members]


def _lists_bodies(member: Member) -> bool:
    """Whether a file with so common headings numbers its rows as intercommunal bodies are: by their SIREN."""
    first = next(iter(tables.rows(member, ("code",))), None)
    return isinstance(first, tables.Row) and SIREN.fullmatch(first["code"].strip()) is not None


def _refuse_older(version: str) -> None:
    later = Commune.objects.exclude(edition=EXTRACT).aggregate(latest=Max("edition"))["latest"] or ""
    if version and later > version:
        raise ImportFileError(
            "older_edition",
            f"expected an edition not before {later}, met {version}",
            framework="communes",
            later=later,
            version=version,
        )


def _read_epci(member: Member, run: _Run) -> None:
    for row in tables.rows(member, ("code", "name")):
        if isinstance(row, SkippedRecord):
            run.leave_out("malformed", row.where, row.met)
            continue
        run.counts["read"] += 1
        if len(run.epci_names) < MOST_EPCI and row["code"].isdigit():
            run.epci_names[row["code"]] = row["name"][:200]


def _batches(member: Member, layout: Layout, run: _Run) -> Iterator[dict[str, CommuneRow]]:
    batch: dict[str, CommuneRow] = {}
    for row in tables.rows(member):
        if isinstance(row, SkippedRecord):
            run.leave_out("malformed", row.where, row.met)
            continue
        run.counts["read"] += 1
        read = read_row(layout, row.cells)
        if isinstance(read, LeftOut):
            run.leave_out(read.reason, row.where, read.met)
            run.seen |= {read.code} - {""}
            continue
        if read.code in batch:
            run.leave_out("twice", row.where, read.code)
            continue
        batch[read.code] = read
        if len(batch) >= BATCH:
            yield batch
            batch = {}
    if batch:
        yield batch


@transaction.atomic
def _keep(batch: dict[str, CommuneRow], run: _Run) -> None:
    known = Commune.objects.in_bulk(list(batch))
    new, changed, again = [], [], []
    for code, row in batch.items():
        values = {**row.values, "is_current": True}
        if name := run.epci_names.get(str(row.values.get("epci_code", ""))):
            values.setdefault("epci_name", name)
        commune = known.get(code)
        if commune is None:
            new.append(Commune(code=code, edition=run.version, **values, key=key_of(str(row.values["name"]))))
        elif any(getattr(commune, column) != value for column, value in values.items()):
            for column, value in values.items():
                setattr(commune, column, value)
            commune.key, commune.edition = key_of(commune.name), run.version or commune.edition
            changed.append(commune)
        else:
            again.append(code)
    Commune.objects.bulk_create(new)
    # An upsert: `bulk_update` builds one CASE per row and column, and takes twenty times as long.
    Commune.objects.bulk_create(
        changed, update_conflicts=True, update_fields=_WRITTEN, unique_fields=["code"]
    )
    if run.version:
        Commune.objects.filter(code__in=again).exclude(edition=run.version).update(edition=run.version)
    run.seen |= batch.keys()
    run.counts.update(new=len(new), changed=len(changed), unchanged=len(again))


def _name_epci(run: _Run) -> None:
    """Names for the communes that an earlier list left with the number of their EPCI only."""
    waiting = Commune.objects.filter(epci_name="").exclude(epci_code="")
    for code in waiting.values_list("epci_code", flat=True).distinct() if run.epci_names else ():
        if name := run.epci_names.get(code):
            run.counts["changed"] += Commune.objects.filter(epci_code=code, epci_name="").update(
                epci_name=name
            )


def _end_missing(run: _Run) -> tuple[Note, ...]:
    known = set(Commune.objects.filter(is_current=True).values_list("code", flat=True))
    missing = sorted(known - run.seen) if run.seen else []
    if not missing:
        return ()
    if not may_end(known=len(known), missing=len(missing)):
        return (Note(str(labels.LIST_WAS_CUT), {"missing": len(missing), "known": len(known)}),)
    for start in range(0, len(missing), BATCH):
        Commune.objects.filter(code__in=missing[start : start + BATCH]).update(is_current=False)
    run.counts["withdrawn"] += len(missing)
    return ()


IMPORTER = Communes()
