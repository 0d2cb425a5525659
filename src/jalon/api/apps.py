"""Django's own: the api application."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "jalon.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
