"""
What third parties say inside a credential: each endorsement is a credential of its own, with its own proof.

    {"type": ["VerifiableCredential", "OpenBadgeCredential"], "endorsement": [{…, "proof": […]}], …}

They stand in the credential itself, at its issuer, or at its achievement. The signature around covers that
they stand there, and not that the third party said so.

Source:
    1EdTech Open Badges Specification 3.0, sections B.1 and 8.2.4 (``endorsement``, ``endorsementJwt``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sceau.errors import UnreadableError
from sceau.formats.open_badges_3 import endorsements
from sceau.verifying.reading import Secured, from_token


def found_in(document: dict[str, Any], *, max_bytes: int, most: int) -> list[Secured]:
    """
    The endorsements that speak of this credential, of its issuer or of its achievement, *most* at most; what
    cannot be read, and what speaks of something else, is none.
    """
    hosts = list(_hosts(document))
    about = {host["id"] for host in hosts if isinstance(host.get("id"), str)}
    found: list[Secured] = []
    for host in hosts:
        for secured in _standing_in(host, max_bytes):
            subject = secured.document.get("credentialSubject")
            if isinstance(subject, dict) and subject.get("id") in about and len(found) < most:
                found.append(secured)
    return found


def count_in(document: dict[str, Any]) -> int:
    """How many stand in it, those that are not looked at included."""
    names = ("endorsement", "endorsementJwt")
    return sum(len(_listed(host.get(name))) for host in _hosts(document) for name in names)


def _hosts(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The credential, its issuer and its achievement: what an endorsement may be about, and stand in."""
    subject = document.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    yield from (each for each in (document, document.get("issuer"), achievement) if isinstance(each, dict))


def _standing_in(host: dict[str, Any], max_bytes: int) -> Iterator[Secured]:
    for each in _listed(host.get("endorsement")):
        if isinstance(each, dict) and endorsements.recognises(each):
            yield Secured(each)
    for each in _listed(host.get("endorsementJwt")):
        try:
            secured = from_token(each, max_bytes=max_bytes) if isinstance(each, str) else None
        except UnreadableError:
            continue
        if secured is not None and endorsements.recognises(secured.document):
            yield secured


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
