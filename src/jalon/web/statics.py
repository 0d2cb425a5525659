"""Static files: by hashed name where they were collected, by plain name where they were not (a test)."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise carries no types
    """Whitenoise's storage, which never breaks a page because a file was not collected."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The hashed name, or *name* itself when nothing was collected yet."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """*name* with its hash; a data address or an absent file keeps its name."""
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            return name
