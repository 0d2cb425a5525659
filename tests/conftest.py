"""
Fixtures for all tests.

Nothing depends on a machine: `tests/settings.py` makes the data folder temporary, the database is SQLite
unless DATABASE_URL says otherwise, and time is real unless a test holds it still with
`jalon.foundation.clock.frozen`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long a machine takes says nothing about the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published vectors and schemas that lies beside the project; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of published vectors is not beside the project")
    return SHARED


@pytest.fixture(scope="session")
def vectors(shared: Path) -> Path:
    """Published test vectors of the standards bodies."""
    return shared / "vectors"
