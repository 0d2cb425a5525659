"""
What others may add to the engine, found through entry points.

A format is a module-level object that satisfies `CredentialFormat`, named in the package's metadata:

    [project.entry-points."sceau.formats"]
    open_badges_3 = "sceau.formats.open_badges_3"
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Any, Protocol, cast

from sceau.formats import open_badges_3
from sceau.model.credential import Credential

FORMATS = "sceau.formats"


class CredentialFormat(Protocol):
    """A way to write a credential as JSON. A module with these four names is one, as is an object."""

    @property
    def name(self) -> str:
        """Stable, such as ``"open_badges_3"``; the name in a `Report`."""
        ...

    def recognises(self, document: Mapping[str, Any]) -> bool:
        """Does the document say that it is of this format? Never raises."""
        ...

    def to_document(self, credential: Credential) -> dict[str, Any]:
        """
        Raises:
            sceau.errors.DataModelError: The credential cannot be written.
        """
        ...

    def from_document(self, document: Mapping[str, Any]) -> Credential:
        """
        Raises:
            sceau.errors.DataModelError: The document lacks something.
        """
        ...


@functools.cache
def formats() -> tuple[CredentialFormat, ...]:
    """
    All formats, ours first: it is there even where the package was never installed and so has no metadata.
    """
    ours = cast("CredentialFormat", open_badges_3)
    found = {ours.name: ours}
    for entry in sorted(entry_points(group=FORMATS), key=lambda entry: entry.name):
        loaded = cast("CredentialFormat", entry.load())
        found.setdefault(loaded.name, loaded)
    return tuple(found.values())
