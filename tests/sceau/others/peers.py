"""A library for Node, asked through a small script: one request in JSON a line in, one answer a line out."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools import node

HERE = Path(__file__).resolve().parent


class Peer:
    """A process of Node that answers."""

    def __init__(self, process: subprocess.Popen[str], stderr: Any) -> None:
        self._process = process
        self._stderr = stderr

    def ask(self, **request: Any) -> dict[str, Any]:
        """
        The answer to one request.

        Raises:
            AssertionError: The process ended instead of answering.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            self._stderr.seek(0)
            raise AssertionError(f"expected an answer, met: {self._stderr.read()[-2_000:]}")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def started(script: str, folder: Path = HERE) -> Iterator[Peer]:
    """
    Run *script* of *folder*, with the libraries of `.tools/node`.

    It is handed over as text, since Node looks for libraries beside the file it runs.
    """
    command = ["node", "--input-type=module", "--eval", (folder / script).read_text()]
    with (
        tempfile.TemporaryFile("w+") as stderr,
        subprocess.Popen(
            command,
            cwd=node.FOLDER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            encoding="utf-8",
        ) as process,
    ):
        yield Peer(process, stderr)
