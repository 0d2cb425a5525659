"""
The few hundred concepts that the demonstration uses, brought in by the importers that real editions take.

They are extracts, and said to be: a whole edition that is imported later, of the same version or a later
one, completes them; whoever has a framework already keeps it as it is. Sources and sentences of attribution:
``SOURCE.md`` beside this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from jalon.frameworks.actions.importing import import_edition
from jalon.frameworks.importers import registry
from jalon.frameworks.importers.files import opened
from jalon.frameworks.importers.protocol import FrameworkImporter, Wanted
from jalon.frameworks.models import Edition


@dataclass(frozen=True)
class Extract:
    """Files in the layout that their publisher uses, and the edition that they were taken from."""

    framework: str
    version: str
    names: tuple[str, ...]


EXTRACTS = (
    Extract("esco", "1.2.0", ("skills_fr.csv", "skills_en.csv")),
    Extract("greencomp", "2022", ("greencomp.csv",)),
    Extract("rncp", "2025-01-31", ("kit-2025-01-31.csv",)),
)


def bring_in() -> tuple[str, ...]:
    """Import the extracts of frameworks of which nothing is here yet; which ones were imported."""
    return tuple(each.framework for each in EXTRACTS if _bring_in(each))


def _bring_in(extract: Extract) -> bool:
    if Edition.objects.filter(framework=extract.framework).exists():
        return False
    importer = registry.importer(extract.framework)
    assert isinstance(importer, FrameworkImporter)  # noqa: S101 -- ours are none of the loaders of tables
    with resources.as_file(resources.files(__name__)) as folder:
        _import(importer, extract, [folder / name for name in extract.names])
    return True


def _import(importer: FrameworkImporter, extract: Extract, paths: list[Path]) -> None:
    with opened(paths) as files:
        import_edition(importer=importer, files=files, wanted=Wanted(extract.version, is_partial=True))
