"""Whose badge it is: an e-mail address, or another identity, in clear or hashed."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sceau.errors import DataModelError
from sceau.formats.open_badges_2 import nodes

_HASH = re.compile(r"(sha256|md5)\$([0-9A-Fa-f]{32,64})", re.ASCII)
_MAX_IDENTITY = 1_000


@dataclass(frozen=True)
class Recipient:
    """
    A recipient as the badge names them.

    Attributes:
        kind: ``"email"``, ``"url"``, ``"telephone"``, or what else the badge says; may be empty.
        identity: ``"camille@example.org"``, or ``"sha256$…"`` where it is hashed.
        salt: Put after the identity before hashing; empty where there is none.
    """

    kind: str
    identity: str
    is_hashed: bool
    salt: str = ""

    def is_known_as(self, identity: str) -> bool:
        """
        Is *identity* the recipient's? An address counts as the same in small letters.

        A hash says it only of who is asked about: whoever has a list of addresses can try them all.

        Raises:
            DataModelError: A hash of a kind that is not read here.

        Source:
            Open Badges v2.0, IdentityObject and IdentityHash: SHA-256 and MD5 in hexadecimal.
        """
        asked = identity.strip()[:_MAX_IDENTITY]
        if not asked or not self.identity:
            return False
        if not self.is_hashed:
            return asked.casefold() == self.identity.casefold()
        met = _HASH.fullmatch(self.identity)
        if met is None:
            raise DataModelError(f"expected sha256$… or md5$…, met {self.identity[:40]!a}")
        algorithm, expected = met[1], met[2].lower()
        return any(
            hmac.compare_digest(_digest(algorithm, candidate + self.salt), expected)
            for candidate in {asked, asked.lower()}
        )


def recipient_of(document: Mapping[str, Any]) -> Recipient | None:
    """The recipient of an assertion; None where it names none that can be read."""
    stated = document.get("recipient")
    if not isinstance(stated, Mapping):
        return None
    identity = nodes.text(stated, "identity")
    if not identity:
        return None
    kinds = [kind for kind in nodes.listed(stated, "type") if isinstance(kind, str)]
    hashed = stated.get("hashed")
    # A missing «hashed», or one of another type, leaves it to the look of the identity.
    is_hashed = hashed if isinstance(hashed, bool) else _HASH.fullmatch(identity) is not None
    salt = stated.get("salt")
    return Recipient(
        kind=kinds[0] if kinds else nodes.text(stated, "@type"),
        identity=identity,
        is_hashed=is_hashed,
        salt=salt if isinstance(salt, str) else "",
    )


def is_recipient(document: Mapping[str, Any], email: str) -> bool:
    """
    Was the badge given to the person with this e-mail address?

    Raises:
        DataModelError: The badge names nobody that can be read, or hashes in a way that is not read here.
    """
    recipient = recipient_of(document)
    if recipient is None:
        raise DataModelError("expected a recipient with an identity, met none")
    return recipient.kind in ("email", "schema:email", "") and recipient.is_known_as(email)


def _digest(algorithm: str, text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    return hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()
