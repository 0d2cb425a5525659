"""
The root of the platform's errors. Each context hangs its own beneath it, in its `errors.py`.

    JalonError                 jalon.error
    ├── NotAllowedError        people.not_allowed   this person may not do this here
    ├── UnreadableFileError    file.unreadable      an uploaded or named file cannot be read; says why
    ├── ConfigurationError     config.invalid       a setting is missing or wrong; says which and what to do
    │   ├── EncryptionKeyMissingError    vault.key_missing     the key that opens sealed secrets is not there
    │   ├── EncryptionKeyWrongError      vault.key_wrong       it is another one than they were sealed with
    │   └── EncryptionKeyUnreadableError vault.key_unreadable  it is not 32 bytes in base64url
    ├── SealBrokenError        vault.seal_broken    a sealed secret was changed or cut
    ├── BackupError            backup.refused       a backup cannot be made or put back; `code` says why
    └── JournalIsAppendOnlyError journal.append_only what is written in the journal stays
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


class EncryptionKeyMissingError(ConfigurationError):
    """
    The key-encryption key is not there: set JALON_KEY_ENCRYPTION_KEY, or put its file back where it was.

    A backup does not hold it, on purpose.
    """

    code = "vault.key_missing"


class EncryptionKeyWrongError(ConfigurationError):
    """The key-encryption key is not the one the issuers' keys were sealed with: give that one back."""

    code = "vault.key_wrong"


class EncryptionKeyUnreadableError(ConfigurationError):
    """The key-encryption key is not 32 bytes in base64url (43 signs)."""

    code = "vault.key_unreadable"


class SealBrokenError(JalonError):
    """A sealed secret was changed or cut: restore the database from a backup."""

    code = "vault.seal_broken"


class JournalIsAppendOnlyError(JalonError):
    """What is written in the journal stays: write a new entry instead."""

    code = "journal.append_only"


class BackupError(JalonError):
    """A backup cannot be made or put back. `code` is made more precise by whoever raises it."""

    code = "backup.refused"

    def __init__(self, message: str = "", *, code: str = "", **facts: Any) -> None:
        super().__init__(message, **facts)
        if code:
            self.code = code
