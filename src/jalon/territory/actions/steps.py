"""The history of a need: written in the transaction of what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jalon.foundation import jobs
from jalon.people.models import User
from jalon.territory.errors import NeedStateError, UnknownNeedError
from jalon.territory.models import Need, NeedStep
from jalon.territory.rules.need_states import TOLD_STEPS, NeedState, StepKind


def locked(need_id: UUID) -> Need:
    """
    The row as the database has it now, held until the end of the transaction.

    Raises:
        UnknownNeedError
    """
    found = (
        Need.objects.select_for_update(of=("self",))
        .select_related("commune", "organisation", "group")
        .filter(id=need_id)
        .first()
    )
    if found is None:
        raise UnknownNeedError
    return found


def expect(need: Need, *states: NeedState) -> None:
    """
    Raises:
        NeedStateError: *need* is in none of *states*.
    """
    if NeedState(need.state) not in states:
        raise NeedStateError(f"expected a need {' or '.join(states)}, met one {need.state}", state=need.state)


def write_step(
    need: Need,
    kind: StepKind,
    *,
    by: User | None = None,
    words: str = "",
    facts: Mapping[str, Any] | None = None,
) -> NeedStep:
    """Add to the history, and have whoever asked told by mail where they left an address."""
    step = NeedStep.objects.create(need=need, kind=kind.value, by=by, words=words, facts=dict(facts or {}))
    if kind in TOLD_STEPS and (need.asker_email or need.stated_by_id):
        jobs.enqueue("jalon.territory.tasks.tell_asker", step_id=str(step.id))
    return step
