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

from sceau.formats import european, open_badges_2, open_badges_3, sd_jwt_vc
from sceau.model.credential import Credential

FORMATS = "sceau.formats"


class CredentialFormat(Protocol):
    """A way to write down a credential, as it is read. A module with these names is one, as is an object."""

    @property
    def name(self) -> str:
        """Stable, such as ``"open_badges_3"``; the name in a `Report`."""
        ...

    def recognises(self, document: Mapping[str, Any]) -> bool:
        """Does the document say that it is of this format? Never raises."""
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
    All formats, ours first: they are there even where the package was never installed and has no metadata.
    """
    ours = cast("tuple[CredentialFormat, ...]", (open_badges_3, european, open_badges_2, sd_jwt_vc))
    found = {each.name: each for each in ours}
    for entry in sorted(entry_points(group=FORMATS), key=lambda entry: entry.name):
        loaded = cast("CredentialFormat", entry.load())
        found.setdefault(loaded.name, loaded)
    return tuple(found.values())
