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
from typing import Any

from sceau.errors import ContextError, UnknownContextError

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

_MAX_CONTEXTS = 8
_FILES = {
    CREDENTIALS_V2: (
        "credentials-v2.json",
        # W3C Verifiable Credentials Data Model v2.0, appendix B.1, gives this very hash.
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    OPEN_BADGES_3: (
        "ob-v3p0-context-3.0.3.json",
        # The published one; the specification's repository holds another without endorsementJwt and jti.
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
}


class Contexts:
    """
    A closed set of contexts.

    Args:
        documents: The context document, ``{"@context": {…}}``, of each URL.
    """

    def __init__(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        self._documents = {url: json.dumps(document) for url, document in documents.items()}

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
            ContextError: Not a list of URLs that starts with credentials/v2. Contexts written inside the
                document are refused: they could give any meaning to what is signed.
        """
        urls = context if isinstance(context, list) else [context]
        if not urls or urls[0] != CREDENTIALS_V2:
            raise ContextError(f"expected {CREDENTIALS_V2!r} as the first context, met {str(urls[:1])[:200]}")
        if len(urls) > _MAX_CONTEXTS:
            raise ContextError(f"expected at most {_MAX_CONTEXTS} contexts, met {len(urls)}")
        for url in urls:
            if not isinstance(url, str):
                raise ContextError("expected contexts by URL, met one written inside the document")
            if url not in self:
                raise UnknownContextError(f"expected one of the pinned contexts, met {url[:200]!r}")
        return tuple(urls)


@functools.cache
def pinned() -> Contexts:
    """
    Credentials v2 and Open Badges 3.0.3.

    Raises:
        ContextError: The installed copy is not the one that was pinned.
    """
    return Contexts({url: _read(name, expected) for url, (name, expected) in _FILES.items()})


def _read(name: str, expected: str) -> dict[str, Any]:
    """One file of openbadgeslib, without importing that library: only its data is wanted."""
    spec = importlib.util.find_spec("openbadgeslib")
    if spec is None or not spec.submodule_search_locations:
        raise ContextError("expected the package openbadgeslib, which brings the contexts, to be installed")
    data = (Path(spec.submodule_search_locations[0]) / "ob3" / "contexts" / name).read_bytes()
    met = hashlib.sha256(data).hexdigest()
    if met != expected:
        raise ContextError(f"expected {name} with sha256 {expected}, met {met}")
    document: dict[str, Any] = json.loads(data)
    return document
