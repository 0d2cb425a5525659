"""Places drawn at random: never twice, each as likely as another, one number asked for each."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sceau.errors import StatusIndexError
from sceau.status import bitstring
from sceau.status.places import draw


@given(st.binary(min_size=1, max_size=40), st.integers(0, 7), st.data())
def test_every_free_place_has_its_number(taken: bytes, cut: int, data: st.DataObject) -> None:
    length = len(taken) * 8 - cut
    free = [index for index in range(length) if not bitstring.bit(taken, index)]

    if not free:
        with pytest.raises(StatusIndexError):
            draw(taken, below=lambda count: 0, length=length)
        return
    asked: list[int] = []
    number = data.draw(st.integers(0, len(free) - 1))

    def below(count: int) -> int:
        asked.append(count)
        return number

    # One to one: where the numbers are uniform, so are the places.
    assert draw(taken, below=below, length=length) == free[number]
    assert asked == [len(free)]


def test_a_list_is_filled_without_giving_a_place_twice() -> None:
    source = random.Random(7)
    taken = bytes(125)
    met: list[int] = []

    for _ in range(1_000):
        index = draw(taken, below=source.randrange)
        met.append(index)
        taken = bitstring.with_bit(taken, index, True)

    assert sorted(met) == list(range(1_000))
    assert met[:500] != sorted(met[:500])
    with pytest.raises(StatusIndexError):
        draw(taken, below=source.randrange)


def test_the_map_must_cover_the_list() -> None:
    with pytest.raises(StatusIndexError):
        draw(bytes(2), below=lambda count: 0, length=17)
    assert draw(bytes(2), below=lambda count: count - 1, length=10) == 9


def test_a_number_that_is_too_large_is_refused() -> None:
    with pytest.raises(StatusIndexError):
        draw(bytes(2), below=lambda count: count)
    with pytest.raises(StatusIndexError):
        draw(bytes(2), below=lambda count: count, length=10)
