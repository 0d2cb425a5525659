"""Django's own: the verification application."""

from __future__ import annotations

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "jalon.verification"
    label = "verification"
    default_auto_field = "django.db.models.BigAutoField"
