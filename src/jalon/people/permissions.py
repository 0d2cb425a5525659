"""Who may: the one place where an account, an organisation and a capability meet."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from jalon.foundation.errors import NotAllowedError
from jalon.people.models import Membership, Organisation, User
from jalon.people.rules import Capability, Role, roles_with


def roles_of(user: User | AnonymousUser, organisation: Organisation) -> frozenset[Role]:
    """The roles of *user* in *organisation*; none for strangers."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    held = Membership.objects.filter(user=user, organisation=organisation).values_list("role", flat=True)
    return frozenset(Role(role) for role in held)


def may(user: User | AnonymousUser, capability: Capability, organisation: Organisation) -> bool:
    """Whether *user* may do *capability* for *organisation*. Running the installation gives no right here."""
    return bool(roles_of(user, organisation) & roles_with(capability))


def require(user: User | AnonymousUser, capability: Capability, organisation: Organisation) -> None:
    """
    Raises:
        NotAllowedError: *user* may not do *capability* for *organisation*.
    """
    if not may(user, capability, organisation):
        raise NotAllowedError(
            f"expected one of the roles {sorted(roles_with(capability))} for {capability}",
            capability=capability.value,
        )


def organisations_where(user: User | AnonymousUser, capability: Capability) -> list[Organisation]:
    """The organisations for which *user* may do *capability*, by name."""
    if not isinstance(user, User) or not user.is_active:
        return []
    return list(
        Organisation.objects.filter(
            memberships__user=user, memberships__role__in=[role.value for role in roles_with(capability)]
        ).distinct()
    )
