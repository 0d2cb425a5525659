from __future__ import annotations

import base64
import gzip
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sceau.errors import StatusIndexError, StatusListError, StatusListTooShortError
from sceau.status import bitstring

EMPTY = bytes(bitstring.MINIMUM_LENGTH // 8)


def packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def test_the_published_example_is_read() -> None:
    # W3C Bitstring Status List v1.0, example 2: no bit is set.
    encoded = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"

    assert bitstring.decode(encoded) == EMPTY


def test_index_0_is_the_most_significant_bit_of_the_first_byte() -> None:
    assert bitstring.with_bit(EMPTY, 0, True)[0] == 0b1000_0000
    assert bitstring.with_bit(EMPTY, 7, True)[0] == 0b0000_0001
    assert bitstring.with_bit(EMPTY, 8, True)[1] == 0b1000_0000


@given(
    st.sets(st.integers(0, bitstring.MINIMUM_LENGTH - 1), max_size=20),
    st.integers(0, bitstring.MINIMUM_LENGTH - 1),
)
@settings(max_examples=30, deadline=None)
def test_round_trip(indexes: set[int], other: int) -> None:
    bits = EMPTY
    for index in indexes:
        bits = bitstring.with_bit(bits, index, True)

    met = bitstring.decode(bitstring.encode(bits))

    assert met == bits
    assert all(bitstring.bit(met, index) for index in indexes)
    assert bitstring.bit(met, other) == (other in indexes)
    assert not bitstring.bit(bitstring.with_bit(met, other, False), other)


def test_the_same_bits_give_the_same_text() -> None:
    assert bitstring.encode(EMPTY) == bitstring.encode(EMPTY)


def test_short_lists_are_refused_both_ways() -> None:
    with pytest.raises(StatusListTooShortError):
        bitstring.encode(EMPTY[1:])
    with pytest.raises(StatusListTooShortError):
        bitstring.decode(packed(gzip.compress(EMPTY[1:])))


@pytest.mark.parametrize(
    "encoded",
    [
        None,
        5,
        "",
        "u",
        "z6Mk",
        "u!!!!",
        "uAAAA",
        bitstring.encode(EMPTY)[1:],
        bitstring.encode(EMPTY)[:-8],
        packed(EMPTY),
        "uH4sIé",
        "u" + "A" * 9_000_000,
    ],
)
def test_other_texts_are_refused(encoded: object) -> None:
    with pytest.raises(StatusListError):
        bitstring.decode(encoded)


def test_a_list_that_inflates_to_a_gigabyte_is_refused_in_bounded_time_and_memory() -> None:
    block = gzip.compress(bytes(1 << 24))
    bomb = packed(block * 64)  # GZIP members follow each other: a gigabyte in all
    one = packed(block)
    tracemalloc.start()
    started = time.perf_counter()

    for encoded in (bomb, one):
        with pytest.raises(StatusListError):
            bitstring.decode(encoded)

    assert time.perf_counter() - started < 5
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("index", [-1, bitstring.MINIMUM_LENGTH, 10**12])
def test_an_index_outside_is_refused(index: int) -> None:
    with pytest.raises(StatusIndexError):
        bitstring.bit(EMPTY, index)
    with pytest.raises(StatusIndexError):
        bitstring.with_bit(EMPTY, index, True)
