"""
What a verification cannot take in. Each becomes a sentence in `labels`; none says anything of a person.

    VerificationError              verification.refused
    ├── NothingGivenError          verification.nothing_given     an empty field or file
    ├── TooMuchError               verification.too_much          more bytes than are read here
    ├── UnreadableCredentialError  reading.…, verification.…      `code` says which form was met
    ├── LinkRefusedError           verification.link_refused      not https, or not a public address
    ├── LinkUnreachableError       verification.link_unreachable  nothing came back
    ├── UnknownOwnLinkError        verification.unknown_own_link  one of our addresses, with nothing behind it
    ├── UnknownReferenceError      verification.unknown_reference twelve signs that nothing here bears
    ├── TooManyTriesError          verification.too_many_tries    wait, then try again
    ├── AuthoritiesError           verification.authorities.…     the operator's certificates cannot be read
    └── IssuerStatementError       verification.statement.…       a statement that makes no sense
"""

from __future__ import annotations

from typing import Any

from jalon.foundation.errors import JalonError


class VerificationError(JalonError):
    """What was given cannot be verified here."""

    code = "verification.refused"


class NothingGivenError(VerificationError):
    """The field or the file is empty."""

    code = "verification.nothing_given"


class TooMuchError(VerificationError):
    """More bytes than are read here. Facts: ``limit_mb``."""

    code = "verification.too_much"


class UnreadableCredentialError(VerificationError):
    """No credential could be read. `code` is the engine's, or one of `rules.Form`'s."""

    code = "reading.unreadable"

    def __init__(self, message: str = "", *, code: str = "", **facts: Any) -> None:
        super().__init__(message, **facts)
        if code:
            self.code = code


class LinkRefusedError(VerificationError):
    """The link is not https, or leads to an address that is not public. `code` may be more precise."""

    code = "verification.link_refused"

    def __init__(self, message: str = "", *, code: str = "", **facts: Any) -> None:
        super().__init__(message, **facts)
        if code:
            self.code = code


class LinkUnreachableError(VerificationError):
    """Nothing usable came back from the link."""

    code = "verification.link_unreachable"


class UnknownOwnLinkError(VerificationError):
    """One of our own addresses, and no credential is behind it."""

    code = "verification.unknown_own_link"


class UnknownReferenceError(VerificationError):
    """Twelve signs, and no credential of ours bears them."""

    code = "verification.unknown_reference"


class TooManyTriesError(VerificationError):
    """Too many tries from one address in a short time. Facts: ``minutes``."""

    code = "verification.too_many_tries"


class AuthoritiesError(VerificationError):
    """The certificates that the operator trusts cannot be read. Facts: `path`."""

    code = "verification.authorities"

    def __init__(self, message: str = "", *, code: str = "", **facts: Any) -> None:
        super().__init__(message, **facts)
        if code:
            self.code = code


class IssuerStatementError(VerificationError):
    """A statement «this identifier is that organisation's» that makes no sense. `code` says what is wrong."""

    code = "verification.statement"

    def __init__(self, message: str = "", *, code: str = "", **facts: Any) -> None:
        super().__init__(message, **facts)
        if code:
            self.code = code
