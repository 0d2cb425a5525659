"""`jalon territory`: what the operator draws for organisations, and what each territory holds."""

from __future__ import annotations

import argparse
import sys

from jalon.cli import django_setup


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("territory", help="lister et dessiner les territoires des organismes")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="lister les territoires, ce qu’ils comprennent et combien d’habitants")
    draw = actions.add_parser(
        "draw",
        help="dessiner un territoire, ou le dessiner de nouveau",
        epilog="Relancer la même commande ne change rien ; d’autres lieux remplacent ceux d’avant.",
    )
    draw.add_argument("name", metavar="NOM", help="son nom, tel qu’on le dit")
    draw.add_argument(
        "--organisation", required=True, metavar="ORGANISME", help="nom court de qui lit ses besoins"
    )
    draw.add_argument("--commune", nargs="+", action="extend", default=[], metavar="CODE", help="codes INSEE")
    draw.add_argument(
        "--epci", nargs="+", action="extend", default=[], metavar="CODE", help="SIREN des intercommunalités"
    )
    draw.add_argument(
        "--department", nargs="+", action="extend", default=[], metavar="CODE", help="48, 2A, 974…"
    )


def run(args: argparse.Namespace) -> int:
    """0 when done; 2, with the reason, otherwise."""
    django_setup.start()
    return _list() if args.action == "list" else _draw(args)


def _list() -> int:
    from jalon.territory.models import Territory

    for territory in Territory.objects.select_related("organisation").order_by("organisation__slug", "name"):
        parts = " ".join(territory.part_names)
        print(f"{territory.organisation.slug}\t{territory.name}\t{_held(territory.part_names)}\t{parts}")
    return 0


def _held(part_names: list[str]) -> str:
    from jalon.territory.queries import extent_of

    extent = extent_of([(name.split(":")[0], name.split(":")[1]) for name in part_names])
    people = "" if extent.people is None else f", {extent.people} hab."
    return f"{extent.communes} commune{'s' if extent.communes > 1 else ''}{people}"


def _draw(args: argparse.Namespace) -> int:
    from jalon.people.models import Organisation
    from jalon.territory import labels
    from jalon.territory.actions import draw_as_operator
    from jalon.territory.errors import TerritoryError
    from jalon.territory.models import PartKind

    organisation = Organisation.objects.filter(slug=args.organisation).first()
    if organisation is None:
        print(
            f"Aucun organisme ne s’appelle « {args.organisation} ». "
            "« jalon organisation list » les donne tous.",
            file=sys.stderr,
        )
        return 2
    given = {PartKind.COMMUNE: args.commune, PartKind.EPCI: args.epci, PartKind.DEPARTMENT: args.department}
    parts = [(kind, code.strip().upper()) for kind, codes in given.items() for code in codes]
    try:
        drawn = draw_as_operator(organisation=organisation, name=args.name, parts=parts)
    except TerritoryError as refused:
        print(labels.sentence(refused.code, refused.facts), file=sys.stderr)
        return 2
    print(f"{drawn.name} ({organisation.legal_name}) : {_held(drawn.part_names)}")
    if not organisation.identity_confirmed_at:
        print("Ce territoire servira quand l’identité de l’organisme sera confirmée.", file=sys.stderr)
    return 0
