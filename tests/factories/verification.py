"""Signed credentials in every state, and the doubles of what verification asks others for."""

from __future__ import annotations

import io
import json
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509 as crypto
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pypdf import PdfWriter

from jalon.foundation import clock
from jalon.verification import actions, connectors
from jalon.verification.labels.verdict import Verdict, verdict
from sceau import issuing
from sceau.did import document
from sceau.formats import european, sd_jwt_vc
from sceau.formats.baking import bake_png, bake_svg
from sceau.keys import x509
from sceau.keys.signer import EcdsaSigner
from sceau.model.credential import StatusEntry
from sceau.ports import Fetched
from sceau.proofs import jades
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

_SEAL_KEY = ec.derive_private_key(91, ec.SECP256R1())
_SEALER = EcdsaSigner(_SEAL_KEY, "")
_FOR_SIGNING = crypto.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


def _png() -> bytes:
    """Eight by eight, white."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" + b"\xff" * 8) * 8)
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PNG = _png()


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

    def issuer_metadata(self, issuer: str) -> dict[str, object] | None:
        return None

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


def a_baked_png(data: bytes) -> bytes:
    """A picture with a credential inside."""
    return bake_png(PNG, data)


def a_wallet_attestation(**changes: Any) -> bytes:
    """An SD-JWT VC with everything disclosed, signed by a did:key."""
    credential = example_credential(**changes)
    return sd_jwt_vc.issue(credential, signer=key_signer(), created=EXAMPLE_MOMENT).encode()


def a_european_document(issuer_id: str = "") -> bytes:
    """A European credential without a seal and without pictures."""
    document = european.to_document(example_credential(issuer_id=issuer_id), pictures={})
    return json.dumps(document, ensure_ascii=False).encode()


def a_sealed_credential(organisation: str = example_issuer().name, *, common_name: str = "Cachet") -> bytes:
    """The same under a JAdES seal, whose certificate nobody here knows."""
    certificate = _certificate(organisation, common_name)
    return jades.seal(a_european_document(), signer=_SEALER, certificates=[certificate], at=EXAMPLE_MOMENT)


def _certificate(organisation: str, common_name: str) -> x509.Certificate:
    def name(**parts: str) -> crypto.Name:
        return crypto.Name([crypto.NameAttribute(getattr(NameOID, key), text) for key, text in parts.items()])

    made = (
        crypto.CertificateBuilder()
        .subject_name(name(COUNTRY_NAME="FR", ORGANIZATION_NAME=organisation, COMMON_NAME=common_name))
        .issuer_name(name(COMMON_NAME="Autorité inconnue"))
        .public_key(_SEAL_KEY.public_key())
        .serial_number(42)
        .not_valid_before(EXAMPLE_MOMENT - timedelta(days=30))
        .not_valid_after(EXAMPLE_MOMENT + timedelta(days=700))
        .add_extension(crypto.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_FOR_SIGNING, critical=True)
        .sign(ec.derive_private_key(92, ec.SECP256R1()), hashes.SHA256())
    )
    return x509.parse(made.public_bytes(serialization.Encoding.DER))


OLD_BADGE_URL = "https://haies.example.org/b/7"


def an_old_badge(**changes: Any) -> bytes:
    """An Open Badge 2, hosted on `an_old_badge_s_site`."""
    document = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": OLD_BADGE_URL,
        "recipient": {"type": "email", "hashed": False, "identity": "camille@example.org"},
        "issuedOn": "2026-05-30T16:00:00Z",
        "verification": {"type": "hosted"},
        "badge": "https://haies.example.org/classes/haie",
    }
    return json.dumps({**document, **changes}).encode()


def an_old_badge_s_site() -> MemoryFetcher:
    """The issuer's site of an Open Badge 2."""
    context = {"@context": "https://w3id.org/openbadges/v2"}
    badge = {
        **context,
        "type": "BadgeClass",
        "id": "https://haies.example.org/classes/haie",
        "name": "Planter une haie",
        "description": "Planter une haie champêtre.",
        "criteria": {"narrative": "Planter cinquante mètres."},
        "issuer": "https://haies.example.org/association",
    }
    profile = {
        **context,
        "type": "Profile",
        "id": "https://haies.example.org/association",
        "name": "Les Haies (association fictive)",
        "url": "https://haies.example.org/",
        "email": "bonjour@haies.example.org",
    }
    pages = {str(page["id"]): json.dumps(page).encode() for page in (badge, profile)}
    return MemoryFetcher({OLD_BADGE_URL: an_old_badge(), **pages})


def said(data: bytes, **world: Any) -> Verdict:
    """The verdict on *data* on the morning of the tests, in the world that `outside_world` is given."""
    with clock.frozen(NOW), outside_world(**world):
        return verdict(actions.verify_bytes(data))


def entry_of(document: dict[str, Any]) -> dict[str, Any]:
    """The status entry of a credential, alone or in a list."""
    entry = document["credentialStatus"]
    found: dict[str, Any] = entry[0] if isinstance(entry, list) else entry
    return found
