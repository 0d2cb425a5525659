"""The two registers of France compétences, RNCP and RS: XML flow V4.1, CSV export, kit apprentissage."""

from __future__ import annotations

from functools import partial

from jalon.foundation import clock
from jalon.frameworks.errors import ImportFileError
from jalon.frameworks.importers import apprenticeship_kit, fiches_csv, fiches_xml, tables
from jalon.frameworks.importers.files import Files, Member
from jalon.frameworks.importers.protocol import Wanted
from jalon.frameworks.rules import known, versions
from jalon.frameworks.rules.known import KnownFramework
from jalon.frameworks.rules.records import Note, Part, Reading


class RegisterImporter:
    """
    Reads one of the two registers.

    Args:
        register: ``"RNCP"`` or ``"RS"``, with which its numbers begin.
    """

    ships = False

    def __init__(self, register: str, framework: KnownFramework) -> None:
        self.name = framework.code
        self.framework = framework
        self._register = register

    def recognises(self, files: Files) -> bool:
        """By the first number of an XML flow, or the headings of the CSV, which holds both registers."""
        return bool(self._flows(files) or self._exports(files) or self._kits(files))

    def _flows(self, files: Files) -> list[Member]:
        first = f"<NUMERO_FICHE>{self._register}".encode()
        return [m for m in files.named("*.xml") if first in m.start() and b"<FICHES" in m.start(4096)]

    @staticmethod
    def _exports(files: Files) -> list[Member]:
        wanted = {"Numero_Fiche", "Intitule", "Nomenclature_Europe_Niveau"}
        return [m for m in files.named(fiches_csv.STANDARD) if wanted <= set(tables.columns(m))]

    def _kits(self, files: Files) -> list[Member]:
        """Of diplomas, which stand in the RNCP alone."""
        wanted = set(apprenticeship_kit.COLUMNS)
        return [m for m in files.members if self.name == "rncp" and wanted <= set(tables.columns(m))]

    def read(self, files: Files, wanted: Wanted) -> Reading:
        flows = self._flows(files)
        parts = [
            Part(m.name, m.size, partial(fiches_xml.records, m, self._register)) for m in flows
        ] or fiches_csv.parts(files, self._register)
        kits = self._kits(files)
        is_partial = wanted.is_partial or not parts
        parts += [Part(m.name, m.size, partial(apprenticeship_kit.records, m)) for m in kits]
        if not parts:
            raise ImportFileError("empty", "expected fiches, met none", name=", ".join(files.names))
        version = wanted.version or versions.date_version(
            (*(m.name for m in files.members), *files.names, *files.folders)
        )
        notes: tuple[Note, ...] = ()
        if not version:
            version = clock.today().isoformat()
            notes = (Note("dated_today", {"version": version}),)
        return Reading(self.framework.code, version, ("fr",), tuple(parts), is_partial, notes)


IMPORTERS = (RegisterImporter("RNCP", known.RNCP), RegisterImporter("RS", known.RS))
RNCP, RS = IMPORTERS
