"""What recurs: a task every so often, enqueued once however many workers there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from jalon.foundation import clock
from jalon.foundation.jobs.queue import enqueue
from jalon.foundation.models import JobSchedule


@dataclass(frozen=True)
class Schedule:
    """A task without arguments, and how often it is wanted."""

    dotted_name: str
    every: timedelta


_schedules: dict[str, Schedule] = {}


def schedule(dotted_name: str, *, every: timedelta) -> None:
    """Have a task without arguments run about *every* so often. Called from an `AppConfig.ready`."""
    _schedules[dotted_name] = Schedule(dotted_name, every)


def enqueue_due() -> int:
    """Put in the queue what is due; the number of tasks enqueued."""
    now = clock.now()
    known = dict(JobSchedule.objects.values_list("name", "next_at"))
    due = [s for s in _schedules.values() if s.dotted_name not in known or known[s.dotted_name] <= now]
    return sum(_enqueue_one(each) for each in due)


@transaction.atomic
def _enqueue_one(each: Schedule) -> int:
    now = clock.now()
    row, is_new = JobSchedule.objects.select_for_update().get_or_create(
        name=each.dotted_name, defaults={"next_at": now + each.every}
    )
    if not is_new:
        if row.next_at > now:
            return 0  # another worker was quicker
        row.next_at = now + each.every
        row.save(update_fields=["next_at"])
    enqueue(each.dotted_name)
    return 1
