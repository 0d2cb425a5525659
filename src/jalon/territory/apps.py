"""Django's own: the territory application."""

from __future__ import annotations

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "jalon.territory"
    label = "territory"
    default_auto_field = "django.db.models.BigAutoField"
