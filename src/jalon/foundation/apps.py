"""Django's own: the foundation application."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "jalon.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What recurs: tasks that ended long ago are forgotten."""
        from jalon.foundation.jobs import schedules  # needs the tables of the task queue

        schedules.schedule("jalon.foundation.jobs.cleaning.forget_old", every=timedelta(days=1))
