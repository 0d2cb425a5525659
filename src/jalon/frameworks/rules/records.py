"""What an importer reads out of a file, one value after the other; nothing here knows a table or a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jalon.frameworks.rules.kinds import ConceptKind, ConceptStatus, RelationKind

Texts = Mapping[str, str]
ManyTexts = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ConceptRecord:
    """
    One concept as one file says it.

    Attributes:
        languages: What the file speaks about: the texts kept in other languages are left as they are, those
            in these languages are replaced. An empty text (``{"fr": ""}``) removes one; a mapping without any
            language says nothing, and what is kept stays.
        facts: Laid over the facts that are kept; a value of None removes one.
        status: WITHDRAWN where the file itself says so.
    """

    uri: str
    kind: ConceptKind
    labels: Texts
    languages: tuple[str, ...]
    code: str = ""
    alt_labels: ManyTexts = field(default_factory=dict)
    hidden_labels: ManyTexts = field(default_factory=dict)
    descriptions: Texts = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    status: ConceptStatus = ConceptStatus.CURRENT
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """*source* → *kind* → *target*, both addresses; `where` for the report when one of them is not there."""

    source: str
    kind: RelationKind
    target: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class ReplacementRecord:
    """*new* takes the place of *old*, both addresses."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SeenRecord:
    """A concept that the edition has, although the file says nothing of it that could be kept."""

    uri: str


@dataclass(frozen=True, slots=True)
class SkippedRecord:
    """A row that was left out: a code that `labels` words, where it stands, and what was met."""

    reason: str
    where: str
    met: str = ""


Record = ConceptRecord | RelationRecord | ReplacementRecord | SeenRecord | SkippedRecord


@dataclass(frozen=True)
class Part:
    """
    A stretch of an import that can be begun again: a file, as a rule.

    Attributes:
        name: Stable from one run to the next: a killed import goes on by it.
        size: What will be read, for the progress bar.
        records: Reads it from its beginning, always in the same order.
    """

    name: str
    size: int
    records: Callable[[], Iterator[Record]]


@dataclass(frozen=True)
class Note:
    """Something to tell about an import as a whole; `labels` words the code."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """
    One edition of one framework, ready to be read.

    Attributes:
        framework: Key of `rules.known.KNOWN`, or a code that `facts` describes.
        version: ``"1.2.0"``, ``"2026-08-16"``.
        is_partial: An extract or an addition: what it does not have is not thereby withdrawn.
    """

    framework: str
    version: str
    languages: tuple[str, ...]
    parts: tuple[Part, ...]
    is_partial: bool = False
    notes: tuple[Note, ...] = ()
