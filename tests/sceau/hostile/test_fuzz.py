"""Each fuzz target for a short while; `make fuzz` gives them longer."""

from __future__ import annotations

import importlib.util

import pytest
from fuzz.__main__ import MISSING, run
from fuzz.targets import TARGETS, dictionary, start_from

HAS_ATHERIS = importlib.util.find_spec("atheris") is not None
GROUPS = [list(TARGETS)[start::4] for start in range(4)]
"""To instrument the engine takes as long as to fuzz one target."""


@pytest.mark.parametrize("name", TARGETS)
def test_good_input_is_read(name: str) -> None:
    for data in start_from(name).values():
        TARGETS[name](data)
    assert start_from(name)
    assert dictionary(name).count('"') % 2 == 0


@pytest.mark.slow
@pytest.mark.skipif(not HAS_ATHERIS, reason=MISSING)
@pytest.mark.parametrize("names", GROUPS, ids=" ".join)
def test_nothing_else_escapes_from_a_parser(names: list[str]) -> None:
    found = list(run(names, seconds=2))

    assert [(name, wrong) for name, _, wrong in found if wrong] == []
    assert all(executed for _, executed, _ in found)
    assert [name for name, _, _ in found] == names
