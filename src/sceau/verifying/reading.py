"""From what a stranger hands over to one JSON object that claims to be a credential."""

from __future__ import annotations

import re
from typing import Any

from sceau.canon import strict_json
from sceau.errors import NothingFoundError, TooLargeError, UnreadableError, UnsupportedFormatError
from sceau.formats import baking

_JWT = re.compile(r'"?[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*(~[A-Za-z0-9_.~-]*)?"?', re.ASCII)
_BINARY = {b"%PDF-": "a PDF", b"\x89PNG": "a PNG picture", b"PK\x03\x04": "a ZIP archive"}
_OTHERS = {
    "VerifiablePresentation": "a presentation",
    "EnvelopedVerifiableCredential": "an enveloped credential",
    "Assertion": "an Open Badge 2",
}


def read(data: bytes | str, *, max_bytes: int) -> dict[str, Any]:
    """
    The credential as a JSON object: bare, or baked into an SVG.

    Raises:
        UnsupportedFormatError: Recognised, and not read here: a JWT, a PDF, an Open Badge 2…
        NothingFoundError: A picture, or a JSON object, that holds no credential.
        UnreadableError: See `strict_json.read`.
    """
    if len(data) > max(max_bytes, baking.MAX_BYTES):
        raise TooLargeError(f"expected at most {max_bytes} bytes, met {len(data)}")
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    for start, name in _BINARY.items():
        if raw.startswith(start):
            raise UnsupportedFormatError(f"expected JSON or SVG, met {name}")
    stripped = raw.removeprefix(b"\xef\xbb\xbf").strip()
    if not stripped:
        raise UnreadableError("expected a credential, met nothing")
    if stripped.startswith(b"<"):
        return _credential(strict_json.read_object(baking.unbake_svg(stripped), max_bytes=max_bytes))
    if _JWT.fullmatch(stripped.decode("latin-1")):
        raise UnsupportedFormatError("expected JSON, met a JWT")
    return _credential(strict_json.read_object(raw, max_bytes=max_bytes))


def _credential(document: dict[str, Any]) -> dict[str, Any]:
    types = types_of(document)
    for name, described in _OTHERS.items():
        if name in types:
            raise UnsupportedFormatError(f"expected a VerifiableCredential, met {described}")
    if "VerifiableCredential" not in types and "credentialSubject" not in document:
        raise NothingFoundError("expected a VerifiableCredential, met JSON about something else")
    return document


def types_of(document: dict[str, Any]) -> tuple[str, ...]:
    """The types an object states, whether alone or in a list."""
    types = document.get("type")
    return tuple(name for name in (types if isinstance(types, list) else [types]) if isinstance(name, str))
