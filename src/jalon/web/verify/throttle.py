"""A limit on tries from one address, so that references cannot be guessed and links not used as a probe."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from jalon.verification.errors import TooManyTriesError


@dataclass(frozen=True)
class Throttle:
    """
    At most *limit* tries from one address in *minutes*.

    The address is not kept: only a keyed hash of it, until the time is over.
    """

    name: str
    limit: int
    minutes: int

    def check(self, request: HttpRequest) -> None:
        """
        Raises:
            TooManyTriesError: The limit is reached.
        """
        if cache.get(self._key(request), 0) >= self.limit:
            raise TooManyTriesError(minutes=self.minutes)

    def count(self, request: HttpRequest) -> None:
        """Count one try. The time runs from the first."""
        key = self._key(request)
        if not cache.add(key, 1, timeout=self.minutes * 60):
            try:
                cache.incr(key)
            except ValueError:  # its time ended between the two calls
                cache.add(key, 1, timeout=self.minutes * 60)

    def _key(self, request: HttpRequest) -> str:
        digest = hmac.new(settings.SECRET_KEY.encode(), _address(request).encode(), hashlib.sha256)
        return f"throttle:{self.name}:{digest.hexdigest()[:32]}"


def _address(request: HttpRequest) -> str:
    """Where the request comes from: behind our own proxy, the last address that it added."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.USE_X_FORWARDED_HOST else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


# Twelve signs are 60 random bits: the limit keeps the attempt from costing us anything.
WRONG_REFERENCES = Throttle("reference", limit=10, minutes=10)
LINKS = Throttle("link", limit=30, minutes=10)
CONTENTS = Throttle("content", limit=120, minutes=10)


@dataclass(frozen=True)
class PerCredential:
    """At most *limit* tries on one credential in *minutes*, from wherever they come."""

    name: str
    limit: int
    minutes: int

    def check(self, thing: str) -> None:
        """
        Raises:
            TooManyTriesError: The limit is reached.
        """
        if cache.get(self._key(thing), 0) >= self.limit:
            raise TooManyTriesError(minutes=self.minutes)

    def count(self, thing: str) -> None:
        """Count one try. The time runs from the first."""
        if not cache.add(self._key(thing), 1, timeout=self.minutes * 60):
            try:
                cache.incr(self._key(thing))
            except ValueError:  # its time ended between the two calls
                cache.add(self._key(thing), 1, timeout=self.minutes * 60)

    def _key(self, thing: str) -> str:
        return f"throttle:{self.name}:{thing}"
