"""
What others lend to verification: our own issuers, asked before any network, and the network itself.

`awarding` stands beside this context, so `config` registers its implementation:

    from jalon.verification import connectors
    connectors.register_own_issuers(queries.OwnIssuers())
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sceau.ports import Fetched


@dataclass(frozen=True)
class OwnOrganisation:
    """
    An organisation registered here, as the owner of an issuer's identifier.

    Attributes:
        confirmed_by: Who confirmed that it is the one it says: ``"Région Occitanie"``; empty where nobody did.
        confirmed_at: Aware; when they did, or None.
        basis: How they know: ``"extrait SIRENE et appel au siège"``; may be empty.
        is_demonstration: Fictional, made for the demonstration.
    """

    did: str
    name: str
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    basis: str = ""
    is_demonstration: bool = False


class OwnIssuers(Protocol):
    """Answers from our own database for the issuers that live here. Never uses a network, never raises for a stranger."""

    def did_document(self, did: str) -> dict[str, object] | None:
        """The DID document of one of our issuers, or None where *did* is not ours."""
        ...

    def status_list(self, url: str) -> Fetched | None:
        """The signed bytes of one of our status lists, as they are at this moment, or None where *url* is not ours."""
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
