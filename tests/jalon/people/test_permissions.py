"""Who may: role × capability, and everybody who is not a member."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories.people import a_member, a_user, an_organisation

from jalon.foundation.errors import NotAllowedError
from jalon.people.models import Organisation, User
from jalon.people.permissions import may, organisations_where, require, roles_of
from jalon.people.rules import FOUNDER_ROLES, Capability, Role

pytestmark = pytest.mark.django_db

# The whole table, written out: a change of rights is a change of this line.
#                           ADMIN DESIGNER TRAINER ASSESSOR SIGNATORY PARTNER
TABLE: dict[Capability, str] = {
    Capability.SEE: "             yes   yes      yes     yes      yes       yes",
    Capability.DESIGN: "          no    yes      yes     no       no        no",
    Capability.PUBLISH: "         no    yes      no      no       no        no",
    Capability.OFFER: "           no    yes      yes     no       no        no",
    Capability.PREPARE_AWARDS: "  no    no       yes     yes      yes       no",
    Capability.AWARD: "           no    no       no      no       yes       no",
    Capability.SEE_AWARDS: "      yes   no       yes     yes      yes       no",
    Capability.REVOKE: "          no    no       no      no       yes       no",
    Capability.MANAGE_ORGANISATION: "yes no      no      no       no        no",
    Capability.MANAGE_MEMBERS: "  yes   no       no      no       no        no",
    Capability.MANAGE_KEYS: "     yes   no       no      no       no        no",
    Capability.STATE_NEEDS: "     yes   yes      yes     no       no        no",
    Capability.MODERATE_NEEDS: "  yes   yes      no      no       no        no",
}
CELLS = [
    (role, capability, answer == "yes")
    for capability, line in TABLE.items()
    for role, answer in zip(Role, line.split(), strict=True)
]


def test_table_is_whole() -> None:
    assert {(role, capability) for role, capability, _ in CELLS} == {(r, c) for r in Role for c in Capability}


@pytest.mark.parametrize(("role", "capability", "allowed"), CELLS)
def test_role_may(role: Role, capability: Capability, *, allowed: bool) -> None:
    organisation = an_organisation()
    member = a_member(a_user(), organisation, role)

    assert may(member, capability, organisation) is allowed
    assert organisations_where(member, capability) == ([organisation] if allowed else [])
    if allowed:
        require(member, capability, organisation)
    else:
        with pytest.raises(NotAllowedError) as refused:
            require(member, capability, organisation)
        assert refused.value.facts == {"capability": capability.value}


def _without_role(organisation: Organisation) -> User:
    return a_user()


def _anonymous(organisation: Organisation) -> AnonymousUser:
    return AnonymousUser()


def _inactive(organisation: Organisation) -> User:
    return a_member(a_user(is_active=False), organisation, *Role)


def _of_another_organisation(organisation: Organisation) -> User:
    return a_member(a_user(), an_organisation(), *Role)


def _operator(organisation: Organisation) -> User:
    return a_user(is_superuser=True)


STRANGERS = [_without_role, _anonymous, _inactive, _of_another_organisation, _operator]


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda make: make.__name__.strip("_"))
@pytest.mark.parametrize("capability", list(Capability))
def test_stranger_may_nothing(stranger, capability: Capability) -> None:  # type: ignore[no-untyped-def]  # any of the above
    organisation = an_organisation()
    user = stranger(organisation)

    assert not may(user, capability, organisation)
    assert organisation not in organisations_where(user, capability)
    with pytest.raises(NotAllowedError):
        require(user, capability, organisation)


def test_roles_add_up() -> None:
    organisation = an_organisation()
    member = a_member(a_user(), organisation, Role.DESIGNER, Role.SIGNATORY)

    assert roles_of(member, organisation) == {Role.DESIGNER, Role.SIGNATORY}
    assert may(member, Capability.PUBLISH, organisation)
    assert may(member, Capability.AWARD, organisation)
    assert organisations_where(member, Capability.SEE) == [organisation]


def test_founder_may_everything() -> None:
    organisation = an_organisation()
    founder = a_member(a_user(), organisation, *FOUNDER_ROLES)

    assert [c for c in Capability if not may(founder, c, organisation)] == []
