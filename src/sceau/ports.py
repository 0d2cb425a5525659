"""What the outside lends the engine: it opens no socket, reads no clock and keeps no list of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

Record_contra = TypeVar("Record_contra", contravariant=True)


@dataclass(frozen=True)
class Fetched:
    """
    A document from elsewhere.

    Attributes:
        body: Its bytes, already bounded in size by whoever fetched it.
        fetched_at: Aware; when this copy was obtained. A cached copy keeps its first moment.
        url: Where it lay in the end, after any redirection; empty where whoever fetched it does not say.
    """

    body: bytes
    fetched_at: datetime
    content_type: str = ""
    url: str = ""


class Fetcher(Protocol):
    """Gets a document by https URL."""

    def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        """
        Raises:
            sceau.errors.FetchError: Not reachable, too large, or an address that may not be asked.
        """
        ...


class Signer(Protocol):
    """Signs with one key that never leaves it."""

    @property
    def verification_method(self) -> str:
        """Full DID URL of the key: ``did:web:example.org:o:a#key-1``."""
        ...

    @property
    def key_type(self) -> str:
        """
        ``"Ed25519"``, ``"P-256"``, ``"P-384"``, ``"P-521"`` or ``"RSA"``: a key signs in one way, so this is
        the algorithm too.
        """
        ...

    @property
    def public_key_multibase(self) -> str:
        """
        Multikey encoding: ``z6Mk…`` for Ed25519, ``zDna…`` for P-256, ``z82L…`` for P-384.

        Raises:
            sceau.errors.KeyFormatError: The key is on RSA, for which there is no Multikey: such a key is
                known by its certificate or its JWK.
        """
        ...

    def sign(self, data: bytes) -> bytes:
        """
        Raw signature over *data*: 64 bytes for Ed25519; ``r`` then ``s`` for ECDSA, 64 bytes with SHA-256 on
        P-256, 96 with SHA-384 on P-384; RSASSA-PKCS1-v1_5 with SHA-256 for RSA, as long as the modulus.
        """
        ...


class TimeStamper(Protocol):
    """Asks an authority to say that something existed at a moment."""

    def time_stamp(self, digest: bytes) -> bytes:
        """
        Args:
            digest: SHA-256 of what existed.

        Returns:
            The token (a CMS ContentInfo) in DER; `sceau.keys.timestamps` writes the request and takes the
            token out of the answer.

        Raises:
            sceau.errors.FetchError: The authority is out of reach.
            sceau.errors.TimeStampError: It refused.
        """
        ...


class StatusSource(Protocol):
    """Gets a signed status list. One's own lists should be answered without a network."""

    def status_list(self, url: str) -> Fetched:
        """
        Raises:
            sceau.errors.FetchError: Out of reach; the check is then indeterminate, never passed.
        """
        ...


class DocumentSource(Protocol):
    """Gets DID documents that are known without a network: one's own issuers."""

    def did_document(self, did: str) -> dict[str, object] | None:
        """The DID document, or None where this source does not know the DID."""
        ...


class MetadataSource(Protocol):
    """Gets what issuers of wallet attestations publish, where that is known without a network."""

    def issuer_metadata(self, issuer: str) -> dict[str, object] | None:
        """``{"issuer": issuer, "jwks": {"keys": […]}}``, or None where this source does not know it."""
        ...


@dataclass(frozen=True)
class Voucher:
    """
    Someone who says who an issuer is.

    Attributes:
        by: Who says it: ``"Région Occitanie"``.
        issuer_name: The name they give it.
        basis: How they know: ``"confirmé par l'exploitant"``, a register, a seal.
        since: From when it holds.
        until: Up to when it holds, or None where no end was stated.
    """

    by: str
    issuer_name: str
    basis: str
    since: date
    until: date | None = None


class TrustSource(Protocol):
    """Knows who vouches for an issuer."""

    def vouchers(self, issuer_id: str, *, at: datetime) -> tuple[Voucher, ...]:
        """Those who vouch for *issuer_id* at a moment; empty for an unknown issuer, which is no fault."""
        ...


class Renderer(Protocol[Record_contra]):
    """Draws a record as its certificate; `sceau.formats.european` takes a ``Renderer[Credential]``."""

    def render(self, credential: Record_contra, language: str) -> tuple[bytes, str]:
        """
        The certificate on one page in *language*, and its media type: ``"image/png"`` or ``"image/jpeg"``.
        """
        ...
