"""Where an issuer's assertions may be: an address says whose it is by nothing but its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

from sceau.formats.open_badges_2 import nodes

_MAX_ADDRESS = 2_000
_DOTS = re.compile(r"(?:^|/)(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)
"""«/issuer/../other» starts with /issuer/ and is elsewhere."""
_HIDDEN = re.compile(r"%2f|%5c", re.IGNORECASE)
_PLAIN = re.compile(r"[!-~]+", re.ASCII)


def https(address: str) -> SplitResult | None:
    """
    The parts of an https address that may be asked for; None for any other, and for one with a user name,
    steps upwards, or characters that readers of addresses disagree on.
    """
    if len(address) > _MAX_ADDRESS or not _PLAIN.fullmatch(address) or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or port == 0:
        return None
    return None if _DOTS.search(parts.path) else parts


def origin(address: str) -> tuple[str, int] | None:
    """Host and port of an https address; None for any other."""
    parts = https(address)
    return None if parts is None else ((parts.hostname or "").rstrip("."), parts.port or 443)


def is_within(address: str, *, issuer_id: str, issuer: Mapping[str, Any]) -> bool:
    """
    May an assertion of this issuer be at *address*?

    Args:
        issuer: The profile as it is served at *issuer_id*; an embedded one could allow anything.

    Source:
        Open Badges v2.0, VerificationObject and HostedBadge Verification. Where a profile states both
        ``startsWith`` and ``allowedOrigins``, both must be kept; where it states neither, the origin is the
        issuer's own.
    """
    place = origin(address)
    if place is None:
        return False
    rules = nodes.node(issuer.get("verification"))
    starts = nodes.listed(rules, "startsWith")
    origins = nodes.listed(rules, "allowedOrigins")
    if not starts and not origins:
        return place == origin(issuer_id)
    return (not starts or any(_starts(address, start) for start in starts)) and (
        not origins or any(_allows(allowed, place) for allowed in origins)
    )


def _starts(address: str, start: object) -> bool:
    """«https://example.org» does not start «https://example.org.elsewhere.net/»: the host must be whole."""
    if not isinstance(start, str) or _HIDDEN.search(address):  # some servers take «..%2f» for a step upwards
        return False
    return origin(start) == origin(address) and address.startswith(start)


def _allows(allowed: object, place: tuple[str, int]) -> bool:
    """A host, as the standard wants it, or an origin, as many write it."""
    if not isinstance(allowed, str):
        return False
    return origin(allowed if "://" in allowed else f"https://{allowed}") == place
