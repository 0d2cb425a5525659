"""Starts Django for the commands that need the database; the others stay fast without it."""

from __future__ import annotations

import os


def start() -> None:
    """Load settings and applications, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
    import django  # here, not above: `jalon issue` and `jalon verify` do without it

    django.setup()
