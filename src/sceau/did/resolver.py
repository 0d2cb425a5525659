"""
From a DID to its document: what is known at hand first, then what the DID itself says, then the network.
"""

from __future__ import annotations

from collections.abc import Sequence

from sceau.canon import strict_json
from sceau.did import did_jwk, did_key, did_web
from sceau.errors import FetchError, ResolutionError, UnreadableError, UnsupportedMethodError
from sceau.ports import DocumentSource, Fetched, Fetcher, MetadataSource

MAX_DOCUMENT_BYTES = 200_000


class Resolver:
    """
    Resolves DIDs.

    Args:
        documents: Asked first, in order: one's own issuers, copies kept for use without a network.
        fetcher: For did:web; without it a did:web that no source knows is not resolved.
        metadata: Asked first for what issuers with an https address publish.
    """

    def __init__(
        self,
        *,
        documents: Sequence[DocumentSource] = (),
        fetcher: Fetcher | None = None,
        metadata: Sequence[MetadataSource] = (),
    ) -> None:
        self._documents = tuple(documents)
        self._metadata = tuple(metadata)
        self._fetcher = fetcher

    def resolve(self, did: str) -> dict[str, object]:
        """
        The DID document, whose id is exactly *did*.

        Raises:
            UnsupportedMethodError: None of did:key, did:jwk and did:web, and unknown to every source.
            ResolutionError: Out of reach, not JSON, or the document of another DID.
        """
        document = self._resolve(did)
        if document.get("id") != did:
            met = str(document.get("id"))[:120]
            raise ResolutionError(f"expected the DID document of {did[:120]!r}, met that of {met!r}")
        return document

    def _resolve(self, did: str) -> dict[str, object]:
        for source in self._documents:
            if (document := source.did_document(did)) is not None:
                return document
        if did.startswith(did_key.PREFIX):
            return did_key.resolve(did)
        if did.startswith(did_jwk.PREFIX):
            return did_jwk.resolve(did)
        if did.startswith(did_web.PREFIX):
            return self._fetch(did)
        raise UnsupportedMethodError(f"expected a did:key, did:jwk or did:web, met {did[:80]!a}")

    def _fetch(self, did: str) -> dict[str, object]:
        return self.fetch_json(did_web.document_url(did))

    def issuer_metadata(self, issuer: str, url: str) -> dict[str, object]:
        """
        What an issuer with an https address publishes at *url*, known at hand or fetched.

        Raises:
            ResolutionError: Out of reach, or not JSON.
        """
        for source in self._metadata:
            if (found := source.issuer_metadata(issuer)) is not None:
                return found
        return self.fetch_json(url)

    def fetch_json(self, url: str) -> dict[str, object]:
        """
        The JSON object at an https address: a DID document, or a key.

        Raises:
            ResolutionError: Out of reach, or not JSON.
        """
        return read_json(url, self.fetch(url))

    def fetch(self, url: str) -> Fetched:
        """
        What lies at an https address.

        Raises:
            ResolutionError: Out of reach.
        """
        if self._fetcher is None:
            raise ResolutionError(f"expected {url[:200]} to be known at hand, met no copy and no network")
        try:
            return self._fetcher.fetch(url, max_bytes=MAX_DOCUMENT_BYTES)
        except FetchError as error:
            raise ResolutionError(f"expected an answer from {url[:200]}: {error}") from error


def read_json(url: str, fetched: Fetched) -> dict[str, object]:
    """
    The JSON object that was fetched.

    Raises:
        ResolutionError: Not JSON.
    """
    try:
        return strict_json.read_object(fetched.body, max_bytes=MAX_DOCUMENT_BYTES)
    except UnreadableError as error:
        raise ResolutionError(f"expected JSON at {url[:200]}: {error}") from error
