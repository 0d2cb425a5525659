"""
The JSON-LD contexts that are read here: pinned by hash, and never fetched, since a context decides what is
signed.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sceau.errors import ContextError, UnknownContextError

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
DATA_INTEGRITY_V2 = "https://w3id.org/security/data-integrity/v2"
MULTIKEY_V1 = "https://w3id.org/security/multikey/v1"
OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OPEN_BADGES_3_0_2 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
OPEN_BADGES_3_0_1 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
OPEN_BADGES_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
EXAMPLES_V2 = "https://www.w3.org/ns/credentials/examples/v2"
UNDEFINED_TERMS_V2 = "https://www.w3.org/ns/credentials/undefined-terms/v2"

BASES = (CREDENTIALS_V2, CREDENTIALS_V1)
"""One of these comes first in every document; it says which version of the data model is meant."""


class _File(NamedTuple):
    package: str
    path: str
    sha256: str


_BADGES, _PYLD = ("openbadgeslib", "ob3/contexts/{}"), ("pyld", "documentloader/frozen/bundled/{}")
_FILES = {
    url: _File(package, path.format(name), sha256)
    for url, (package, path), name, sha256 in (
        # W3C Verifiable Credentials Data Model v2.0, appendix B.1, gives this very hash.
        (
            CREDENTIALS_V2,
            _BADGES,
            "credentials-v2.json",
            "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
        ),
        # The published one; the specification's repository holds another without endorsementJwt and jti.
        (
            OPEN_BADGES_3,
            _BADGES,
            "ob-v3p0-context-3.0.3.json",
            "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
        ),
        (
            OPEN_BADGES_3_0_2,
            _BADGES,
            "ob-v3p0-context-3.0.2.json",
            "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
        ),
        (
            OPEN_BADGES_3_0_1,
            _BADGES,
            "ob-v3p0-context-3.0.1.json",
            "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
        ),
        (
            OPEN_BADGES_EXTENSIONS,
            _BADGES,
            "ob-v3p0-extensions.json",
            "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
        ),
        (
            DATA_INTEGRITY_V2,
            _BADGES,
            "security-data-integrity-v2.json",
            "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
        ),
        (
            MULTIKEY_V1,
            _BADGES,
            "security-multikey-v1.json",
            "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
        ),
        # Laid out anew by PyLD: the same JSON as W3C's, other bytes.
        (
            CREDENTIALS_V1,
            _PYLD,
            "credentials-v1.jsonld",
            "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8",
        ),
    )
}
_AS_PUBLISHED = frozenset({CREDENTIALS_V2, OPEN_BADGES_3})
"""Those whose copy is known to be the published one byte for byte, so that its digest can be judged."""

_MAX_CONTEXTS = 8
_MAX_INLINE = 20_000
"""Letters of one context written inside a document: each sight of a new one is processed anew."""
_MAX_SCOPES = 3
_INLINE_KEYWORDS: dict[str, type] = {"@version": float, "@vocab": str, "@protected": bool}
_TERM_MEMBERS: dict[str, type | tuple[type, ...]] = {
    "@id": str,
    "@type": str,
    "@container": (str, list),
    "@context": dict,
    "@protected": bool,
    "@language": str,
    "@prefix": bool,
}
"""What PyLD would stumble over has no place here."""


class Contexts:
    """
    A closed set of contexts.

    Args:
        documents: The context document, ``{"@context": {…}}``, of each URL.
        inline: May contexts be written inside a document? They could give any meaning to what is signed, so
            this is for nothing but the suites that ask for it.
    """

    def __init__(self, documents: Mapping[str, Mapping[str, Any]], *, inline: bool = False) -> None:
        self._documents = {url: json.dumps(document) for url, document in documents.items()}
        self.inline = inline

    def __contains__(self, url: object) -> bool:
        return url in self._documents

    def document(self, url: str) -> dict[str, Any]:
        """
        A fresh copy of the context document, which the caller may change.

        Raises:
            UnknownContextError: Not in this set; the comparison is exact.
        """
        try:
            text = self._documents[url]
        except KeyError:
            raise UnknownContextError(f"expected one of the pinned contexts, met {url[:200]!r}") from None
        document: dict[str, Any] = json.loads(text)
        return document

    def check(self, context: object) -> tuple[str, ...]:
        """
        The URLs of a document's ``@context``, in order.

        Raises:
            UnknownContextError: One of them is not in this set.
            ContextError: Not a list that starts with credentials/v2, or with credentials/v1 for documents of
                VC 1.1; or a context written inside the document where this set does not allow it.
        """
        entries = context if isinstance(context, list) else [context]
        if not entries or entries[0] not in BASES:
            raise ContextError(
                f"expected {CREDENTIALS_V2!r} as the first context, met {str(entries[:1])[:200]}"
            )
        if len(entries) > _MAX_CONTEXTS:
            raise ContextError(f"expected at most {_MAX_CONTEXTS} contexts, met {len(entries)}")
        for entry in entries:
            if isinstance(entry, dict) and self.inline:
                _check_inline(entry)
            elif not isinstance(entry, str):
                raise ContextError("expected contexts by URL, met one written inside the document")
            elif entry not in self:
                raise UnknownContextError(f"expected one of the pinned contexts, met {entry[:200]!r}")
        return tuple(entry for entry in entries if isinstance(entry, str))


def _check_inline(context: Mapping[str, Any]) -> None:
    """
    A context written inside a document: terms that get an address, and nothing that moves others.

    It cannot change a base address, import a context, rename a keyword or lift the protection of a term;
    PyLD refuses it where it redefines a protected one.
    """
    if len(json.dumps(context)) > _MAX_INLINE:
        raise ContextError(f"expected a context of at most {_MAX_INLINE} letters, met a longer one")
    if set(context) == {"@context"} and isinstance(context["@context"], dict):
        context = context["@context"]
    _check_terms(context, 0)


def _check_terms(context: Mapping[str, Any], depth: int) -> None:
    if depth > _MAX_SCOPES:
        raise ContextError(f"expected contexts at most {_MAX_SCOPES} deep inside terms, met more")
    for name, value in context.items():
        if name.startswith("@"):
            if name not in _INLINE_KEYWORDS or not isinstance(value, _INLINE_KEYWORDS[name]):
                raise ContextError(f"expected terms in a context, met {name[:40]!r}: {str(value)[:40]}")
        elif value is not None:
            _check_term(name, {"@id": value} if isinstance(value, str) else value, depth)


def _check_term(name: str, members: object, depth: int) -> None:
    if not isinstance(members, dict):
        raise ContextError(f"expected the term {name[:80]!r} to have an address, met something else")
    for member, value in members.items():
        if member not in _TERM_MEMBERS or not isinstance(value, _TERM_MEMBERS[member]):
            raise ContextError(f"expected a plain definition of {name[:80]!r}, met {member[:40]!r}")
    if str(members.get("@id", "")).startswith("@"):
        raise ContextError(f"expected the term {name[:80]!r} to have an address, met a keyword")
    if "@context" in members:
        _check_terms(members["@context"], depth + 1)


@functools.cache
def pinned() -> Contexts:
    """
    Credentials v2 and v1, Open Badges 3.0.1 to 3.0.3 and its extensions, Data Integrity v2 and Multikey v1.

    Raises:
        ContextError: The installed copy is not the one that was pinned.
    """
    return Contexts(_pinned_documents())


@functools.cache
def for_conformance() -> Contexts:
    """
    What the suites of the standards bodies are answered with, and nothing else: the pinned contexts, the two
    that give a meaning to any word at all, and contexts written inside the document.
    """
    catch_all = {
        EXAMPLES_V2: "https://www.w3.org/ns/credentials/examples#",
        UNDEFINED_TERMS_V2: "https://www.w3.org/ns/credentials/undefined-term#",
    }
    more = {url: {"@context": {"@vocab": vocabulary}} for url, vocabulary in catch_all.items()}
    return Contexts({**_pinned_documents(), **more}, inline=True)


@functools.cache
def as_published(url: str) -> bytes | None:
    """
    The very bytes that are published at *url*, where they are held here; else None.

    Raises:
        ContextError: As `pinned`.
    """
    return _bytes(_FILES[url]) if url in _AS_PUBLISHED else None


def _pinned_documents() -> dict[str, dict[str, Any]]:
    return {url: json.loads(_bytes(file)) for url, file in _FILES.items()}


def _bytes(file: _File) -> bytes:
    """One file of a package, without importing it: only its data is wanted."""
    spec = importlib.util.find_spec(file.package)
    if spec is None or not spec.submodule_search_locations:
        raise ContextError(f"expected the package {file.package}, which brings the contexts, to be installed")
    data = (Path(spec.submodule_search_locations[0]) / file.path).read_bytes()
    met = hashlib.sha256(data).hexdigest()
    if met != file.sha256:
        raise ContextError(f"expected {file.path} with sha256 {file.sha256}, met {met}")
    return data
