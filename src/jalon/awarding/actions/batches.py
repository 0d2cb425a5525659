"""A list of people, from the file to the start of the awards. Nothing is signed here."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction

from jalon.awarding.actions import matching
from jalon.awarding.errors import (
    BatchStateError,
    ChoiceError,
    FileGoneError,
    FutureAwardError,
    NoHeaderError,
    NothingToAwardError,
    NotPublishedError,
    TooManyRowsError,
)
from jalon.awarding.models import AwardBatch, BatchFile, BatchRow
from jalon.awarding.queries.batches import counts_of, progress_of
from jalon.awarding.rules.batch_rows import AGAIN, MAX_ROWS, SAME
from jalon.awarding.rules.batch_states import OPEN_STATES, UNDER_WAY, BatchState, RowState, may_become
from jalon.awarding.rules.columns import ColumnMapping, find_header, guess_columns
from jalon.design.models import Specification
from jalon.foundation import clock, jobs, journal, tables
from jalon.people.models import Organisation, User
from jalon.people.permissions import require
from jalon.people.rules import Capability

KEEP_FILES = timedelta(days=30)
KEEP_VALUES = timedelta(days=30)


@transaction.atomic
def receive_file(
    *, organisation: Organisation, specification: Specification, name: str, data: bytes, by: User
) -> AwardBatch:
    """
    Take a spreadsheet in and guess what its columns hold. `map_columns` comes next.

    Raises:
        NotAllowedError, NotPublishedError
        UnreadableFileError: Not a spreadsheet, or beyond its bounds; the code says why.
        TooManyRowsError: More than `MAX_ROWS`.
    """
    require(by, Capability.PREPARE_AWARDS, organisation)
    if not specification.is_published or specification.micro_credential.organisation_id != organisation.id:
        raise NotPublishedError
    table = tables.read(data, name)
    header = find_header(table)
    below = [row for row in table.rows if row.number > header.number]
    if len(below) > MAX_ROWS:
        raise TooManyRowsError(met=len(below), limit=MAX_ROWS)
    mapping = guess_columns(header, below[:50], today=clock.today())
    batch = AwardBatch.objects.create(
        organisation=organisation,
        specification=specification,
        file_name=name[-250:],
        file_sha256=hashlib.sha256(data).hexdigest(),
        columns=list(header.labels),
        mapping=mapping.as_dict(),
        received_by=by,
    )
    BatchFile.objects.create(batch=batch, data=data)
    journal.write(
        organisation=organisation,
        actor=by,
        verb="batch.received",
        object_id=batch.id,
        facts={"rows": len(below), "sha256": batch.file_sha256},
    )
    return batch


@transaction.atomic
def map_columns(
    *, batch: AwardBatch, mapping: ColumnMapping, by: User, awarded_on: date | None = None
) -> AwardBatch:
    """
    Say what the columns hold, and check every row: against the others, the people known here, and their
    awards.

    May be called again; answers given about rows before are forgotten, since the rows are read anew.

    Args:
        awarded_on: For the rows that say no date; today where it is not given.

    Raises:
        NotAllowedError, BatchStateError, FutureAwardError
        NoHeaderError: No column holds names.
        FileGoneError: The file was deleted after 30 days.
    """
    require(by, Capability.PREPARE_AWARDS, batch.organisation)
    batch = _locked(batch)
    _refuse_unless(batch, OPEN_STATES)
    wanted = awarded_on or clock.today()
    if wanted > clock.today():
        raise FutureAwardError(met=wanted.isoformat())
    if not mapping.has_names:
        raise NoHeaderError("expected a column of names", columns=list(mapping.header.labels[:20]))
    file = BatchFile.objects.filter(batch=batch).first()
    if file is None:
        raise FileGoneError
    table = tables.read(bytes(file.data), batch.file_name)
    batch.mapping, batch.awarded_on = mapping.as_dict(), wanted
    batch.rows.all().delete()
    BatchRow.objects.bulk_create(matching.checked_rows(batch, table, mapping), batch_size=1000)
    _move(batch, BatchState.CHECKED)
    return batch


def resolve_homonym(*, row: BatchRow, choice: str, by: User) -> BatchRow:
    """
    Answer about one row: is it somebody already met?

    Args:
        choice: ``"new"`` (somebody else), ``"skip"`` (the same row twice, or leave it out), or
            ``"same:<person id>"`` with one of the row's candidates.

    Raises:
        NotAllowedError, BatchStateError, ChoiceError
    """
    return _resolve(row.batch, [row.pk], choice, by)[0]


def resolve_homonyms(*, batch: AwardBatch, choice: str, by: User) -> int:
    """
    Give one answer about every row that waits for one: ``"new"``, ``"skip"``, or ``"same"`` where there is
    one candidate.
    """
    waiting = batch.rows.filter(state=RowState.HOMONYM.value)
    if choice == SAME:
        return sum(
            len(_resolve(batch, [row.pk], f"{SAME}:{row.candidates[0]}", by))
            for row in waiting
            if len(row.candidates) == 1
        )
    return len(_resolve(batch, list(waiting.values_list("pk", flat=True)), choice, by))


@transaction.atomic
def _resolve(batch: AwardBatch, row_ids: Collection[int], choice: str, by: User) -> list[BatchRow]:
    require(by, Capability.PREPARE_AWARDS, batch.organisation)
    batch = _locked(batch)
    _refuse_unless(batch, OPEN_STATES)
    rows = list(batch.rows.filter(pk__in=row_ids))
    for row in rows:
        if not row.candidates and row.code not in matching.ASKED_CODES:
            raise ChoiceError(row=row.number)
        matching.answer(batch, row, choice)
        row.save()
    _count(batch)
    return rows


@transaction.atomic
def wish_again(*, batch: AwardBatch, rows: Collection[BatchRow], by: User, wanted: bool = True) -> int:
    """
    The explicit gesture: award these rows although an earlier award expired or was revoked. Undone by
    ``wanted=False``.

    Raises:
        NotAllowedError, BatchStateError
    """
    require(by, Capability.PREPARE_AWARDS, batch.organisation)
    batch = _locked(batch)
    _refuse_unless(batch, OPEN_STATES)
    chosen = batch.rows.filter(pk__in=[row.pk for row in rows], code__startswith="again.")
    changed = chosen.update(
        state=(RowState.READY if wanted else RowState.AGAIN).value, choice=AGAIN if wanted else ""
    )
    _count(batch)
    return changed


@transaction.atomic
def start_batch(*, batch: AwardBatch, by: User) -> AwardBatch:
    """
    Have the ready rows awarded in the background; the job is kept together with this transaction or not at
    all.

    Asked twice, it starts once. A batch whose worker gave up is taken up where it stopped.

    Raises:
        NotAllowedError, BatchStateError
        NothingToAwardError: No row is ready.
    """
    require(by, Capability.AWARD, batch.organisation)
    batch = _locked(batch)
    if batch.state in UNDER_WAY and not progress_of(batch).is_stopped:
        return batch
    if not may_become(BatchState(batch.state), BatchState.QUEUED):
        raise BatchStateError(state=batch.state)
    batch.rows.filter(state=RowState.READY.value).update(state=RowState.QUEUED.value)
    if not batch.rows.filter(state=RowState.QUEUED.value).exists():
        raise NothingToAwardError
    batch.state = BatchState.QUEUED.value
    batch.started_by, batch.started_at = by, clock.now()
    batch.failure_code, batch.failure_facts = "", {}
    batch.counts = counts_of(batch)
    batch.task_id = jobs.enqueue("jalon.awarding.tasks.run_batch", batch_id=str(batch.id))
    batch.save()
    journal.write(
        organisation=batch.organisation,
        actor=by,
        verb="batch.started",
        object_id=batch.id,
        facts={"rows": batch.counts.get("queued", 0)},
    )
    return batch


@transaction.atomic
def abandon_batch(*, batch: AwardBatch, by: User) -> None:
    """Give a batch up before it starts: its file and what its rows say about people are deleted at once."""
    require(by, Capability.PREPARE_AWARDS, batch.organisation)
    batch = _locked(batch)
    if not may_become(BatchState(batch.state), BatchState.ABANDONED):
        raise BatchStateError(state=batch.state)
    BatchFile.objects.filter(batch=batch).delete()
    batch.rows.exclude(state=RowState.AWARDED.value).delete()
    batch.finished_at = clock.now()
    _move(batch, BatchState.ABANDONED)
    journal.write(organisation=batch.organisation, actor=by, verb="batch.abandoned", object_id=batch.id)


def purge_uploads() -> int:
    """
    Delete uploaded files that have served or are 30 days old, and, 30 days after the end, what rows say
    about people.

    Returns:
        Files deleted.
    """
    now = clock.now()
    old = BatchFile.objects.filter(received_at__lt=now - KEEP_FILES)
    served = BatchFile.objects.filter(
        batch__state__in=[BatchState.FINISHED.value, BatchState.ABANDONED.value]
    )
    deleted = old.delete()[0] + served.delete()[0]
    over = AwardBatch.objects.filter(finished_at__lt=now - KEEP_VALUES)
    BatchRow.objects.filter(batch__in=over).exclude(values={}).update(values={}, facts={}, candidates=[])
    left = AwardBatch.objects.filter(
        created_at__lt=now - KEEP_VALUES, state__in=[state.value for state in OPEN_STATES]
    )
    BatchRow.objects.filter(batch__in=left).delete()
    left.update(state=BatchState.ABANDONED.value, finished_at=now, counts={})
    return deleted


def _locked(batch: AwardBatch) -> AwardBatch:
    return (
        AwardBatch.objects.select_for_update(of=("self",))
        .select_related("organisation", "specification__micro_credential")
        .get(pk=batch.pk)
    )


def _refuse_unless(batch: AwardBatch, states: Collection[BatchState]) -> None:
    if batch.state not in states:
        raise BatchStateError(state=batch.state)


def _move(batch: AwardBatch, after: BatchState) -> None:
    if not may_become(BatchState(batch.state), after):
        raise BatchStateError(state=batch.state)
    batch.state = after.value
    batch.counts = counts_of(batch)
    batch.save()


def _count(batch: AwardBatch) -> None:
    batch.counts = counts_of(batch)
    batch.save(update_fields=["counts"])
