"""What this very installation knows of issuers: `jalon verify` asks its database before any network."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jalon.cli import django_setup, environment
from sceau.ports import Fetched, Voucher

if TYPE_CHECKING:
    from jalon.awarding.queries import OwnIssuers


class ThisInstallation:
    """
    Implements `sceau.ports.DocumentSource` and `MetadataSource`, and knows our own status lists.

    Django starts only where a database is: elsewhere nothing is known here, and the network is asked. A
    database that cannot be read counts as none.
    """

    @cached_property
    def _lender(self) -> OwnIssuers | None:
        settings = environment.read()
        if not settings["DATABASE_URL"] and not (settings.data_dir / "jalon.sqlite3").is_file():
            return None
        django_setup.start()
        from jalon.awarding.queries import OwnIssuers

        return OwnIssuers()

    def did_document(self, did: str) -> dict[str, object] | None:
        """The document of one of our issuers."""
        return self._ask("did_document", did) if did.startswith("did:web:") else None

    def issuer_metadata(self, issuer: str) -> dict[str, object] | None:
        """What one of our issuers publishes for wallets."""
        found: dict[str, object] | None = self._ask("issuer_metadata", issuer)
        return found

    def status_list(self, url: str) -> Fetched | None:
        """One of our lists, as it is served now."""
        found: Fetched | None = self._ask("status_list", url)
        return found

    def vouchers(self, issuer_id: str, *, at: datetime) -> tuple[Voucher, ...]:
        """Those who, as this installation knows, say who an issuer is."""
        if self._lender is None:
            return ()
        from django.db.utils import DatabaseError

        from jalon.verification.connectors import Vouchers

        try:
            return Vouchers(self._lender).vouchers(issuer_id, at=at)
        except DatabaseError:
            return ()

    def _ask(self, question: str, about: str) -> Any:
        if self._lender is None:
            return None
        from django.db.utils import DatabaseError

        try:
            return getattr(self._lender, question)(about)
        except DatabaseError:
            return None
