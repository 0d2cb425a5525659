"""
What can go wrong while a micro-certification is written.

    DesignError                          design.error
    ├── InvalidContentError              design.invalid_content      what was written cannot be read
    ├── UnknownFieldError                design.unknown_field        no such field, or no such outcome
    ├── IncompleteSpecificationError     design.incomplete           something mandatory is missing
    ├── PublishedIsFinalError            design.published_is_final   a published version never changes
    └── NothingPublishedError            design.nothing_published    a new version starts from a published one
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jalon.foundation.errors import JalonError


@dataclass(frozen=True)
class Problem:
    """
    One thing that cannot be read in a plain specification.

    Attributes:
        path: Where: ``"learning_outcomes[2].statement.fr"``; ``""`` for the whole.
        code: Stable, such as ``"content.not_a_number"``; `labels.problem_sentence` puts it in French.
        facts: What the sentence needs, JSON types only.
    """

    path: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class DesignError(JalonError):
    """Something that the writing of a micro-certification refuses."""

    code = "design.error"


class InvalidContentError(DesignError):
    """What was written cannot be read; `problems` names every place, not only the first."""

    code = "design.invalid_content"

    def __init__(self, problems: Sequence[Problem]) -> None:
        listed = "; ".join(
            f"{p.path or 'specification'}: {p.code} {dict(p.facts) or ''}".strip() for p in problems
        )
        super().__init__(
            f"expected a specification, met {len(problems)} problem(s): {listed}",
            problems=[{"path": p.path, "code": p.code, "facts": dict(p.facts)} for p in problems],
        )
        self.problems = tuple(problems)


class UnknownFieldError(DesignError):
    """There is no such field in a specification, or no such outcome any more."""

    code = "design.unknown_field"


class IncompleteSpecificationError(DesignError):
    """Something mandatory is missing; `gaps` (of `rules.completeness`) says what and why it matters."""

    code = "design.incomplete"

    def __init__(self, gaps: Sequence[Any]) -> None:
        super().__init__(
            "expected a complete specification, met gaps: "
            + ", ".join(f"{g.field} ({g.code})" for g in gaps),
            gaps=[{"element": g.element, "field": g.field, "code": g.code} for g in gaps],
        )
        self.gaps = tuple(gaps)


class PublishedIsFinalError(DesignError):
    """A published version never changes: start a new version instead."""

    code = "design.published_is_final"


class NothingPublishedError(DesignError):
    """A new version starts from a published one, and there is none yet: go on with the draft."""

    code = "design.nothing_published"
