"""What a concept becomes when one more file speaks about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from jalon.frameworks.rules.records import ConceptRecord

Value = TypeVar("Value")


@dataclass(frozen=True)
class KeptConcept:
    """A concept as its row keeps it: JSON types."""

    kind: str
    code: str
    labels: Mapping[str, str]
    alt_labels: Mapping[str, list[str]]
    hidden_labels: Mapping[str, list[str]]
    descriptions: Mapping[str, str]
    facts: Mapping[str, Any]
    status: str
    valid_until: date | None


def merged(kept: KeptConcept | None, record: ConceptRecord) -> KeptConcept:
    """*record* laid over what is kept: its languages replaced, the others left, its facts on top."""
    blank: Mapping[str, Any] = {}
    before = kept or KeptConcept("", "", blank, blank, blank, blank, blank, "", None)
    facts = {**before.facts, **record.facts}
    return KeptConcept(
        record.kind.value,
        record.code or before.code,
        _languages(before.labels, record.labels, record.languages),
        _languages(before.alt_labels, _lists(record.alt_labels), record.languages),
        _languages(before.hidden_labels, _lists(record.hidden_labels), record.languages),
        _languages(before.descriptions, record.descriptions, record.languages),
        {name: value for name, value in facts.items() if value is not None},
        record.status.value,
        record.valid_until,
    )


def _lists(texts: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {language: list(each) for language, each in texts.items()}


def _languages(
    kept: Mapping[str, Value], said: Mapping[str, Value], languages: Sequence[str]
) -> dict[str, Value]:
    if not said:
        return dict(kept)
    left = {language: value for language, value in kept.items() if language not in languages}
    return left | {language: value for language, value in said.items() if value}


def text_digest(concept: KeptConcept) -> str:
    """32 hexadecimal signs that change when a label or a description does, in whatever language."""
    texts = [concept.labels, concept.alt_labels, concept.hidden_labels, concept.descriptions]
    canonical = json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]
