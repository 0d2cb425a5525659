"""Who runs which task, and when a silent worker is believed dead, so that its task is taken up by another."""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django_tasks_db.models import DBTaskResult, get_date_max

from jalon.foundation import clock
from jalon.foundation.models import JobLease

TaskRow = DBTaskResult[Any, Any]

LEASE = timedelta(seconds=30)
HEARTBEAT = timedelta(seconds=8)
MAX_ATTEMPTS = 5
BACK_OFF = (timedelta(seconds=2), timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))


@dataclass(frozen=True)
class WorkerName:
    """A worker as leases name it: the machine, the process, and a part that no restart repeats."""

    host: str = field(default_factory=lambda: socket.gethostname()[:80])
    pid: int = field(default_factory=os.getpid)
    mark: str = field(default_factory=lambda: secrets.token_hex(4))

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}:{self.mark}"


# The workers that live in this very process: a container restarts with the same host name and process number.
_alive_here: set[str] = set()


def enrol(worker: WorkerName) -> None:
    """A worker of this process begins."""
    _alive_here.add(str(worker))


def discharge(worker: WorkerName) -> None:
    """A worker of this process ends."""
    _alive_here.discard(str(worker))


@transaction.atomic
def claim(worker: WorkerName) -> TaskRow | None:
    """
    Take the next task and lease it, in one transaction.

    PostgreSQL skips rows that another worker holds; SQLite lets one writer in at a time (BEGIN IMMEDIATE).
    """
    row = DBTaskResult.objects.ready().get_locked()
    if row is None:
        return None
    row.claim(str(worker))
    lease, _ = JobLease.objects.get_or_create(task_id=row.id)
    lease.worker, lease.host, lease.pid = str(worker), worker.host, worker.pid
    lease.until = clock.now() + LEASE
    lease.attempts += 1
    lease.save()
    return row


def extend(row: TaskRow, worker: WorkerName) -> bool:
    """Say that *worker* lives. False when the task was given to another meanwhile."""
    return bool(JobLease.objects.filter(task_id=row.id, worker=str(worker)).update(until=clock.now() + LEASE))


@transaction.atomic
def finish(row: TaskRow, worker: WorkerName, result: object) -> bool:
    """Note success, unless the task was given to another meanwhile: then theirs counts."""
    lease = JobLease.objects.select_for_update().filter(task_id=row.id, worker=str(worker)).first()
    if lease is None:
        return False
    row.set_successful(result)
    lease.worker, lease.last_error = "", ""
    lease.save(update_fields=["worker", "last_error"])
    return True


@transaction.atomic
def give_back(row: TaskRow, worker: WorkerName, error: BaseException, *, may_retry: bool) -> bool:
    """
    Note a failed attempt: back in the queue a little later, or failed for good and visible.

    Returns:
        Whether it will be tried again.
    """
    lease = JobLease.objects.select_for_update().filter(task_id=row.id, worker=str(worker)).first()
    if lease is None:
        return True
    lease.last_error = f"{type(error).__name__}: {error}"[:500]
    lease.worker = ""
    lease.save(update_fields=["last_error", "worker"])
    again = may_retry and lease.attempts < MAX_ATTEMPTS
    if again:
        wait = BACK_OFF[min(lease.attempts, len(BACK_OFF)) - 1]
        DBTaskResult.objects.filter(id=row.id).update(status="READY", run_after=clock.now() + wait)
    else:
        row.set_failed(error)
    return again


@transaction.atomic
def release(row: TaskRow, worker: WorkerName) -> None:
    """Put a task back that gave way to the end of its worker: at once, and without counting as an attempt."""
    mine = JobLease.objects.filter(task_id=row.id, worker=str(worker))
    if mine.update(worker="", attempts=F("attempts") - 1):
        DBTaskResult.objects.filter(id=row.id).update(status="READY", run_after=get_date_max())


def take_up_again() -> int:
    """
    Put tasks of dead workers back in the queue: their lease ran out, or their process is gone.

    A task that took its workers down with it as often as it may be tried is marked as failed.

    Returns:
        How many went back.
    """
    held = JobLease.objects.exclude(worker="")
    dead = [lease.task_id for lease in held if lease.until <= clock.now() or _is_gone(lease)]
    return sum(_take_up_one(task_id) for task_id in dead)


@transaction.atomic
def _take_up_one(task_id: UUID) -> int:
    lease = JobLease.objects.select_for_update(skip_locked=True).filter(task_id=task_id).first()
    if lease is None or not lease.worker or not (lease.until <= clock.now() or _is_gone(lease)):
        return 0  # it came back to life, or another worker was quicker
    previous, lease.worker = lease.worker, ""
    lease.last_error = lease.last_error or f"the worker {previous} was lost"
    lease.save(update_fields=["worker", "last_error"])
    row = DBTaskResult.objects.filter(id=task_id, status="RUNNING").first()
    if row is None:
        return 0
    if lease.attempts >= MAX_ATTEMPTS:
        row.set_failed(RuntimeError(f"its worker was lost {lease.attempts} times"))
        return 0
    DBTaskResult.objects.filter(id=task_id).update(status="READY", run_after=get_date_max())
    return 1


def _is_gone(lease: JobLease) -> bool:
    if lease.host != socket.gethostname()[:80]:
        return False
    if lease.pid == os.getpid():
        return lease.worker not in _alive_here
    try:
        os.kill(lease.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False  # alive, and another account's
    return False
