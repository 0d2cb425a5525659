"""What can be done with accounts, organisations, members and persons: one transaction each, journalled."""

from __future__ import annotations

from jalon.people.actions.accounts import change_email, change_name, set_language
from jalon.people.actions.accreditations import keep_accreditation, remove_accreditation
from jalon.people.actions.members import accept_invitation, invite, leave, set_roles, withdraw_invitation
from jalon.people.actions.organisations import (
    confirm_identity,
    create_organisation,
    edit_organisation,
    rename,
)
from jalon.people.actions.persons import create_person, find_or_create_person

__all__ = [
    "accept_invitation",
    "change_email",
    "change_name",
    "confirm_identity",
    "create_organisation",
    "create_person",
    "edit_organisation",
    "find_or_create_person",
    "invite",
    "keep_accreditation",
    "leave",
    "remove_accreditation",
    "rename",
    "set_language",
    "set_roles",
    "withdraw_invitation",
]
