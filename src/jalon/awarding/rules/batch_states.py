"""
The road of a list of people, from the file to the awards.

    received ──columns said──▶ checked ──start──▶ queued ──worker──▶ running ──▶ finished
       │                        │ ▲ │                ▲                  │
       │                        │ └─┘ said again     ├── start again ───┤ its worker gave up
       ▼                        ▼                    │                  ▼
    abandoned ◀──────────────────────────────────────┴─── start ──── failed

Nothing is signed before `queued`; nothing that was signed is undone by any later state.
"""

from __future__ import annotations

from enum import StrEnum


class BatchState(StrEnum):
    """Where a list of people is on its road."""

    RECEIVED = "received"
    CHECKED = "checked"
    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    ABANDONED = "abandoned"


class RowState(StrEnum):
    """
    What becomes of one row.

    READY waits for the start; HOMONYM waits for a person's answer; ALREADY has a live award; AGAIN had one
    that expired or was revoked, and needs an explicit gesture; SKIPPED was left out by a person; FAILED met
    a fault when signed.
    """

    READY = "ready"
    REJECTED = "rejected"
    HOMONYM = "homonym"
    ALREADY = "already"
    AGAIN = "again"
    QUEUED = "queued"
    AWARDED = "awarded"
    SKIPPED = "skipped"
    FAILED = "failed"


_STEPS: dict[BatchState, frozenset[BatchState]] = {
    BatchState.RECEIVED: frozenset({BatchState.CHECKED, BatchState.ABANDONED}),
    BatchState.CHECKED: frozenset({BatchState.CHECKED, BatchState.QUEUED, BatchState.ABANDONED}),
    BatchState.QUEUED: frozenset({BatchState.QUEUED, BatchState.RUNNING, BatchState.FAILED}),
    BatchState.RUNNING: frozenset({BatchState.QUEUED, BatchState.FINISHED, BatchState.FAILED}),
    BatchState.FAILED: frozenset({BatchState.QUEUED, BatchState.ABANDONED}),
    BatchState.FINISHED: frozenset(),
    BatchState.ABANDONED: frozenset(),
}

OPEN_STATES = frozenset({BatchState.RECEIVED, BatchState.CHECKED})
"""States in which columns and homonyms may still be answered."""

UNDER_WAY = frozenset({BatchState.QUEUED, BatchState.RUNNING})
"""States in which a worker has it, or will."""


def may_become(before: BatchState, after: BatchState) -> bool:
    """Whether a batch can go from one state to another."""
    return after in _STEPS[before]
