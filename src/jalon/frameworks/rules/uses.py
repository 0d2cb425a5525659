"""Where a concept is relied on, as later contexts tell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Use:
    """
    A place where a concept is relied on.

    Attributes:
        title: What a person knows it by: ``"Plesser une haie, version 2"``.
        path: Where it is shown or written: ``"/micro-certifications/plesser-une-haie/"``.
        is_published: A published version stays as it is; a draft may be changed.
    """

    title: str
    path: str
    is_published: bool
