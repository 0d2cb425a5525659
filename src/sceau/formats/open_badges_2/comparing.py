"""Does the copy at its own address say all that the copy in hand says?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sceau.formats.open_badges_2 import nodes

_MOMENTS = frozenset({"issuedOn", "expires"})
# Nothing that is shown is read from these in the copy in hand. The picture is where that copy may come from.
_ASIDE = frozenset({"@context", "type", "image", "verify", "verification"})

_RECIPIENT = "recipient"
"""Its type is not that of an object: it says whether an identity is an e-mail address or a telephone."""


@dataclass
class Comparison:
    """
    Attributes:
        differing: Paths where the copies differ: ``"recipient.identity"``.
        embedded: What one writes out where the other only links: path, object, and the address to hold it
            against.
    """

    differing: list[str] = field(default_factory=list)
    embedded: list[tuple[str, Mapping[str, Any], str]] = field(default_factory=list)


def compare(mine: Mapping[str, Any], theirs: Mapping[str, Any], path: str = "") -> Comparison:
    """
    Hold one copy against another. What only *theirs* says is no difference: it is the one that counts.

    Args:
        mine: The copy in hand, after `nodes.plain`.
        theirs: The copy at its own address, likewise.
    """
    found = Comparison()
    _compare(mine, theirs, path, found)
    return found


def _compare(mine: Any, theirs: Any, path: str, found: Comparison) -> None:
    if _says_nothing(mine):
        return
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        for key, value in mine.items():
            if key in _ASIDE and path != _RECIPIENT:
                continue
            inner = f"{path}.{key}" if path else key
            if key in _MOMENTS and (moment := nodes.moment(value)) is not None:
                if moment != nodes.moment(theirs.get(key)):
                    found.differing.append(inner)
            else:
                _compare(value, theirs.get(key), inner, found)
    elif isinstance(mine, list) or isinstance(theirs, list):
        ours, others = _as_list(mine), _as_list(theirs)
        if len(ours) != len(others):
            found.differing.append(path)
            return
        for number, (value, other) in enumerate(zip(ours, others, strict=True)):
            _compare(value, other, path if len(ours) == 1 else f"{path}[{number}]", found)
    elif isinstance(mine, str) and isinstance(theirs, Mapping):
        if nodes.linked(theirs) != mine.strip():
            found.differing.append(path)
    elif isinstance(mine, Mapping) and isinstance(theirs, str) and nodes.linked(mine) == theirs.strip():
        if any(key not in ("id", "type") for key in mine):
            found.embedded.append((path, mine, theirs.strip()))
    elif type(mine) is not type(theirs) or mine != theirs:
        found.differing.append(path)


def _says_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, (str, list, Mapping)) and not value)


def _as_list(value: Any) -> list[Any]:
    if _says_nothing(value):
        return []
    return value if isinstance(value, list) else [value]
