"""What comes out of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAX_BYTES = 5_000_000
"""Of a picture, with what is baked into it."""


class Kind(StrEnum):
    """The generation of Open Badges that the place in the picture belongs to."""

    OPEN_BADGES_3 = "open_badges_3"
    OPEN_BADGES_2 = "open_badges_2"


@dataclass(frozen=True)
class Baked:
    """
    One credential out of a picture; not looked at.

    Attributes:
        content: UTF-8: JSON or a compact token; for Open Badges 2 and 1 it may be the address of an
            assertion.
    """

    content: bytes
    kind: Kind
