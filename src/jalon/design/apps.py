"""Django's own: the design application."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "jalon.design"
    label = "design"
    default_auto_field = "django.db.models.BigAutoField"
