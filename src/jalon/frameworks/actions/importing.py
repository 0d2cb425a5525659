"""
Imports one edition: in batches that are each kept whole, so that a killed import goes on where it was.

Nothing is ever deleted: what a complete edition lacks is marked withdrawn, and what takes its place is kept.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from jalon.foundation import clock
from jalon.foundation.errors import JalonError
from jalon.frameworks.actions.finishing import finish
from jalon.frameworks.actions.keeping import Keeper
from jalon.frameworks.errors import ImportRunningError, OlderEditionError
from jalon.frameworks.importers.files import Files
from jalon.frameworks.importers.protocol import FrameworkImporter, Wanted
from jalon.frameworks.models import Edition, Framework
from jalon.frameworks.rules import versions
from jalon.frameworks.rules.kinds import EditionState
from jalon.frameworks.rules.known import KnownFramework
from jalon.frameworks.rules.records import ConceptRecord, Part, Reading, Record, SkippedRecord
from jalon.frameworks.rules.reports import Report

BATCH_RECORDS = 1_000
# Of text in one batch: what is held in memory at once.
BATCH_SIGNS = 4_000_000

Advance = Callable[[int], None]


@dataclass(frozen=True)
class Imported:
    """
    What an import came to.

    Attributes:
        gone: Addresses found withdrawn, replaced or split by it.
        resumed: Whether it went on where a killed one had stopped.
    """

    edition: Edition
    report: Report
    gone: tuple[str, ...]
    resumed: bool


def import_edition(
    *,
    importer: FrameworkImporter,
    files: Files,
    wanted: Wanted,
    advance: Advance = lambda _bytes: None,
    expect: Advance = lambda _bytes: None,
) -> Imported:
    """
    Read *files* to their end and keep what they say.

    Args:
        expect: Told once how many bytes are to be read.
        advance: Told each stretch of bytes that was read.

    Raises:
        FrameworksError: The files cannot be read, or a later edition is there. What was kept before stays,
            and the edition is marked as failed.
    """
    with _alone(importer.framework.code):
        reading = importer.read(files, wanted)
        # A run that says it is the whole must have read all of it: it begins at the beginning.
        is_whole = wanted.is_whole and not reading.is_partial
        edition, resumed = _begin(importer.framework, reading, files, may_go_on=not is_whole)
        keeper = Keeper(edition, Report(edition.counts, edition.report), goes_on=resumed)
        for note in reading.notes:
            keeper.report.note(note)
        expect(sum(part.size for part in reading.parts))
        try:
            for part in reading.parts:
                _import_part(part, keeper, files, advance)
        except JalonError as error:
            _fail(edition, keeper.report, error)
            raise
        gone = finish(
            edition,
            keeper.report,
            keeper.replaced,
            read=keeper.touched | keeper.there if is_whole else None,
            read_lately=None if resumed else len(keeper.touched),
        )
    return Imported(edition, keeper.report, gone, resumed)


def keep_framework(known: KnownFramework) -> Framework:
    """The row of a framework, brought up to date with what is said of it."""
    facts: dict[str, Any] = {
        "names": dict(known.names),
        "publisher": known.publisher,
        "licence": known.licence,
        "attributions": dict(known.attributions),
        "homepage": known.homepage,
    }
    return Framework.objects.update_or_create(code=known.code, defaults=facts)[0]


def _begin(known: KnownFramework, reading: Reading, files: Files, *, may_go_on: bool) -> tuple[Edition, bool]:
    """The edition to fill, and whether a killed import of the very same files goes on."""
    key = versions.sort_key(reading.version)
    with transaction.atomic():
        framework = keep_framework(known)
        later = (
            Edition.objects.filter(framework=framework, state=EditionState.COMPLETE, version_key__gt=key)
            .order_by("-version_key")
            .first()
        )
        if later is not None:
            raise OlderEditionError(
                f"expected an edition after {later.version}, met {reading.version}",
                framework=framework.code,
                later=later.version,
                version=reading.version,
            )
        edition = Edition.objects.filter(framework=framework, version=reading.version).first()
        if edition is not None and may_go_on and _goes_on(edition, files):
            edition.state = EditionState.IMPORTING
            edition.save(update_fields=["state"])
            return edition, True
        if edition is None:
            edition = Edition(framework=framework, version=reading.version)
        was_whole = edition.state == EditionState.COMPLETE and not edition.is_partial
        edition.version_key, edition.is_partial = key, reading.is_partial and not was_whole
        edition.languages = list(dict.fromkeys([*edition.languages, *reading.languages]))
        edition.state, edition.started_at, edition.finished_at = EditionState.IMPORTING, clock.now(), None
        edition.sources = _sources(edition, files)
        edition.counts, edition.report = {}, {}
        edition.position = {"fingerprint": files.fingerprint, "done": [], "part": "", "records": 0}
        edition.save()
    return edition, False


def _goes_on(edition: Edition, files: Files) -> bool:
    position = edition.position
    begun = bool(position.get("done") or position.get("records"))
    return (
        edition.state != EditionState.COMPLETE and begun and position.get("fingerprint") == files.fingerprint
    )


def _sources(edition: Edition, files: Files) -> list[dict[str, Any]]:
    """All files that this edition was ever read from: a language may have come later."""
    given = [{"name": s.name, "sha256": s.sha256, "bytes": s.size} for s in files.sources]
    digests = {source["sha256"] for source in given}
    return [s for s in edition.sources if s["sha256"] not in digests][-50:] + given[-200:]


def _import_part(part: Part, keeper: Keeper, files: Files, advance: Advance) -> None:
    position = keeper.edition.position
    if part.name in position["done"]:
        advance(part.size)
        return
    read_before = files.meter.bytes_read
    records = _without_doubles(part.records())
    done = position["records"] if position["part"] == part.name else 0
    for _ in islice(records, done):
        pass
    while batch := _batch(records):
        done += len(batch)
        with transaction.atomic():
            keeper.keep(batch)
            position |= {"part": part.name, "records": done}
            _save_position(keeper)
        advance(files.meter.bytes_read - read_before)
        read_before = files.meter.bytes_read
    position |= {"done": [*position["done"], part.name], "part": "", "records": 0}
    _save_position(keeper)


def _save_position(keeper: Keeper) -> None:
    edition = keeper.edition
    edition.counts, edition.report = keeper.report.counts, keeper.report.plain()
    edition.save(update_fields=["position", "counts", "report"])


def _batch(records: Iterator[Record]) -> list[Record]:
    batch: list[Record] = []
    signs = 0
    for record in records:
        batch.append(record)
        if isinstance(record, ConceptRecord):
            signs += _signs(record)
        if len(batch) >= BATCH_RECORDS or signs > BATCH_SIGNS:
            break
    return batch


def _signs(record: ConceptRecord) -> int:
    texts = [*record.descriptions.values(), *record.labels.values(), *record.facts.values()]
    return sum(len(text) for text in texts if isinstance(text, str))


def _without_doubles(records: Iterator[Record]) -> Iterator[Record]:
    """Each concept once in a part; the first wins. Eight bytes are remembered of each, not its address."""
    met: set[int] = set()
    for record in records:
        if isinstance(record, ConceptRecord):
            mark = hash(record.uri)
            if mark in met:
                yield SkippedRecord("double", record.uri, record.code)
                continue
            met.add(mark)
        yield record


def _fail(edition: Edition, report: Report, error: JalonError) -> None:
    edition.state = EditionState.FAILED
    edition.counts = report.counts
    edition.report = {**report.plain(), "error": {"code": error.code, "facts": error.facts}}
    edition.save(update_fields=["state", "counts", "report"])


@contextmanager
def _alone(framework: str) -> Iterator[None]:
    """
    One import of a framework at a time, on this machine and into this database.

    The lock goes with the process, however it ends.

    Raises:
        ImportRunningError: Another process holds it.
    """
    folder = Path(settings.DATA_DIR) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{framework}-{_database()}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ImportRunningError(framework=framework) from error
        yield


def _database() -> str:
    """Which database this is, in 12 signs; one in memory is its process's own."""
    name = str(connection.settings_dict["NAME"])
    if "mode=memory" in name:
        name += str(os.getpid())
    return hashlib.sha256(name.encode()).hexdigest()[:12]
