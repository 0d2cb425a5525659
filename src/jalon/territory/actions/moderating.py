"""Reading what people state: accepted, refused with a reason, or set aside as spam."""

from __future__ import annotations

from django.db import transaction

from jalon.foundation import clock, journal
from jalon.foundation.events import announce
from jalon.people.models import User
from jalon.territory.actions.stating import leave_group
from jalon.territory.actions.steps import expect, locked, write_step
from jalon.territory.actions.telling import erase_asker
from jalon.territory.errors import ReasonMissingError
from jalon.territory.events import NeedAccepted
from jalon.territory.models import Need, NeedLink
from jalon.territory.permissions import require_moderator
from jalon.territory.rules.need_states import NeedState, StepKind
from jalon.territory.rules.needs import KEEP_AFTER_REFUSAL, MOST_REASON_SIGNS


@transaction.atomic
def accept_need(*, need: Need, by: User) -> Need:
    """
    Make a need public. Whoever asked is told. Announces `NeedAccepted`.

    Raises:
        NotAllowedError, NeedStateError
    """
    kept = locked(need.id)
    require_moderator(by, kept)
    expect(kept, NeedState.WAITING, NeedState.REFUSED)
    kept.state, kept.reason, kept.decided_at = NeedState.OPEN.value, "", clock.now()
    kept.save()
    write_step(kept, StepKind.ACCEPTED, by=by)
    journal.write(organisation=kept.organisation, actor=by, verb="need.accepted", object_id=kept.id)
    announce(NeedAccepted(kept.id))
    return kept


@transaction.atomic
def refuse_need(*, need: Need, reason: str, by: User) -> Need:
    """
    Do not publish a need, or take a public one back, and say why; whoever asked reads the reason.

    Their name and address are kept 60 days more, no longer: the time to state it better.

    Raises:
        ReasonMissingError, NotAllowedError, NeedStateError
    """
    said = " ".join(reason.replace("\0", "").split())[:MOST_REASON_SIGNS]
    if not said:
        raise ReasonMissingError
    kept = locked(need.id)
    require_moderator(by, kept)
    expect(kept, NeedState.WAITING, NeedState.OPEN)
    kept.state, kept.reason, kept.decided_at = NeedState.REFUSED.value, said, clock.now()
    kept.personal_data_until = min(kept.personal_data_until, clock.today() + KEEP_AFTER_REFUSAL)
    leave_group(kept)
    kept.save()
    write_step(kept, StepKind.REFUSED, by=by, words=said)
    journal.write(organisation=kept.organisation, actor=by, verb="need.refused", object_id=kept.id)
    return kept


@transaction.atomic
def mark_as_spam(*, need: Need, by: User) -> Need:
    """
    Set a need aside as no need at all; nobody is told, and what it gave of a person is erased at once.

    Raises:
        NotAllowedError, NeedStateError
    """
    kept = locked(need.id)
    require_moderator(by, kept)
    expect(kept, NeedState.WAITING, NeedState.OPEN, NeedState.REFUSED)
    kept.state, kept.decided_at = NeedState.SPAM.value, clock.now()
    leave_group(kept)
    NeedLink.objects.filter(need=kept).delete()
    erase_asker(kept)
    kept.save()
    write_step(kept, StepKind.SPAM, by=by)
    journal.write(organisation=kept.organisation, actor=by, verb="need.set_aside", object_id=kept.id)
    return kept
