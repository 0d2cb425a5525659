"""Django's own: the awarding application."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class AwardingConfig(AppConfig):
    name = "jalon.awarding"
    label = "awarding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen; and what recurs: uploaded files that have served are deleted, status lists stay fresh."""
        from jalon.awarding import receivers  # noqa: F401 -- importing it subscribes; needs the tables
        from jalon.foundation import jobs  # needs the tables of the task queue

        jobs.schedule("jalon.awarding.tasks.purge_uploads", every=timedelta(hours=6))
        jobs.schedule("jalon.awarding.tasks.refresh_status_lists", every=timedelta(hours=3))
