"""The reference pages say what the code says."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_reference_pages_are_up_to_date() -> None:
    command = [sys.executable, "tools/reference.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


def test_each_environment_variable_read_by_the_code_is_declared() -> None:
    from jalon.config.environment import VARIABLES

    declared = {variable.name for variable in VARIABLES}
    read = set()
    for path in (ROOT / "src" / "jalon").rglob("*.py"):
        read |= set(re.findall(r"""["'](JALON_[A-Z_]+|DATABASE_URL)["']""", path.read_text(encoding="utf-8")))

    assert read - declared == set()


def test_each_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8").lower()
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    wanted = [requirement for group in groups for requirement in group]
    names = {re.split(r"[<>=\[]", requirement)[0].lower() for requirement in wanted}

    missing = {name for name in names if name not in page and not name.startswith("types-")}

    assert missing == set()
