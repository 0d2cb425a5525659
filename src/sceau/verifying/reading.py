"""From what a stranger hands over to one JSON object that claims to be a credential or a presentation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sceau.canon import strict_json
from sceau.canon.contexts import CREDENTIALS_V2
from sceau.errors import NothingFoundError, TooLargeError, UnreadableError, UnsupportedFormatError
from sceau.formats import baking
from sceau.formats.data_model import types_of
from sceau.proofs import jose
from sceau.proofs.jose import Jws

ENVELOPED_CREDENTIAL = "EnvelopedVerifiableCredential"
ENVELOPED_PRESENTATION = "EnvelopedVerifiablePresentation"
CREDENTIAL = "VerifiableCredential"
PRESENTATION = "VerifiablePresentation"

_COMPACT = re.compile(rb"[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*")
_SD_JWT = re.compile(rb"[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+~[A-Za-z0-9_.~-]*")
_BINARY = {b"%PDF-": "a PDF", b"\x89PNG": "a PNG picture", b"PK\x03\x04": "a ZIP archive"}
_ENVELOPE = re.compile(r"data:(?P<type>application/[a-z0-9.+-]+),(?P<token>[A-Za-z0-9_.~-]+)", re.ASCII)
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


def read(data: bytes | str, *, max_bytes: int) -> Secured:
    """
    A credential: as JSON, as a token, in an envelope, or baked into an SVG.

    Raises:
        UnsupportedFormatError: Recognised, and not read here: a PDF, an SD-JWT, an Open Badge 2…
        NothingFoundError: A picture, or a JSON object, that holds no credential.
        UnreadableError: See `strict_json.read` and `jose.parse`.
    """
    secured = _read(data, max_bytes)
    types = types_of(secured.document)
    for name in (PRESENTATION, ENVELOPED_PRESENTATION):
        if name in types:
            raise UnsupportedFormatError(f"expected a {CREDENTIAL}, met a presentation")
    if "Assertion" in types:
        raise UnsupportedFormatError(f"expected a {CREDENTIAL}, met an Open Badge 2")
    if CREDENTIAL not in types and "credentialSubject" not in secured.document:
        raise NothingFoundError(f"expected a {CREDENTIAL}, met JSON about something else")
    return secured


def read_presentation(data: bytes | str, *, max_bytes: int) -> Secured:
    """
    A presentation: as JSON, as a token or in an envelope.

    Raises:
        NothingFoundError: JSON about something else.
        UnreadableError: As `read`.
    """
    secured = _read(data, max_bytes)
    if PRESENTATION not in types_of(secured.document) and "verifiableCredential" not in secured.document:
        raise NothingFoundError(f"expected a {PRESENTATION}, met JSON about something else")
    return secured


def _read(data: bytes | str, max_bytes: int) -> Secured:
    if len(data) > max(max_bytes, baking.MAX_BYTES):
        raise TooLargeError(f"expected at most {max_bytes} bytes, met {len(data)}")
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    for start, name in _BINARY.items():
        if raw.startswith(start):
            raise UnsupportedFormatError(f"expected JSON, a token or SVG, met {name}")
    stripped = raw.removeprefix(b"\xef\xbb\xbf").strip()
    if not stripped:
        raise UnreadableError("expected a credential, met nothing")
    if stripped.startswith(b"<"):
        stripped = baking.unbake_svg(stripped)
    return _from_text(stripped, max_bytes)


def _from_text(text: bytes, max_bytes: int) -> Secured:
    bare = text[1:-1] if text[:1] == b'"' == text[-1:] else text
    if _SD_JWT.fullmatch(bare):
        raise UnsupportedFormatError("expected JSON or a JWT, met an SD-JWT")
    if _COMPACT.fullmatch(bare):
        return from_token(bare.decode("ascii"), max_bytes=max_bytes)
    document = strict_json.read_object(text, max_bytes=max_bytes)
    kinds = [name for name in _MEDIA_TYPES if name in types_of(document)]
    return opened(document, kinds[0], max_bytes=max_bytes) if kinds else Secured(document)


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
