"""
The certificates that the operator trusts to say whose a seal is, from files; no Django, for commands too.

    autorites/
    ├── autorite-de-confiance.pem      who says whose a seal is
    ├── trusted-list/                  services of the EU's trusted lists that issue qualified seals
    │   └── prestataire-qualifie.der
    └── time-stamping/                 who says since when something exists
        └── horodatage.pem
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from jalon.verification.errors import AuthoritiesError
from sceau.errors import CertificateError
from sceau.keys import x509
from sceau.keys.x509 import Certificate
from sceau.verifying.trust import Anchors

TRUSTED_LIST, TIME_STAMPING = "trusted-list", "time-stamping"
SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der"})
MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_FILES = 500
_log = logging.getLogger(__name__)


def read_authorities(path: Path) -> Anchors:
    """
    Those whom the operator trusts, from a file or a folder; other files of a folder are passed over.

    Raises:
        AuthoritiesError: Nothing there, a file that is no certificate, a folder of an unknown name, or too
            much; `code` says which, and the facts where.
    """
    if path.is_file():
        return Anchors(authorities=_read(path))
    if not path.is_dir():
        raise AuthoritiesError(code="verification.authorities.missing", path=str(path))
    anchors = Anchors(
        trusted_list=tuple(_all_in(path / TRUSTED_LIST)),
        authorities=tuple(_all_in(path)),
        time_stamping=tuple(_all_in(path / TIME_STAMPING)),
    )
    unknown = sorted(
        one.name
        for one in path.iterdir()
        if one.is_dir() and not one.name.startswith(".") and one.name not in (TRUSTED_LIST, TIME_STAMPING)
    )
    if unknown:
        facts = {"path": str(path / unknown[0]), "known": f"{TRUSTED_LIST}, {TIME_STAMPING}"}
        raise AuthoritiesError(code="verification.authorities.unknown_folder", **facts)
    if not count(anchors):
        raise AuthoritiesError(code="verification.authorities.none", path=str(path))
    return anchors


def authorities() -> Anchors:
    """
    Whom the operator of this installation trusts (JALON_SEAL_AUTHORITIES), read once.

    Files that cannot be read count as nobody, which says less and never more: `jalon check` tells of them,
    and `jalon serve` does not start with them.
    """
    from django.conf import settings  # commands read the files they are given, and do without Django

    return _authorities_at(str(settings.SEAL_AUTHORITIES))


@lru_cache(maxsize=8)
def _authorities_at(path: str) -> Anchors:
    if not path:
        return Anchors()
    try:
        return read_authorities(Path(path))
    except AuthoritiesError as error:
        _log.error("certificates of JALON_SEAL_AUTHORITIES: %s (%s)", error.code, error)
        return Anchors()


def count(anchors: Anchors) -> int:
    """How many certificates are trusted, for whatever purpose."""
    return len(anchors.trusted_list) + len(anchors.authorities) + len(anchors.time_stamping)


def _all_in(folder: Path) -> Iterator[Certificate]:
    if not folder.is_dir():
        return
    found = sorted(
        one
        for one in folder.iterdir()
        if one.suffix.lower() in SUFFIXES and one.is_file() and not one.name.startswith(".")
    )
    if len(found) > MAX_FILES:
        raise AuthoritiesError(code="verification.authorities.too_many", path=str(folder), limit=MAX_FILES)
    for path in found:
        yield from _read(path)


def _read(path: Path) -> tuple[Certificate, ...]:
    """The certificates of one file, in PEM or DER."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise AuthoritiesError(
                code="verification.authorities.too_large",
                path=str(path),
                limit_mb=MAX_FILE_BYTES // 1024**2,
            )
        data = path.read_bytes()
        return x509.from_pem(data) if b"-----BEGIN " in data else (x509.parse(data),)
    except OSError as error:
        raise AuthoritiesError(str(error), code="verification.authorities.closed", path=str(path)) from error
    except CertificateError as error:
        raise AuthoritiesError(
            f"{path}: {error}", code="verification.authorities.unreadable", path=str(path)
        ) from error
