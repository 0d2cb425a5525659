"""100 million credentials in one list: what a verifier fetches, how often, and what it keeps in memory."""

from __future__ import annotations

import random
import tracemalloc

import pytest

from sceau.did import did_key
from sceau.did.resolver import Resolver
from sceau.issuing import issue_status_list, issue_token_status_list
from sceau.ports import Fetched
from sceau.status import entries
from sceau.status.entries import Entry, Purpose
from sceau.status.token_list import StatusList
from sceau.testing import EXAMPLE_MOMENT, MemoryFetcher, key_signer
from sceau.verifying import statuses, token_statuses
from sceau.verifying.policy import Policy
from sceau.verifying.report import Check, Outcome

CREDENTIALS = 100_000_000
LIST = "https://cdn.example.org/status/1"
SIGNER = key_signer()
DID = did_key.did(SIGNER.public_key_multibase)
REVOKED, GOOD = 99_999_999, 99_999_998
MOST_MEMORY = 140_000_000


class Kept:
    """A `StatusSource` that asks for a list once and keeps it, as any HTTP cache would."""

    def __init__(self, fetcher: MemoryFetcher, max_bytes: int) -> None:
        self._fetcher = fetcher
        self._max_bytes = max_bytes
        self._copies: dict[str, Fetched] = {}

    def status_list(self, url: str) -> Fetched:
        if url not in self._copies:
            self._copies[url] = self._fetcher.fetch(url, max_bytes=self._max_bytes)
        return self._copies[url]


def one_in(power: int) -> bytes:
    """Bits of 100 million credentials, one in 2^power set at random; the last is, its neighbour is not."""
    source = random.Random(power)
    length = CREDENTIALS // 8
    number = int.from_bytes(source.randbytes(length), "big")
    for _ in range(power - 1):
        number &= int.from_bytes(source.randbytes(length), "big")
    return (number >> 2 << 2 | 1).to_bytes(length, "big")


def policy_for(fetcher: MemoryFetcher) -> Policy:
    plain = Policy(resolver=Resolver())
    return Policy(resolver=Resolver(), statuses=Kept(fetcher, plain.max_status_list_bytes))


def check_three(body: bytes, check: object, most_bytes: int) -> None:
    assert callable(check)
    assert len(body) < most_bytes
    fetcher = MemoryFetcher({LIST: body})
    policy = policy_for(fetcher)
    tracemalloc.start()

    met: list[Check] = [check(policy, index) for index in (REVOKED, GOOD, CREDENTIALS)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [(each.outcome, each.code) for each in met] == [
        (Outcome.FAILED, "status.revoked"),
        (Outcome.PASSED, ""),
        (Outcome.INDETERMINATE, "status.index"),
    ]
    assert fetcher.asked == [LIST]
    assert peak < MOST_MEMORY


def in_bitstring(policy: Policy, index: int) -> Check:
    entry = entries.write(Entry(LIST, index, Purpose.REVOCATION))
    return statuses.check(entry, issuer_id=DID, at=EXAMPLE_MOMENT, policy=policy)


def in_token_list(policy: Policy, index: int) -> Check:
    place = {"status_list": {"idx": index, "uri": LIST}}
    return token_statuses.check(place, signed_by=SIGNER.public_key, at=EXAMPLE_MOMENT, policy=policy)


def a_list(bits: bytes) -> bytes:
    return issue_status_list(
        list_url=LIST,
        issuer_id=DID,
        purpose="revocation",
        bits=bits,
        signer=SIGNER,
        created=EXAMPLE_MOMENT,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("power", "most_bytes"),
    [(1, 17_000_000), (7, 2_000_000)],
    ids=["half of them, which nothing compresses", "one in 128"],
)
def test_a_list_of_a_hundred_million(power: int, most_bytes: int) -> None:
    check_three(a_list(one_in(power)), in_bitstring, most_bytes)


@pytest.mark.slow
def test_a_token_list_of_a_hundred_million() -> None:
    bits = one_in(1)
    # The first index is in the least significant bit here: the last two change places.
    bits = bits[:-1] + bytes([0b1011_1111 & bits[-1] | 0b1000_0000])
    body = issue_token_status_list(uri=LIST, statuses=StatusList(bits), signer=SIGNER, created=EXAMPLE_MOMENT)

    check_three(body, in_token_list, 23_000_000)
