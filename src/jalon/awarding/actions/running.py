"""
Awarding the queued rows of a batch, in the background.

Rows are signed in small chunks outside any transaction, then kept in one: persons, awards, credentials and
the rows' new state together. Killed before that commit, nothing was awarded; after it, those rows are done.
Whoever takes the batch up again goes on with the rows still queued, so nobody is awarded twice and nobody
is lost.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from jalon.awarding.actions.awards import announce_issued, new_award, refuse_unless_wanted, retire
from jalon.awarding.actions.forms import ask_for_forms
from jalon.awarding.actions.matching import KnownPeople
from jalon.awarding.actions.signing import Press, Signed, credential_row
from jalon.awarding.errors import (
    AlreadyAwardedError,
    AwardingError,
    NeedsGestureError,
    ValidityOverError,
)
from jalon.awarding.models import Award, AwardBatch, BatchFile, BatchRow, Credential
from jalon.awarding.queries.awards import live_awards_of
from jalon.awarding.queries.batches import counts_of
from jalon.awarding.rules import batch_rows
from jalon.awarding.rules.batch_rows import AGAIN, NEW
from jalon.awarding.rules.batch_states import UNDER_WAY, BatchState, RowState, may_become
from jalon.awarding.rules.building import Earned
from jalon.awarding.rules.holders import HolderRow
from jalon.foundation import clock, jobs, journal
from jalon.foundation.errors import JalonError
from jalon.people.actions import create_person, find_or_create_person
from jalon.people.actions.locking import locked
from jalon.people.models import Person
from jalon.people.rules import MatchOutcome
from sceau.errors import SceauError

logger = logging.getLogger("jalon.awarding")

Refusal = SceauError | ValidityOverError

CHUNK = 50
"""Rows signed before they are kept: what a kill costs, and how long a writer of SQLite waits."""


def run_batch(batch_id: UUID) -> None:
    """
    Award what is still queued. Running it twice, or at the same time as another worker, changes nothing more.

    A refusal that concerns the whole batch (a key that cannot be opened) stops it and is kept on it, to be
    read on its page; it can be started again once that is mended.
    """
    batch = AwardBatch.objects.select_related("organisation", "specification__micro_credential").get(
        pk=batch_id
    )
    if not _begin(batch):
        return
    try:
        press = Press(batch.organisation, batch.specification)
        while rows := list(batch.rows.filter(state=RowState.QUEUED.value).order_by("number")[:CHUNK]):
            _award(batch, rows, press)
            jobs.give_way()
    except JalonError as error:
        logger.warning("batch %s stopped: %s", batch_id, error)
        _fail(batch, error)
        return
    _finish(batch)


@transaction.atomic
def _begin(batch: AwardBatch) -> bool:
    held = AwardBatch.objects.select_for_update().get(pk=batch.pk)
    if held.state not in UNDER_WAY:
        return False
    held.state = BatchState.RUNNING.value
    held.save(update_fields=["state"])
    return True


def _award(batch: AwardBatch, rows: Sequence[BatchRow], press: Press) -> None:
    """Sign one chunk, then keep it; row by row where something of it cannot be kept with the others."""
    signed = _signed(batch, rows, press)
    try:
        _keep(batch, rows, signed)
    except (IntegrityError, DataError):
        for row in rows:
            try:
                _keep(batch, [row], signed)
            except (IntegrityError, DataError) as error:
                logger.warning("row %s of batch %s: %s", row.number, batch.pk, error)
                BatchRow.objects.filter(pk=row.pk, state=RowState.QUEUED.value).update(
                    state=RowState.FAILED.value, code="row.refused_by_database"
                )


def _signed(batch: AwardBatch, rows: Sequence[BatchRow], press: Press) -> dict[int, Signed | Refusal]:
    results: dict[int, Signed | Refusal] = {}
    for row, place in zip(rows, press.reserve(len(rows)), strict=True):
        holder = batch_rows.read(row.number, row.values)
        earned = Earned(
            holder_name=holder.name,
            awarded_on=holder.awarded_on or batch.awarded_on,
            given_name=holder.given_name,
            family_name=holder.family_name,
            grade=holder.grade,
        )
        try:
            results[row.pk] = press.sign(earned, place)
        except (SceauError, ValidityOverError) as error:
            results[row.pk] = error
    return results


@transaction.atomic
def _keep(batch: AwardBatch, rows: Sequence[BatchRow], signed: dict[int, Signed | Refusal]) -> None:
    # Those that another worker kept meanwhile are no longer queued: what was signed here for them is dropped.
    held = list(
        BatchRow.objects.select_for_update()
        .filter(pk__in=[row.pk for row in rows], state=RowState.QUEUED.value)
        .order_by("number")
    )
    persons = _persons(batch, held, signed)
    before = live_awards_of(list(persons.values()), batch.specification_id)
    awards: list[Award] = []
    credentials: list[Credential] = []
    for row in held:
        result, person = signed[row.pk], persons.get(row.pk)
        if isinstance(result, Exception) or person is None:
            continue
        try:
            _make_way(before.get(person.id), row)
        except (AlreadyAwardedError, NeedsGestureError) as refusal:
            _refuse(row, refusal, before[person.id])
            continue
        award = new_award(
            result,
            organisation=batch.organisation,
            specification=batch.specification,
            person=person,
            by=batch.started_by,
        )
        before[person.id] = award
        awards.append(award)
        credentials.append(credential_row(result, award))
        row.person, row.award = person, award
        row.state, row.code, row.facts = RowState.AWARDED.value, "", {}
    Award.objects.bulk_create(awards)
    Credential.objects.bulk_create(credentials)
    BatchRow.objects.bulk_update(held, ["person", "award", "state", "code", "facts"])
    journal.write_about(
        organisation=batch.organisation,
        actor=batch.started_by,
        verb="award.issued",
        objects=[(award.id, {"batch": str(batch.id)}) for award in awards],
    )
    ask_for_forms(batch.organisation, [award.id for award in awards])
    _say_how_far(batch)
    for award in awards:
        announce_issued(award)


def _persons(
    batch: AwardBatch, held: Sequence[BatchRow], signed: dict[int, Signed | Refusal]
) -> dict[int, Person]:
    """
    Whom each row speaks of, found or created; a row for which that cannot be said is marked with the reason.
    """
    persons: dict[int, Person] = {}
    unknown: list[tuple[BatchRow, HolderRow]] = []
    for row in held:
        result = signed[row.pk]
        if isinstance(result, Exception):
            row.state = RowState.FAILED.value
            row.code = result.code if isinstance(result, ValidityOverError) else "not_signable"
            row.facts = result.facts if isinstance(result, ValidityOverError) else {"reason": result.code}
        elif row.person is not None:
            persons[row.pk] = row.person
        else:
            unknown.append((row, batch_rows.read(row.number, row.values)))
    if unknown:
        # Under the lock that `people` takes to create somebody, so that two workers do not create them twice.
        locked(batch.organisation)
        known = KnownPeople(batch.organisation, [holder for _, holder in unknown])
        for row, holder in unknown:
            person = _person(batch, row, holder, known)
            if person is not None:
                persons[row.pk] = person
    return persons


def _person(batch: AwardBatch, row: BatchRow, holder: HolderRow, known: KnownPeople) -> Person | None:
    found = known.match(holder)
    facts: dict[str, Any] = {
        "organisation": batch.organisation,
        "full_name": holder.name,
        "given_name": holder.given_name,
        "family_name": holder.family_name,
        "birth_date": holder.birth_date,
        "identifier": holder.identifier,
        "email": holder.email,
    }
    if found.outcome is MatchOutcome.SAME:
        # Completed with what the list knows and the record lacks.
        return find_or_create_person(**facts).person
    if found.outcome is MatchOutcome.NEW or row.choice == NEW:
        person = create_person(**facts)
        known.add([person])
        return person
    row.state, row.code = RowState.FAILED.value, "homonym.late"
    row.facts = {"name": holder.name, "count": len(found.candidates)}
    return None


def _make_way(before: Award | None, row: BatchRow) -> None:
    if before is not None:
        refuse_unless_wanted(before, again=row.choice == AGAIN)
        retire(before)


def _refuse(row: BatchRow, refusal: AwardingError, award: Award) -> None:
    """Awarded, expired or revoked since the rows were checked."""
    is_live = isinstance(refusal, AlreadyAwardedError)
    row.state = (RowState.ALREADY if is_live else RowState.AGAIN).value
    row.code = "already" if is_live else f"again.{refusal.facts['state']}"
    row.facts = refusal.facts
    row.person = award.person
    row.award = award if is_live else None


def _say_how_far(batch: AwardBatch) -> None:
    waiting = batch.rows.filter(state=RowState.QUEUED.value).count()
    total = batch.counts.get(RowState.QUEUED.value, 0)
    jobs.report_progress(batch.progress_name, done=max(total - waiting, 0), total=total)


@transaction.atomic
def _finish(batch: AwardBatch) -> None:
    held = AwardBatch.objects.select_for_update().get(pk=batch.pk)
    if not may_become(BatchState(held.state), BatchState.FINISHED):
        return  # another worker was quicker
    held.state, held.finished_at = BatchState.FINISHED.value, clock.now()
    held.counts = counts_of(held)
    held.save(update_fields=["state", "finished_at", "counts"])
    BatchFile.objects.filter(batch=held).delete()
    journal.write(
        organisation=batch.organisation,
        actor=batch.started_by,
        verb="batch.finished",
        object_id=batch.id,
        facts=held.counts,
    )


@transaction.atomic
def _fail(batch: AwardBatch, error: JalonError) -> None:
    held = AwardBatch.objects.select_for_update().get(pk=batch.pk)
    held.state = BatchState.FAILED.value
    held.failure_code, held.failure_facts = error.code, error.facts
    held.counts = counts_of(held)
    held.save(update_fields=["state", "failure_code", "failure_facts", "counts"])
    journal.write(
        organisation=batch.organisation,
        actor=batch.started_by,
        verb="batch.failed",
        object_id=batch.id,
        facts={"code": error.code},
    )
