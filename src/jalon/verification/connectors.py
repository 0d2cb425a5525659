"""
What others lend to verification: our own issuers, asked before any network, and the network itself.

`awarding` stands beside this context, so `config` registers its implementation:

    from jalon.verification import connectors
    connectors.register_own_issuers(queries.OwnIssuers())
"""

from __future__ import annotations

from typing import Protocol

from jalon.verification.rules import OwnOrganisation
from sceau.ports import Fetched


class OwnIssuers(Protocol):
    """Answers from our own database for the issuers that live here; no network, no error for a stranger."""

    def did_document(self, did: str) -> dict[str, object] | None:
        """The DID document of one of our issuers, or None where *did* is not ours."""
        ...

    def status_list(self, url: str) -> Fetched | None:
        """The signed bytes of one of our status lists as of now, or None where *url* is not ours."""
        ...

    def known_organisation(self, did: str) -> OwnOrganisation | None:
        """Who stands behind one of our identifiers, or None where *did* is not ours."""
        ...


class NoOwnIssuers:
    """The answer of an installation that issues nothing."""

    def did_document(self, did: str) -> dict[str, object] | None:
        return None

    def status_list(self, url: str) -> Fetched | None:
        return None

    def known_organisation(self, did: str) -> OwnOrganisation | None:
        return None


_own_issuers: OwnIssuers = NoOwnIssuers()


def register_own_issuers(issuers: OwnIssuers) -> None:
    """Say who answers for our own issuers. Called once, by `config`."""
    global _own_issuers
    _own_issuers = issuers


def own_issuers() -> OwnIssuers:
    """Who answers for our own issuers."""
    return _own_issuers
