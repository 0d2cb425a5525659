"""Places in a status list that say nothing of when, or beside whom, a credential was issued."""

from __future__ import annotations

from collections.abc import Callable

from sceau.errors import StatusIndexError

_CHUNK = 4_096


def draw(taken: bytes, *, below: Callable[[int], int], length: int | None = None) -> int:
    """
    An index nobody has had, each of those left being as likely as another.

    For whoever keeps a map of the places given out. A list with a counter and a secret can do without it, by
    a keyed permutation of the counter, as Jalon does.

    Args:
        taken: One bit for each place, index 0 in the most significant bit of the first byte; 1 if given out.
        below: A number from 0 to its argument, that excluded, from a source nobody can foresee:
            `secrets.randbelow`.
        length: Places of the list; those of *taken* unless it ends inside its last byte.

    Raises:
        StatusIndexError: Every place is given out, or *taken* is shorter than *length*.

    Source:
        W3C Bitstring Status List v1.0, section 2.1, statusListIndex («SHOULD assign indexes randomly»); IETF
        draft-ietf-oauth-status-list-17, «Unlinkability».
    """
    places = len(taken) * 8 if length is None else length
    if places > len(taken) * 8:
        raise StatusIndexError(f"expected a map of {places} places, met one of {len(taken) * 8}")
    whole = taken[: places // 8]
    spare = places % 8
    rest = bytes([taken[places // 8] | 0xFF >> spare]) if spare else b""
    free = places - _count(whole) - (_count(rest) - (8 - spare) if spare else 0)
    if free <= 0:
        raise StatusIndexError("expected a list with a place left, met a full one")
    return _nth_free(whole + rest, below(free))


def _count(bits: bytes) -> int:
    return int.from_bytes(bits, "big").bit_count()


def _nth_free(taken: bytes, number: int) -> int:
    """The index of the free place that has *number* free ones before it."""
    for start in range(0, len(taken), _CHUNK):
        chunk = taken[start : start + _CHUNK]
        free = len(chunk) * 8 - _count(chunk)
        if number >= free:
            number -= free
            continue
        for position, byte in enumerate(chunk):
            for shift in range(8):
                if not byte & 0x80 >> shift:
                    if number == 0:
                        return (start + position) * 8 + shift
                    number -= 1
    raise StatusIndexError("expected a number below the count of free places, met a larger one")
