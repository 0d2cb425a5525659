"""
What can go wrong with accounts, organisations, members and persons.

    JalonError
    └── PeopleError                    people.error
        ├── InvalidOrganisationError   people.invalid_organisation   a fact cannot be right; says which
        ├── LastAdminError             people.last_admin             an organisation keeps one admin
        ├── NotAMemberError            people.not_a_member           not, or no longer, a member
        ├── AlreadyMemberError         people.already_member         holds this role already
        ├── InvitationClosedError      people.invitation_closed      taken, out of date or withdrawn
        ├── AddressTakenError          people.address_taken          another account has this address
        ├── SharedAccountError         people.shared_account         a demonstration account stays as it is
        └── UnknownAccountError        people.unknown_account        no account has this address
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute

from jalon.foundation.errors import JalonError


@dataclass(frozen=True)
class Fault:
    """One thing that cannot be right: which field, a stable code, and the values its sentence needs."""

    field: str
    code: str
    facts: Mapping[str, str | int] = attribute(default_factory=dict)


class PeopleError(JalonError):
    """Something refused about accounts, organisations, members or persons."""

    code = "people.error"


class InvalidOrganisationError(PeopleError):
    """A fact of an organisation cannot be right. `faults` says which, and what was met."""

    code = "people.invalid_organisation"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.code} {dict(fault.facts)}" for fault in faults))
        self.faults = tuple(faults)


class LastAdminError(PeopleError):
    """An organisation keeps at least one admin: name another one first."""

    code = "people.last_admin"


class NotAMemberError(PeopleError):
    """This account is not, or no longer, a member of the organisation."""

    code = "people.not_a_member"


class AlreadyMemberError(PeopleError):
    """This account already holds this role in the organisation."""

    code = "people.already_member"


class InvitationClosedError(PeopleError):
    """The invitation was taken, is out of date, or was withdrawn. Ask for a new one."""

    code = "people.invitation_closed"


class AddressTakenError(PeopleError):
    """Another account signs in with this e-mail address."""

    code = "people.address_taken"


class SharedAccountError(PeopleError):
    """A demonstration account is shared by its visitors: its name, address and password stay as they are."""

    code = "people.shared_account"


class UnknownAccountError(PeopleError):
    """No active account signs in with this e-mail address."""

    code = "people.unknown_account"
