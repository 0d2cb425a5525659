"""One's own account: name, address, language."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from jalon.foundation import journal
from jalon.people import rules
from jalon.people.errors import AddressTakenError, SharedAccountError
from jalon.people.models import User


def change_name(*, user: User, full_name: str) -> None:
    """
    Raises:
        SharedAccountError: A demonstration account keeps its name.
    """
    _refuse_shared(user)
    user.full_name = " ".join(full_name.split())[:200]
    user.save(update_fields=["full_name"])


@transaction.atomic
def change_email(*, user: User, email: str) -> None:
    """
    Sign in with *email* from now on. It counts as unconfirmed until its owner follows a link sent to it.

    Raises:
        AddressTakenError: Another account signs in with it.
        SharedAccountError: A demonstration account keeps its address.
    """
    _refuse_shared(user)
    address = email.strip().lower()
    if address == user.email:
        return
    others = User.objects.filter(email__iexact=address).exclude(pk=user.pk).exists()
    confirmed_elsewhere = EmailAddress.objects.filter(email__iexact=address).exclude(user=user).exists()
    if others or confirmed_elsewhere or rules.is_demonstration_address(address):
        raise AddressTakenError
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
    user.email = address
    user.save(update_fields=["email"])
    journal.write(organisation=None, actor=user, verb="account.address_changed", object_id=user.id, facts={})


def set_language(*, user: User, language: str) -> None:
    """Remember the language in which *user* reads pages; empty leaves it to the browser."""
    user.language = language
    user.save(update_fields=["language"])


def _refuse_shared(user: User) -> None:
    if rules.is_demonstration_address(user.email):
        raise SharedAccountError
