"""What frameworks announce."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class EditionImported:
    """An edition is complete, or complete once more with another language."""

    framework: str
    version: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class ConceptsReplaced:
    """The register or the new edition says that these are over: withdrawn, replaced, split or ended."""

    framework: str
    version: str
    uris: tuple[str, ...]
