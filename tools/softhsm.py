"""
Find SoftHSM, a PKCS #11 token in software, for the tests of keys in tokens, or bring it from the system's
packages when root. Where it cannot be had, says so and exits 0: the tests are then skipped by name.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

if __package__:
    from tools import system_packages
else:  # run as a script
    import system_packages

NAME = "libsofthsm2.so"
PLACES = (
    "/usr/lib/softhsm",
    "/usr/lib/*/softhsm",
    "/usr/lib64/pkcs11",
    "/usr/lib64/softhsm",
    "/usr/local/lib/softhsm",
    "/opt/homebrew/lib/softhsm",
)


def find() -> str | None:
    """Path of its driver where both driver and softhsm2-util are there, or None."""
    if not shutil.which("softhsm2-util"):
        return None
    found = (path for place in PLACES for path in sorted(Path("/").glob(f"{place[1:]}/{NAME}")))
    return next(map(str, found), None)


def install() -> str | None:
    """Bring it if there is none; returns the path of its driver or None."""
    if path := find():
        return path
    system_packages.install("softhsm2", what="SoftHSM")
    return find()


if __name__ == "__main__":
    driver = install() if "--install" in sys.argv else find()
    print(
        f"SoftHSM for the tests: {driver}"
        if driver
        else "No SoftHSM could be had: the tests of keys in a token will be skipped by name."
    )
