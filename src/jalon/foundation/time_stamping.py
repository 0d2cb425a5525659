"""Asking a time-stamping authority over the network: its word for when something existed."""

from __future__ import annotations

import secrets
from typing import Protocol

from jalon.foundation.fetching import GuardedFetcher
from sceau.keys import timestamps
from sceau.ports import Fetched

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
DEADLINE_SECONDS = 8.0


class Poster(Protocol):
    """What sends a few bytes and brings the answer back."""

    def post(self, url: str, body: bytes, *, content_type: str, max_bytes: int) -> Fetched:
        """
        Raises:
            sceau.errors.FetchError: Nothing came back.
        """
        ...


class HttpTimeStamper:
    """
    Implements `sceau.ports.TimeStamper` over HTTP: https and a public address alone, as everywhere here.

    Source:
        RFC 3161, section 3.4.
    """

    def __init__(self, url: str, *, poster: Poster | None = None) -> None:
        self._url = url
        self._poster = poster or GuardedFetcher(deadline_seconds=DEADLINE_SECONDS)

    def time_stamp(self, digest: bytes) -> bytes:
        """
        Raises:
            FetchError: The authority is out of reach.
            TimeStampError: It refused, or answered another question.
        """
        nonce = secrets.randbits(64)
        answer = self._poster.post(
            self._url,
            timestamps.request(digest, nonce=nonce),
            content_type=QUERY,
            max_bytes=timestamps.MAX_BYTES,
        )
        return timestamps.from_response(answer.body, digest, nonce=nonce)
