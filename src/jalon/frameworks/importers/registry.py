"""Finds importers: ours, and those that other packages add by an entry point."""

from __future__ import annotations

import functools
from importlib.metadata import entry_points
from typing import Any

from jalon.frameworks.errors import (
    ImportFileError,
    UnknownFilesError,
    UnknownImporterError,
    WrongFrameworkError,
)
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
# What people type for it.
_OTHER_NAMES = {"nqf": "nqf_fr", "cec": "eqf", "isced": "isced_f", "cite_f": "isced_f", "cog": "communes"}
Importer = FrameworkImporter | TableLoader
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


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
    typed = name.casefold().replace("-", "_")
    found = importers().get(typed) or importers().get(_OTHER_NAMES.get(typed, ""))
    if found is None:
        raise UnknownImporterError(name=name, known=", ".join(importers()))
    return found


def check_files(chosen: Importer, files: Files) -> None:
    """
    Refuse files that are of something else.

    Raises:
        WrongFrameworkError: Another importer knows them; it is named.
        ImportFileError: ``encoding``: what a spreadsheet saves as « texte Unicode », which nobody reads here.
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
    for member in files.members:
        if member.start(2) in _UTF_16:
            raise ImportFileError(
                "encoding", f"expected UTF-8 in {member.name}, met UTF-16", name=member.name
            )
    raise UnknownFilesError(f"expected files of {chosen.name}, met {names}", files=names, wanted=chosen.name)
