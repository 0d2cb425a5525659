"""The environment variables, for the commands that do without Django."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast


class Environment(Protocol):
    """What `jalon.config.environment.read` gives."""

    def __getitem__(self, name: str) -> Any: ...
    @property
    def data_dir(self) -> Path: ...
    @property
    def public_url(self) -> str: ...
    @property
    def public_url_is_set(self) -> bool: ...


def read() -> Environment:
    """
    Read them.

    The composition root stays above the doors: it is named here, as DJANGO_SETTINGS_MODULE names it, not
    imported.

    Raises:
        ConfigurationError: A variable cannot be read.
    """
    return cast(Environment, import_module("jalon.config.environment").read())
