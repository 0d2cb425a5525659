"""Who may write offers and sessions; the table itself is `people.rules`."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from jalon.catalogue.models import Offering
from jalon.design.models import MicroCredential
from jalon.people.models import User
from jalon.people.permissions import may
from jalon.people.rules import Capability


def can_offer(user: User | AnonymousUser, micro_credential: MicroCredential) -> bool:
    """Whether *user* may offer it: for the organisation whose it is."""
    return may(user, Capability.OFFER, micro_credential.organisation)


def can_write_offering(user: User | AnonymousUser, offering: Offering) -> bool:
    """Whether *user* may change this offer and its sessions."""
    return may(user, Capability.OFFER, offering.organisation)
