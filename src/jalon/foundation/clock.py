"""The only reader of time, so that a test can set the date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today(zone: str = "Europe/Paris") -> date:
    """The date it is in *zone*, which is not the date in UTC late in the evening."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold time still at an aware *moment* inside a ``with`` block (tests, replays)."""
    if moment.tzinfo is None:
        raise ValueError("expected an aware moment, met one without a time zone")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
