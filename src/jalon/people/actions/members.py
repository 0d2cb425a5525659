"""Invite, give and take roles, leave."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction

from jalon.foundation import clock, events, journal
from jalon.people import rules
from jalon.people.actions.locking import locked
from jalon.people.errors import (
    AlreadyMemberError,
    InvitationClosedError,
    LastAdminError,
    NotAMemberError,
    SharedAccountError,
)
from jalon.people.events import RolesChanged
from jalon.people.models import Invitation, Membership, Organisation, User
from jalon.people.permissions import require
from jalon.people.rules import Capability, Role


@transaction.atomic
def invite(*, organisation: Organisation, email: str, role: Role, by: User) -> Invitation:
    """
    Offer *role* by a link that holds for `rules.INVITATION_DAYS`; an open offer of it is prolonged instead.

    Raises:
        AlreadyMemberError: The account with this address holds this role.
    """
    require(by, Capability.MANAGE_MEMBERS, organisation)
    address = email.strip().lower()
    held = Membership.objects.filter(organisation=organisation, role=role.value, user__email__iexact=address)
    if held.exists():
        raise AlreadyMemberError(role=role.value)
    until = clock.now() + timedelta(days=rules.INVITATION_DAYS)
    waiting = Invitation.objects.filter(
        organisation=organisation, email=address, role=role.value, accepted_at__isnull=True
    ).first()
    if waiting and waiting.is_open:
        waiting.expires_at = until
        waiting.save(update_fields=["expires_at"])
        return waiting
    invitation = Invitation.objects.create(
        organisation=organisation, email=address, role=role.value, invited_by=by, expires_at=until
    )
    journal.write(
        organisation=organisation,
        actor=by,
        verb="member.invited",
        object_id=invitation.id,
        facts={"role": role.value},
    )
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """
    Make the link of *invitation* lead nowhere.

    Raises:
        InvitationClosedError: It was taken meanwhile: change the member's roles instead.
    """
    require(by, Capability.MANAGE_MEMBERS, invitation.organisation)
    held = Invitation.objects.select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    if held is None:
        return
    if held.accepted_at:
        raise InvitationClosedError
    journal.write(
        organisation=invitation.organisation,
        actor=by,
        verb="member.invitation_withdrawn",
        object_id=held.id,
        facts={"role": held.role},
    )
    held.delete()


@transaction.atomic
def accept_invitation(*, token: str, user: User) -> Organisation:
    """
    Give *user* the role offered under *token*, once.

    Whoever holds the link may take it, whatever their address: it may have been handed over by hand.

    Raises:
        InvitationClosedError: Taken, out of date or withdrawn.
        SharedAccountError: A demonstration account joins no organisation outside the demonstration.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(token=token)
        .first()
    )
    if invitation is None or not invitation.is_open or not user.is_active:
        raise InvitationClosedError
    organisation = invitation.organisation
    if rules.is_demonstration_address(user.email) and not organisation.is_demonstration:
        raise SharedAccountError
    Membership.objects.get_or_create(user=user, organisation=organisation, role=invitation.role)
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    journal.write(
        organisation=organisation,
        actor=user,
        verb="member.joined",
        object_id=user.id,
        facts={"role": invitation.role, "invitation": str(invitation.id)},
    )
    _announce_roles(organisation, user)
    return organisation


@transaction.atomic
def set_roles(*, organisation: Organisation, user: User, roles: Collection[Role], by: User) -> None:
    """
    Give the member *user* exactly *roles*; with none, they are a member no more.

    Raises:
        NotAMemberError: *user* holds no role to change; invite them.
        LastAdminError: The organisation would have no admin left.
    """
    require(by, Capability.MANAGE_MEMBERS, organisation)
    _replace_roles(organisation, user, roles, by)


@transaction.atomic
def leave(*, organisation: Organisation, user: User) -> None:
    """
    *user* gives up every role in *organisation*.

    Raises:
        NotAMemberError: They hold none.
        LastAdminError: They are its last admin.
    """
    _replace_roles(organisation, user, (), user)


def _replace_roles(organisation: Organisation, user: User, roles: Collection[Role], by: User) -> None:
    organisation = locked(organisation)
    held = {Role(m.role): m for m in Membership.objects.filter(organisation=organisation, user=user)}
    if not held:
        raise NotAMemberError
    admins = Membership.objects.filter(
        organisation=organisation, role=Role.ADMIN.value, user__is_active=True
    ).values_list("user_id", flat=True)
    if rules.leaves_no_admin(admins=list(admins), user=user.id, kept_roles=roles):
        raise LastAdminError
    for role, membership in held.items():
        if role not in roles:
            membership.delete()
    for role in roles:
        if role not in held:
            Membership.objects.create(organisation=organisation, user=user, role=role.value)
    if set(held) != set(roles):
        journal.write(
            organisation=organisation,
            actor=by,
            verb="member.roles_changed" if roles else "member.removed",
            object_id=user.id,
            facts={"before": sorted(held), "after": sorted(roles)},
        )
        _announce_roles(organisation, user)


def _announce_roles(organisation: Organisation, user: User) -> None:
    held = Membership.objects.filter(organisation=organisation, user=user).values_list("role", flat=True)
    events.announce(RolesChanged(organisation.id, user.id, tuple(sorted(held))))
