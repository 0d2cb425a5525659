"""Django's own: the territory application."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "jalon.territory"
    label = "territory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What recurs: askers are forgotten when their time is over, moderators told of what waits."""
        from jalon.foundation import jobs  # needs the tables of the task queue

        jobs.schedule("jalon.territory.tasks.forget_old_askers", every=timedelta(hours=12))
        # Every hour, so that what comes by day is told the same day; nobody is told twice in one.
        jobs.schedule("jalon.territory.tasks.remind_moderators", every=timedelta(hours=1))
