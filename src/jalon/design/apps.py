"""Django's own: the design application."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "jalon.design"
    label = "design"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What recurs: hosts are told what waits, addresses that served are erased."""
        from jalon.foundation import jobs  # needs the tables of the task queue

        jobs.schedule("jalon.design.tasks.tell_hosts", every=timedelta(hours=1))
        jobs.schedule("jalon.design.tasks.forget_addresses", every=timedelta(hours=12))
