"""Reactions to what design announces: a partner's agreement is signed as an endorsement once it is public."""

from __future__ import annotations

from jalon.design.events import SignOffGiven, SpecificationPublished
from jalon.design.models import Specification
from jalon.design.queries import co_designers
from jalon.design.rules.rooms import Answer
from jalon.foundation import jobs
from jalon.foundation.events import on

_TASK = "jalon.awarding.tasks.issue_endorsement"
_BACK = "jalon.awarding.tasks.take_endorsement_back"


@on(SignOffGiven)
def endorse_what_is_public(event: SignOffGiven) -> None:
    """An organisation agreed to a version that is public already: nothing more to wait for."""
    if not event.wants_endorsement or event.specification_id is None:
        return
    if Specification.objects.filter(id=event.specification_id, published_at__isnull=False).exists():
        jobs.enqueue(_TASK, sign_off_id=str(event.sign_off_id))


@on(SignOffGiven)
def take_back_what_is_refused(event: SignOffGiven) -> None:
    """An organisation says no: what it had signed about this text must not go on saying yes."""
    if event.answer == Answer.NO and event.organisation_id is not None:
        jobs.enqueue(_BACK, sign_off_id=str(event.sign_off_id))


@on(SpecificationPublished)
def endorse_what_was_published(event: SpecificationPublished) -> None:
    """Every organisation with an account that agreed to this text; the task sees which of them wished it."""
    published = Specification.objects.select_related("micro_credential").get(id=event.specification_id)
    for co_designer in co_designers(published):
        if co_designer.organisation_id is not None:
            jobs.enqueue(_TASK, sign_off_id=str(co_designer.sign_off_id))
