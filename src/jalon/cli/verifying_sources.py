"""Where `jalon verify` gets keys, status lists and vouchers: a copy kept at hand first, then the network."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jalon.cli.errors import CommandError
from jalon.cli.verifying_own import ThisInstallation
from jalon.verification.rules import did_of_issuer
from sceau.errors import FetchError
from sceau.ports import Fetched, Fetcher, Voucher

MAX_LIST_BYTES = 1024 * 1024
MAX_COPIES = 2_000


class NoNetwork:
    """A `Fetcher` that asks nobody."""

    def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        raise FetchError(f"expected a network to get {url[:200]}, met none")


class Copies:
    """
    A folder of what issuers publish: DID documents, metadata for wallets and status lists, found by what they
    say they are.

    A copy is as old as its file.
    """

    def __init__(self, folder: Path | None) -> None:
        self._documents: dict[str, Fetched] = {}
        for path in _published_files(folder) if folder else ():
            data = path.read_bytes()
            identifier = _identifier_of(data, is_token=path.suffix == ".jwt")
            if isinstance(identifier, str):
                moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                self._documents[identifier] = Fetched(data, moment, "application/json")

    def get(self, identifier: str) -> Fetched | None:
        """The copy of a document, by its id."""
        return self._documents.get(identifier)

    def did_document(self, did: str) -> dict[str, object] | None:
        """Implements `sceau.ports.DocumentSource`."""
        found = self.get(did)
        return json.loads(found.body) if found else None

    def issuer_metadata(self, issuer: str) -> dict[str, object] | None:
        """Implements `sceau.ports.MetadataSource`."""
        return self.did_document(issuer)


def _identifier_of(data: bytes, *, is_token: bool) -> object:
    """
    What a document says it is: ``id``, the ``issuer`` of metadata for wallets, or the ``sub`` of a status
    list as a token; nothing is checked.
    """
    try:
        if not is_token:
            found = json.loads(data)
            return found.get("id", found.get("issuer"))
        payload = data.split(b".")[1]
        return json.loads(base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4))).get("sub")
    except (ValueError, AttributeError, IndexError, RecursionError):
        return None


def _published_files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise CommandError(f"--copies {folder} : ce dossier n’existe pas.")
    # What is published for wallets has no ending: its address has none.
    named = [*folder.rglob("*.json"), *folder.rglob("*.jwt"), *folder.rglob(".well-known/jwt-vc-issuer")]
    below = folder.rglob(".well-known/jwt-vc-issuer/**/*")
    for number, path in enumerate(sorted({*named, *below})):
        if number == MAX_COPIES:
            raise CommandError(
                f"--copies {folder} : plus de {MAX_COPIES} fichiers. Donnez un dossier plus petit."
            )
        if path.is_file() and path.stat().st_size <= MAX_LIST_BYTES:
            yield path


class Lists:
    """Implements `sceau.ports.StatusSource`; one list is got once, however many credentials point to it."""

    def __init__(self, copies: Copies, ours: ThisInstallation, fetcher: Fetcher) -> None:
        self._copies = copies
        self._ours = ours
        self._fetcher = fetcher
        self._known: dict[str, Fetched] = {}

    def status_list(self, url: str) -> Fetched:
        """The signed list at *url*."""
        found = self._copies.get(url) or self._known.get(url) or self._ours.status_list(url)
        if found is None:
            found = self._known[url] = self._fetcher.fetch(url, max_bytes=MAX_LIST_BYTES)
        return found


class Vouchers:
    """
    Implements `sceau.ports.TrustSource` from a file, then from what this installation knows.

        [{"did": "did:web:exemple.org", "name": "CFPPA des Monts", "by": "Région", "basis": "registre",
          "since": "2026-01-01", "until": null}]
    """

    def __init__(self, path: Path | None, ours: ThisInstallation) -> None:
        self._ours = ours
        self._by_did: dict[str, list[Voucher]] = {}
        if path is None:
            return
        try:
            for entry in json.loads(path.read_text(encoding="utf-8")):
                self._by_did.setdefault(str(entry["did"]), []).append(_voucher(entry))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(
                f"--trust {path} : on attend une liste JSON d’objets avec did, name, by et since."
            ) from error

    def vouchers(self, issuer_id: str, *, at: datetime) -> tuple[Voucher, ...]:
        """Those that hold on the day of *at*."""
        day = at.date()
        return tuple(
            each
            for each in self._by_did.get(did_of_issuer(issuer_id), ())
            if each.since <= day and (each.until is None or day <= each.until)
        ) + self._ours.vouchers(issuer_id, at=at)


def _voucher(entry: dict[str, Any]) -> Voucher:
    until = entry.get("until")
    return Voucher(
        by=str(entry["by"]),
        issuer_name=str(entry["name"]),
        basis=str(entry.get("basis", "")),
        since=date.fromisoformat(entry["since"]),
        until=date.fromisoformat(until) if until else None,
    )
