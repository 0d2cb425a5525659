"""The worker: takes tasks one by one, keeps their lease alive, retries, and stops when asked."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from types import TracebackType

from django.db import DatabaseError, OperationalError, close_old_connections, connection, connections

from jalon.foundation import clock
from jalon.foundation.errors import JalonError
from jalon.foundation.jobs import leases, schedules
from jalon.foundation.jobs.interruption import TaskInterrupted, interruptible

logger = logging.getLogger("jalon.jobs")

PAUSE_SECONDS = 0.5
HOUSEKEEPING = timedelta(seconds=5)


class Heartbeat:
    """Keeps a lease alive from a thread of its own while a task runs."""

    def __init__(self, row: leases.TaskRow, worker: leases.WorkerName) -> None:
        self._row = row
        self._worker = worker
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="jalon-heartbeat", daemon=True)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join(timeout=5)

    def _beat(self) -> None:
        try:
            while not self._done.wait(leases.HEARTBEAT.total_seconds()):
                try:
                    if not leases.extend(self._row, self._worker):
                        logger.warning("task %s was given to another worker", self._row.id)
                        return
                except OperationalError as error:  # a locked or restarted database: the next beat may do
                    logger.warning("heartbeat of task %s missed: %s", self._row.id, error)
                    connection.close()
        finally:
            connections.close_all()


class Worker:
    """One worker. `run` until `stop`, or `run_until_empty` for commands and tests."""

    def __init__(self) -> None:
        self.name = leases.WorkerName()
        self._stopping = threading.Event()
        self._next_housekeeping = clock.now()

    def stop(self) -> None:
        """Ask it to stop after the task in hand. May be called from a signal handler or another thread."""
        self._stopping.set()

    def run(self) -> None:
        """Take tasks until asked to stop. A database that goes away is waited for."""
        leases.enrol(self.name)
        logger.info("worker %s begins", self.name)
        try:
            while not self._stopping.is_set():
                close_old_connections()
                if not self._step():
                    self._stopping.wait(PAUSE_SECONDS)
        finally:
            leases.discharge(self.name)
            connections.close_all()
            logger.info("worker %s ends", self.name)

    def run_until_empty(self) -> int:
        """Run what can be run at this moment; the number of tasks run."""
        leases.enrol(self.name)
        ran = 0
        try:
            self._tidy()
            while not self._stopping.is_set() and (row := leases.claim(self.name)) is not None:
                self._run_one(row)
                ran += 1
        finally:
            leases.discharge(self.name)
        return ran

    def _step(self) -> bool:
        try:
            if clock.now() >= self._next_housekeeping:
                self._next_housekeeping = clock.now() + HOUSEKEEPING
                self._tidy()
            row = leases.claim(self.name)
            if row is None:
                return False
            self._run_one(row)
        except DatabaseError as error:
            logger.warning("the database did not answer: %s", error)
            connection.close()
            return False
        return True

    def _tidy(self) -> None:
        if again := leases.take_up_again():
            logger.warning("%d task(s) of lost workers taken up again", again)
        schedules.enqueue_due()

    def _run_one(self, row: leases.TaskRow) -> None:
        started = clock.now()
        with Heartbeat(row, self.name):
            try:
                arguments = row.args_kwargs
                with interruptible(self._stopping):
                    result = row.task.call(*arguments["args"], **arguments["kwargs"])
            except TaskInterrupted:
                leases.release(row, self.name)
                logger.info("task %s goes back in the queue", row.task_path)
                return
            except (
                Exception
            ) as error:  # the door of all tasks: whatever a task raises is noted, none stops the worker
                self._note(row, error)
                return
        leases.finish(row, self.name, result)
        logger.info("task %s done in %s", row.task_path, clock.now() - started)

    def _note(self, row: leases.TaskRow, error: Exception) -> None:
        # A refusal of ours would be the same next time; anything else may be an accident of the moment.
        again = leases.give_back(row, self.name, error, may_retry=not isinstance(error, JalonError))
        logger.error(
            "task %s failed, %s", row.task_path, "to be tried again" if again else "for good", exc_info=error
        )


class EmbeddedWorker:
    """A worker in a thread of `jalon serve`."""

    def __init__(self) -> None:
        self._worker = Worker()
        self._thread = threading.Thread(target=self._worker.run, name="jalon-worker", daemon=True)
        self._thread.start()

    def stop(self, *, timeout_seconds: float = 20) -> None:
        """Ask it to stop, and wait for the task in hand; what is left is taken up at the next start."""
        self._worker.stop()
        self._thread.join(timeout=timeout_seconds)


def start_embedded_worker() -> EmbeddedWorker:
    """Run background jobs in a thread of this process."""
    return EmbeddedWorker()
