"""
Find a Chromium for the browser tests, or bring one: on PATH, else the system's packages when root, else
Playwright's own download. Where none can be had, says so and exits 0: the tests are then skipped by name.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

if __package__:
    from tools import system_packages
else:  # run as a script
    import system_packages

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


def install() -> str | None:
    """Bring a browser if there is none; returns its path or None."""
    if path := find():
        return path
    # Ubuntu's chromium package only leads to a snap; there the next step takes over.
    if system_packages.install("chromium", what="a browser") and (path := find()):
        return path
    print("Downloading a browser for the tests…", flush=True)
    system_packages.attempt(sys.executable, "-m", "playwright", "install", "chromium")
    return find()


if __name__ == "__main__":
    found = install() if "--install" in sys.argv else find()
    print(
        f"Browser for the tests: {found}"
        if found
        else "No browser could be had: the browser tests will be skipped by name."
    )
