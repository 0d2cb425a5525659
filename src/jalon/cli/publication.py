"""
What an issuer with a web address must publish: its DID document and its status lists, ready to copy to a web
server.

They go to ``DIR/public``, apart from the credentials, which are nobody's to publish. ``DIR/public`` stands
for
the root of the host when JALON_PUBLIC_URL is a bare host (``/.well-known/did.json``), and for that address
itself when it has a path.
"""

from __future__ import annotations

import json
import os
import secrets
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from jalon.awarding.rules.places import CAPACITY, OPEN_UNTIL, bits_with, place
from jalon.cli.errors import CommandError
from jalon.cli.ledger import Ledger, ListEntry, Place
from jalon.foundation import clock
from sceau.did import did_key, did_web, document
from sceau.errors import ResolutionError
from sceau.formats import sd_jwt_vc
from sceau.formats.sd_jwt_vc.issuer_metadata import WELL_KNOWN
from sceau.issuing import issue_status_list, issue_token_status_list
from sceau.keys.signer import Ed25519Signer
from sceau.ports import Signer
from sceau.status import token_list

FOLDER = "public"


@dataclass(frozen=True)
class Identity:
    """
    Under which DID a key signs, and where things are published.

    Attributes:
        base_url: Without a slash at the end; ``""`` for a did:key, which publishes nothing.
    """

    did: str
    verification_method: str
    base_url: str = ""

    @property
    def address(self) -> str:
        """The https address that wallets know the issuer by; ``""`` for a did:key."""
        return did_web.address(self.did) if self.base_url else ""

    @property
    def publishes(self) -> bool:
        return bool(self.base_url)


def identity(public_multibase: str, base_url: str) -> Identity:
    """
    did:web under an https address, else did:key.

    Raises:
        CommandError: The address cannot stand in a did:web.
    """
    if not base_url.startswith("https://"):
        return Identity(did_key.did(public_multibase), did_key.verification_method(public_multibase))
    parts = urlsplit(base_url)
    try:
        did = did_web.did(parts.netloc, *(segment for segment in parts.path.split("/") if segment))
        did_web.document_url(did)
    except ResolutionError as error:
        raise CommandError(
            f"JALON_PUBLIC_URL ({base_url}) ne peut pas identifier un organisme : il faut un nom de site "
            "et un chemin simple, comme https://exemple.org/attestations."
        ) from error
    return Identity(did, f"{did}#{public_multibase}", base_url.rstrip("/"))


def write_did_document(folder: Path, who: Identity, keys: list[str]) -> Path:
    """Publish the keys of *who*, those of the past included, and say where."""
    content = document.build(who.did, [(f"{who.did}#{key}", key) for key in keys])
    well_known = [] if urlsplit(who.base_url).path.strip("/") else [".well-known"]
    path = folder.joinpath(FOLDER, *well_known, "did.json")
    replace_file(path, json.dumps(content, ensure_ascii=False, indent=2).encode())
    return path


def write_issuer_metadata(folder: Path, who: Identity, keys: list[str]) -> Path:
    """The same keys for wallets, which ask below the root of the host, whatever the path of *who*."""
    content = sd_jwt_vc.issuer_metadata(who.address, [(f"{who.did}#{key}", key) for key in keys])
    path = folder / FOLDER / urlsplit(sd_jwt_vc.metadata_url(who.address)).path.removeprefix("/")
    replace_file(path, json.dumps(content, ensure_ascii=False, indent=2).encode())
    return path


def address_of(path: Path, who: Identity, root: Path) -> str:
    """Where a file of *root* must answer: metadata for wallets at the host, the rest below *who*."""
    place = path.relative_to(root).as_posix()
    if f"/{place}".startswith(f"{WELL_KNOWN}"):
        return f"https://{urlsplit(who.base_url).netloc}/{place}"
    return f"{who.base_url}/{place}"


class StatusPlaces:
    """Gives out places of the open list of an issuer, opening another when it is three quarters full."""

    def __init__(self, ledger: Ledger, who: Identity, signer: Signer) -> None:
        self._ledger = ledger
        self._who = who
        self._signer = signer
        self._next = dict(ledger.allocated)

    def take(self) -> tuple[Place, str]:
        """A place nobody has had, and the URL of its list."""
        current = next((each for each in self._ledger.lists.values() if self._is_open(each)), None)
        if current is None:
            list_id = uuid.uuid4().hex
            url = f"{self._who.base_url}/status/{list_id}.json"
            current = ListEntry(list_id, url, self._who.did, secrets.token_bytes(32))
            self._ledger.add_list(current)
            # It is there before the first credential that points to it.
            write_list(self._ledger, current, self._signer)
        number = self._next.get(current.id, 0)
        self._next[current.id] = number + 1
        return Place(current.id, number, place(current.secret, number)), current.url

    def _is_open(self, entry: ListEntry) -> bool:
        mine = entry.issuer == self._who.did and entry.url.startswith(self._who.base_url + "/")
        return mine and self._next.get(entry.id, 0) < OPEN_UNTIL


def token_url(list_url: str) -> str:
    """Where the same list stands for wallets: ``…/status/1f.json`` → ``…/status/1f.jwt``."""
    return list_url.removesuffix(".json") + ".jwt"


def write_list(ledger: Ledger, entry: ListEntry, signer: Signer) -> Path:
    """Sign and write a list as the ledger says it is now, also as the Token Status List of wallets."""
    values = dict.fromkeys(ledger.revoked_places(entry.id), int(token_list.Status.INVALID))
    token = issue_token_status_list(
        uri=token_url(entry.url),
        statuses=token_list.build(values, length=CAPACITY),
        signer=signer,
        created=clock.now(),
    )
    path = ledger.folder / FOLDER / "status" / f"{entry.id}.json"
    replace_file(token_file(path), token)
    signed = issue_status_list(
        list_url=entry.url,
        issuer_id=entry.issuer,
        purpose="revocation",
        bits=bits_with(ledger.revoked_places(entry.id)),
        signer=signer,
        created=clock.now(),
    )
    replace_file(path, signed)
    return path


def write_lists(ledger: Ledger, who: Identity, signer: Ed25519Signer) -> list[Path]:
    """Sign all lists of *who* anew: verifiers want to know that a list is recent."""
    mine = [write_list(ledger, each, signer) for each in ledger.lists.values() if each.issuer == who.did]
    return [path for each in mine for path in (each, token_file(each))]


def token_file(path: Path) -> Path:
    """The file beside a list that says the same to wallets."""
    return path.with_suffix(".jwt")


def replace_file(path: Path, data: bytes) -> None:
    """Write *data* in one step: a reader sees the old file or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.tmp")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def write_new_file(path: Path, data: bytes) -> None:
    """
    Write *data* in one step where nothing is yet.

    Raises:
        FileExistsError: Something has that name; it is left as it is.
    """
    draft = path.with_name(f".{path.name}.tmp")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    finally:
        draft.unlink()
