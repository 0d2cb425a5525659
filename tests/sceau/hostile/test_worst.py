"""The worst attacks stay within bounds of memory; how long they take is measured by hand (`worst.py`)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MEGABYTES = 300
WORST = (
    "Drawings and pictures that carry a credential: 400,000 attributes",
    "Drawings and pictures that carry a credential: elements 1,600,000 deep",
    "Drawings and pictures that carry a credential: elements 140,000 deep, closed again",
    "Meaning: 390,000 values",
    "Meaning: trees of blank nodes that look alike, 4 wide",
    "Proofs: 2 MB of options",
    "Reading: 50 MB in one text",
    "Reading: lists 900,000 deep, never closed",
    "Status lists: 8 million empty arrays",
    "Status lists: 8 million empty objects",
    "Status lists: a list of 16 MiB",
    "Status lists: a list that inflates to 1 GB",
    "Status lists: a token list: that inflates to 1 GB",
    "Tokens: a million dots",
)


@pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="memory is measured through /proc, of Linux"
)
def test_the_worst_attacks_stay_within_bounds_of_memory() -> None:
    command = [sys.executable, "-m", "tests.sceau.hostile.worst", *WORST]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)

    assert done.returncode == 0, done.stderr
    costs = dict(json.loads(done.stdout))
    assert set(costs) == set(WORST)
    assert {name: cost for name, cost in costs.items() if cost > MEGABYTES} == {}
