"""Lists of people on their way to be awarded, and how far they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from jalon.awarding.models import AwardBatch, BatchRow
from jalon.awarding.rules.batch_states import BatchState, RowState
from jalon.foundation import jobs
from jalon.people.models import Organisation, User
from jalon.people.permissions import organisations_where
from jalon.people.rules import Capability


@dataclass(frozen=True)
class BatchProgress:
    """
    How far a batch is, told from its rows, so never ahead of the truth.

    Attributes:
        done: Rows that need no more work: awarded, already awarded meanwhile, or failed.
        is_stopped: Its worker gave up; `start_batch` takes it up where it stopped.
    """

    state: BatchState
    done: int
    total: int
    awarded: int
    failed: int
    is_stopped: bool = False

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_over(self) -> bool:
        return self.state in (BatchState.FINISHED, BatchState.FAILED, BatchState.ABANDONED) or self.is_stopped


def batch_for(user: User, batch_id: UUID) -> AwardBatch | None:
    """A batch that *user* may see, or None: a stranger is not told that it exists."""
    return (
        AwardBatch.objects.filter(
            id=batch_id, organisation__in=organisations_where(user, Capability.PREPARE_AWARDS)
        )
        .select_related("organisation", "specification__micro_credential", "started_by")
        .first()
    )


def batches_of(organisation: Organisation) -> QuerySet[AwardBatch]:
    """The batches of *organisation*, newest first."""
    return AwardBatch.objects.filter(organisation=organisation).select_related(
        "specification__micro_credential", "started_by"
    )


def rows_of(batch: AwardBatch, states: Iterable[RowState] = ()) -> QuerySet[BatchRow]:
    """The rows of *batch* in the order of the file; only those in *states*, where some are named."""
    rows = (
        BatchRow.objects.filter(batch=batch)
        .select_related("person", "award")
        .prefetch_related("award__credentials")
    )
    wanted = [state.value for state in states]
    return rows.filter(state__in=wanted) if wanted else rows


def counts_of(batch: AwardBatch) -> dict[str, int]:
    """Number of rows by state: ``{"ready": 38, "rejected": 2}``."""
    counted = BatchRow.objects.filter(batch=batch).order_by().values("state").annotate(number=Count("id"))
    return {line["state"]: line["number"] for line in counted}


def progress_of(batch: AwardBatch) -> BatchProgress:
    """How far *batch* is at this moment."""
    counts = counts_of(batch)
    started = counts.get("queued", 0) + counts.get("awarded", 0) + counts.get("failed", 0)
    stopped = batch.is_under_way and jobs.state_of(batch.task_id) in (
        jobs.JobState.FAILED,
        jobs.JobState.UNKNOWN,
    )
    return BatchProgress(
        state=BatchState(batch.state),
        done=started - counts.get("queued", 0),
        total=started,
        awarded=counts.get("awarded", 0),
        failed=counts.get("failed", 0),
        is_stopped=stopped,
    )
