"""`jalon revoke`: a credential that `jalon issue` made no longer counts; its status list is signed anew."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from jalon.awarding import labels
from jalon.awarding.rules.award_states import REASONS_BY_HAND
from jalon.cli import environment, keys, ledger, publication
from jalon.cli.errors import CommandError
from jalon.foundation import clock
from sceau.did import document


def add_parser(subparsers: Any) -> None:
    """Declare the command and its options."""
    reasons = {reason: labels.revocation_reason(reason) for reason in REASONS_BY_HAND}
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "revoke",
        help="révoquer une attestation délivrée par « jalon issue »",
        description="Note la révocation dans DOSSIER et signe de nouveau la liste d’état, à publier ensuite.",
        epilog="Motifs : " + ", ".join(f"{code} ({words})" for code, words in reasons.items()) + ".",
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DOSSIER", help="le dossier de « jalon issue »"
    )
    parser.add_argument(
        "--credential",
        required=True,
        metavar="FICHIER|ID",
        help="le fichier de l’attestation, ou son urn:uuid:…",
    )
    parser.add_argument(
        "--reason",
        required=True,
        choices=[str(reason) for reason in reasons],
        metavar="MOTIF",
        help="pourquoi",
    )
    parser.add_argument("--note", default="", help="une précision, gardée dans DOSSIER seulement")
    parser.add_argument("--key", default=keys.DEFAULT_NAME, metavar="NOM", help="la clé de l’organisme")
    parser.add_argument("--json", action="store_true", help="un objet JSON sur la sortie")


def run(args: argparse.Namespace) -> int:
    """Revoke once; a second time changes nothing and says so."""
    surroundings = environment.read()
    with ledger.opened(args.out, make=False) as record:
        entry = _find(record, args.credential)
        before = record.revoked.get(entry.credential)
        written = _list_to_sign(record, entry)
        signer = None
        if written is not None:
            key = keys.open_existing(args.key, surroundings)
            signer = key.signer(f"{entry.issuer}#{key.public_multibase}")
            if key.public_multibase not in record.keys_of(document.did_of(signer.verification_method)):
                raise CommandError(
                    f"La clé « {key.name} » n’a rien signé pour {entry.issuer} : elle ne peut pas signer sa "
                    f"liste. "
                    "Donnez la bonne avec --key."
                )
        if before is None:
            record.revoke(entry.credential, reason=args.reason, note=args.note, at=clock.now())
        path = publication.write_list(record, written, signer) if written is not None and signer else None
    if args.json:
        found = {
            "revoked": entry.credential,
            "already": before is not None,
            "list": str(path) if path else None,
        }
        print(json.dumps(found, ensure_ascii=False, indent=2))
    for line in _sentences(entry, before, path, written.url if written else ""):
        print(line, file=sys.stderr if args.json else sys.stdout)
    return 0


def _find(record: ledger.Ledger, named: str) -> ledger.Entry:
    """The credential of an id, or of a file."""
    if named in record.entries:
        return record.entries[named]
    path = Path(named)
    by_name = next((e for e in record.entries.values() if e.file == path.name), None)
    if by_name is not None:
        return by_name
    if path.is_file() and path.stat().st_size < 4 * 1024 * 1024:
        try:
            identifier = json.loads(path.read_bytes()).get("id")
        except (ValueError, AttributeError, RecursionError):
            identifier = None
        if identifier in record.entries:
            return record.entries[identifier]
    raise CommandError(
        f"« {named} » n’a pas été délivrée dans {record.folder}. Donnez son fichier ou son urn:uuid:…"
    )


def _list_to_sign(record: ledger.Ledger, entry: ledger.Entry) -> ledger.ListEntry | None:
    return record.lists[entry.place.list_id] if entry.place else None


def _sentences(entry: ledger.Entry, before: str | None, path: Path | None, url: str) -> list[str]:
    when = f"déjà révoquée le {before[8:10]}/{before[5:7]}/{before[:4]}" if before else "révoquée"
    lines = [f"L’attestation délivrée à {entry.name} est {when}."]
    if path:
        lines.append(f"Publiez maintenant {path} → {url} : les vérificateurs le verront aussitôt.")
        lines.append(
            f"Et pour les portefeuilles, {publication.token_file(path)} → {publication.token_url(url)}."
        )
    else:
        lines.append(
            "Elle ne porte pas d’état de révocation (délivrée sans adresse publique) : personne d’autre ne "
            "peut le "
            "savoir. Prévenez les personnes à qui elle a été montrée."
        )
    return lines
