"""
What every table shares, and the foundation's own tables: the journal, leases and progress of background jobs.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, NoReturn

from django.db import models

from jalon.foundation import clock
from jalon.foundation.errors import JournalIsAppendOnlyError


class Record(models.Model):
    """A row with an identifier that tells nothing about how many there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    """Reads; every way to change what is written is refused."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise JournalIsAppendOnlyError

    def delete(self) -> NoReturn:
        raise JournalIsAppendOnlyError

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise JournalIsAppendOnlyError


class JournalEntry(models.Model):
    """
    Who did what, when, with which facts. Append-only: the model refuses changes, and so does a database
    trigger.

    Identifiers are plain values and not foreign keys: the journal lies below every other context and
    outlives what it tells about. Kept as long as the installation: it is the proof of what was decided, and
    by whom. Entries are numbered without reuse, so a removed one leaves a gap that shows.
    """

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    organisation_id = models.UUIDField(null=True, db_index=True)
    actor_id = models.UUIDField(null=True)
    # The actor's name on that day; empty for what the machine did by itself.
    actor_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    object_id = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)

    objects: ClassVar[models.Manager[JournalEntry]] = models.Manager.from_queryset(JournalQuerySet)()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["object_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise JournalIsAppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise JournalIsAppendOnlyError


class JobLease(models.Model):
    """
    Which worker runs a task, until when it may be believed alive, and how often the task was tried.

    Attributes:
        task_id: Primary key of the task's row in `django_tasks_db`.
        worker: ``"host:pid:random"``, empty between two attempts.
        until: When another worker may take the task up; the heartbeat moves it on.
    """

    task_id = models.UUIDField(primary_key=True)
    worker = models.CharField(max_length=120, blank=True)
    host = models.CharField(max_length=80, blank=True)
    pid = models.IntegerField(default=0)
    until = models.DateTimeField(default=clock.now)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["until"])]

    def __str__(self) -> str:
        return f"{self.task_id} · {self.worker} · {self.attempts}"


class JobProgress(models.Model):
    """
    How far a job is, under a name that its page knows: ``"batch:<id>"``. Written by the task, read by pages.
    """

    name = models.CharField(primary_key=True, max_length=120)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.name}: {self.done}/{self.total}"


class JobSchedule(models.Model):
    """When a recurring task is due next; its row is locked by the worker that enqueues it."""

    name = models.CharField(primary_key=True, max_length=120)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} · {self.next_at:%Y-%m-%d %H:%M}"
