"""
The root of the platform's errors. Each context hangs its own beneath it, in its `errors.py`.

    JalonError                 jalon.error
    ├── NotAllowedError        people.not_allowed   this person may not do this here
    ├── UnreadableFileError    file.unreadable      an uploaded or named file cannot be read; says why
    └── ConfigurationError     config.invalid       a setting is missing or wrong; says which and what to do
"""

from __future__ import annotations

from typing import Any


class JalonError(Exception):
    """
    Something the platform refuses or cannot do.

    Attributes:
        code: Stable, dotted; `labels.py` of the context turns it into what a person reads.
        facts: Values the sentence needs, JSON types only: ``{"column": "Nom", "row": 12}``.
    """

    code = "jalon.error"

    def __init__(self, message: str = "", **facts: Any) -> None:
        super().__init__(message or (self.__doc__ or "").strip())
        self.facts = facts


class NotAllowedError(JalonError):
    """This person may not do this here."""

    code = "people.not_allowed"


class UnreadableFileError(JalonError):
    """The file cannot be read. `code` may be made more precise by whoever raises it."""

    code = "file.unreadable"

    def __init__(self, message: str = "", *, code: str = "", **facts: Any) -> None:
        super().__init__(message, **facts)
        if code:
            self.code = code


class ConfigurationError(JalonError):
    """A setting is missing or wrong."""

    code = "config.invalid"
