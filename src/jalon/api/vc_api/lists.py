"""
Status lists of the test issuers: one for each issuer and purpose, on which nothing is ever set.

Which places are given out is kept in a file for each list, one bit for each place: two credentials never
share one, whichever process issues them.
"""

from __future__ import annotations

import fcntl
import json
import secrets
from typing import Any

from django.conf import settings
from django.urls import reverse

from jalon.api.vc_api.issuers import Issuer, folder, issuers
from jalon.foundation import clock
from sceau import issuing
from sceau.canon import strict_json
from sceau.errors import DataModelError, FetchError
from sceau.ports import Fetched
from sceau.status import bitstring, entries, places
from sceau.status.entries import Entry, Purpose

PURPOSES = (Purpose.REVOCATION, Purpose.SUSPENSION)
CONTENT_TYPE = "application/ld+json"  # with «json» in it, which the suites look for
_MAX_ENTRIES = 4


def entries_for(asked: object, issuer: Issuer) -> list[dict[str, Any]]:
    """
    The status entries that were asked for, each with a place of its own.

    Args:
        asked: ``{"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}``, or a list of such.

    Raises:
        DataModelError: Another kind of status, or another purpose.
        StatusIndexError: A list is full.
    """
    wanted = asked if isinstance(asked, list) else [asked]
    if not 0 < len(wanted) <= _MAX_ENTRIES:
        raise DataModelError(
            f"expected 1 to {_MAX_ENTRIES} status entries to be asked for, met {len(wanted)}"
        )
    purposes = [_purpose(each) for each in wanted]
    return [entries.write(_place(issuer, purpose)) for purpose in purposes]


def _purpose(asked: object) -> Purpose:
    members = asked if isinstance(asked, dict) else {}
    purpose = members.get("statusPurpose", Purpose.REVOCATION)
    if members.get("type") != entries.ENTRY or purpose not in PURPOSES:
        known = " or ".join(PURPOSES)
        raise DataModelError(f"expected a {entries.ENTRY} for {known}, met {str(asked)[:120]!a}")
    return Purpose(purpose)


def _place(issuer: Issuer, purpose: Purpose) -> Entry:
    """A place that nobody had, noted before it is used."""
    path = folder() / f"places-{issuer.name}-{purpose}"
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        taken = file.read().ljust(bitstring.MINIMUM_LENGTH // 8, b"\0")
        index = places.draw(taken, below=secrets.randbelow)
        file.seek(0)
        file.truncate()
        file.write(bitstring.with_bit(taken, index, True))
    return Entry(list_url=_url(issuer, purpose), index=index, purpose=purpose)


def signed(name: str) -> bytes | None:
    """The list of a name, signed at this moment; None where there is no such list."""
    for issuer in issuers():
        for purpose in PURPOSES:
            if name == f"{issuer.name}-{purpose}":
                return _signed(issuer, purpose)
    return None


class OwnLists:
    """Implements `sceau.ports.StatusSource`: the lists of this door, without any network."""

    def status_list(self, url: str) -> Fetched:
        """The list, or `FetchError`."""
        for issuer in issuers():
            for purpose in PURPOSES:
                if url == _url(issuer, purpose):
                    return Fetched(_signed(issuer, purpose), clock.now(), CONTENT_TYPE)
        raise FetchError(f"expected a list of this door, met {url[:200]!a}")


def _url(issuer: Issuer, purpose: Purpose) -> str:
    path = reverse("vc_api:status_list", args=[f"{issuer.name}-{purpose}"])
    return f"{settings.PUBLIC_URL}{path}"


def _signed(issuer: Issuer, purpose: Purpose) -> bytes:
    document = json.loads(
        issuing.issue_status_list(
            list_url=_url(issuer, purpose),
            issuer_id=issuer.id,
            purpose=purpose,
            bits=bytes(bitstring.MINIMUM_LENGTH // 8),
            signer=issuer.signer,
            created=clock.now().replace(microsecond=0),
        )
    )
    # The suite wants one object; the signature covers it either way.
    return strict_json.write({**document, "proof": document["proof"][0]})
