"""Django's own: the catalogue application."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db.models.signals import post_migrate


class CatalogueConfig(AppConfig):
    name = "jalon.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what is published."""
        import jalon.catalogue.receivers  # noqa: F401  importing subscribes

        post_migrate.connect(_fill_an_empty_index, sender=self)


def _fill_an_empty_index(*, apps: Apps | None = None, **_given: Any) -> None:
    """
    A version that changes the tables of the index leaves it empty: it is made anew.

    Without *apps* the database was emptied (`flush`), not migrated: there is nothing to fill from.
    """
    if apps is None:
        return
    from jalon.catalogue import actions
    from jalon.catalogue.models import CatalogueEntry

    try:
        apps.get_model("catalogue", "Occurrence")
    except LookupError:  # on the way back to an earlier version
        return
    if not CatalogueEntry.objects.exists():
        actions.rebuild()
