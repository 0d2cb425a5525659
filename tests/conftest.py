"""
Fixtures for all tests.

Nothing here depends on a machine: the data folder is temporary, the database is SQLite unless DATABASE_URL says
otherwise, and time is real unless a test holds it still with `jalon.foundation.clock.frozen`.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

# Before Django reads its settings.
os.environ.setdefault("JALON_DATA_DIR", tempfile.mkdtemp(prefix="jalon-tests-"))
os.environ.setdefault("JALON_KEY_ENCRYPTION_KEY", "dGVzdHMtb25seS0zMi1ieXRlcy1rZXktZW5jcnlwdCE")
os.environ.setdefault("JALON_SECRET_KEY", "tests-only")

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
