"""How far a job is, stored once, for the page that shows it."""

from __future__ import annotations

from jalon.foundation import clock
from jalon.foundation.models import JobProgress


def report_progress(name: str, *, done: int, total: int, message: str = "") -> None:
    """
    Say how far the job called *name* is; a later call replaces what an earlier one said.

    Args:
        name: ``"batch:<id>"``, chosen by the task, known to the page.
        message: A short sentence where numbers are not enough.
    """
    JobProgress.objects.update_or_create(
        name=name,
        defaults={"done": done, "total": total, "message": message[:300], "updated_at": clock.now()},
    )


def progress_of(name: str) -> JobProgress | None:
    """How far the job called *name* is, or None when it has not said anything yet."""
    return JobProgress.objects.filter(name=name).first()
