"""A flipped bit is noticed, wherever it is."""

from __future__ import annotations

import pytest
from tests.sceau.hostile.flips import PARTS, Part


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_flipped_bit_is_noticed(part: Part) -> None:
    assert part.holds(part.make()) is not part.name.endswith(("signed list", "list, whole"))
    assert part.unnoticed() == []
