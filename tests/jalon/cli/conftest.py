"""The commands, run in this process with a data folder of their own."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jalon.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples"


@dataclass(frozen=True)
class Ran:
    """What a command left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Jalon = Callable[..., Ran]


@pytest.fixture
def jalon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Jalon:
    """Runs ``jalon ARGUMENTS…``; `stdin` gives bytes to its standard input, the rest is environment."""
    monkeypatch.setenv("JALON_DATA_DIR", str(tmp_path / "data"))
    for name in (
        "DATABASE_URL",  # what these commands know of a database is what lies in their own data folder
        "JALON_PUBLIC_URL",
        "JALON_KEY_ENCRYPTION_KEY",
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "JALON_DEBUG",
    ):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object, stdin: bytes = b"", **environment: str) -> Ran:
        with monkeypatch.context() as patched:
            for name, value in environment.items():
                patched.setenv(name, value)
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            try:
                code = main([str(argument) for argument in arguments])
            except SystemExit as left:
                code = int(left.code or 0)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture
def specification() -> Path:
    return EXAMPLES / "specification.yaml"


@pytest.fixture
def holders(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a CSV list."""

    def write(text: str, name: str = "liste.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write
