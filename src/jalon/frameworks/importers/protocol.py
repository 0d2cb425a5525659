"""
What others may add: a reader of one more framework, or a loader of a table that is none.

An importer is a module-level object named in a package's metadata:

    [project.entry-points."jalon.framework_importers"]
    esco = "jalon.frameworks.importers.esco:IMPORTER"
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from jalon.frameworks.importers.files import Files
from jalon.frameworks.rules.known import KnownFramework
from jalon.frameworks.rules.records import Note, Reading


@dataclass(frozen=True)
class Wanted:
    """
    What the person asked for.

    Attributes:
        version: As typed; ``""`` leaves it to the file's name or content.
        is_partial: The files are an extract: nothing is withdrawn.
        is_whole: The files are the whole, however much they lack: all the rest is withdrawn.
    """

    version: str = ""
    is_partial: bool = False
    is_whole: bool = False


@runtime_checkable
class FrameworkImporter(Protocol):
    """Reads the concepts of one framework; what is read is kept by `actions.importing`."""

    @property
    def name(self) -> str:
        """On the command line: ``jalon frameworks import NAME``."""
        ...

    @property
    def framework(self) -> KnownFramework:
        """What is said of the framework: names, publisher, licence, sentence of attribution."""
        ...

    @property
    def ships(self) -> bool:
        """Whether the table travels with the software, so that no file need be given."""
        ...

    def recognises(self, files: Files) -> bool:
        """Are these files of this framework, going by names, headings and first lines? Never raises."""
        ...

    def read(self, files: Files, wanted: Wanted) -> Reading:
        """
        Prepare the reading; the rows themselves are read later, part by part, in constant memory.

        Raises:
            FrameworksError: A file, a column or the version is missing.
        """
        ...


@dataclass(frozen=True)
class TableReport:
    """
    What a loader did.

    Attributes:
        counts: ``{"read": 34969, "new": 12, "changed": 3, "unchanged": 34954, "skipped": 1}``.
        skipped: Reason → first examples, worded.
    """

    version: str
    counts: Mapping[str, int]
    skipped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    attribution: str = ""


@runtime_checkable
class TableLoader(Protocol):
    """Loads a table that is no framework of concepts, such as communes, into tables of its own context."""

    @property
    def name(self) -> str:
        """On the command line."""
        ...

    @property
    def title(self) -> str:
        """What it is, in French: ``"Communes et intercommunalités (INSEE, DGCL)"``."""
        ...

    def recognises(self, files: Files) -> bool:
        """Are these files of this table? Never raises."""
        ...

    def load(self, files: Files, wanted: Wanted, advance: Callable[[int], None]) -> TableReport:
        """
        Load everything, in batches that can be begun again; *advance* is told each stretch of bytes read.

        Raises:
            JalonError: The files cannot be read.
        """
        ...
