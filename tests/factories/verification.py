"""Signed credentials in every state, and the doubles of what verification asks others for."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pypdf import PdfWriter

from jalon.foundation import clock
from jalon.verification import actions, connectors
from jalon.verification.labels.verdict import Verdict, verdict
from sceau import issuing
from sceau.did import document
from sceau.formats.baking import bake_svg
from sceau.model.credential import StatusEntry
from sceau.ports import Fetched
from sceau.testing import (
    EXAMPLE_MOMENT,
    MemoryFetcher,
    example_credential,
    example_issuer,
    key_signer,
    web_signer,
)

NOW = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)  # 9 h 41 in Paris
LIST_URL = "https://jalon.example.org/status/1"
OWN_DID = "did:web:jalon.example.org:o:atelier"
FOREIGN_DID = "did:web:ailleurs.example.org"
FOREIGN_LIST_URL = "https://ailleurs.example.org/status/1"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3"/></svg>'


def a_key_credential(**changes: Any) -> bytes:
    """Signed by a did:key: its key is inside its identifier, so no network is needed."""
    return issuing.issue(example_credential(**changes), signer=key_signer(), created=EXAMPLE_MOMENT)


def a_key_token(**changes: Any) -> bytes:
    """The same as a JSON Web Signature."""
    credential = example_credential(**changes)
    return issuing.issue_token(credential, signer=key_signer(), created=EXAMPLE_MOMENT).encode()


def a_web_credential(
    did: str = OWN_DID, *, list_url: str = LIST_URL, index: int = 7, **changes: Any
) -> bytes:
    """Signed by a did:web, with a place in a status list."""
    credential = example_credential(issuer_id=did, status=(StatusEntry(list_url, index),), **changes)
    return issuing.issue(credential, signer=web_signer(did), created=EXAMPLE_MOMENT)


def a_status_list(
    did: str = OWN_DID, *, url: str = LIST_URL, revoked: tuple[int, ...] = (), created: datetime = NOW
) -> bytes:
    """A signed list with some places revoked."""
    bits = bytearray(131_072 // 8)
    for index in revoked:
        bits[index // 8] |= 0x80 >> (index % 8)
    return issuing.issue_status_list(
        list_url=url,
        issuer_id=did,
        purpose="revocation",
        bits=bytes(bits),
        signer=web_signer(did),
        created=created,
    )


def a_did_document(did: str = OWN_DID) -> dict[str, object]:
    """The document of `web_signer`'s issuer."""
    signer = web_signer(did)
    return document.build(did, [(signer.verification_method, signer.public_key_multibase)])


@dataclass(frozen=True)
class AnOrganisation:
    """What awarding says of one of our organisations."""

    name: str = example_issuer().name
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    basis: str = ""
    is_demonstration: bool = False


class MemoryOwnIssuers:
    """One issuer of ours, `OWN_DID`, with one list."""

    def __init__(self, organisation: AnOrganisation | None = None, *, revoked: tuple[int, ...] = ()) -> None:
        self._organisation = organisation or AnOrganisation()
        self._revoked = revoked

    def did_document(self, did: str) -> dict[str, object] | None:
        return a_did_document() if did == OWN_DID else None

    def status_list(self, url: str) -> Fetched | None:
        return Fetched(a_status_list(revoked=self._revoked), NOW) if url == LIST_URL else None

    def known_organisation(self, did: str) -> AnOrganisation | None:
        return self._organisation if did == OWN_DID else None


CONFIRMED = AnOrganisation(
    confirmed_by="Région Occitanie",
    confirmed_at=datetime(2026, 1, 12, 9, 0, tzinfo=UTC),
    basis="convention du 12 janvier 2026",
)


@contextmanager
def outside_world(
    own: connectors.OwnIssuers | None = None, fetcher: MemoryFetcher | None = None
) -> Iterator[MemoryFetcher]:
    """Lend verification these issuers and this network for the time of a ``with`` block."""
    network = fetcher or MemoryFetcher()
    before_own, before_make = connectors.own_issuers(), connectors._make_fetcher
    make: Callable[[], Any] = lambda: network  # noqa: E731  a name for mypy's sake
    connectors.register_own_issuers(own or connectors.NoOwnIssuers())
    connectors.register_fetcher(make)
    try:
        yield network
    finally:
        connectors.register_own_issuers(before_own)
        connectors.register_fetcher(before_make)


def a_foreign_site(*, revoked: tuple[int, ...] = (), fetched_at: datetime = NOW) -> MemoryFetcher:
    """A network on which `FOREIGN_DID` publishes its key and its list."""
    key = json.dumps(a_did_document(FOREIGN_DID)).encode()
    return MemoryFetcher(
        {
            "https://ailleurs.example.org/.well-known/did.json": key,
            FOREIGN_LIST_URL: a_status_list(FOREIGN_DID, url=FOREIGN_LIST_URL, revoked=revoked),
        },
        fetched_at=fetched_at,
    )


def changed(data: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The same credential with something changed after its signature."""
    read = json.loads(data)
    change(read)
    return json.dumps(read).encode()


def tampered(data: bytes) -> bytes:
    """With the holder's name replaced."""
    return data.replace(b"Camille Exemple", b"Quelqu'un d'autre")


def a_pdf(attachments: dict[str, bytes] | None = None) -> bytes:
    """A one-page PDF, with files attached."""
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    for name, content in (attachments or {}).items():
        writer.add_attachment(name, content)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def a_baked_svg(data: bytes) -> bytes:
    """A drawing with a credential inside."""
    return bake_svg(SVG, data).encode()


def said(data: bytes, **world: Any) -> Verdict:
    """The verdict on *data* on the morning of the tests, in the world that `outside_world` is given."""
    with clock.frozen(NOW), outside_world(**world):
        return verdict(actions.verify_bytes(data))


def entry_of(document: dict[str, Any]) -> dict[str, Any]:
    """The status entry of a credential, alone or in a list."""
    entry = document["credentialStatus"]
    found: dict[str, Any] = entry[0] if isinstance(entry, list) else entry
    return found
