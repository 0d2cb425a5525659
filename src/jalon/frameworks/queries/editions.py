"""Which editions are here, and what is not as it should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from jalon.foundation import clock
from jalon.frameworks.models import Concept, Edition, Framework
from jalon.frameworks.queries import concepts
from jalon.frameworks.queries.fates import fate_of
from jalon.frameworks.rules.fates import FateOf
from jalon.frameworks.rules.kinds import ConceptStatus, EditionState
from jalon.frameworks.rules.uses import Use

# Registers that change daily are worth looking at again after this many days.
_STALE_DAYS = {"rncp": 60, "rs": 60}


@dataclass(frozen=True)
class ListedFramework:
    """A framework as it stands: its latest complete edition, and how many current concepts of each kind."""

    framework: Framework
    edition: Edition | None
    unfinished: tuple[Edition, ...]
    kinds: Mapping[str, int]
    withdrawn: int

    def name(self, language: str = "fr") -> str:
        names = self.framework.names
        return str(names.get(language) or names.get("fr") or self.framework.code)

    def attribution(self, language: str = "fr") -> str:
        return concepts.attribution(self.framework.code, language)


@dataclass(frozen=True)
class Finding:
    """Something to look at; `labels.finding_sentence` words it."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def listed_frameworks() -> list[ListedFramework]:
    """All frameworks that were imported or begun, in the order of their codes."""
    found = []
    for framework in Framework.objects.all():
        mine = Concept.objects.filter(framework=framework).order_by()
        current = mine.filter(status=ConceptStatus.CURRENT).values_list("kind").annotate(n=Count("pk"))
        unfinished = framework.editions.exclude(state=EditionState.COMPLETE)
        found.append(
            ListedFramework(
                framework,
                concepts.latest_edition(framework.code),
                tuple(unfinished),
                dict(sorted(current)),
                mine.filter(status=ConceptStatus.WITHDRAWN).count(),
            )
        )
    return found


def findings(used: Mapping[str, tuple[Use, ...]]) -> list[Finding]:
    """
    What is wrong or out of date: imports that did not end, old registers, concepts relied on that are over.

    Args:
        used: Address → uses, of all concepts that something is aligned to.
    """
    found = [_unfinished(e) for e in Edition.objects.exclude(state=EditionState.COMPLETE)]
    for listed in listed_frameworks():
        if listed.edition:
            found += _about(listed.edition)
    for fate in fate_of(list(used)).values():
        if not fate.is_fine:
            found += [_over(fate, use) for use in used[fate.uri]]
    return found


def _unfinished(edition: Edition) -> Finding:
    facts = {"framework": edition.framework_id, "version": edition.version}
    return Finding(f"import_{edition.state}", facts)


def _about(edition: Edition) -> list[Finding]:
    facts: dict[str, Any] = {"framework": edition.framework_id, "version": edition.version}
    found = [
        Finding(f"note_{note['code']}", facts | dict(note.get("facts", {})))
        for note in edition.report.get("notes", [])
        if note["code"] == "looks_partial"
    ]
    days = _STALE_DAYS.get(edition.framework_id)
    if days and edition.finished_at and (age := (clock.now() - edition.finished_at).days) > days:
        found.append(Finding("stale", facts | {"days": age}))
    return found


def _over(fate: FateOf, use: Use) -> Finding:
    heirs = ", ".join(heir.code or heir.label or heir.uri for heir in fate.heirs)
    return Finding(
        f"used_{fate.fate.value}",
        {
            "concept": fate.code or fate.label or fate.uri,
            "title": use.title,
            "path": use.path,
            "heirs": heirs,
            "on": fate.ended_on.strftime("%d/%m/%Y") if fate.ended_on else "",
        },
    )
