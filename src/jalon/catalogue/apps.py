"""Django's own: the catalogue application."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "jalon.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
