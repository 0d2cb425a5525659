"""Facts about needs that later contexts may listen to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class NeedAccepted:
    """A need is public from now on: read by a moderator, or stated by an organisation under its name."""

    need_id: UUID


@dataclass(frozen=True)
class NeedAnswered:
    """A micro-certification linked to a need is published."""

    need_id: UUID
    micro_credential_id: UUID


@dataclass(frozen=True)
class NeedWithdrawn:
    """Whoever stated a need took it back."""

    need_id: UUID
