"""Django's own: the territory application."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "jalon.territory"
    label = "territory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What recurs: names and addresses of askers are erased when their time is over."""
        from jalon.foundation import jobs  # needs the tables of the task queue

        jobs.schedule("jalon.territory.tasks.forget_old_askers", every=timedelta(hours=12))
