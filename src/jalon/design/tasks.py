"""Background entrances: identifiers in, one action called."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from jalon.design import actions


@task()
def tell_decision(proposal_id: str) -> None:
    """Mail the author of a proposal what became of it."""
    actions.tell_decision(UUID(proposal_id))


@task()
def tell_hosts() -> None:
    """Tell hosts that proposals wait, once a day at most."""
    actions.tell_hosts()


@task()
def forget_addresses() -> None:
    """Erase the addresses of those whose link ended."""
    actions.forget_addresses()
