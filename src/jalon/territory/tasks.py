"""Background entrances: identifiers in, one action called."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from jalon.territory import actions


@task()
def tell_asker(step_id: str) -> None:
    """Send the mail about one step of a need."""
    actions.tell_asker(UUID(step_id))


@task()
def forget_old_askers() -> None:
    """Erase the names and addresses whose time is over."""
    actions.forget_old_askers()


@task()
def remind_moderators() -> None:
    """Tell moderators that needs wait, once a day at most."""
    actions.remind_moderators()
