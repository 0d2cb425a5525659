"""
What an issuer publishes for wallets that know no DIDs: its keys, below ``/.well-known/jwt-vc-issuer``.

    {"issuer": "https://example.org/o/a", "jwks": {"keys": [{"kid": "did:web:example.org:o:a#key-1", …}]}}

Source:
    draft-ietf-oauth-sd-jwt-vc-18, «JWT VC Issuer Metadata».
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from sceau.errors import ResolutionError
from sceau.keys import jwk, multikey

WELL_KNOWN = "/.well-known/jwt-vc-issuer"


def issuer_metadata(issuer: str, keys: Sequence[tuple[str, str]]) -> dict[str, object]:
    """
    The document of an issuer.

    Args:
        issuer: Its https address, as tokens have it at ``iss``.
        keys: Pairs of the full DID URL of a key, which tokens have at ``kid``, and its Multikey; keys of the
            past too, so that what they signed remains verifiable.

    Raises:
        ResolutionError: Not an https address of a host and a path.
        KeyFormatError: No Multikey.
    """
    metadata_url(issuer)
    listed = [{"kid": method, **jwk.encode(multikey.decode(key)), "use": "sig"} for method, key in keys]
    return {"issuer": issuer, "jwks": {"keys": listed}}


def metadata_url(iss: str) -> str:
    """
    ``https://example.org/o/a`` → ``https://example.org/.well-known/jwt-vc-issuer/o/a``

    Raises:
        ResolutionError: Not an https address of a host and a path.

    Source:
        draft-ietf-oauth-sd-jwt-vc-18, «JWT VC Issuer Metadata Request».
    """
    try:
        parts = urlsplit(iss)
        is_plain = parts.port is None or parts.port > 0
    except ValueError:
        is_plain = False
    if not is_plain or not iss.startswith("https://") or not parts.hostname or not iss.isascii():
        raise ResolutionError(f"expected an issuer with an https address, met {iss[:120]!a}")
    if parts.username is not None or {"?", "#", "@", "\\"} & set(iss) or not iss.isprintable() or " " in iss:
        raise ResolutionError(f"expected an issuer's address of a host and a path, met {iss[:120]!a}")
    return f"https://{parts.netloc}{WELL_KNOWN}{parts.path.removesuffix('/')}"
