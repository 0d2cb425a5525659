"""What a territory is made of, by official codes."""

from __future__ import annotations

import re
from collections.abc import Collection

from jalon.territory.rules.communes import CODE

# More than this one by one is an EPCI or a department, which follow their communes by themselves.
MOST_PARTS = 500
MOST_NAME_SIGNS = 200
_SHAPES = {
    "commune": CODE,
    "epci": re.compile(r"\d{9}"),
    "department": re.compile(r"\d\d|2[AB]|9[78]\d"),
}


def is_code(kind: str, code: str) -> bool:
    """Whether *code* is written as that of a commune (INSEE), an EPCI (SIREN) or a department."""
    shape = _SHAPES.get(kind)
    return bool(shape and code.isascii() and shape.fullmatch(code))


def cleaned_name(name: str) -> str:
    """The name of a territory as it is kept; empty where nothing readable was typed."""
    return " ".join(name.replace("\0", "").split())[:MOST_NAME_SIGNS]


def changes(before: Collection[str], after: Collection[str]) -> dict[str, list[str]]:
    """What the journal says of the parts: ``{"added": ["epci:200069144"], "removed": []}``."""
    return {
        "added": sorted(set(after) - set(before)),
        "removed": sorted(set(before) - set(after)),
    }
