"""`jalon frameworks`: brings skills frameworks and registers in, and says what is here, old or wrong."""

from __future__ import annotations

import argparse
import sys

from jalon.cli import database, django_setup, frameworks_evaluate

HELP = "les référentiels de compétences : ESCO, ROME, RNCP, GreenComp…"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("frameworks", help=HELP)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_import(actions)
    actions.add_parser("list", help="dire ce qui est importé, en quelle édition, et d’où cela vient")
    actions.add_parser(
        "check", help="dire ce qui est inachevé, dépassé, ou encore utilisé alors que c’est fini"
    )
    show = actions.add_parser("show", help="montrer une notion, ce qui l’entoure, et ce qu’elle est devenue")
    show.add_argument(
        "concept", metavar="ADRESSE|CODE", help="http://data.europa.eu/esco/…, RNCP38093, A1416…"
    )
    show.add_argument("--lang", default="fr", metavar="LANGUE", help="langue des noms, fr par défaut")
    frameworks_evaluate.add_parser(actions)


def _add_import(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "import",
        help="importer une édition : ZIP, dossier, fichier XZ ou simple, ou adresse https",
        epilog="Relancer la même commande ne change rien ; après une coupure, elle reprend où elle en était.",
    )
    parser.add_argument(
        "name", metavar="NOM", help="esco, rome, rncp, rs, greencomp, eqf… (« ? » les donne tous)"
    )
    parser.add_argument(
        "paths", metavar="FICHIER|ADRESSE", nargs="*", help="fichiers officiels, en une ou plusieurs langues"
    )
    parser.add_argument(
        "--version", default="", metavar="V", help="édition, quand le nom du fichier ne la dit pas"
    )
    extent = parser.add_mutually_exclusive_group()
    extent.add_argument("--partial", action="store_true", help="c’est un extrait : ne rien retirer")
    extent.add_argument(
        "--whole", action="store_true", help="c’est bien le fichier entier : retirer ce qu’il n’a plus"
    )


def run(args: argparse.Namespace) -> int:
    """0 when done; 1 when `check` found something; 2, with the reason, otherwise."""
    if args.action == "evaluate":
        return frameworks_evaluate.run(args)
    django_setup.start()
    database.prepare()
    from jalon.cli import frameworks_import, frameworks_reading  # they need the tables
    from jalon.foundation.errors import JalonError
    from jalon.frameworks import labels
    from sceau.errors import FetchError

    try:
        if args.action == "import":
            return frameworks_import.run(args)
        return {
            "list": lambda: frameworks_reading.list_all(),
            "check": lambda: frameworks_reading.check(),
            "show": lambda: frameworks_reading.show(args.concept, args.lang),
        }[args.action]()
    except (JalonError, FetchError) as error:
        print(labels.sentence(error.code, getattr(error, "facts", {})), file=sys.stderr)
        return 2
