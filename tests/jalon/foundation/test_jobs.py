"""Jobs: kept with their transaction, leased, retried, taken up again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from django_tasks_db.models import DBTaskResult
from tests.jalon.foundation import job_samples

from jalon.foundation import clock, jobs
from jalon.foundation.jobs import cleaning, leases, schedules, worker
from jalon.foundation.models import JobLease, JobSchedule

NOTE = "tests.jalon.foundation.job_samples.note"
REFUSE = "tests.jalon.foundation.job_samples.refuse"
RECUR = "tests.jalon.foundation.job_samples.recur"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def samples(monkeypatch: pytest.MonkeyPatch) -> None:
    job_samples.done.clear()
    job_samples.faults.clear()
    job_samples.stops.clear()
    monkeypatch.setattr(schedules, "_schedules", {})


def later(seconds: float = 3600) -> clock.datetime:
    return clock.now() + timedelta(seconds=seconds)


def run_at(moment: clock.datetime) -> int:
    """Run what is due at *moment*; the library reads the time of day, so what waits is moved instead."""
    DBTaskResult.objects.filter(status="READY", run_after__lte=moment).update(
        run_after=clock.now() - timedelta(seconds=1)
    )
    return jobs.Worker().run_until_empty()


def test_a_task_runs_once() -> None:
    task_id = jobs.enqueue(NOTE, text="a")
    assert jobs.state_of(task_id) is jobs.JobState.WAITING

    assert jobs.Worker().run_until_empty() == 1
    assert jobs.Worker().run_until_empty() == 0

    assert job_samples.done == ["a"]
    assert jobs.state_of(task_id) is jobs.JobState.DONE


def test_a_task_is_forgotten_with_its_transaction() -> None:
    with transaction.atomic():
        jobs.enqueue(NOTE, text="a")
        transaction.set_rollback(True)

    assert jobs.Worker().run_until_empty() == 0
    assert not DBTaskResult.objects.exists()


def test_a_task_waits_until_its_moment() -> None:
    jobs.enqueue(NOTE, text="a", run_after=later())

    assert jobs.Worker().run_until_empty() == 0
    assert run_at(later(3700)) == 1


def test_an_accident_is_tried_again_a_little_later() -> None:
    task_id = jobs.enqueue(NOTE, text="a")
    job_samples.faults.append(OperationalError("the database went away"))

    assert jobs.Worker().run_until_empty() == 1

    assert jobs.state_of(task_id) is jobs.JobState.WAITING
    assert DBTaskResult.objects.get().run_after > clock.now()
    lease = JobLease.objects.get()
    assert (lease.attempts, lease.worker) == (1, "")
    assert "went away" in lease.last_error
    assert run_at(later()) == 1
    assert job_samples.done == ["a"]


def test_accidents_without_end_fail_and_can_be_retried_by_hand() -> None:
    task_id = jobs.enqueue(NOTE, text="a")
    job_samples.faults.extend(ValueError(str(n)) for n in range(leases.MAX_ATTEMPTS))

    for _ in range(leases.MAX_ATTEMPTS):
        assert run_at(later(100_000)) == 1
    assert jobs.state_of(task_id) is jobs.JobState.FAILED
    assert run_at(later(100_000)) == 0

    assert jobs.retry(task_id) is True
    assert jobs.Worker().run_until_empty() == 1
    assert job_samples.done == ["a"]
    assert jobs.retry(task_id) is False


def test_a_refusal_of_ours_is_not_tried_again() -> None:
    task_id = jobs.enqueue(REFUSE)

    jobs.Worker().run_until_empty()

    assert jobs.state_of(task_id) is jobs.JobState.FAILED
    assert JobLease.objects.get().attempts == 1


def a_task_of_a_dead_worker(**lease: object) -> DBTaskResult:
    jobs.enqueue(NOTE, text="a")
    row = leases.claim(leases.WorkerName())
    assert row is not None
    JobLease.objects.update(**lease)
    return row


def test_a_task_whose_lease_ran_out_is_taken_up_again() -> None:
    a_task_of_a_dead_worker(host="elsewhere", until=clock.now() - timedelta(seconds=1))

    assert jobs.Worker().run_until_empty() == 1

    assert job_samples.done == ["a"]
    assert JobLease.objects.get().attempts == 2


def test_a_task_of_a_living_worker_is_left_alone() -> None:
    a_task_of_a_dead_worker(host="elsewhere")

    assert jobs.Worker().run_until_empty() == 0
    assert job_samples.done == []


def test_a_task_of_a_process_that_is_gone_is_taken_up_at_once() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    a_task_of_a_dead_worker(host=socket.gethostname()[:80], pid=gone.pid)

    assert jobs.Worker().run_until_empty() == 1


def test_a_task_of_the_same_process_number_after_a_restart_is_taken_up_at_once() -> None:
    a_task_of_a_dead_worker(host=socket.gethostname()[:80], pid=os.getpid(), worker="before the restart")

    assert jobs.Worker().run_until_empty() == 1


def test_a_task_that_kills_its_workers_fails_in_the_end() -> None:
    row = a_task_of_a_dead_worker(
        host="elsewhere", until=clock.now() - timedelta(seconds=1), attempts=leases.MAX_ATTEMPTS
    )

    assert jobs.Worker().run_until_empty() == 0
    assert jobs.state_of(row.id) is jobs.JobState.FAILED


def test_a_worker_that_lost_its_lease_does_not_overwrite_what_became_of_the_task() -> None:
    slow = leases.WorkerName()
    jobs.enqueue(NOTE, text="a")
    row = leases.claim(slow)
    assert row is not None
    JobLease.objects.update(until=clock.now() - timedelta(seconds=1), host="elsewhere")
    jobs.Worker().run_until_empty()

    assert leases.extend(row, slow) is False
    assert leases.finish(row, slow, None) is False
    assert leases.give_back(row, slow, ValueError(), may_retry=True) is True
    assert jobs.state_of(row.id) is jobs.JobState.DONE


def test_a_long_task_gives_way_to_the_end_of_its_worker_and_goes_on_later() -> None:
    task_id = jobs.enqueue("tests.jalon.foundation.job_samples.steps", count=3)
    first = jobs.Worker()
    job_samples.stops.append(first.stop)

    first.run_until_empty()
    assert job_samples.done == ["step"]
    assert jobs.state_of(task_id) is jobs.JobState.WAITING
    assert JobLease.objects.get().attempts == 0

    jobs.Worker().run_until_empty()
    assert job_samples.done == ["step"] * 3
    assert jobs.state_of(task_id) is jobs.JobState.DONE


def test_tasks_that_ended_long_ago_are_forgotten() -> None:
    old = jobs.enqueue(NOTE, text="a")
    jobs.Worker().run_until_empty()
    DBTaskResult.objects.update(finished_at=clock.now() - timedelta(days=31))
    recent = jobs.enqueue(NOTE, text="b")
    jobs.Worker().run_until_empty()

    cleaning.forget_old.call()

    assert [row.id for row in DBTaskResult.objects.all()] == [recent]
    assert [lease.task_id for lease in JobLease.objects.all()] == [recent]
    assert jobs.state_of(old) is jobs.JobState.UNKNOWN


def test_what_recurs_is_enqueued_once_per_interval() -> None:
    jobs.schedule(RECUR, every=timedelta(hours=1))

    assert [schedules.enqueue_due() for _ in range(3)] == [1, 0, 0]
    JobSchedule.objects.update(next_at=clock.now() - timedelta(seconds=1))
    assert schedules.enqueue_due() == 1

    jobs.Worker().run_until_empty()
    assert job_samples.done == ["recurred", "recurred"]


def test_progress_is_replaced_by_what_is_said_later() -> None:
    assert jobs.progress_of("batch:1") is None

    jobs.report_progress("batch:1", done=1, total=3)
    jobs.report_progress("batch:1", done=2, total=3, message="presque")

    found = jobs.progress_of("batch:1")
    assert found is not None
    assert (found.done, found.total, found.message) == (2, 3, "presque")


@pytest.mark.django_db(transaction=True)
def test_the_heartbeat_moves_the_lease_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "HEARTBEAT", timedelta(milliseconds=50))
    jobs.enqueue(NOTE, text="a")
    name = leases.WorkerName()
    row = leases.claim(name)
    assert row is not None
    before = JobLease.objects.get().until

    with worker.Heartbeat(row, name):
        deadline = time.monotonic() + 5
        while JobLease.objects.get().until == before and time.monotonic() < deadline:
            time.sleep(0.05)

    assert JobLease.objects.get().until > before


@pytest.mark.django_db(transaction=True)
def test_the_embedded_worker_runs_tasks_and_stops_when_asked() -> None:
    # The database of the tests is in memory, where threads wait for nobody: while the worker is at it, only
    # the list is looked at.
    task_id = jobs.enqueue(NOTE, text="a")
    embedded = jobs.start_embedded_worker()
    deadline = time.monotonic() + 30
    while not job_samples.done and time.monotonic() < deadline:
        time.sleep(0.05)

    embedded.stop()

    assert job_samples.done == ["a"]
    assert jobs.state_of(task_id) is jobs.JobState.DONE
    assert not [t for t in threading.enumerate() if t.name == "jalon-worker"]
