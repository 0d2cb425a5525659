"""What is settled once an edition was read to its end: who left, who is replaced, and who is told."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.db.models import QuerySet

from jalon.foundation import clock, journal
from jalon.foundation.events import announce
from jalon.frameworks.events import ConceptsReplaced, EditionImported
from jalon.frameworks.models import Concept, ConceptRelation, Edition, Replacement
from jalon.frameworks.rules import reports
from jalon.frameworks.rules.kinds import ConceptStatus, EditionState, RelationKind, family_of
from jalon.frameworks.rules.records import Note
from jalon.frameworks.rules.reports import Report


def finish(edition: Edition, report: Report, replaced: list[str], *, whole: bool) -> tuple[str, ...]:
    """
    Mark what this edition does not have any more, tell later contexts, and close the import.

    Args:
        whole: A person said that the files are the whole, however much they lack.

    Returns:
        Addresses of the concepts that this import found withdrawn, replaced or split.
    """
    with transaction.atomic():
        withdrawn = [] if edition.is_partial else _withdraw(edition, report, whole=whole)
        if not edition.is_partial:
            _retire_relations(edition)
        _count_replaced(report, replaced)
        _count_unchanged(edition, report)
        gone = tuple(dict.fromkeys([*withdrawn, *replaced]))
        edition.state, edition.finished_at = EditionState.COMPLETE, clock.now()
        edition.position = {}
        edition.counts, edition.report = report.counts, report.plain()
        edition.save()
        journal.write(
            organisation=None,
            actor=None,
            verb="framework.imported",
            object_id=f"{edition.framework_id} {edition.version}",
            facts={name: count for name, count in report.counts.items() if count},
        )
        announce(EditionImported(edition.framework_id, edition.version, dict(report.counts)))
        if gone:
            announce(ConceptsReplaced(edition.framework_id, edition.version, gone))
    return gone


def _withdraw(edition: Edition, report: Report, *, whole: bool) -> list[str]:
    """Only kinds of concepts that this edition has: a list of occupations does not withdraw job titles."""
    ours = Concept.objects.filter(framework=edition.framework_id)
    kinds = list(ours.filter(last_edition=edition).order_by().values_list("kind", flat=True).distinct())
    current = ours.filter(status=ConceptStatus.CURRENT, kind__in=kinds)
    unseen = current.exclude(last_edition=edition)
    count, total = unseen.count(), current.count()
    if not count:
        return []
    if not whole and not reports.may_withdraw(current=total, unseen=count):
        report.note(Note("looks_partial", {"unseen": count, "current": total}))
        return []
    gone = list(unseen.values_list("uri", flat=True))
    for row in unseen[: reports.MOST_EXAMPLES]:
        report.change("withdrawn", row.uri, row.label())
    unseen.update(status=ConceptStatus.WITHDRAWN, changed_at=clock.now())
    report.counts["withdrawn"] += count
    return gone


def _retire_relations(edition: Edition) -> None:
    """
    A relation that an edition no longer has; what its files do not speak of is left as it is.

    They speak of a family of relations between one kind of concepts and others where they have one of them.
    """
    ours: QuerySet[ConceptRelation] = ConceptRelation.objects.filter(source__framework=edition.framework_id)
    seen = ours.filter(edition=edition).order_by().values_list("kind", "source__kind").distinct()
    spoken = {(family_of(RelationKind(kind)), source) for kind, source in seen}
    for family, source in spoken:
        ours.filter(
            kind__in=family, source__kind=source, source__last_edition=edition, is_current=True
        ).exclude(edition=edition).update(is_current=False)


def _count_unchanged(edition: Edition, report: Report) -> None:
    seen = Concept.objects.filter(framework=edition.framework_id, last_edition=edition).count()
    report.counts["unchanged"] = max(0, seen - report.counts["new"] - report.counts["changed"])


def _count_replaced(report: Report, replaced: list[str]) -> None:
    olds = list(dict.fromkeys(replaced))
    for start in range(0, len(olds), 500):
        some = olds[start : start + 500]
        heirs = Counter(Replacement.objects.filter(old_uri__in=some).values_list("old_uri", flat=True))
        labels = {row.uri: row.label() for row in Concept.objects.filter(uri__in=some)}
        for old in some:
            kind = "split" if heirs[old] > 1 else "replaced"
            report.counts[kind] += 1
            report.change(kind, old, labels.get(old, ""))
