"""
What others lend to verification: our own issuers, asked before any network, and the network itself.

`awarding` stands beside this context, so `config` registers its implementation:

    from jalon.verification import connectors
    connectors.register_own_issuers(queries.OwnIssuers())
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from django.utils import timezone

from jalon.foundation import clock
from jalon.foundation.fetching import GuardedFetcher
from jalon.verification import queries
from jalon.verification.models import MAX_ANSWERED_FROM, StatusListCopy
from jalon.verification.rules import MAX_STATUS_LIST_BYTES, OwnOrganisation, did_of_issuer, is_did
from sceau.errors import FetchError
from sceau.ports import Fetched, Fetcher, Voucher

# A copy younger than this is used as it is; an older one only where the list is out of reach.
FRESH = timedelta(minutes=5)
KEPT = timedelta(days=30)
MOST_COPIES = 300
MAX_URL_LENGTH = 500


class OwnIssuers(Protocol):
    """Answers from our own database for the issuers that live here; no network, no error for a stranger."""

    def did_document(self, did: str) -> dict[str, object] | None:
        """The DID document of one of our issuers, or None where *did* is not ours."""
        ...

    def issuer_metadata(self, issuer: str) -> dict[str, object] | None:
        """What one of our issuers publishes for wallets, or None where its https address is not ours."""
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

    def issuer_metadata(self, issuer: str) -> dict[str, object] | None:
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


def _guarded() -> Fetcher:
    return GuardedFetcher(deadline_seconds=6.0)


_make_fetcher: Callable[[], Fetcher] = _guarded


def register_fetcher(make: Callable[[], Fetcher]) -> None:
    """Say what opens other people's addresses: the guarded fetcher unless a test says otherwise."""
    global _make_fetcher
    _make_fetcher = make


def fetcher() -> Fetcher:
    """What opens other people's addresses, for the time of one verification."""
    return Errands(_make_fetcher())


class NoNetwork:
    """A `Fetcher` that fetches nothing: what is not known here stays unknown."""

    def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        raise FetchError(f"no network is used for this verification; wanted {url}")


class Errands:
    """A `Fetcher` for one verification: few addresses, and little time for them all together."""

    def __init__(self, fetcher: Fetcher, *, most: int = 4, seconds: float = 15.0) -> None:
        self._fetcher = fetcher
        self._left = most
        self._deadline = time.monotonic() + seconds

    def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        """
        Raises:
            FetchError: As the fetcher behind it, and once the number or the time is used up.
        """
        if self._left <= 0 or time.monotonic() > self._deadline:
            raise FetchError("expected few and quick addresses, met too many or too slow")
        self._left -= 1
        return self._fetcher.fetch(url, max_bytes=max_bytes)


class OwnDocuments:
    """`DocumentSource` and `MetadataSource` over our own issuers, not asked for what no table could hold."""

    def __init__(self, own: OwnIssuers) -> None:
        self._own = own

    def did_document(self, did: str) -> dict[str, object] | None:
        return self._own.did_document(did) if is_did(did) else None

    def issuer_metadata(self, issuer: str) -> dict[str, object] | None:
        return self._own.issuer_metadata(issuer) if is_did(did_of_issuer(issuer)) else None


class StatusLists:
    """
    A `StatusSource`: our own lists from the database, others through the network with a copy to fall back on.

    Attributes:
        oldest_read_at: When the oldest of the lists handed out was obtained; None where none was.
    """

    def __init__(self, own: OwnIssuers, fetcher: Fetcher) -> None:
        self._own = own
        self._fetcher = fetcher
        self.oldest_read_at: datetime | None = None

    def status_list(self, url: str) -> Fetched:
        """
        Raises:
            FetchError: Neither the list nor a copy of it can be had.
        """
        if len(url) > MAX_URL_LENGTH or not url.isprintable():
            raise FetchError("expected the address of a status list, met something else")
        found = self._own.status_list(url) or self._fresh_copy(url) or self._fetched_or_copy(url)
        if self.oldest_read_at is None or found.fetched_at < self.oldest_read_at:
            self.oldest_read_at = found.fetched_at
        return found

    def _fresh_copy(self, url: str) -> Fetched | None:
        return _copy(url, since=clock.now() - FRESH)

    def _fetched_or_copy(self, url: str) -> Fetched:
        try:
            fetched = self._fetcher.fetch(url, max_bytes=MAX_STATUS_LIST_BYTES)
        except FetchError:
            copy = _copy(url, since=clock.now() - KEPT)
            if copy is None:
                raise
            return copy
        _keep(url, fetched)
        return fetched


def _copy(url: str, *, since: datetime) -> Fetched | None:
    row = StatusListCopy.objects.filter(url=url, fetched_at__gte=since).first()
    if row is None:
        return None
    return Fetched(
        body=bytes(row.body),
        fetched_at=row.fetched_at,
        content_type=row.content_type,
        url=row.answered_from,
    )


def _keep(url: str, fetched: Fetched) -> None:
    """Keep a copy, and let go of those that are too old or too many."""
    StatusListCopy.objects.update_or_create(
        url=url,
        defaults={
            "body": fetched.body,
            "content_type": fetched.content_type[:100],
            "answered_from": fetched.url if len(fetched.url) <= MAX_ANSWERED_FROM else "",
            "fetched_at": fetched.fetched_at,
        },
    )
    StatusListCopy.objects.filter(fetched_at__lt=clock.now() - KEPT).delete()
    kept = StatusListCopy.objects.order_by("-fetched_at").values_list("pk", flat=True)[:MOST_COPIES]
    StatusListCopy.objects.exclude(pk__in=list(kept)).delete()


class Vouchers:
    """A `TrustSource`: statements recorded here, and those who confirmed our own organisations."""

    def __init__(self, own: OwnIssuers) -> None:
        self._own = own

    def vouchers(self, issuer_id: str, *, at: datetime) -> tuple[Voucher, ...]:
        """Those who vouch for *issuer_id* at a moment, the recorded statements first."""
        did = did_of_issuer(issuer_id)
        return queries.vouchers_for(did, at=at) + self._confirmed(did, at=at)

    def _confirmed(self, did: str, *, at: datetime) -> tuple[Voucher, ...]:
        known = self._own.known_organisation(did) if is_did(did) else None
        if known is None or not known.confirmed_by or known.confirmed_at is None or known.confirmed_at > at:
            return ()
        since = timezone.localdate(known.confirmed_at)
        return (Voucher(by=known.confirmed_by, issuer_name=known.name, basis=known.basis, since=since),)
