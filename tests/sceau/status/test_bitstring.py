"""The W3C's bit strings: values of 1 to 8 bits, most significant bit first."""

from __future__ import annotations

import base64
import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sceau.errors import StatusIndexError, StatusListError, StatusListTooShortError
from sceau.status import bitstring, packing

EMPTY = bytes(bitstring.MINIMUM_LENGTH // 8)


def packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def inflating_to_a_gigabyte() -> bytes:
    """
    One GZIP member without end: blocks that refer to nothing before them can be repeated as they are.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    return bytes.fromhex("1f8b0800000000000003") + block * 64


def test_the_published_example_is_read_and_written_byte_for_byte() -> None:
    # W3C Bitstring Status List v1.0, example 3: no bit is set.
    encoded = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"

    assert bitstring.decode(encoded) == EMPTY
    assert bitstring.encode(EMPTY) == encoded


def test_index_0_is_the_most_significant_bit_of_the_first_byte() -> None:
    assert bitstring.with_bit(EMPTY, 0, True)[0] == 0b1000_0000
    assert bitstring.with_bit(EMPTY, 7, True)[0] == 0b0000_0001
    assert bitstring.with_bit(EMPTY, 8, True)[1] == 0b1000_0000


@pytest.mark.parametrize(
    ("size", "index", "given", "expected"),
    [
        (2, 0, 0b10, "80 00 00"),
        (2, 5, 0b11, "00 30 00"),
        (4, 1, 0b1001, "09 00 00"),
        (8, 2, 0xAB, "00 00 ab"),
        (3, 2, 0b101, "02 80 00"),  # bits 6 to 8: across the border
        (5, 3, 0b10001, "00 01 10"),  # bits 15 to 19
        (7, 1, 0b1111111, "01 fc 00"),
    ],
)
def test_a_value_lies_at_its_index_times_its_size(size: int, index: int, given: int, expected: str) -> None:
    bits = bitstring.with_value(bytes(3), index, given, size=size)

    assert bits == bytes.fromhex(expected)
    assert bitstring.value(bits, index, size=size) == given


@given(
    st.integers(1, 8).flatmap(
        lambda size: st.tuples(
            st.just(size),
            st.dictionaries(st.integers(0, 131_071), st.integers(0, (1 << size) - 1), max_size=20),
        )
    ),
    st.integers(0, bitstring.MINIMUM_LENGTH - 1),
)
@settings(max_examples=40, deadline=None)
def test_round_trip_of_every_size(case: tuple[int, dict[int, int]], other: int) -> None:
    size, values = case
    bits = bitstring.build(values, size=size)

    met = bitstring.decode(bitstring.encode(bits, size=size), size=size)

    assert met == bits
    assert {index: bitstring.value(met, index, size=size) for index in values} == values
    assert bitstring.value(met, other, size=size) == values.get(other, 0)


@given(st.integers(1, 8), st.binary(min_size=8, max_size=8), st.integers(0, 7), st.integers(0, 255))
def test_a_changed_value_leaves_its_neighbours_alone(size: int, bits: bytes, index: int, given: int) -> None:
    given &= (1 << size) - 1
    count = len(bits) * 8 // size

    changed = bitstring.with_value(bits, index, given, size=size)

    for each in range(count):
        expected = given if each == index else bitstring.value(bits, each, size=size)
        assert bitstring.value(changed, each, size=size) == expected


def test_the_same_bits_give_the_same_text() -> None:
    bits = bitstring.build({5: 1, 131_071: 1})

    assert bitstring.encode(bits) == bitstring.encode(bits)
    assert gzip.decompress(base64.urlsafe_b64decode(bitstring.encode(bits)[1:] + "==")) == bits


def test_short_lists_are_refused_both_ways() -> None:
    with pytest.raises(StatusListTooShortError):
        bitstring.encode(EMPTY[1:])
    with pytest.raises(StatusListTooShortError):
        bitstring.decode(packed(gzip.compress(EMPTY[1:])))


def test_the_least_length_is_one_of_values_and_not_of_bits() -> None:
    with pytest.raises(StatusListTooShortError):
        bitstring.encode(EMPTY, size=2)
    with pytest.raises(StatusListTooShortError):
        bitstring.decode(bitstring.encode(EMPTY), size=2)
    assert bitstring.decode(bitstring.encode(EMPTY * 2, size=2), size=2) == EMPTY * 2


@pytest.mark.parametrize("size", [0, -1, 9, 64])
def test_other_sizes_are_refused(size: int) -> None:
    with pytest.raises(StatusListError):
        bitstring.encode(EMPTY * 9, size=size)
    with pytest.raises(StatusListError):
        bitstring.build({}, size=size)


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
        bitstring.encode(EMPTY) + "=",
        "U" + bitstring.encode(EMPTY)[1:],
        bitstring.encode(EMPTY).replace("-", "+"),
        packed(EMPTY),
        packed(zlib.compress(EMPTY)),
        packed(gzip.compress(EMPTY, mtime=0) + b"\0"),
        packed(gzip.compress(EMPTY, mtime=0) + gzip.compress(EMPTY, mtime=0)),
        "uH4sIé",
    ],
)
def test_other_texts_are_refused(encoded: object) -> None:
    with pytest.raises(StatusListError) as raised:
        bitstring.decode(encoded)

    assert raised.value.code == "status.invalid"


def test_a_text_longer_than_any_list_is_refused() -> None:
    with pytest.raises(StatusListError):
        bitstring.decode("u" + "A" * (2 * packing.MAX_BYTES + 4))


def test_a_flipped_bit_of_the_compressed_list_is_noticed() -> None:
    data = bytearray(gzip.compress(bitstring.build({7: 1}), mtime=0))
    for position in range(len(data) - 8, len(data)):  # its checksum and its length
        changed = bytes(data[:position]) + bytes([data[position] ^ 1]) + bytes(data[position + 1 :])
        with pytest.raises(StatusListError):
            bitstring.decode(packed(changed))


def test_a_list_that_inflates_to_a_gigabyte_is_refused_in_bounded_memory() -> None:
    endless = packed(inflating_to_a_gigabyte())
    one = gzip.compress(bytes(1 << 24), mtime=0)
    members = packed(one * 64)  # GZIP members follow each other: a gigabyte in all
    too_long = packed(gzip.compress(bytes(packing.MAX_BYTES + 1), mtime=0))
    tracemalloc.start()

    for encoded in (endless, members, too_long):
        with pytest.raises(StatusListError):
            bitstring.decode(encoded)

    assert tracemalloc.get_traced_memory()[1] < 80_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("index", [-1, bitstring.MINIMUM_LENGTH, 10**12])
def test_an_index_outside_is_refused(index: int) -> None:
    with pytest.raises(StatusIndexError):
        bitstring.bit(EMPTY, index)
    with pytest.raises(StatusIndexError):
        bitstring.with_bit(EMPTY, index, True)
    with pytest.raises(StatusIndexError):
        bitstring.build({index: 1})


def test_the_last_index_of_each_size() -> None:
    for size in range(1, 9):
        bits = bitstring.build({131_071: 1}, size=size)

        assert bitstring.value(bits, 131_071, size=size) == 1
        with pytest.raises(StatusIndexError):
            bitstring.value(bits, len(bits) * 8 // size, size=size)


@pytest.mark.parametrize("given", [-1, 4])
def test_a_value_that_does_not_fit_is_refused(given: int) -> None:
    with pytest.raises(StatusListError):
        bitstring.build({0: given}, size=2)
    with pytest.raises(StatusListError):
        bitstring.with_value(EMPTY, 0, given, size=2)
