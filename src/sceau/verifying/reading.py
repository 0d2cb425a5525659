"""From what a stranger hands over to one JSON object that claims to be a credential or a presentation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sceau.canon import strict_json
from sceau.canon.contexts import CREDENTIALS_V2
from sceau.errors import (
    DataModelError,
    NothingFoundError,
    ProofError,
    TooLargeError,
    UnreadableError,
    UnsupportedFormatError,
)
from sceau.formats import baking, european, open_badges_2
from sceau.formats.data_model import types_of
from sceau.formats.open_badges_2 import Given
from sceau.proofs import jades, jose
from sceau.proofs.jades import Jades
from sceau.proofs.jose import Jws

ENVELOPED_CREDENTIAL = "EnvelopedVerifiableCredential"
ENVELOPED_PRESENTATION = "EnvelopedVerifiablePresentation"
CREDENTIAL = "VerifiableCredential"
PRESENTATION = "VerifiablePresentation"

_COMPACT = re.compile(rb"[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*")
_SD_JWT = re.compile(rb"[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*~[A-Za-z0-9_.~-]*")
_BINARY = {b"%PDF-": "a PDF", b"PK\x03\x04": "a ZIP archive"}
_ENVELOPE = re.compile(r"data:(?P<type>application/[a-z0-9.+-]+),(?P<token>[A-Za-z0-9_.~-]+)", re.ASCII)
_BUILT = frozenset({"credential", "deliveryDetails"})
"""What Europass' builder puts out before it is sealed: the credential, and to whom it will be delivered."""
_MEDIA_TYPES = {
    ENVELOPED_CREDENTIAL: ("application/vc+jwt", "application/jwt"),
    ENVELOPED_PRESENTATION: ("application/vp+jwt", "application/jwt"),
}
# What a token says of itself; the rest of its payload is the credential.
# Source: RFC 7519 section 4.1, and Open Badges 3.0 section 8.2.4.1.
_CLAIMS = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce", "cnf"})


@dataclass(frozen=True)
class Secured:
    """
    A document, and the token it came in if it came in one.

    Attributes:
        document: The credential or presentation; with its ``proof`` where that is inside.
        token: None where the document bears its own proofs.
        claims: What the token says beside the document: ``{"iss": …, "nbf": …}``.
    """

    document: dict[str, Any]
    token: Jws | None = None
    claims: dict[str, Any] | None = None


@dataclass(frozen=True)
class Attestation:
    """An SD-JWT, compact or as JSON, as it came."""

    text: str


@dataclass(frozen=True)
class Sealed:
    """A document under a European seal (JAdES)."""

    seal: Jades


@dataclass(frozen=True)
class Unsealed:
    """A document with no seal where one must be, or with several, and which of them it is."""

    payload: str
    reason: ProofError


Opened = Secured | Attestation | Sealed | Unsealed | Given
"""What somebody handed over, by the way it is secured; the last is an Open Badge 2 or 1."""


def read(data: bytes | str, *, max_bytes: int) -> Secured:
    """
    A W3C credential: as JSON, as a token, in an envelope, or baked into a picture.

    Raises:
        UnsupportedFormatError: Recognised, and something else: a presentation, an SD-JWT, an Open Badge 2…
        NothingFoundError: A picture, or a JSON object, that holds no credential.
        UnreadableError: See `strict_json.read` and `jose.parse`.
    """
    opened_one = open_any(data, max_bytes=max_bytes)
    if not isinstance(opened_one, Secured):
        raise UnsupportedFormatError(
            f"expected a {CREDENTIAL} of the W3C, met an {type(opened_one).__name__.lower()}"
        )
    return opened_one


def open_any(data: bytes | str, *, max_bytes: int) -> Opened:
    """
    A credential of any kind that is read here.

    Raises:
        UnsupportedFormatError: A presentation, or a kind of file that is not read here.
        NothingFoundError: A picture, or a JSON object, that holds no credential.
        UnreadableError: As `read`.
    """
    found = _read(data, max_bytes)
    if not isinstance(found, Secured):
        return found
    types = types_of(found.document)
    for name in (PRESENTATION, ENVELOPED_PRESENTATION):
        if name in types:
            raise UnsupportedFormatError(f"expected a {CREDENTIAL}, met a presentation")
    if CREDENTIAL not in types and "credentialSubject" not in found.document:
        raise NothingFoundError(f"expected a {CREDENTIAL}, met JSON about something else")
    return found


def read_presentation(data: bytes | str, *, max_bytes: int) -> Secured:
    """
    A presentation: as JSON, as a token or in an envelope.

    Raises:
        NothingFoundError: Something else.
        UnreadableError: As `read`.
    """
    found = _read(data, max_bytes)
    if not isinstance(found, Secured) or (
        PRESENTATION not in types_of(found.document) and "verifiableCredential" not in found.document
    ):
        raise NothingFoundError(f"expected a {PRESENTATION}, met something else")
    return found


def _read(data: bytes | str, max_bytes: int) -> Opened:
    if len(data) > max(max_bytes, baking.MAX_BYTES):
        raise TooLargeError(f"expected at most {max_bytes} bytes, met {len(data)}")
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    for start, name in _BINARY.items():
        if raw.startswith(start):
            raise UnsupportedFormatError(f"expected JSON, a token or a picture, met {name}")
    stripped = raw.removeprefix(b"\xef\xbb\xbf").strip()
    if not stripped:
        raise UnreadableError("expected a credential, met nothing")
    if raw.startswith(baking.SIGNATURE) or stripped.startswith(b"<"):
        baked = baking.unbake(raw if raw.startswith(baking.SIGNATURE) else stripped)
        if baked.kind is baking.Kind.OPEN_BADGES_2:
            return _old_badge(baked.content, max_bytes)
        stripped = baked.content
    return _from_text(stripped, max_bytes)


def _from_text(text: bytes, max_bytes: int) -> Opened:
    bare = text[1:-1] if text[:1] == b'"' == text[-1:] else text
    if _SD_JWT.fullmatch(bare):
        return Attestation(bare.decode("ascii"))
    if _COMPACT.fullmatch(bare):
        token = bare.decode("ascii")
        if open_badges_2.recognises(jose.parse(token, max_bytes=max_bytes).claims()):
            return _old_badge(bare, max_bytes)
        return from_token(token, max_bytes=max_bytes)
    return _from_object(strict_json.read_object(text, max_bytes=max_bytes), text, max_bytes)


def _from_object(document: dict[str, Any], text: bytes, max_bytes: int) -> Opened:
    kinds = [name for name in _MEDIA_TYPES if name in types_of(document)]
    if kinds:
        return opened(document, kinds[0], max_bytes=max_bytes)
    if "payload" in document and ("signatures" in document or "signature" in document):
        payload = document["payload"]
        is_attestation = isinstance(payload, str) and not payload.lstrip().startswith("{")
        if is_attestation:
            return Attestation(text.decode())
        try:
            return Sealed(jades.parse(text, max_bytes=max_bytes))
        except ProofError as error:
            return Unsealed(str(payload), error)
    if open_badges_2.recognises(document):
        return _old_badge(text, max_bytes)
    inside = document.get("credential")
    if document.keys() <= _BUILT and isinstance(inside, dict) and european.recognises(inside):
        return Secured(inside)
    return Secured(document)


def _old_badge(content: bytes, max_bytes: int) -> Given:
    try:
        return open_badges_2.read(content, max_bytes=max_bytes)
    except DataModelError as error:
        raise UnreadableError(f"expected one Open Badge 2: {error}") from error


def from_token(token: str, *, max_bytes: int) -> Secured:
    """
    What a compact token holds: its payload is the document, beside a few claims.

    Raises:
        UnsupportedFormatError: A token in the manner of VC 1.1, which holds the credential in ``vc``, or one
            that has such a claim beside the credential: two readers could see two credentials.
        UnreadableError: Not a token, or not JSON inside.

    Source:
        W3C Securing Verifiable Credentials using JOSE and COSE, section 3.1.
    """
    jws = jose.parse(token, max_bytes=max_bytes)
    payload = jws.claims()
    for old in ("vc", "vp"):
        if old in payload:
            raise UnsupportedFormatError(f"expected the payload to be the document, met the claim {old!r}")
    return Secured(
        document={name: value for name, value in payload.items() if name not in _CLAIMS},
        token=jws,
        claims={name: value for name, value in payload.items() if name in _CLAIMS},
    )


def opened(envelope: dict[str, Any], kind: str, *, max_bytes: int) -> Secured:
    """
    What an envelope holds.

        {"@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential",
         "id": "data:application/vc+jwt,eyJ…"}

    Raises:
        UnsupportedFormatError: A media type that is not read here.
        UnreadableError: No data URL, or members that would say something outside of what is signed.

    Source:
        W3C Verifiable Credentials Data Model v2.0, sections 4.13.2 and 4.13.3.
    """
    contexts = envelope.get("@context", CREDENTIALS_V2)
    if contexts != CREDENTIALS_V2 and not (isinstance(contexts, list) and contexts[:1] == [CREDENTIALS_V2]):
        raise UnreadableError("expected the context credentials/v2 on an envelope, met another")
    if set(envelope) - {"@context", "id", "type"}:
        raise UnreadableError(f"expected an envelope with nothing beside it, met {sorted(envelope)[:8]}")
    met = _ENVELOPE.fullmatch(str(envelope.get("id")))
    if met is None or types_of(envelope) != (kind,):
        raise UnreadableError(f"expected an {kind} with a data URL, met another")
    if met["type"] not in _MEDIA_TYPES[kind]:
        raise UnsupportedFormatError(f"expected a JWT in the envelope, met {met['type']}")
    return from_token(met["token"], max_bytes=max_bytes)
