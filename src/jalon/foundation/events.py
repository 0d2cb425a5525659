"""
Facts announced to later contexts: the only way a context sets something off further down the road.

A context declares frozen dataclasses in its `events.py` and calls `announce`; a later context subscribes in
its `receivers.py`, which its `AppConfig.ready` imports. Receivers run at once, in the announcer's
transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")
_receivers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def on(event_type: type[Event]) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Subscribe the decorated function to *event_type*, once however often its module is imported."""

    def subscribe(receiver: Callable[[Event], None]) -> Callable[[Event], None]:
        if receiver not in _receivers[event_type]:
            _receivers[event_type].append(receiver)
        return receiver

    return subscribe


def announce(event: object) -> None:
    """Hand *event* to every receiver of its exact type. An error of a receiver rolls the announcer back."""
    for receiver in _receivers[type(event)]:
        receiver(event)
