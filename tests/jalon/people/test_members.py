"""Members: invited, given roles, removed; an organisation keeps an admin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.people import a_member, a_user, an_invitation, an_organisation

from jalon.foundation import clock
from jalon.foundation.errors import NotAllowedError
from jalon.people.actions import accept_invitation, invite, leave, set_roles, withdraw_invitation
from jalon.people.errors import (
    AlreadyMemberError,
    InvitationClosedError,
    LastAdminError,
    NotAMemberError,
    SharedAccountError,
)
from jalon.people.models import Invitation
from jalon.people.permissions import roles_of
from jalon.people.queries import demonstration_accounts, members_of, open_invitations_of, organisations_of
from jalon.people.rules import Role

pytestmark = pytest.mark.django_db


def test_invitation_is_taken_once() -> None:
    organisation = an_organisation()
    admin = a_member(a_user(), organisation)
    invitation = invite(organisation=organisation, email=" Paul@Example.org ", role=Role.TRAINER, by=admin)
    paul, other = a_user(), a_user()

    assert invitation.email == "paul@example.org"
    assert open_invitations_of(organisation) == [invitation]
    assert accept_invitation(token=invitation.token, user=paul) == organisation
    assert roles_of(paul, organisation) == {Role.TRAINER}
    assert open_invitations_of(organisation) == []
    with pytest.raises(InvitationClosedError):
        accept_invitation(token=invitation.token, user=other)
    assert roles_of(other, organisation) == set()


def test_invitation_holds_for_fourteen_days() -> None:
    organisation = an_organisation()
    invitation = invite(
        organisation=organisation,
        email="p@example.org",
        role=Role.TRAINER,
        by=a_member(a_user(), organisation),
    )
    late = a_user()

    with (
        clock.frozen(invitation.created_at + timedelta(days=14, minutes=1)),
        pytest.raises(InvitationClosedError),
    ):
        accept_invitation(token=invitation.token, user=late)

    assert roles_of(late, organisation) == set()
    with clock.frozen(invitation.created_at + timedelta(days=13, hours=23)):
        accept_invitation(token=invitation.token, user=late)


def test_withdrawn_invitation_leads_nowhere() -> None:
    organisation = an_organisation()
    admin = a_member(a_user(), organisation)
    invitation = an_invitation(organisation)

    withdraw_invitation(invitation=invitation, by=admin)
    withdraw_invitation(invitation=invitation, by=admin)

    with pytest.raises(InvitationClosedError):
        accept_invitation(token=invitation.token, user=a_user())


def test_taken_invitation_cannot_be_withdrawn() -> None:
    organisation = an_organisation()
    invitation = an_invitation(organisation)
    accept_invitation(token=invitation.token, user=a_user())

    with pytest.raises(InvitationClosedError):
        withdraw_invitation(invitation=invitation, by=a_member(a_user(), organisation))


def test_same_invitation_again_prolongs_the_first() -> None:
    organisation = an_organisation()
    admin = a_member(a_user(), organisation)
    first = an_invitation(organisation, email="p@example.org", expires_at=clock.now() + timedelta(days=1))

    again = invite(organisation=organisation, email="P@example.org", role=Role.TRAINER, by=admin)

    assert again == first
    assert Invitation.objects.get().expires_at > clock.now() + timedelta(days=13)


def test_holder_of_the_role_is_not_invited_again() -> None:
    organisation = an_organisation()
    admin = a_member(a_user(), organisation)
    trainer = a_member(a_user(), organisation, Role.TRAINER)

    with pytest.raises(AlreadyMemberError):
        invite(organisation=organisation, email=trainer.email.upper(), role=Role.TRAINER, by=admin)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_admin_manages_members(role: Role) -> None:
    organisation = an_organisation()
    member = a_member(a_user(), organisation, role)
    admin = a_member(a_user(), organisation)

    with pytest.raises(NotAllowedError):
        invite(organisation=organisation, email="p@example.org", role=Role.ADMIN, by=member)
    with pytest.raises(NotAllowedError):
        set_roles(organisation=organisation, user=admin, roles=(), by=member)
    with pytest.raises(NotAllowedError):
        set_roles(organisation=organisation, user=member, roles=(Role.ADMIN,), by=member)
    with pytest.raises(NotAllowedError):
        withdraw_invitation(invitation=an_invitation(organisation), by=member)


def test_inactive_account_takes_no_invitation() -> None:
    invitation = an_invitation(an_organisation())

    with pytest.raises(InvitationClosedError):
        accept_invitation(token=invitation.token, user=a_user(is_active=False))


def test_demonstration_account_joins_no_real_organisation() -> None:
    visitor = a_user("claire@demo.example")

    with pytest.raises(SharedAccountError):
        accept_invitation(token=an_invitation(an_organisation()).token, user=visitor)

    accept_invitation(token=an_invitation(an_organisation(is_demonstration=True)).token, user=visitor)


def test_roles_are_replaced() -> None:
    organisation = an_organisation()
    admin = a_member(a_user(full_name="Zoé"), organisation)
    member = a_member(a_user(full_name="amina"), organisation, Role.TRAINER, Role.DESIGNER)

    set_roles(organisation=organisation, user=member, roles=[Role.SIGNATORY, Role.TRAINER], by=admin)

    assert [(m.user, m.roles) for m in members_of(organisation)] == [
        (member, (Role.TRAINER, Role.SIGNATORY)),
        (admin, (Role.ADMIN,)),
    ]
    assert [o.organisation for o in organisations_of(member)] == [organisation]


def test_last_admin_cannot_leave_nor_be_demoted() -> None:
    organisation = an_organisation()
    admin = a_member(a_user(), organisation, Role.ADMIN, Role.TRAINER)
    # An account that can no longer sign in is no admin to count on.
    a_member(a_user(is_active=False), organisation)

    with pytest.raises(LastAdminError):
        leave(organisation=organisation, user=admin)
    with pytest.raises(LastAdminError):
        set_roles(organisation=organisation, user=admin, roles=[Role.TRAINER], by=admin)
    assert roles_of(admin, organisation) == {Role.ADMIN, Role.TRAINER}


def test_admin_leaves_when_another_stays() -> None:
    organisation = an_organisation()
    admin = a_member(a_user(), organisation)
    a_member(a_user(), organisation)

    leave(organisation=organisation, user=admin)

    assert roles_of(admin, organisation) == set()


def test_stranger_is_given_no_role_without_invitation() -> None:
    organisation = an_organisation()
    admin = a_member(a_user(), organisation)

    with pytest.raises(NotAMemberError):
        set_roles(organisation=organisation, user=a_user(), roles=[Role.TRAINER], by=admin)
    with pytest.raises(NotAMemberError):
        leave(organisation=organisation, user=a_user())


def test_demonstration_accounts_are_one_per_role_and_nobody_real() -> None:
    demo, real = an_organisation(is_demonstration=True), an_organisation()
    many = a_member(a_user("tout@demo.example"), demo, *Role)
    trainer = a_member(a_user("formatrice@demo.example"), demo, Role.TRAINER)
    a_member(a_user("vraie@example.org"), demo, Role.SIGNATORY)
    a_member(a_user("operatrice@demo.example", is_superuser=True), demo, Role.PARTNER)
    a_member(a_user("partie@demo.example", is_active=False), demo, Role.ASSESSOR)
    both = a_member(a_member(a_user("double@demo.example"), demo, Role.DESIGNER), real, Role.DESIGNER)
    a_member(a_user("faux@notdemo.example"), demo, Role.DESIGNER)

    found = {account.role: account.user for account in demonstration_accounts()}

    assert found == dict.fromkeys(Role, many) | {Role.TRAINER: trainer}
    assert both not in found.values()


def test_no_demonstration_account_without_demonstration() -> None:
    a_member(a_user("claire@demo.example"), an_organisation(), Role.TRAINER)

    assert demonstration_accounts() == []
