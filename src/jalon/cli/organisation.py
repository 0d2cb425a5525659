"""`jalon organisation`: what the operator says of organisations: which are here, and which were checked."""

from __future__ import annotations

import argparse
import sys

from jalon.cli import django_setup


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("organisation", help="lister les organismes, confirmer leur identité")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="lister les organismes")
    confirm = actions.add_parser("confirm", help="confirmer qu’un organisme est bien celui qu’il dit être")
    confirm.add_argument(
        "slug", metavar="ORGANISME", help="nom court de l’organisme, tel que « list » le donne"
    )
    confirm.add_argument("--by", required=True, metavar="QUI", help="qui confirme, en clair : c’est public")
    confirm.add_argument(
        "--basis", required=True, metavar="BASE", help="sur quelle base, en clair : c’est public"
    )


def run(args: argparse.Namespace) -> int:
    """0 when done; 2, with the reason, otherwise."""
    django_setup.start()
    return _list() if args.action == "list" else _confirm(args.slug, by=args.by, basis=args.basis)


def _list() -> int:
    from jalon.people.models import Organisation

    for organisation in Organisation.objects.order_by("slug"):
        confirmed = organisation.identity_confirmed_by or "identité pas encore confirmée"
        print(f"{organisation.slug}\t{organisation.legal_name}\t{confirmed}")
    return 0


def _confirm(slug: str, *, by: str, basis: str) -> int:
    from jalon.people import labels
    from jalon.people.actions import confirm_identity
    from jalon.people.errors import InvalidOrganisationError
    from jalon.people.models import Organisation

    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        print(
            f"Aucun organisme ne s’appelle « {slug} ». « jalon organisation list » les donne tous.",
            file=sys.stderr,
        )
        return 2
    try:
        confirm_identity(organisation=organisation, by=by, basis=basis)
    except InvalidOrganisationError as refused:
        for fault in refused.faults:
            print(labels.sentence(fault.code, fault.facts), file=sys.stderr)
        return 2
    print(f"L’identité de {organisation.legal_name} est confirmée par {by.strip()}.")
    return 0
