"""Django's own: the frameworks application."""

from __future__ import annotations

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    name = "jalon.frameworks"
    label = "frameworks"
    default_auto_field = "django.db.models.BigAutoField"
