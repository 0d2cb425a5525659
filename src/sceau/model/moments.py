"""Moments as credentials write them: xsd:dateTimeStamp, always with a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from sceau.errors import DataModelError

_STAMP = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)T(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
    r"(?:\.(?P<fraction>\d{1,12}))?(?P<zone>Z|[+-]\d\d:\d\d)?",
    re.ASCII,
)


def write(moment: datetime) -> str:
    """
    ``"2026-06-02T08:00:00Z"``; fractions of a second only where there are some.

    Raises:
        DataModelError: A naive moment, which different readers would place differently.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise DataModelError(f"expected a moment with its zone, met {moment.isoformat()}")
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    return utc.isoformat(timespec="microseconds" if utc.microsecond else "seconds") + "Z"


def read(stamp: object, *, zone_optional: bool = False) -> datetime:
    """
    Read an xsd:dateTimeStamp; the result is in UTC.

    Args:
        zone_optional: Take a moment without a zone for one in UTC, as Data Integrity 1.0 section 2.1 allows
            for what others wrote into their proofs.

    Raises:
        DataModelError: Another shape, no zone, or a day that does not exist.

    Source:
        W3C Verifiable Credentials Data Model v2.0, section 4.9; years 0001 to 9999 here.
    """
    met = _STAMP.fullmatch(stamp) if isinstance(stamp, str) else None
    if met is None or not (met["zone"] or zone_optional):
        raise DataModelError(f"expected a moment such as 2026-06-02T08:00:00Z, met {str(stamp)[:40]!a}")
    part = {name: int(met[name]) for name in ("year", "month", "day", "hour", "minute", "second")}
    midnight = part["hour"] == 24 and part["minute"] == part["second"] == 0
    if midnight:
        part["hour"] = 0
    try:
        moment = datetime(**part, microsecond=int((met["fraction"] or "0")[:6].ljust(6, "0")), tzinfo=UTC)
        return moment - _offset(met["zone"] or "Z") + timedelta(days=midnight)
    except (ValueError, OverflowError):
        raise DataModelError(f"expected a moment that exists, met {met.group()!r}") from None


def _offset(zone: str) -> timedelta:
    if zone == "Z":
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if hours > 14 or minutes > 59 or (hours == 14 and minutes):
        raise ValueError(zone)
    return timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)
