"""
Run every test: on SQLite with all of them, then on a real PostgreSQL those that touch a database.

    python tools/test.py            everything
    python tools/test.py sqlite     the first run alone
    python tools/test.py postgresql the second run alone
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

PROCESSES = str(min(os.cpu_count() or 2, 8))
COMMON = ["-q", "-n", PROCESSES, "--dist", "loadgroup", "-p", "no:cacheprovider"]


def _say(title: str) -> None:
    print(f"\n== {title} ==", flush=True)


def run(selected: str) -> int:
    """Run the selected parts; 0 only when each passed."""
    # A test must not depend on what happens to be set in somebody's shell.
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("JALON_") or name == "JALON_TEST_BROWSER"
    }
    clean.pop("DATABASE_URL", None)
    failed = 0
    started = time.monotonic()
    if selected in {"all", "sqlite"}:
        _say("SQLite: unit, property, web, real browser")
        failed |= subprocess.run([sys.executable, "-m", "pytest", *COMMON], env=clean).returncode
    if selected in {"all", "postgresql"}:
        _say("PostgreSQL: all that touches a database")
        command = [sys.executable, "tools/with_postgresql.py", sys.executable, "-m", "pytest", *COMMON]
        # How pages look and what they weigh does not depend on the database: axe went over them above.
        where = ["tests/jalon", "tests/journeys", "--ignore=tests/journeys/test_pages.py"]
        failed |= subprocess.run([*command, *where], env=clean).returncode
    print(f"\nAll tests took {time.monotonic() - started:.0f} s.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1] if len(sys.argv) > 1 else "all"))
