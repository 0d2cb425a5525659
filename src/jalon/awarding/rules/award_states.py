"""What an award is worth at a moment, and why one can be revoked."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class AwardState(StrEnum):
    """What an award is worth at a moment."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"


class RevocationReason(StrEnum):
    """Why an award was revoked. CORRECTED is set by a correction, never chosen by hand."""

    ERROR = "error"
    FRAUD = "fraud"
    NOT_EARNED = "not_earned"
    HOLDER_REQUEST = "holder_request"
    WITHDRAWN = "withdrawn"
    OTHER = "other"
    CORRECTED = "corrected"


REASONS_BY_HAND: tuple[RevocationReason, ...] = tuple(
    r for r in RevocationReason if r is not RevocationReason.CORRECTED
)


def state(
    *, at: datetime, valid_until: datetime | None, revoked_at: datetime | None, is_replaced: bool
) -> AwardState:
    """
    The state of an award at a moment.

    Replaced comes before revoked, since the holder has something better in hand; revoked before expired.
    """
    if is_replaced:
        return AwardState.REPLACED
    if revoked_at is not None and revoked_at <= at:
        return AwardState.REVOKED
    if valid_until is not None and valid_until <= at:
        return AwardState.EXPIRED
    return AwardState.VALID
