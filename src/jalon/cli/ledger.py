"""
The record of what `jalon issue` issued in a folder, so that nobody is awarded twice and nobody is lost.

One JSON object per line, appended and flushed to the disk, never rewritten. A credential is first *reserved*
(its id,
its file, its place in a status list), then written, then *issued*. A run that was killed in between is mended
when the
record is opened again: what was written counts, what was not is forgotten and will be made anew.

It names people and their birth dates, which tell homonyms apart: readable by its owner alone, never to be
published.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jalon.awarding.rules.persons import Identity
from jalon.cli.errors import LedgerError

NAME = "jalon-issued.jsonl"


@dataclass(frozen=True)
class Place:
    """A place in a status list: the list's id, the how-manieth it is, and its index."""

    list_id: str
    number: int
    index: int


@dataclass(frozen=True)
class Entry:
    """
    One credential that was issued, or is about to be.

    Attributes:
        file: Its name inside the folder.
        specification: Lasting id of the micro-credential.
        digest: Of the specification's content.
        key: Public key that signed it (``z6Mk…``).
    """

    credential: str
    file: str
    name: str
    specification: str
    version: str
    digest: str
    issuer: str
    key: str
    awarded_on: date
    birth_date: date | None = None
    identifier: str = ""
    valid_until: datetime | None = None
    place: Place | None = None

    @property
    def identity(self) -> Identity:
        """Whom it was issued to."""
        return Identity(self.name, self.birth_date, self.identifier)


@dataclass(frozen=True)
class ListEntry:
    """A status list: `secret` makes the order of its places unpredictable to strangers."""

    id: str
    url: str
    issuer: str
    secret: bytes


@dataclass
class Ledger:
    """The record, open and locked."""

    folder: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    lists: dict[str, ListEntry] = field(default_factory=dict)
    revoked: dict[str, str] = field(default_factory=dict)
    allocated: dict[str, int] = field(default_factory=dict)
    _pending: dict[str, Entry] = field(default_factory=dict)
    _handle: int = -1

    def reserve(self, entries: Iterable[Entry]) -> None:
        """Write down what is about to be made, before anything is."""
        self._append([_reserved(entry) for entry in entries])

    def issued(self, entries: Sequence[Entry]) -> None:
        """Write down that their files are on the disk."""
        self._append([{"kind": "issued", "credential": entry.credential} for entry in entries])

    def revoke(self, credential: str, *, reason: str, note: str, at: datetime) -> None:
        """Write down that a credential no longer counts."""
        line = {"kind": "revoked", "credential": credential, "reason": reason, "note": note}
        self._append([line | {"at": at.isoformat()}])

    def add_list(self, entry: ListEntry) -> None:
        """Write down a new status list."""
        line = {"kind": "list", "id": entry.id, "url": entry.url, "issuer": entry.issuer}
        self._append([line | {"secret": entry.secret.hex()}])

    def keys_of(self, issuer: str) -> list[str]:
        """Public keys that signed for *issuer*, the oldest first."""
        return list(dict.fromkeys(entry.key for entry in self.entries.values() if entry.issuer == issuer))

    def revoked_places(self, list_id: str) -> list[int]:
        """Indexes of a list whose credentials no longer count."""
        found = (self.entries[credential] for credential in self.revoked if credential in self.entries)
        return [entry.place.index for entry in found if entry.place and entry.place.list_id == list_id]

    def _append(self, lines: Sequence[dict[str, Any]]) -> None:
        if not lines:
            return
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        data = text.encode()
        while data:
            data = data[os.write(self._handle, data) :]
        os.fsync(self._handle)
        for line in lines:
            self._take(line)

    def _take(self, line: dict[str, Any]) -> None:
        """Apply one line."""
        kind = line["kind"]
        if kind == "reserved":
            entry = _entry(line)
            self._pending[entry.credential] = entry
            if entry.place:
                known = self.allocated.get(entry.place.list_id, 0)
                self.allocated[entry.place.list_id] = max(known, entry.place.number + 1)
        elif kind == "issued":
            self.entries[line["credential"]] = self._pending.pop(line["credential"])
        elif kind == "forgotten":
            self._pending.pop(line["credential"], None)
        elif kind == "revoked":
            self.revoked.setdefault(line["credential"], line["at"])
        elif kind == "list":
            self.lists[line["id"]] = ListEntry(
                line["id"], line["url"], line["issuer"], bytes.fromhex(line["secret"])
            )
        else:
            raise ValueError(f"kind {kind!r}")

    def _mend(self) -> None:
        """After a run that was killed: what is on the disk counts as issued, the rest never was."""
        left = list(self._pending.values())
        written = [entry for entry in left if _is_written(self.folder / entry.file, entry.credential)]
        self.issued(written)
        done = {entry.credential for entry in written}
        self._append(
            [{"kind": "forgotten", "credential": e.credential} for e in left if e.credential not in done]
        )
        for draft in self.folder.glob(".*.json.tmp"):
            draft.unlink(missing_ok=True)


@contextlib.contextmanager
def opened(folder: Path, *, make: bool = True) -> Iterator[Ledger]:
    """
    The record of *folder*, locked while it is open: two runs at once would not see one another.

    Raises:
        LedgerError: Another run holds it, it is damaged, or it is missing and *make* is false.
    """
    path = folder / NAME
    if make:
        folder.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        raise LedgerError(f"{folder} ne contient pas {NAME} : « jalon issue » n’y a rien délivré.")
    handle = os.open(path, os.O_RDWR | os.O_APPEND | (os.O_CREAT if make else 0), 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LedgerError(
                f"Une autre commande travaille dans {folder}. Attendez qu’elle finisse."
            ) from error
        ledger = Ledger(folder, _handle=handle)
        _load(ledger, handle, path)
        ledger._mend()
        yield ledger
    finally:
        os.close(handle)


def _load(ledger: Ledger, handle: int, path: Path) -> None:
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        # The last line was cut when the machine stopped: nothing had been made on the strength of it yet.
        os.ftruncate(handle, whole)
    for number, line in enumerate(data[:whole].splitlines(), start=1):
        try:
            ledger._take(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LedgerError(
                f"{path} est abîmé à la ligne {number}. Remettez sa copie de sauvegarde : sans lui, des "
                "personnes pourraient être délivrées deux fois."
            ) from error


def _is_written(path: Path, credential: str) -> bool:
    try:
        return bool(json.loads(path.read_bytes())["id"] == credential)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _reserved(entry: Entry) -> dict[str, Any]:
    line: dict[str, Any] = {
        "kind": "reserved",
        "credential": entry.credential,
        "file": entry.file,
        "name": entry.name,
        "specification": entry.specification,
        "version": entry.version,
        "digest": entry.digest,
        "issuer": entry.issuer,
        "key": entry.key,
        "awarded_on": entry.awarded_on.isoformat(),
    }
    if entry.birth_date:
        line["birth_date"] = entry.birth_date.isoformat()
    if entry.identifier:
        line["identifier"] = entry.identifier
    if entry.valid_until:
        line["valid_until"] = entry.valid_until.isoformat()
    if entry.place:
        line["status"] = {
            "list": entry.place.list_id,
            "number": entry.place.number,
            "index": entry.place.index,
        }
    return line


def _entry(line: dict[str, Any]) -> Entry:
    status = line.get("status")
    birth, until = line.get("birth_date"), line.get("valid_until")
    return Entry(
        credential=line["credential"],
        file=line["file"],
        name=line["name"],
        specification=line["specification"],
        version=line["version"],
        digest=line["digest"],
        issuer=line["issuer"],
        key=line["key"],
        awarded_on=date.fromisoformat(line["awarded_on"]),
        birth_date=date.fromisoformat(birth) if birth else None,
        identifier=line.get("identifier", ""),
        valid_until=datetime.fromisoformat(until) if until else None,
        place=Place(status["list"], status["number"], status["index"]) if status else None,
    )
