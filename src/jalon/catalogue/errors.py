"""
What can go wrong with offers and sessions.

    JalonError
    └── CatalogueError                 catalogue.error
        ├── InvalidOfferingError       catalogue.invalid_offering    a fact of the offer cannot be right
        ├── InvalidSessionError        catalogue.invalid_session     a fact of the session cannot be right
        ├── NotOfferedError            catalogue.not_offered         nothing published, or withdrawn
        ├── OfferingClosedError        catalogue.offering_closed     the offer was closed
        ├── SessionCancelledError      catalogue.session_cancelled   a cancelled session stays so
        └── NoSeatLeftError            catalogue.no_seat_left        fewer seats than people
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute

from jalon.foundation.errors import JalonError


@dataclass(frozen=True)
class Fault:
    """One thing that cannot be right: which field, a stable code, and the values its sentence needs."""

    field: str
    code: str
    facts: Mapping[str, str | int] = attribute(default_factory=dict)


class CatalogueError(JalonError):
    """Something refused about an offer or a session."""

    code = "catalogue.error"


class _WithFaults(CatalogueError):
    code = ""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.code} {dict(fault.facts)}" for fault in faults))
        self.faults = tuple(faults)


class InvalidOfferingError(_WithFaults):
    """A fact of an offer cannot be right. `faults` says which, and what was met."""

    code = "catalogue.invalid_offering"


class InvalidSessionError(_WithFaults):
    """A fact of a session cannot be right. `faults` says which, and what was met."""

    code = "catalogue.invalid_session"


class NotOfferedError(CatalogueError):
    """Nothing of this micro-certification is published, or it was withdrawn: publish it first."""

    code = "catalogue.not_offered"


class OfferingClosedError(CatalogueError):
    """The offer was closed: open it again to change it."""

    code = "catalogue.offering_closed"


class SessionCancelledError(CatalogueError):
    """A cancelled session takes nobody and stays cancelled: write another one."""

    code = "catalogue.session_cancelled"


class NoSeatLeftError(CatalogueError):
    """The session has fewer seats than that."""

    code = "catalogue.no_seat_left"
