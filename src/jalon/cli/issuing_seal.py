"""`jalon issue --seal`: European credentials sealed, and dated, in a shell."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import dataclass, field
from pathlib import Path

from jalon.awarding.errors import SealRefusedError
from jalon.awarding.labels import seal_remark
from jalon.awarding.labels import sentence as awarding_sentence
from jalon.awarding.rules import seals
from jalon.awarding.rules.seals import SealMaterial
from jalon.cli.environment import Environment
from jalon.cli.errors import CommandError
from jalon.foundation import clock
from jalon.foundation.time_stamping import HttpTimeStamper
from sceau.errors import FetchError, TimeStampError
from sceau.model.credential import Issuer
from sceau.ports import TimeStamper


class Stamps:
    """
    A `TimeStamper` for a whole list: once the authority fails, it is not asked again.

    Attributes:
        problem: Why seals are not dated, in the authority's own error; empty where they are.
    """

    def __init__(self, inner: TimeStamper) -> None:
        self._inner = inner
        self._failed: FetchError | TimeStampError | None = None

    @property
    def problem(self) -> str:
        return str(self._failed) if self._failed else ""

    def time_stamp(self, digest: bytes) -> bytes:
        """
        Raises:
            FetchError, TimeStampError: Of the first time that it did not answer.
        """
        if self._failed is not None:
            raise self._failed
        try:
            return self._inner.time_stamp(digest)
        except (FetchError, TimeStampError) as error:
            self._failed = error
            raise


@dataclass(frozen=True)
class Seal:
    """What to seal with, and what a person should know of it."""

    material: SealMaterial
    stamps: Stamps | None = None
    remarks: tuple[str, ...] = field(default=())


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what seals."""
    parser.add_argument(
        "--seal",
        type=Path,
        metavar="FICHIER.p12",
        help="le certificat de cachet de l’organisme et sa clé (PKCS#12, ou PEM) : scelle europass",
    )
    parser.add_argument(
        "--seal-passphrase-file",
        type=Path,
        metavar="FICHIER",
        help="où lire la phrase de passe de --seal (sinon JALON_SEAL_PASSPHRASE, sinon elle est demandée)",
    )
    parser.add_argument(
        "--time-stamps",
        metavar="ADRESSE",
        default="",
        help="l’autorité d’horodatage qui date le cachet (RFC 3161, https ; sinon JALON_TIME_STAMPS_URL)",
    )


def opened(args: argparse.Namespace, surroundings: Environment, issuer: Issuer) -> Seal | None:
    """
    The seal that the options name, or None.

    Raises:
        CommandError: It cannot be read, is not the issuer's, or the address of time-stamps is not https.
    """
    if args.seal is None:
        if args.time_stamps or args.seal_passphrase_file:
            raise CommandError("--time-stamps et --seal-passphrase-file ne servent qu’avec --seal.")
        return None
    url = args.time_stamps or surroundings["JALON_TIME_STAMPS_URL"]
    if url and not url.startswith("https://"):
        raise CommandError(f"--time-stamps {url} : on attend une adresse qui commence par https://")
    data = _bounded(args.seal)
    try:
        material = _read(data, args, surroundings)
        remarks = tuple(_remarks(material, issuer))
    except SealRefusedError as error:
        raise CommandError(f"--seal {args.seal} : {awarding_sentence(error.code, error.facts)}") from error
    return Seal(material, Stamps(HttpTimeStamper(url)) if url else None, remarks)


def _bounded(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(seals.MAX_BYTES + 1)


def _read(data: bytes, args: argparse.Namespace, surroundings: Environment) -> SealMaterial:
    passphrase = surroundings["JALON_SEAL_PASSPHRASE"]
    if args.seal_passphrase_file:
        text = args.seal_passphrase_file.read_text(encoding="utf-8", errors="replace")
        passphrase = text[:2000].rstrip("\r\n")
    if passphrase:
        return seals.read(data, passphrase=passphrase)
    try:
        return seals.read(data)
    except SealRefusedError as error:
        if error.code != "seal.passphrase_needed" or not sys.stdin.isatty():
            raise
    return seals.read(data, passphrase=getpass.getpass(f"Phrase de passe de {args.seal} : "))


def _remarks(material: SealMaterial, issuer: Issuer) -> list[str]:
    leaf = material.leaf
    seals.check(leaf, at=clock.now())
    siret = next((each.value for each in issuer.identifiers if _is_siret(each.value)), "")
    found = [
        seals.check_owner(
            leaf, legal_name=issuer.name, country_code=issuer.country_code or leaf.country, siret=siret
        ),
        "seal.self_signed" if leaf.is_self_signed else "",
        "seal.test" if seals.says_test(leaf) else "",
    ]
    return [seal_remark(code) for code in found if code]


def _is_siret(value: str) -> bool:
    return len(value) == 14 and value.isascii() and value.isdigit()
