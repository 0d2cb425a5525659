"""A specification that exists elsewhere, read for a draft: from a file or from a register."""

from __future__ import annotations

from jalon.design.importers.files import LARGEST_FILE, read_file
from jalon.design.importers.register import register_entry

__all__ = ["LARGEST_FILE", "read_file", "register_entry"]
