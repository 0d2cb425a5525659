"""
Background jobs: enqueued in the caller's transaction, leased, retried, taken up again after a kill.

    jobs.enqueue("jalon.awarding.tasks.run_batch", batch_id=str(batch.id))
    worker = jobs.start_embedded_worker(); …; worker.stop()

A task may run twice: after a kill its work begins again, so tasks look first at what is already done.
"""

from __future__ import annotations

from jalon.foundation.jobs.interruption import give_way
from jalon.foundation.jobs.progress import progress_of, report_progress
from jalon.foundation.jobs.queue import JobState, enqueue, retry, state_of
from jalon.foundation.jobs.schedules import schedule
from jalon.foundation.jobs.worker import EmbeddedWorker, Worker, start_embedded_worker

__all__ = [
    "EmbeddedWorker",
    "JobState",
    "Worker",
    "enqueue",
    "give_way",
    "progress_of",
    "report_progress",
    "retry",
    "schedule",
    "start_embedded_worker",
    "state_of",
]
