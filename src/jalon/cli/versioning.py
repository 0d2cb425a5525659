"""`jalon version`."""

from __future__ import annotations

import argparse
from importlib.metadata import PackageNotFoundError, version
from typing import Any


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    subparsers.add_parser("version", help="dire la version installée")


def run(args: argparse.Namespace) -> int:
    """Print the version."""
    try:
        print(f"jalon {version('jalon')}")
    except PackageNotFoundError:
        print("jalon (non installé)")
    return 0
