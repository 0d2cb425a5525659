"""One remark about what is written: a sentence under a field, never a blocked button."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Advice:
    """
    One remark; `labels.advice_sentence` words it.

    Attributes:
        field: Under which field it is shown: ``"credits_ects"``,
            ``"learning_outcomes.urn:uuid:….statement.fr"``.
        facts: What the sentence needs.
    """

    field: str
    code: str
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)
