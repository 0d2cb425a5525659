"""Django's own: the frameworks application."""

from __future__ import annotations

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    name = "jalon.frameworks"
    label = "frameworks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen: what was imported is made ready for suggestions in the background."""
        from jalon.frameworks import receivers  # noqa: F401 -- importing it subscribes; needs the tables
