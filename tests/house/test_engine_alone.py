"""The engine stands alone: anybody can install it without the platform."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from sceau.issuing import issue
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "src" / "sceau"
# Names to import, where they differ from the names to install.
PACKAGES = {"pkcs11": "python-pkcs11"}

ALONE = """
import importlib, pkgutil, sys

for name in ("django", "jalon"):
    sys.modules[name] = None
import sceau

for module in pkgutil.walk_packages(sceau.__path__, "sceau."):
    importlib.import_module(module.name)
assert sceau.__file__.startswith(sys.argv[1]), sceau.__file__
from sceau.cli import main

raise SystemExit(main(["verify", sys.argv[2]]))
"""


def project(path: Path) -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((path / "pyproject.toml").read_text())["project"]
    return found


def test_every_module_is_read_and_a_credential_verified_without_the_platform(tmp_path: Path) -> None:
    shutil.copytree(ENGINE, tmp_path / "sceau", ignore=shutil.ignore_patterns("__pycache__"))
    credential = tmp_path / "credential.json"
    credential.write_bytes(issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT))

    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(tmp_path), str(credential)],
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    assert "Is it intact? ok" in done.stdout


def test_what_it_asks_for_is_what_it_imports() -> None:
    asked = project(ENGINE)
    names = {line.partition(">")[0] for line in asked["dependencies"]}  # type: ignore[attr-defined] # a list
    extras = {
        line.partition(">")[0]
        for lines in asked["optional-dependencies"].values()  # type: ignore[attr-defined] # a table
        for line in lines
    }

    assert {PACKAGES.get(name, name) for name in imported()} == names | extras | {"openbadgeslib"}


def imported() -> set[str]:
    """Top names that the engine imports and that Python does not bring."""
    found = set()
    for path in ENGINE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add(str(node.module).partition(".")[0])
    # Only data files are read from this one: see sceau.canon.contexts.
    return (found - set(sys.stdlib_module_names) - {"sceau"}) | {"openbadgeslib"}


def test_it_asks_for_the_same_versions_as_the_platform() -> None:
    platform = project(ROOT)["dependencies"]

    assert [line for line in project(ENGINE)["dependencies"] if line not in platform] == []  # type: ignore[operator, attr-defined] # lists
