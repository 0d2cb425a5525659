"""When a moderator is told by mail that needs wait: at most once a day, by day, and not for nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

# Hours of the day in which a mail may leave; what comes later is told the next morning.
FIRST_HOUR, LAST_HOUR = 7, 19
# Where nothing new came, what waits is told again this much later.
AGAIN = timedelta(days=7)


def is_due(*, now: datetime, told_at: datetime | None, newest: datetime) -> bool:
    """
    Whether a moderator is told now.

    Args:
        now, told_at: In the zone of the moderators, so that their day is a day.
        newest: When the last of the waiting needs came, or was corrected.
    """
    if not FIRST_HOUR <= now.hour < LAST_HOUR:
        return False
    if told_at is None:
        return True
    return told_at.date() < now.date() and (newest > told_at or now - told_at >= AGAIN)
