"""Looking into what strangers wrote: anything may be absent, alone or in a list, or of another type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sceau.errors import DataModelError
from sceau.model import moments
from sceau.model.texts import Text

UNKNOWN_LANGUAGE = "und"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SECONDS = re.compile(r"\d{9,10}", re.ASCII)
_MAX_MOMENT = 40
_KEYWORDS = {"@id": "id", "@type": "type"}
_END_OF_DAY = time(23, 59, 59, tzinfo=UTC)


def plain(value: Any) -> Any:
    """
    The same JSON with ``id`` and ``type`` for ``@id`` and ``@type``, which contexts allow beside each other.

    Raises:
        DataModelError: Both in one object, saying different things: two readers would see two badges.
    """
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    result: dict[str, Any] = {}
    for key, item in value.items():
        known, read = str(_KEYWORDS.get(key, key)), plain(item)
        if known in result and result[known] != read:
            raise DataModelError(f"expected one {known}, met two that differ")
        result[known] = read
    return result


def text(node: Mapping[str, Any], key: str) -> str:
    """The string at *key*, else empty."""
    value = node.get(key)
    return value.strip() if isinstance(value, str) else ""


def listed(node: Mapping[str, Any], key: str) -> list[Any]:
    """The values at *key*; one alone may stand without a list."""
    value = node.get(key)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def linked(value: Any) -> str:
    """The address of a thing that is named by a string, or written out as an object with an ``id``."""
    if isinstance(value, str):
        return value.strip()
    return text(value, "id") if isinstance(value, Mapping) else ""


def node(value: Any) -> Mapping[str, Any]:
    """An object as it is, a link as an object with nothing but its ``id``, anything else as an empty one."""
    if isinstance(value, Mapping):
        return value
    return {"id": value.strip()} if isinstance(value, str) and value.strip() else {}


def language_of(*nodes: Mapping[str, Any]) -> str:
    """The language that the first of *nodes* declares that declares any, by itself or in its context."""
    for each in nodes:
        contexts = [entry for entry in listed(each, "@context") if isinstance(entry, Mapping)]
        for declaring in (each, *contexts):
            if (tag := text(declaring, "@language")) and _LANGUAGE.fullmatch(tag):
                return tag
    return UNKNOWN_LANGUAGE


def texts(node: Mapping[str, Any], key: str, language: str) -> Text:
    """The text at *key* in *language*, or in those it names itself (``{"@value": …, "@language": …}``)."""
    found: dict[str, str] = {}
    for value in listed(node, key):
        tag, words = language, value
        if isinstance(value, Mapping):
            words = value.get("@value")
            own = text(value, "@language")
            tag = own if _LANGUAGE.fullmatch(own) else language
        if isinstance(words, str) and words.strip():
            found.setdefault(tag, words)
    return Text.of(found)


def moment(value: Any, *, is_end: bool = False) -> datetime | None:
    """
    A moment as any version writes it: with or without a zone (then UTC), a day, or seconds since 1970.

    Args:
        is_end: A day alone is then over when it ends, and not when it begins.

    Returns:
        In UTC; None where it cannot be read.
    """
    if isinstance(value, str) and _SECONDS.fullmatch(value.strip()):
        value = int(value)
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC) if value >= 0 else None
        if not isinstance(value, str) or len(value) > _MAX_MOMENT:
            return None
        return _moment(value.strip(), is_end)
    except (ValueError, OverflowError, OSError):
        return None


def _moment(stamp: str, is_end: bool) -> datetime:
    try:
        return moments.read(stamp, zone_optional=True)
    except DataModelError:
        read = datetime.fromisoformat(stamp)  # other writings of ISO 8601: «+0200», no seconds
    if _DAY.fullmatch(stamp) and is_end:
        return datetime.combine(read.date(), _END_OF_DAY)
    if read.tzinfo is None:
        return read.replace(tzinfo=UTC)
    if abs(read.utcoffset() or timedelta()) > timedelta(hours=14):
        raise ValueError(stamp)
    return read.astimezone(UTC)
