"""Django's own: the awarding application."""

from __future__ import annotations

from django.apps import AppConfig


class AwardingConfig(AppConfig):
    name = "jalon.awarding"
    label = "awarding"
    default_auto_field = "django.db.models.BigAutoField"
