"""`jalon frameworks evaluate`: how well suggestions find what people chose."""

from __future__ import annotations

import argparse


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""


def run(args: argparse.Namespace) -> int:
    """Nothing yet."""
    return 2
