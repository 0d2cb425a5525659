"""Frameworks for tests: an edition, concepts, relations between them."""

from __future__ import annotations

from itertools import count
from typing import Any

from jalon.frameworks.models import Concept, Edition, Framework
from jalon.frameworks.rules.kinds import ConceptKind, EditionState

_numbers = count(1)


def an_edition(framework: str = "esco", version: str = "1.2.0", **fields: Any) -> Edition:
    """A complete edition, its framework made where it is not there yet."""
    made, _new = Framework.objects.get_or_create(
        code=framework, defaults={"names": {"fr": framework.upper()}}
    )
    fields.setdefault("state", EditionState.COMPLETE)
    edition, _new = Edition.objects.get_or_create(framework=made, version=version, defaults=fields)
    return edition


def a_concept(
    fr: str = "",
    en: str = "",
    *,
    edition: Edition | None = None,
    kind: str = ConceptKind.SKILL,
    **fields: Any,
) -> Concept:
    """A current concept with labels in French, English or both; of ESCO unless an *edition* is given."""
    edition = edition or an_edition()
    number = next(_numbers)
    fields.setdefault("uri", f"http://data.europa.eu/esco/skill/{number:08d}")
    labels = {language: text for language, text in (("fr", fr), ("en", en)) if text}
    return Concept.objects.create(
        framework=edition.framework,
        kind=kind,
        labels=labels or {"fr": f"compétence {number}"},
        first_edition=edition,
        last_edition=edition,
        **fields,
    )
