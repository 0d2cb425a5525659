"""
One record in every form: an export writes a credential, reads it back, and so knows what it could not carry.

    made = export("europass", credential, sealing)
    made.data, made.losses

Ours are here; others register an object like them under the entry point ``sceau.exports``:

    [project.entry-points."sceau.exports"]
    clr = "my_package.clr:EXPORT"
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import entry_points
from typing import Protocol, cast

from sceau.canon import strict_json
from sceau.errors import DataModelError
from sceau.formats import european, open_badges_3, sd_jwt_vc
from sceau.formats.losses import Loss, losses
from sceau.issuing import issue, issue_token
from sceau.keys.public import PublicKey
from sceau.keys.x509 import Certificate
from sceau.model.credential import Credential
from sceau.ports import Signer, TimeStamper
from sceau.proofs import jades, jose, sd_jwt
from sceau.status.token_list import Reference

GROUP = "sceau.exports"
MAX_BYTES = 20_000_000
"""Of what is written here and read back: pictures of certificates weigh."""


@dataclass(frozen=True)
class Sealing:
    """
    What an export is made with; each takes what it needs.

    Attributes:
        signer: Of the credential's issuer.
        created: Aware; the moment of the signature.
        certificates: Of the signer's key, the leaf first; with them a European credential is sealed, and a
            wallet attestation bears its chain. Without them the first stays unsealed.
        time_stamper: Dates a seal by somebody else's clock.
        pictures: The certificate drawn, as a PNG for each language; a European credential must have them.
        holder_key: Binds a wallet attestation to the wallet that holds it.
        token_status: Its place in a Token Status List.
        issuer_url: The issuer's https address, which a wallet attestation then names instead of its DID.
        vct: The type of a wallet attestation, where it is not the EU's.
        expires: When a wallet attestation ends, where the credential itself does not.
        random: Salts of what can be disclosed one by one; another source only in tests.
    """

    signer: Signer
    created: datetime
    certificates: tuple[Certificate, ...] = ()
    time_stamper: TimeStamper | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    holder_key: PublicKey | None = None
    token_status: Reference | None = None
    issuer_url: str = ""
    vct: str = sd_jwt_vc.LEARNING_CREDENTIAL
    expires: datetime | None = None
    random: Callable[[int], bytes] = secrets.token_bytes


class Export(Protocol):
    """
    A way to hand a credential over.

    It may have two more members, for whoever offers it on a page: ``title`` and ``purpose``, each a mapping
    of languages to words: ``{"fr": "Relevé de compétences", "en": "Learner record"}``.
    """

    @property
    def name(self) -> str:
        """What a command calls it: ``"openbadges"``."""
        ...

    @property
    def media_type(self) -> str:
        """``"application/vc"``."""
        ...

    @property
    def suffix(self) -> str:
        """Of a file's name, such as ``".json"``."""
        ...

    def write(self, credential: Credential, sealing: Sealing) -> bytes:
        """
        Raises:
            sceau.errors.DataModelError: It cannot be written in this form, and why.
        """
        ...

    def read(self, data: bytes) -> Credential:
        """What *data*, which `write` made, says."""
        ...


@dataclass(frozen=True)
class Exported:
    """
    A credential in one form.

    Attributes:
        losses: What the form could not carry; empty where it carries all.
    """

    data: bytes
    media_type: str
    suffix: str
    losses: tuple[Loss, ...]


@dataclass(frozen=True)
class _Ours:
    name: str
    media_type: str
    suffix: str
    write: Callable[[Credential, Sealing], bytes]
    read: Callable[[bytes], Credential]


def _open_badge(credential: Credential, sealing: Sealing) -> bytes:
    return issue(credential, signer=sealing.signer, created=sealing.created)


def _token(credential: Credential, sealing: Sealing) -> bytes:
    return issue_token(credential, signer=sealing.signer, created=sealing.created).encode()


def _european(credential: Credential, sealing: Sealing) -> bytes:
    document = european.to_document(credential, pictures=sealing.pictures)
    if not sealing.certificates:
        return strict_json.write(document)
    leaf = sealing.certificates[0]
    sealed = european.for_seal(
        document,
        identifier=leaf.organisation_identifier,
        country_code=leaf.country,
        sealed_at=sealing.created,
    )
    return jades.seal(
        strict_json.write(sealed),
        signer=sealing.signer,
        certificates=sealing.certificates,
        at=sealing.created,
        time_stamper=sealing.time_stamper,
    )


def _attestation(credential: Credential, sealing: Sealing) -> bytes:
    return sd_jwt_vc.issue(
        credential,
        signer=sealing.signer,
        created=sealing.created,
        certificates=sealing.certificates,
        holder_key=sealing.holder_key,
        status=sealing.token_status,
        vct=sealing.vct,
        expires=sealing.expires,
        issuer_url=sealing.issuer_url,
        random=sealing.random,
    ).encode()


def _read_european(data: bytes) -> Credential:
    document = strict_json.read_object(data, max_bytes=MAX_BYTES)
    if jades.recognises(document):
        document = strict_json.read_object(
            jades.parse(data, max_bytes=MAX_BYTES).payload, max_bytes=MAX_BYTES
        )
    return european.from_document(document)


OPEN_BADGES = _Ours(
    "openbadges",
    "application/vc",
    ".json",
    _open_badge,
    lambda data: open_badges_3.from_document(strict_json.read_object(data)),
)
VC_JWT = _Ours(
    "vc-jwt",
    "application/vc+jwt",
    ".jwt",
    _token,
    lambda data: open_badges_3.from_document(jose.parse(data.decode()).claims()),
)
EUROPASS = _Ours("europass", "application/ld+json", ".europass.json", _european, _read_european)
SD_JWT_VC = _Ours(
    "sd-jwt-vc",
    "application/dc+sd-jwt",
    ".sd-jwt",
    _attestation,
    lambda data: sd_jwt_vc.from_document(sd_jwt.parse(data.decode()).claims()),
)


@functools.cache
def exports() -> dict[str, Export]:
    """Every export by its name, ours first."""
    found: dict[str, Export] = {each.name: each for each in (OPEN_BADGES, VC_JWT, EUROPASS, SD_JWT_VC)}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        loaded = cast("Export", entry.load())
        found.setdefault(loaded.name, loaded)
    return found


def export(name: str, credential: Credential, sealing: Sealing) -> Exported:
    """
    Write a credential in one form, and find out what that form could not carry.

    Raises:
        DataModelError: No export of that name, or the credential cannot be written so, and why.
    """
    known = exports().get(name)
    if known is None:
        raise DataModelError(f"expected one of {', '.join(exports())}, met {name[:60]!r}")
    data = known.write(credential, sealing)
    return Exported(data, known.media_type, known.suffix, losses(credential, known.read(data)))
