"""
Bring the Node libraries that the tests of the engine ask for a second opinion: those of
`tests/sceau/others/package.json`, into `.tools/node`. Where they cannot be had, says so and exits 0: the
tests that need them are then skipped by name.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINNED = ROOT / "tests" / "sceau" / "others" / "package.json"
FOLDER = ROOT / ".tools" / "node"
INSTALLED = FOLDER / ".installed"
"""A copy of the pins, written once all of them are there."""
OLDEST = (20, 19)


def why_not() -> str:
    """Why the Node libraries cannot be asked, in a few words; ``""`` when they can."""
    if reason := _why_no_node():
        return reason
    if not INSTALLED.exists():
        return "the Node libraries are not installed (make peers)"
    if INSTALLED.read_text() != PINNED.read_text():
        return "the Node libraries are not those that are pinned (make peers)"
    return ""


def _why_no_node() -> str:
    node = shutil.which("node")
    if node is None:
        return "there is no node on this machine"
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
    numbers = tuple(int(part) for part in version.removeprefix("v").split(".")[:2] if part.isdigit())
    if numbers < OLDEST:
        return f"node is {version or 'of an unknown version'}, and {'.'.join(map(str, OLDEST))} is needed"
    return ""


def install() -> str:
    """Bring what is pinned if it is not there; returns why it could not be done, or ``""``."""
    if reason := _why_no_node():
        return reason
    if not why_not():
        return ""
    npm = shutil.which("npm")
    if npm is None:
        return "there is no npm on this machine"
    print("Installing the Node libraries that the tests ask…", flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    INSTALLED.unlink(missing_ok=True)
    shutil.copyfile(PINNED, FOLDER / PINNED.name)
    # A lock file would name the registry; scripts of strangers are not run.
    options = ["--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
    try:
        done = subprocess.run(
            [npm, "install", *options], cwd=FOLDER, capture_output=True, text=True, timeout=300
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"npm could not install them ({type(error).__name__})"
    if done.returncode:
        return f"npm could not install them: {done.stderr.strip()[:300]}"
    shutil.copyfile(PINNED, INSTALLED)
    return ""


if __name__ == "__main__":
    missing = install() if "--install" in sys.argv else why_not()
    print(
        f"The tests that ask Node libraries will be skipped by name: {missing}."
        if missing
        else f"Node libraries for the tests: {FOLDER.relative_to(ROOT)}"
    )
