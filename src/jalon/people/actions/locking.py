"""One at a time: the lock that actions on one organisation take."""

from __future__ import annotations

from jalon.people.models import Organisation


def locked(organisation: Organisation) -> Organisation:
    """The row of *organisation*, held until the end of the transaction, so that two admins act in turn."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
