"""
What the commands refuse. Their message is what a person reads, in French.

    JalonError
    └── CommandError           cli.refused
        ├── DatabaseError      cli.database     a database that does not answer
        ├── KeyFileError       cli.key          a signing key that cannot be used
        ├── SpecificationError cli.specification  a specification that cannot be awarded
        └── LedgerError        cli.ledger       the record of what was issued cannot be relied on
"""

from __future__ import annotations

from jalon.foundation.errors import JalonError


class CommandError(JalonError):
    """Not possible as asked."""

    code = "cli.refused"


class DatabaseError(CommandError):
    """A database that does not answer."""

    code = "cli.database"


class KeyFileError(CommandError):
    """A signing key that cannot be used."""

    code = "cli.key"


class SpecificationError(CommandError):
    """A specification that cannot be awarded."""

    code = "cli.specification"


class LedgerError(CommandError):
    """The record of what was issued cannot be relied on."""

    code = "cli.ledger"
