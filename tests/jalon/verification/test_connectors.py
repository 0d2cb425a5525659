"""Copies of other people's lists: used when out of reach, bounded in age and number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.factories.verification import LIST_URL, NOW, MemoryOwnIssuers

from jalon.foundation import clock
from jalon.verification import connectors
from jalon.verification.models import StatusListCopy
from sceau.errors import FetchError
from sceau.ports import Fetched
from sceau.testing import MemoryFetcher

pytestmark = pytest.mark.django_db
URL = "https://ailleurs.example.org/status/1"


def lists(fetcher: MemoryFetcher) -> connectors.StatusLists:
    return connectors.StatusLists(connectors.NoOwnIssuers(), fetcher)


def test_a_list_is_kept_and_used_again_while_fresh() -> None:
    network = MemoryFetcher({URL: b"liste"}, fetched_at=NOW)

    with clock.frozen(NOW):
        lists(network).status_list(URL)
    with clock.frozen(NOW + timedelta(minutes=4)):
        again = lists(network)
        found = again.status_list(URL)

    assert network.asked == [URL]
    assert (found.body, found.fetched_at, again.oldest_read_at) == (b"liste", NOW, NOW)


def test_a_copy_keeps_where_the_list_was_answered_from() -> None:
    class Redirecting(MemoryFetcher):
        def fetch(self, url: str, *, max_bytes: int) -> Fetched:
            return replace(super().fetch(url, max_bytes=max_bytes), url="https://copies.example.org/1")

    network = Redirecting({URL: b"liste"}, fetched_at=NOW)

    with clock.frozen(NOW):
        first, again = (lists(network).status_list(URL) for _ in range(2))

    assert network.asked == [URL]
    assert first.url == again.url == "https://copies.example.org/1"


def test_an_older_copy_is_asked_for_anew() -> None:
    network = MemoryFetcher({URL: b"liste"}, fetched_at=NOW)
    with clock.frozen(NOW):
        lists(network).status_list(URL)

    with clock.frozen(NOW + timedelta(minutes=6)):
        lists(MemoryFetcher({URL: b"nouvelle"}, fetched_at=NOW + timedelta(minutes=6))).status_list(URL)

    assert bytes(StatusListCopy.objects.get().body) == b"nouvelle"


def test_a_copy_older_than_a_month_is_not_used() -> None:
    StatusListCopy.objects.create(url=URL, body=b"liste", fetched_at=NOW - timedelta(days=31))

    with clock.frozen(NOW), pytest.raises(FetchError):
        lists(MemoryFetcher()).status_list(URL)


def test_copies_are_bounded_in_age_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connectors, "MOST_COPIES", 3)
    for number, age in enumerate((40, 2, 3, 4, 5)):
        StatusListCopy.objects.create(
            url=f"{URL}{number}", body=b"liste", fetched_at=NOW - timedelta(days=age)
        )

    with clock.frozen(NOW):
        lists(MemoryFetcher({URL: b"liste"}, fetched_at=NOW)).status_list(URL)

    assert set(StatusListCopy.objects.values_list("url", flat=True)) == {URL, f"{URL}1", f"{URL}2"}


def test_our_own_lists_are_never_copied() -> None:
    own = connectors.StatusLists(MemoryOwnIssuers(), MemoryFetcher())

    own.status_list(LIST_URL)

    assert not StatusListCopy.objects.exists()
    assert own.oldest_read_at == NOW


@pytest.mark.parametrize("url", ["", "https://x/" + "a" * 600, "https://x/\u0000", "https://x/\n"])
def test_an_address_that_no_table_takes_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        lists(MemoryFetcher()).status_list(url)
