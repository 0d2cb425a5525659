"""
`jalon issue`: from a specification and a list of people to one signed file each, with no server and no
database.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jalon.awarding.errors import HolderKeyError
from jalon.awarding.labels import sentence
from jalon.awarding.rules import exports
from jalon.awarding.rules.building import end_of_validity
from jalon.awarding.rules.columns import Field
from jalon.awarding.rules.dates import DateRefused, read_past_date
from jalon.awarding.rules.holders import HolderRow, Rejection
from jalon.cli import (
    environment,
    forms,
    holders_file,
    issuing_pictures,
    issuing_seal,
    keys,
    ledger,
    publication,
    specification_file,
)
from jalon.cli.errors import CommandError, SpecificationError
from jalon.cli.issuing_report import Outcome, lines
from jalon.cli.known_holders import KnownHolders
from jalon.foundation import clock
from jalon.foundation.identifiers import new_urn, slug
from sceau.errors import DataModelError
from sceau.exports import EUROPASS, SD_JWT_VC, Sealing
from sceau.keys.public import PublicKey
from sceau.keys.signer import Ed25519Signer
from sceau.model.credential import Credential, Holder, Issuer, StatusEntry
from sceau.model.micro_credential import MicroCredential
from sceau.status.token_list import Reference

BATCH = 100


def add_parser(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "issue",
        help="délivrer des attestations à une liste de personnes, sans serveur",
        description="Signe une attestation par personne de la liste et l’écrit dans DOSSIER. "
        "La même liste donnée deux fois ne délivre personne deux fois.",
        epilog="Avec JALON_PUBLIC_URL=https://…, l’organisme est did:web et DOSSIER/public reçoit "
        "ce qu’il faut publier ; "
        "sans elle, il est did:key et les attestations ne portent pas d’état de révocation. "
        "Codes de sortie : 0 liste traitée, lignes refusées comprises ; 1 une des formes demandées n’a pu "
        "être faite pour personne ; 2 rien n’a pu être lu.",
    )
    parser.add_argument(
        "--specification", required=True, type=Path, metavar="FICHIER.yaml", help="le référentiel"
    )
    parser.add_argument(
        "--holders",
        required=True,
        metavar="FICHIER.csv|.xlsx",
        help="la liste des personnes (- : entrée standard)",
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DOSSIER", help="où écrire les attestations"
    )
    parser.add_argument(
        "--key", default=keys.DEFAULT_NAME, metavar="NOM", help="la clé qui signe, faite au premier usage"
    )
    parser.add_argument(
        "--json", action="store_true", help="un objet JSON sur la sortie, le reste sur la sortie d’erreur"
    )
    parser.add_argument(
        "--awarded-on",
        metavar="JJ/MM/AAAA",
        default="",
        help="date de délivrance, si la liste n’en donne pas (aujourd’hui sinon)",
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="CHAMP=COLONNE",
        help='dire quelle colonne lire : name=3 ou birth_date="Né le"',
    )
    parser.add_argument(
        "--distinct",
        default="",
        metavar="LIGNES",
        help="lignes d’homonymes que vous savez être d’autres personnes : 4,7",
    )
    parser.add_argument(
        "--format",
        action="append",
        choices=forms.NAMES,
        default=[],
        metavar="FORMAT",
        help="sous quelle forme : openbadges (par défaut), vc-jwt, europass, sd-jwt-vc ; plusieurs à la fois",
    )
    issuing_seal.add_options(parser)
    parser.add_argument(
        "--holder-key",
        type=Path,
        metavar="FICHIER.jwk",
        help="la clé publique du portefeuille de la personne (JWK) : lie sd-jwt-vc à elle ; une seule "
        "personne dans la liste",
    )
    parser.add_argument(
        "--again", action="store_true", help="délivrer de nouveau après une expiration ou une révocation"
    )


@dataclass(frozen=True)
class Work:
    """All that is the same for each person of a list."""

    specification: specification_file.SpecificationFile
    micro_credential: MicroCredential
    issuer: Issuer
    who: publication.Identity
    signer: Ed25519Signer
    key: str
    awarded_on: date
    forms: tuple[str, ...] = (forms.DEFAULT,)
    seal: issuing_seal.Seal | None = None
    holder_key: PublicKey | None = None


def run(args: argparse.Namespace) -> int:
    """
    Read everything first, then sign: whatever cannot be read stops the command before anything is written.
    """
    surroundings = environment.read()
    specification = specification_file.read(args.specification)
    distinct = holders_file.row_numbers(args.distinct)
    holders = holders_file.read(args.holders, chosen=args.column, distinct=distinct)
    awarded_on = _stated_day(args.awarded_on)
    wanted_forms = tuple(dict.fromkeys(args.format)) or (forms.DEFAULT,)
    seal = issuing_seal.opened(args, surroundings, specification.issuer.signing_as(""))
    if seal is not None and EUROPASS.name not in wanted_forms:
        raise CommandError("--seal ne scelle que la forme europass : ajoutez --format europass.")
    holder_key = _holder_key(args.holder_key, wanted_forms, len(holders.report.rows))
    for remark in (*holders.remarks, *(seal.remarks if seal else ())):
        _say(remark)
    key = keys.open_or_make(args.key, surroundings)
    if key.made:
        _say(
            f"Clé « {key.name} » faite dans {key.path}. Gardez-en une copie en lieu sûr : "
            "elle signe au nom de l’organisme."
        )
    base_url = surroundings.public_url if surroundings.public_url_is_set else ""
    who = publication.identity(key.public_multibase, base_url)
    work = Work(
        specification,
        specification.micro_credential(),
        specification.issuer.signing_as(who.did),
        who,
        key.signer(who.verification_method),
        key.public_multibase,
        awarded_on,
        wanted_forms,
        seal,
        holder_key,
    )
    outcome = Outcome(rejected=list(holders.report.rejected), tells_forms=work.forms != (forms.DEFAULT,))
    outcome.rejected += [Rejection(h.holder.row, h.column, h.code, h.facts) for h in holders.report.homonyms]
    published: list[Path] = []
    with ledger.opened(args.out) as record:
        _refuse_changed_version(record, specification)
        wanted = _sort_out(holders, record, work, outcome, again=args.again, distinct=distinct)
        places = publication.StatusPlaces(record, who, work.signer) if who.publishes else None
        if places:
            known = list(dict.fromkeys([*record.keys_of(who.did), work.key]))
            published.append(publication.write_did_document(args.out, who, known))
            if SD_JWT_VC.name in wanted_forms:
                published.append(publication.write_issuer_metadata(args.out, who, known))
        _issue_all(wanted, work, record, places, outcome, args.out, holders.name_column)
        if places:
            published += publication.write_lists(record, who, work.signer)
    if args.json:
        print(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=2))
    for remark in _remarks(work, outcome):
        _say(remark)
    for line in lines(outcome, who, work.issuer.name, args.out, published):
        print(line, file=sys.stderr if args.json else sys.stdout)
    return 1 if outcome.forms_of_nobody else 0


def _remarks(work: Work, outcome: Outcome) -> Iterator[str]:
    """What a form made in a shell is, or cannot be; said once, of those that were made."""
    if EUROPASS.name in outcome.made:
        stamps = work.seal.stamps if work.seal else None
        if work.seal is None:
            yield forms.NO_SEAL
        elif stamps is not None and stamps.problem:
            yield forms.UNDATED.format(problem=stamps.problem)
        else:
            yield forms.SEALED.format(level="B-T" if stamps else "B-B")
    if SD_JWT_VC.name in outcome.made:
        yield forms.BOUND if work.holder_key else forms.BEARER
        if not work.who.publishes:
            yield forms.NO_STATUS


def _holder_key(path: Path | None, wanted: tuple[str, ...], people: int) -> PublicKey | None:
    if path is None:
        return None
    if SD_JWT_VC.name not in wanted:
        raise CommandError("--holder-key ne lie que la forme sd-jwt-vc : ajoutez --format sd-jwt-vc.")
    if people != 1:
        raise CommandError(
            f"--holder-key est la clé d’une seule personne, et la liste en a {people} : donnez une liste "
            "d’une ligne."
        )
    with path.open("rb") as file:
        text = file.read(4_001).decode("utf-8", "replace")
    try:
        return exports.holder_key(text)
    except HolderKeyError as error:
        raise CommandError(f"--holder-key {path} : {sentence(error.code, {})}") from error


def _stated_day(text: str) -> date:
    if not text:
        return clock.today()
    try:
        found = read_past_date(text, today=clock.today())
    except DateRefused as refused:
        raise CommandError("--awarded-on : " + sentence(refused.code, {"met": text})) from refused
    return found or clock.today()


def _refuse_changed_version(
    record: ledger.Ledger, specification: specification_file.SpecificationFile
) -> None:
    """A version that was awarded says for ever what it said."""
    for entry in record.entries.values():
        same = entry.specification == specification.id and entry.version == specification.version
        if same and entry.digest != specification.digest:
            raise SpecificationError(
                f"Le référentiel a changé depuis qu’il a été délivré dans ce dossier, et porte toujours la "
                f"version "
                f"{specification.version}. Une version délivrée ne change plus : écrivez une nouvelle "
                f"version "
                f'dans le fichier, par exemple version: "{_next(specification.version)}".'
            )


def _next(version: str) -> str:
    return str(int(version) + 1) if version.isdigit() else f"{version}-bis"


def _sort_out(
    holders: holders_file.Holders,
    record: ledger.Ledger,
    work: Work,
    outcome: Outcome,
    *,
    again: bool,
    distinct: frozenset[int],
) -> list[HolderRow]:
    """Those to issue to; the others are counted in *outcome*, each with its reason."""
    known = KnownHolders(record, work.specification.id, work.specification.version, clock.now())
    wanted = []
    for row in holders.report.rows:
        standing = known.standing(row.identity, again=again, distinct=row.row in distinct)
        if standing == "new" and (over := _already_over(row, work, holders.mapping.label(Field.AWARDED_ON))):
            outcome.rejected.append(over)
        elif standing == "new":
            wanted.append(row)
        elif standing == "already":
            outcome.already += 1
            if not row.birth_date and not row.identifier:
                outcome.nameless.append((row.row, row.name))
        else:
            outcome.rejected.append(Rejection(row.row, holders.name_column, standing, {"name": row.name}))
    return wanted


def _already_over(row: HolderRow, work: Work, column: str) -> Rejection | None:
    """Nobody is given what ended before it is signed."""
    awarded_on = row.awarded_on or work.awarded_on
    until = end_of_validity(awarded_on, work.specification.content.validity_months)
    if until is None or until > clock.now():
        return None
    facts = {"awarded_on": f"{awarded_on:%d/%m/%Y}", "until": f"{until:%d/%m/%Y}"}
    return Rejection(row.row, column, "awarding.validity_over", facts)


@dataclass(frozen=True)
class _Signed:
    entry: ledger.Entry
    made: forms.Made


def _issue_all(
    rows: Sequence[HolderRow],
    work: Work,
    record: ledger.Ledger,
    places: publication.StatusPlaces | None,
    outcome: Outcome,
    folder: Path,
    name_column: str,
) -> None:
    """Sign, reserve, write, confirm, a batch at a time: killed anywhere, the next run takes up from there."""
    progress = _progress(len(rows))
    for start in range(0, len(rows), BATCH):
        signed: list[_Signed] = []
        for row in rows[start : start + BATCH]:
            try:
                signed.append(_sign(row, work, places))
            except forms.NoFormError as error:
                outcome.refusals.count(error.refusals)
                outcome.rejected.append(Rejection(row.row, name_column, error.code))
            except DataModelError:
                outcome.rejected.append(Rejection(row.row, name_column, "not_signable"))
            progress.update(1)
        record.reserve(each.entry for each in signed)
        for each in signed:
            # The one that the record names comes last: where it is not, nothing was issued.
            for file, data in reversed(each.made.files.items()):
                publication.write_new_file(folder / file, data)
            outcome.refusals.count(each.made.refusals)
            outcome.made.update(each.made.names)
            outcome.losses.count(each.made.left_out)
        record.issued([each.entry for each in signed])
        outcome.issued += len(signed)
        outcome.files += [str(folder / file) for each in signed for file in each.made.files]
    progress.close()


def _sign(row: HolderRow, work: Work, places: publication.StatusPlaces | None) -> _Signed:
    awarded_on = row.awarded_on or work.awarded_on
    urn = new_urn()
    now = clock.now()
    valid_until = end_of_validity(awarded_on, work.specification.content.validity_months)
    place, list_url = places.take() if places else (None, "")
    credential = Credential(
        id=urn,
        holder=Holder(row.name, given_name=row.given_name, family_name=row.family_name),
        issuer=work.issuer,
        micro_credential=work.micro_credential,
        awarded_on=awarded_on,
        valid_from=now,
        valid_until=valid_until,
        grade=row.grade,
        status=(StatusEntry(list_url, place.index),) if place else (),
    )
    stem = f"{slug(row.name, limit=50)}-{urn.rpartition(':')[2][:8]}"
    made = forms.make(
        credential,
        work.forms,
        stem=stem,
        sealing=Sealing(
            work.signer,
            now,
            issuer_url=work.who.address,
            holder_key=work.holder_key,
            token_status=Reference(publication.token_url(list_url), place.index) if place else None,
        ),
        european=_european(credential, work, now) if EUROPASS.name in work.forms else None,
        number=row.identifier,
    )
    entry = ledger.Entry(
        credential=urn,
        file=next(iter(made.files)),
        name=row.name,
        specification=work.specification.id,
        version=work.specification.version,
        digest=work.specification.digest,
        issuer=work.who.did,
        key=work.key,
        awarded_on=awarded_on,
        birth_date=row.birth_date,
        identifier=row.identifier,
        valid_until=valid_until,
        place=place,
    )
    return _Signed(entry, made)


def _european(credential: Credential, work: Work, now: datetime) -> Sealing:
    """With the certificate drawn in each language, and sealed where there is a seal."""
    pictures = issuing_pictures.pictures(credential)
    if work.seal is None:
        return Sealing(work.signer, now, pictures=pictures)
    return Sealing(
        work.seal.material.signer(),
        now.replace(microsecond=0),
        certificates=work.seal.material.certificates,
        time_stamper=work.seal.stamps,
        pictures=pictures,
    )


class _Silent:
    """Stands in for a progress bar where nobody watches."""

    def update(self, _: int) -> None: ...
    def close(self) -> None: ...


def _progress(total: int) -> Any:
    if not sys.stderr.isatty() or total < 20:
        return _Silent()
    from tqdm import tqdm

    return tqdm(total=total, unit=" attestation", file=sys.stderr, leave=False)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
