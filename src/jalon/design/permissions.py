"""Who may do what with a micro-certification; the table itself is `people.rules`."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from jalon.design.models import Specification
from jalon.people.models import User
from jalon.people.permissions import may, require
from jalon.people.rules import Capability


def can_see_draft(user: User | AnonymousUser, specification: Specification) -> bool:
    """Whether *user* may read this version before it is public."""
    return may(user, Capability.SEE, specification.micro_credential.organisation)


def can_write(user: User | AnonymousUser, specification: Specification) -> bool:
    """Whether *user* may change this version: no one may once it is published."""
    organisation = specification.micro_credential.organisation
    return not specification.is_published and may(user, Capability.DESIGN, organisation)


def can_publish(user: User | AnonymousUser, specification: Specification) -> bool:
    """Whether *user* may make this version final."""
    return not specification.is_published and may(
        user, Capability.PUBLISH, specification.micro_credential.organisation
    )


def require_writer(user: User | AnonymousUser, specification: Specification) -> None:
    """
    Raises:
        NotAllowedError: *user* may not write for the organisation.
    """
    require(user, Capability.DESIGN, specification.micro_credential.organisation)
