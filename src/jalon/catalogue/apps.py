"""Django's own: the catalogue application."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "jalon.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what is published."""
        import jalon.catalogue.receivers  # noqa: F401  importing subscribes
