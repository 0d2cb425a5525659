"""A text in one or several languages, which is what every title and outcome of a credential is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """
    A text by language. The first language is the one it was written in.

    Attributes:
        versions: Pairs of BCP 47 tag and text, no tag twice, no empty text:
            ``(("fr", "Tailler"), ("en", "Prune"))``.
    """

    versions: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, by_language: Mapping[str, str]) -> Text:
        """Build from ``{"fr": "…"}``, leaving empty texts out."""
        return cls(tuple((tag, text.strip()) for tag, text in by_language.items() if text and text.strip()))

    def __bool__(self) -> bool:
        return bool(self.versions)

    def __str__(self) -> str:
        return self.versions[0][1] if self.versions else ""

    @property
    def language(self) -> str:
        """The tag of the first language, ``""`` where there is no text."""
        return self.versions[0][0] if self.versions else ""

    def get(self, *tags: str) -> str:
        """The text in the first of *tags* that it has, else in its own first language."""
        known = dict(self.versions)
        for tag in tags:
            if tag in known:
                return known[tag]
        return str(self)

    def as_dict(self) -> dict[str, str]:
        """``{"fr": "…", "en": "…"}``, in the order they were written."""
        return dict(self.versions)


NO_TEXT = Text(())
"""Where nothing is said."""
