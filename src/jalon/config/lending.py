"""What one context lends another in the other's own words, where the two may not meet."""

from __future__ import annotations

from dataclasses import asdict

from jalon.awarding import queries
from jalon.verification.connectors import OwnOrganisation
from sceau.ports import Fetched


class LentIssuers:
    """
    Our own issuers' keys and status lists, from `awarding`, as `verification.connectors.OwnIssuers` asks
    for them.
    """

    def __init__(self) -> None:
        self._own = queries.OwnIssuers()

    def did_document(self, did: str) -> dict[str, object] | None:
        return self._own.did_document(did)

    def status_list(self, url: str) -> Fetched | None:
        return self._own.status_list(url)

    def known_organisation(self, did: str) -> OwnOrganisation | None:
        found = self._own.known_organisation(did)
        return OwnOrganisation(**asdict(found)) if found else None
