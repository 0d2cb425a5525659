"""
did:web: the keys of an issuer are published on its own web site.

Source:
    The did:web Method Specification (W3C CCG), section 2.5.
"""

from __future__ import annotations

import re

from sceau.errors import ResolutionError

PREFIX = "did:web:"
_MAX_LENGTH = 500
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"(?P<name>{_LABEL}(?:\.{_LABEL})*)(?::(?P<port>[1-9][0-9]{{0,4}}))?", re.ASCII)
_SEGMENT = re.compile(r"[A-Za-z0-9._~-]+", re.ASCII)
_NUMERIC = re.compile(r"(?:0[xX][0-9A-Fa-f]*|[0-9]+)", re.ASCII)


def did(host: str, *path: str) -> str:
    """
    The DID of a host, or of a path on it.

    Args:
        host: ``"example.org"`` or ``"localhost:8000"``; the colon before the port is written ``%3A``.
        path: Segments: ``("o", "atelier")``.

    Raises:
        ResolutionError: A host or segment that a did:web cannot hold.
    """
    identifier = ":".join((PREFIX + host.lower().replace(":", "%3A"), *path))
    _parts(identifier)
    return identifier


def document_url(identifier: str) -> str:
    """
    Where the DID document is published: ``https://example.org/o/atelier/did.json``.

    Raises:
        ResolutionError: Not a did:web, or one whose host is not a name: addresses are not allowed there.
    """
    host, path = _parts(identifier)
    name = host.partition(":")[0]
    if _NUMERIC.fullmatch(name.rpartition(".")[2]):
        raise ResolutionError(f"expected a host name in {identifier!r}, met an address")
    return f"https://{host}/" + "/".join([*(path or [".well-known"]), "did.json"])


def address(identifier: str) -> str:
    """
    The https address that a did:web stands for, without its document: ``https://example.org/o/atelier``.

    Raises:
        ResolutionError: As `document_url`.
    """
    url = document_url(identifier)
    return url.removesuffix("/did.json").removesuffix("/.well-known")


def of_address(url: str) -> str:
    """
    The did:web of an https address: whoever publishes there may be called either way.

    Raises:
        ResolutionError: Not such an address, or one that a did:web cannot say.
    """
    scheme, _, rest = url.partition("://")
    host, *path = rest.removesuffix("/").split("/")
    identifier = did(host, *path)
    if scheme != "https" or address(identifier) != f"https://{rest.removesuffix('/')}":
        raise ResolutionError(f"expected an https address of a host and a path, met {url[:120]!a}")
    return identifier


def _parts(identifier: str) -> tuple[str, list[str]]:
    """Host with its port, and path."""
    if not identifier.startswith(PREFIX) or len(identifier) > _MAX_LENGTH:
        raise ResolutionError(f"expected a did:web, met {identifier[:80]!a}")
    host, *path = identifier.removeprefix(PREFIX).split(":")
    host = re.sub("%3[Aa]", ":", host, count=1)
    met = _HOST.fullmatch(host)
    if met is None or len(met["name"]) > 253 or int(met["port"] or 1) > 65_535:
        raise ResolutionError(f"expected a host in {identifier[:120]!a}, met {host[:80]!a}")
    for segment in path:
        if not _SEGMENT.fullmatch(segment) or set(segment) == {"."}:
            raise ResolutionError(
                f"expected plain path segments in {identifier[:120]!a}, met {segment[:80]!a}"
            )
    return host, path
