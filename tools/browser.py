"""
Find a Chromium for the browser tests, or bring one: on PATH, else the system's packages when root, else
Playwright's own download. Where none can be had, says so and exits 0: the tests are then skipped by name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find() -> str | None:
    """Path of a Chromium that can be started, or None."""
    chosen = os.environ.get("JALON_TEST_BROWSER")
    if chosen:
        return chosen if Path(chosen).exists() else None
    for name in NAMES:
        if path := shutil.which(name):
            return path
    try:
        from playwright.sync_api import sync_playwright  # only there once the test requirements are installed

        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
        return path if path and Path(path).exists() else None
    except ImportError:
        return None


def _try(*command: str) -> bool:
    try:
        return (
            subprocess.run(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900
            ).returncode
            == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> str | None:
    """Bring a browser if there is none; returns its path or None."""
    if path := find():
        return path
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing a browser for the tests from the system's packages…", flush=True)
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        _try("apt-get", "update", "-q")
        # Ubuntu's chromium package only leads to a snap; there the next step takes over.
        _try("apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium")
        if path := find():
            return path
    print("Downloading a browser for the tests…", flush=True)
    _try(sys.executable, "-m", "playwright", "install", "chromium")
    return find()


if __name__ == "__main__":
    found = install() if "--install" in sys.argv else find()
    print(
        f"Browser for the tests: {found}"
        if found
        else "No browser could be had: the browser tests will be skipped by name."
    )
