"""Places in a status list: each given out once, in an order that a stranger cannot foresee."""

from __future__ import annotations

import hashlib

CAPACITY = 131_072
"""Bits of one list: the least that a published list may have, so that holders hide among each other."""

OPEN_UNTIL = CAPACITY * 3 // 4
"""A list is closed when three quarters are given out, and another one opened."""

_HALF_BITS = 9
_HALF = (1 << _HALF_BITS) - 1
_ROUNDS = 4


def place(secret: bytes, number: int) -> int:
    """
    The *number*-th place of a list: a permutation of 0 … 131 071 that depends on *secret*.

    A counter alone would tell who was awarded just before whom. A Feistel network over 18 bits is a
    permutation whatever its round function; walking on while the result is out of range keeps it one over
    17 bits.

    Args:
        secret: At least 16 random bytes, one per list.
        number: 0 … 131 071, each used once.
    """
    if not 0 <= number < CAPACITY:
        raise ValueError(f"expected a number from 0 to {CAPACITY - 1}, met {number}")
    met = number
    while True:
        met = _shuffled(secret, met)
        if met < CAPACITY:
            return met


def _shuffled(secret: bytes, number: int) -> int:
    left, right = number >> _HALF_BITS, number & _HALF
    for turn in range(_ROUNDS):
        digest = hashlib.blake2b(
            bytes((turn, right >> 8, right & 255)), key=secret[:64], digest_size=2
        ).digest()
        left, right = right, left ^ (int.from_bytes(digest, "big") & _HALF)
    return left << _HALF_BITS | right


def bits_with(places: list[int]) -> bytes:
    """A list's bits with those of *places* set; place 0 is the most significant bit of the first byte."""
    bits = bytearray(CAPACITY // 8)
    for each in places:
        bits[each // 8] |= 0x80 >> each % 8
    return bytes(bits)
