"""
Bitstring Status List: one value per credential, published for everybody, so that nobody learns which one is
looked up.

Values have 1 to 8 bits, one after the other from the most significant bit of the first byte on, across the
borders of bytes where the size is not a power of two.

Source:
    W3C Bitstring Status List v1.0.
"""

from __future__ import annotations

from collections.abc import Mapping

from sceau.errors import StatusListError, StatusListTooShortError
from sceau.status import packing

MINIMUM_LENGTH = 131_072
"""Values. A shorter list would single holders out (section 6.1, Group Privacy)."""
MAX_BYTES = packing.MAX_BYTES
MAX_SIZE = 8
"""Bits of one value that are read here; the standard sets no end."""


def encode(bits: bytes, *, size: int = 1) -> str:
    """
    Compress a status bit string for publication.

    Args:
        bits: The values, that of index 0 in the most significant bits of the first byte.
        size: Bits of one value.

    Returns:
        Multibase base64url without padding: ``"u"`` + GZIP of *bits*. The same bits always give the same
        text.

    Raises:
        StatusListTooShortError: Under 131,072 values, holders could be singled out.
        StatusListError: A size that is not from 1 to 8.

    Source:
        Section 3.3, Bitstring Generation Algorithm.
    """
    _check_length(bits, size)
    return "u" + packing.deflate(bits, packing.GZIP)


def decode(encoded: object, *, size: int = 1, max_bytes: int = MAX_BYTES) -> bytes:
    """
    The inverse of `encode`.

    Args:
        max_bytes: Decompression stops there: a few kilobytes can inflate to gigabytes.

    Raises:
        StatusListError: Not ``u`` + base64url + GZIP, or larger than *max_bytes*.
        StatusListTooShortError: Fewer than 131,072 values.

    Source:
        Section 3.4, Bitstring Expansion Algorithm.
    """
    if not isinstance(encoded, str) or not encoded.startswith("u"):
        raise StatusListError("expected encodedList to be multibase base64url, which starts with u")
    bits = packing.inflate(encoded[1:], packing.GZIP, max_bytes=max_bytes)
    _check_length(bits, size)
    return bits


def build(values: Mapping[int, int], *, length: int = MINIMUM_LENGTH, size: int = 1) -> bytes:
    """
    A bit string of *length* values: those given by index, 0 elsewhere.

    Raises:
        StatusIndexError: An index outside.
        StatusListError: A value that does not fit, or a size that is not from 1 to 8.
    """
    _check_size(size)
    bits = bytearray(packing.room(length, size))
    for index, given in values.items():
        packing.check_index(index, length)
        packing.check_value(given, size)
        _put(bits, index, given, size)
    return bytes(bits)


def value(bits: bytes, index: int, *, size: int = 1) -> int:
    """
    The value of one credential.

    Raises:
        StatusIndexError: Outside the list.

    Source:
        Section 3.2, Validate Algorithm, step 10: the index multiplied by the size.
    """
    packing.check_index(index, len(bits) * 8 // size)
    window, below = _window(bits, index, size)
    return (window >> below) & ((1 << size) - 1)


def with_value(bits: bytes, index: int, given: int, *, size: int = 1) -> bytes:
    """
    A copy of *bits* with one value changed.

    Raises:
        StatusIndexError: Outside the list.
        StatusListError: A value that does not fit in *size* bits.
    """
    packing.check_index(index, len(bits) * 8 // size)
    packing.check_value(given, size)
    changed = bytearray(bits)
    _put(changed, index, given, size)
    return bytes(changed)


def bit(bits: bytes, index: int) -> bool:
    """The value of one credential in a list of single bits, as `value`."""
    return bool(value(bits, index))


def with_bit(bits: bytes, index: int, given: bool) -> bytes:
    """A copy of a list of single bits with one changed, as `with_value`."""
    return with_value(bits, index, int(given))


def _window(bits: bytes | bytearray, index: int, size: int) -> tuple[int, int]:
    """The one or two bytes that hold a value, as a number, and how many bits come after the value."""
    first, last = index * size // 8, (index * size + size - 1) // 8
    return int.from_bytes(bits[first : last + 1], "big"), (last + 1) * 8 - (index + 1) * size


def _put(bits: bytearray, index: int, given: int, size: int) -> None:
    window, below = _window(bits, index, size)
    first, last = index * size // 8, (index * size + size - 1) // 8
    window = window & ~(((1 << size) - 1) << below) | given << below
    bits[first : last + 1] = window.to_bytes(last + 1 - first, "big")


def _check_size(size: int) -> None:
    if not 1 <= size <= MAX_SIZE:
        raise StatusListError(f"expected values of 1 to {MAX_SIZE} bits, met {size}")


def _check_length(bits: bytes, size: int) -> None:
    _check_size(size)
    if (met := len(bits) * 8 // size) < MINIMUM_LENGTH:
        raise StatusListTooShortError(f"expected at least {MINIMUM_LENGTH} values, met {met}")
