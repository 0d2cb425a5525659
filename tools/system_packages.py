"""Bring a package of the system where that is possible: as root, with apt-get."""

from __future__ import annotations

import os
import shutil
import subprocess


def attempt(*command: str) -> bool:
    """Run a command without a word; whether it ended well."""
    try:
        return (
            subprocess.run(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900
            ).returncode
            == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def install(package: str, *, what: str) -> bool:
    """Install a package; False, and nothing done, without root or apt-get."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing {what} for the tests from the system's packages…", flush=True)
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    attempt("apt-get", "update", "-q")
    return attempt("apt-get", "install", "-y", "-q", "--no-install-recommends", package)
