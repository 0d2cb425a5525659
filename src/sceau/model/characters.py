"""Characters on which verifiers disagree, so that no credential may hold them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sceau.errors import ForbiddenCharacterError

# C0 controls but tab, line feed and carriage return; delete and C1 controls; surrogates; noncharacters of
# each plane.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr((plane << 16) + 0xFFFE)}{chr((plane << 16) + 0xFFFF)}" for plane in range(17))
    + "]"
)


def forbidden_in(text: str) -> str:
    """The first forbidden character, as ``"U+0007"``, or ``""``."""
    met = _FORBIDDEN.search(text)
    return f"U+{ord(met.group()):04X}" if met else ""


def check(text: str, where: str) -> None:
    """
    Refuse forbidden characters.

    Args:
        where: The field, for the message.

    Raises:
        ForbiddenCharacterError: Naming the character and the field.
    """
    if met := forbidden_in(text):
        raise ForbiddenCharacterError(f"expected text without control characters in {where}, met {met}")


def check_all(value: Mapping[str, Any]) -> None:
    """
    Refuse forbidden characters anywhere in a JSON object, in its keys too.

    Raises:
        ForbiddenCharacterError: Naming the character and the path: ``credentialSubject.name``.
    """
    pending: list[tuple[Any, str]] = [(value, "")]
    while pending:
        item, path = pending.pop()
        if isinstance(item, str):
            check(item, path)
        elif isinstance(item, Mapping):
            for key, child in item.items():
                inner = f"{path}.{key}" if path else str(key)
                check(str(key), f"a key of {path or 'the document'}")
                pending.append((child, inner))
        elif isinstance(item, (list, tuple)):
            pending.extend((child, path) for child in item)
