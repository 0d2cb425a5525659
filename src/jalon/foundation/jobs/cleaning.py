"""Tasks that ended long ago are forgotten; what they did is told by the journal."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from jalon.foundation import clock
from jalon.foundation.models import JobLease, JobProgress

KEEP = timedelta(days=30)


@task()
def forget_old() -> None:
    """Delete the rows of tasks that ended 30 days ago, and what was kept about them."""
    before = clock.now() - KEEP
    ended = DBTaskResult.objects.finished().filter(finished_at__lt=before)
    JobLease.objects.filter(task_id__in=ended.values("id")).delete()
    ended.delete()
    JobProgress.objects.filter(updated_at__lt=before).delete()
