"""Facts that offers and sessions announce to later contexts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class SessionWritten:
    """A session was added or its facts changed."""

    session_id: UUID
    offering_id: UUID


@dataclass(frozen=True)
class SessionCancelled:
    """A session will not take place; whoever had a seat is to be told."""

    session_id: UUID
    offering_id: UUID
    reason: str
