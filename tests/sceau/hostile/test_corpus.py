"""Every attack of the corpus has the answer that the table says, within bounds."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.sceau.hostile.corpus.vectors import VECTORS
from tests.sceau.hostile.good import Attack
from tests.sceau.hostile.table import CHAPTERS

CASES = [
    pytest.param(attack, id=f"{chapter.partition(':')[0]}: {attack.name}".encode("ascii", "replace").decode())
    for chapter, attacks in CHAPTERS.items()
    for attack in attacks
]


@pytest.mark.parametrize("attack", CASES)
def test_an_attack_has_its_answer(attack: Attack) -> None:
    if attack.vector and not (VECTORS / attack.vector).exists():
        pytest.skip(f"the vector {attack.vector} is not beside the project")

    assert attack.ask() == attack.expected


def test_each_attack_is_there_once() -> None:
    names = Counter((chapter, attack.name) for chapter, attacks in CHAPTERS.items() for attack in attacks)

    assert [name for name, count in names.items() if count > 1] == []
