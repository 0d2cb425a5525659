"""Which edition of a framework is this, and which of two is the later one."""

from __future__ import annotations

import re
from collections.abc import Iterable


def sort_key(version: str) -> str:
    """A text that sorts as versions do: ``"1.10"`` after ``"1.9"``."""
    padded = re.sub(r"\d+", lambda met: met[0].rjust(10, "0"), version.casefold().lstrip("v"))
    return padded[:120]


def dotted_version(names: Iterable[str]) -> str:
    """``"1.2.0"`` out of ``"ESCO dataset - v1.2.0 - … - csv.zip"``; ``""`` where no name says it."""
    for name in names:
        if met := re.search(r"\bv(\d+(?:\.\d+)+)", name, re.IGNORECASE):
            return met[1]
    return ""


def date_version(names: Iterable[str]) -> str:
    """``"2026-08-16"`` out of ``"export-fiches-rncp-v4-1-2026-08-16.zip"``; ``""`` where none says it."""
    for name in names:
        if met := re.search(r"(20\d\d)[-_]?([01]\d)[-_]?([0-3]\d)(?!\d)", name):
            return "-".join(met.groups())
    return ""
