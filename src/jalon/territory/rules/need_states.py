"""
Where a need stands, and what can be done there.

    waiting ──accepted──▶ open ──▶ in_design ──▶ answered     (by what is linked to it; and back)
       │  ◀──corrected──┘
       ├──refused──▶ refused ──corrected──▶ waiting
       └──spam──▶ spam
    waiting, open, in_design, answered, refused ──withdrawn──▶ withdrawn
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class NeedState(StrEnum):
    """Where a need stands."""

    WAITING = "waiting"  # stated, and nobody has read it yet
    OPEN = "open"  # accepted: everybody sees it
    IN_DESIGN = "in_design"  # a micro-certification is being written for it
    ANSWERED = "answered"  # at least one is published
    REFUSED = "refused"  # with the reason, in words
    SPAM = "spam"
    WITHDRAWN = "withdrawn"  # by whoever stated it


PUBLIC_STATES = frozenset({NeedState.OPEN, NeedState.IN_DESIGN, NeedState.ANSWERED})
CORRECTABLE_STATES = frozenset({NeedState.WAITING, NeedState.OPEN, NeedState.REFUSED})
WITHDRAWABLE_STATES = PUBLIC_STATES | {NeedState.WAITING, NeedState.REFUSED}


class StepKind(StrEnum):
    """What happened to a need, in its history."""

    STATED = "stated"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SPAM = "spam"
    CORRECTED = "corrected"
    GROUPED = "grouped"
    UNGROUPED = "ungrouped"
    LINKED = "linked"
    UNLINKED = "unlinked"
    IN_DESIGN = "in_design"
    ANSWERED = "answered"
    REOPENED = "reopened"  # what was linked to it no longer is
    WITHDRAWN = "withdrawn"
    FORGOTTEN = "forgotten"  # names and addresses were erased


# What whoever asked is told of, by mail where they left an address.
TOLD_STEPS = frozenset(
    {StepKind.ACCEPTED, StepKind.REFUSED, StepKind.IN_DESIGN, StepKind.ANSWERED, StepKind.REOPENED}
)
# What the page of whoever asked tells; grouping and linking are the moderators' own kitchen.
SHOWN_STEPS = TOLD_STEPS | {StepKind.STATED, StepKind.CORRECTED, StepKind.WITHDRAWN, StepKind.FORGOTTEN}

_STEPS = {
    NeedState.OPEN: StepKind.REOPENED,
    NeedState.IN_DESIGN: StepKind.IN_DESIGN,
    NeedState.ANSWERED: StepKind.ANSWERED,
}


def followed_state(published: Collection[bool]) -> NeedState:
    """The state of an accepted need, from whether each micro-certification linked to it is published."""
    if any(published):
        return NeedState.ANSWERED
    return NeedState.IN_DESIGN if published else NeedState.OPEN


def step_into(state: NeedState) -> StepKind:
    """What the history says of an accepted need that comes into *state*."""
    return _STEPS[state]


def after_correction(state: NeedState, *, vouched: bool, words_changed: bool) -> NeedState:
    """
    The state of a need once whoever stated it corrected it.

    What an organisation states stands under its name; other words are read again before anybody sees them.
    """
    if state is NeedState.REFUSED:
        return NeedState.OPEN if vouched else NeedState.WAITING
    if state is NeedState.OPEN and words_changed and not vouched:
        return NeedState.WAITING
    return state
