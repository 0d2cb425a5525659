"""`jalon issuers`: who, here, is known to be the organisation it says."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import Any

from jalon.cli import django_setup


def add_parser(subparsers: Any) -> None:
    """Put the command and its three verbs on the command line."""
    parser = subparsers.add_parser(
        "issuers",
        help="les émetteurs dont quelqu’un répond",
        description="Dire de quels émetteurs quelqu’un répond. La page Vérifier dit alors qui.",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="ACTION", required=True)
    trust = verbs.add_parser("trust", help="enregistrer que quelqu’un répond d’un émetteur")
    trust.add_argument("did", metavar="DID", help="identifiant de l’émetteur, par exemple did:web:exemple.fr")
    trust.add_argument("--name", required=True, help="nom de l’organisme, tel qu’il l’écrit")
    trust.add_argument("--by", required=True, help="qui le confirme : « Région Occitanie »")
    trust.add_argument("--basis", default="", help="comment il le sait : registre, rencontre, contrat")
    trust.add_argument("--since", type=_day, help="premier jour, AAAA-MM-JJ (aujourd’hui si rien n’est dit)")
    trust.add_argument("--until", type=_day, help="dernier jour, AAAA-MM-JJ (sans fin si rien n’est dit)")
    listing = verbs.add_parser("list", help="montrer ce qui est enregistré")
    listing.add_argument("--json", action="store_true", help="un objet JSON par émetteur, dans une liste")
    forget = verbs.add_parser("forget", help="effacer ce qui a été dit d’un émetteur")
    forget.add_argument("did", metavar="DID")
    forget.add_argument("--by", default="", help="seulement ce que celui-là en dit")
    parser.set_defaults(run=run)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"une date AAAA-MM-JJ est attendue, pas {written!r}") from error


def run(args: argparse.Namespace) -> int:
    """Exit code: 0 done, 1 nothing to forget, 2 refused."""
    django_setup.start()
    return {"trust": _trust, "list": _list, "forget": _forget}[args.verb](args)


def _trust(args: argparse.Namespace) -> int:
    from jalon.foundation import clock
    from jalon.verification import actions, labels
    from jalon.verification.errors import IssuerStatementError

    try:
        row = actions.trust_issuer(
            did=args.did,
            name=args.name,
            vouched_by=args.by,
            basis=args.basis,
            since=args.since or clock.today(),
            until=args.until,
        )
    except IssuerStatementError as error:
        print(labels.sentence(error.code, error.facts), file=sys.stderr)
        return 2
    print(f"{row.vouched_by} répond de {row.name} ({row.did}), depuis le {row.since.isoformat()}.")
    return 0


def _list(args: argparse.Namespace) -> int:
    from jalon.verification import queries

    rows: list[dict[str, Any]] = [
        {
            "did": row.did,
            "name": row.name,
            "vouched_by": row.vouched_by,
            "basis": row.basis,
            "since": row.since.isoformat(),
            "until": row.until.isoformat() if row.until else None,
        }
        for row in queries.trusted_issuers()
    ]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    if not rows:
        print("Aucun émetteur enregistré. « jalon issuers trust DID --name … --by … » en ajoute un.")
    for row in rows:
        end = f" jusqu’au {row['until']}" if row["until"] else ""
        basis = f" ({row['basis']})" if row["basis"] else ""
        print(f"{row['name']}\n  {row['did']}\n  {row['vouched_by']}{basis}, depuis le {row['since']}{end}")
    return 0


def _forget(args: argparse.Namespace) -> int:
    from jalon.verification import actions

    gone = actions.forget_issuer(did=args.did, vouched_by=args.by)
    if not gone:
        print("Rien n’était enregistré sous cet identifiant : rien n’a changé.", file=sys.stderr)
        return 1
    print("Oublié." if gone == 1 else f"Oublié : {gone} déclarations.")
    return 0
