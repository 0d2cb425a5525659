"""Tasks for the tests of jobs, and what they did."""

from __future__ import annotations

from collections.abc import Callable

from django_tasks import task

from jalon.foundation import jobs
from jalon.foundation.errors import JalonError

done: list[str] = []
faults: list[Exception] = []


@task()
def note(text: str) -> None:
    """Say that it ran; fail first as often as `faults` says."""
    if faults:
        raise faults.pop()
    done.append(text)


@task()
def refuse() -> None:
    """A refusal of ours, which would be the same next time."""
    raise JalonError("not possible")


@task()
def recur() -> None:
    """What recurs."""
    done.append("recurred")


@task()
def steps(count: int) -> None:
    """Many steps, each kept; gives way between two."""
    while len(done) < count:
        done.append("step")
        for stop in stops:
            stop()
        jobs.give_way()


stops: list[Callable[[], None]] = []
