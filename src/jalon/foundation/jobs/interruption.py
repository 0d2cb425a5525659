"""A long task gives way between two steps when its worker is asked to stop; it goes on where it was later."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_stopping: ContextVar[threading.Event | None] = ContextVar("jalon_worker_stopping", default=None)


class TaskInterrupted(Exception):
    """The worker was asked to stop; the task begins again elsewhere, and finds what is done as done."""


def give_way() -> None:
    """
    Called by a long task between two steps that are kept.

    Raises:
        TaskInterrupted: Its worker was asked to stop. Let it pass: the worker knows what to do.
    """
    event = _stopping.get()
    if event is not None and event.is_set():
        raise TaskInterrupted


@contextmanager
def interruptible(event: threading.Event) -> Iterator[None]:
    """Inside, `give_way` looks at *event*."""
    token = _stopping.set(event)
    try:
        yield
    finally:
        _stopping.reset(token)
