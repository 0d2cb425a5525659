"""Background entrances: identifiers in, one action called."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from jalon.awarding import actions


@task()
def run_batch(batch_id: str) -> None:
    """Award the queued rows of a batch."""
    actions.run_batch(UUID(batch_id))


@task()
def make_forms(award_ids: list[str]) -> None:
    """Make the forms that are wanted with these awards."""
    actions.make_forms([UUID(each) for each in award_ids])


@task()
def issue_endorsement(sign_off_id: str) -> None:
    """Sign what an organisation wished to say about a published version."""
    actions.issue_endorsement(UUID(sign_off_id))


@task()
def take_endorsement_back(sign_off_id: str) -> None:
    """Revoke what an organisation had signed about a text that it refuses now."""
    actions.take_endorsement_back(UUID(sign_off_id))


@task()
def purge_uploads() -> None:
    """Delete uploaded files that have served."""
    actions.purge_uploads()


@task()
def refresh_status_lists() -> None:
    """Sign again the lists that are getting old."""
    actions.refresh_status_lists()
