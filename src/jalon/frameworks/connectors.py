"""
What later contexts lend to frameworks: where a concept is used.

Alignments live further down the road, so `config` registers who knows them:

    from jalon.frameworks import connectors
    connectors.register_alignment_uses(design.queries.alignment_uses.SpecificationAlignments())
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from jalon.frameworks.rules.uses import Use


class AlignmentUses(Protocol):
    """Knows which specifications are aligned to which concepts."""

    def uses_of(self, uris: Collection[str]) -> Mapping[str, tuple[Use, ...]]:
        """Address → uses, for those of *uris* that are used at all."""
        ...

    def used(self) -> Collection[str]:
        """All addresses that some specification is aligned to."""
        ...


class NoUses:
    """The answer of an installation where nothing is written yet."""

    def uses_of(self, uris: Collection[str]) -> Mapping[str, tuple[Use, ...]]:
        return {}

    def used(self) -> Collection[str]:
        return ()


_alignment_uses: AlignmentUses = NoUses()


def register_alignment_uses(uses: AlignmentUses) -> None:
    """Say who knows where concepts are used. Called once, by `config`."""
    global _alignment_uses
    _alignment_uses = uses


def alignment_uses() -> AlignmentUses:
    """Who knows where concepts are used."""
    return _alignment_uses
