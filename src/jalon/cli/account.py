"""`jalon account`: what the operator does for somebody's account, where no mail is sent."""

from __future__ import annotations

import argparse
import sys

from jalon.cli import django_setup


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("account", help="dépanner un compte")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    link = actions.add_parser(
        "reset-link", help="afficher un lien qui sert une fois à choisir un nouveau mot de passe"
    )
    link.add_argument("email", metavar="ADRESSE", help="adresse avec laquelle la personne se connecte")


def run(args: argparse.Namespace) -> int:
    """Print the link alone on the standard output; 2, with the reason, when there is no such account."""
    django_setup.start()

    from jalon.people import labels
    from jalon.people.errors import PeopleError

    try:
        print(_reset_link(args.email))
    except PeopleError as refused:
        print(labels.sentence(refused.code, refused.facts), file=sys.stderr)
        return 2
    print(
        "Remettez ce lien à la personne et à elle seule : il sert une fois, pendant trois jours.",
        file=sys.stderr,
    )
    return 0


def _reset_link(email: str) -> str:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str
    from django.conf import settings
    from django.urls import reverse

    from jalon.foundation import journal
    from jalon.people import rules
    from jalon.people.errors import SharedAccountError, UnknownAccountError
    from jalon.people.queries import account_by_email

    user = account_by_email(email)
    if user is None or not user.is_active:
        raise UnknownAccountError
    if rules.is_demonstration_address(user.email):
        raise SharedAccountError
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    journal.write(organisation=None, actor=None, verb="account.reset_link_made", object_id=user.id)
    return f"{settings.PUBLIC_URL}{path}"
