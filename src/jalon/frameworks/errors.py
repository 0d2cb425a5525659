"""
What can go wrong with frameworks.

    FrameworksError                     frameworks.error
    ├── UnknownImporterError            frameworks.unknown_importer    no importer of that name
    ├── WrongFrameworkError             frameworks.wrong_framework     a file of another framework; says which
    ├── UnknownFilesError               frameworks.unknown_files       files of no framework known here
    ├── FilesNeededError                frameworks.files_needed        nothing to read, and no table shipped
    ├── VersionNeededError              frameworks.version_needed      nothing tells which edition this is
    ├── OlderEditionError               frameworks.older_edition       a later edition is already complete
    ├── ImportRunningError              frameworks.import_running      the same framework is being imported
    └── ImportFileError                 frameworks.file                a file cannot be read; `code` says why
"""

from __future__ import annotations

from typing import Any

from jalon.foundation.errors import JalonError


class FrameworksError(JalonError):
    """Something that the reading of frameworks refuses."""

    code = "frameworks.error"


class UnknownImporterError(FrameworksError):
    """No importer has that name."""

    code = "frameworks.unknown_importer"


class WrongFrameworkError(FrameworksError):
    """The files are of another framework: facts `is_of` and `wanted` name both."""

    code = "frameworks.wrong_framework"


class UnknownFilesError(FrameworksError):
    """The files are of no framework that is known here."""

    code = "frameworks.unknown_files"


class FilesNeededError(FrameworksError):
    """This framework does not travel with the software: its official files must be given."""

    code = "frameworks.files_needed"


class VersionNeededError(FrameworksError):
    """Nothing in the files or their names tells which edition this is."""

    code = "frameworks.version_needed"


class OlderEditionError(FrameworksError):
    """A later edition of this framework is already complete."""

    code = "frameworks.older_edition"


class ImportRunningError(FrameworksError):
    """Another process is importing this framework."""

    code = "frameworks.import_running"


class ImportFileError(FrameworksError):
    """A file of an import cannot be read. `code` is made more precise by whoever raises it."""

    code = "frameworks.file"

    def __init__(self, code: str, message: str, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.code = f"frameworks.{code}"
