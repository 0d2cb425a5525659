"""Putting tasks in the queue by dotted name, and asking what became of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult, get_date_max

from jalon.foundation.models import JobLease


class JobState(StrEnum):
    """What a task is doing."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"


_STATES = {
    "READY": JobState.WAITING,
    "RUNNING": JobState.RUNNING,
    "SUCCESSFUL": JobState.DONE,
    "FAILED": JobState.FAILED,
}


def enqueue(dotted_name: str, /, *, run_after: datetime | None = None, **arguments: Any) -> UUID:
    """
    Have a task run soon, if and only if the caller's transaction is kept.

    Args:
        dotted_name: A function decorated with ``django_tasks.task``: ``"jalon.awarding.tasks.run_batch"``.
            By name, so that actions need not import the tasks that import them.
        run_after: Not before this aware moment.
        arguments: JSON types only: identifiers, not objects.

    Returns:
        The task's identifier, for `state_of`.
    """
    task = import_string(dotted_name)
    if run_after is not None:
        task = task.using(run_after=run_after)
    return UUID(str(task.enqueue(**arguments).id))


def state_of(task_id: UUID | None) -> JobState:
    """What became of a task; unknown when its row was pruned or there never was one."""
    if task_id is None:
        return JobState.UNKNOWN
    status = DBTaskResult.objects.filter(id=task_id).values_list("status", flat=True).first()
    return _STATES.get(status or "", JobState.UNKNOWN)


@transaction.atomic
def retry(task_id: UUID) -> bool:
    """Put a failed task back in the queue with a fresh count of attempts. False when it had not failed."""
    changed = DBTaskResult.objects.filter(id=task_id, status="FAILED").update(
        status="READY", finished_at=None, run_after=get_date_max()
    )
    if changed:
        JobLease.objects.filter(task_id=task_id).update(attempts=0, worker="")
    return bool(changed)
