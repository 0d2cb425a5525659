"""Finds importers: ours, and those that other packages add by an entry point."""

from __future__ import annotations

import functools
from importlib.metadata import entry_points
from typing import Any

from jalon.frameworks.errors import UnknownFilesError, UnknownImporterError, WrongFrameworkError
from jalon.frameworks.importers import (
    competences,
    esco,
    formacode,
    france_competences,
    rome,
    shipped,
)
from jalon.frameworks.importers.files import Files
from jalon.frameworks.importers.protocol import FrameworkImporter, TableLoader

GROUP = "jalon.framework_importers"
Importer = FrameworkImporter | TableLoader


@functools.cache
def importers() -> dict[str, Importer]:
    """
    By name, ours first: they are there even where the package was never installed and has no metadata. A
    name that is taken is not given away.
    """
    ours: tuple[Importer, ...] = (
        esco.IMPORTER,
        rome.IMPORTER,
        *france_competences.IMPORTERS,
        *shipped.IMPORTERS,
        *competences.IMPORTERS,
        formacode.IMPORTER,
    )
    found: dict[str, Importer] = {each.name: each for each in ours}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        loaded: Any = entry.load()
        if isinstance(loaded, (FrameworkImporter, TableLoader)):
            found.setdefault(loaded.name, loaded)
    return found


def importer(name: str) -> Importer:
    """
    Raises:
        UnknownImporterError: None is called *name*.
    """
    found = importers().get(name.casefold().replace("-", "_"))
    if found is None:
        raise UnknownImporterError(name=name, known=", ".join(importers()))
    return found


def check_files(chosen: Importer, files: Files) -> None:
    """
    Refuse files that are of something else.

    Raises:
        WrongFrameworkError: Another importer knows them; it is named.
        UnknownFilesError: Nobody does.
    """
    if chosen.recognises(files):
        return
    others = [each.name for each in importers().values() if each.recognises(files)]
    names = ", ".join(files.names[:5])
    if others:
        raise WrongFrameworkError(
            f"expected files of {chosen.name}, met files of {others[0]}",
            files=names,
            wanted=chosen.name,
            is_of=others[0],
        )
    raise UnknownFilesError(f"expected files of {chosen.name}, met {names}", files=names, wanted=chosen.name)
