"""What is settled once an edition was read to its end: who left, who is replaced, and who is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from jalon.foundation import clock, database, journal
from jalon.foundation.events import announce
from jalon.frameworks.events import ConceptsReplaced, EditionImported
from jalon.frameworks.models import Concept, ConceptRelation, Edition, Replacement
from jalon.frameworks.rules import reports
from jalon.frameworks.rules.kinds import ConceptStatus, EditionState, RelationKind, family_of
from jalon.frameworks.rules.records import Note
from jalon.frameworks.rules.reports import Report

_CHUNK = 500


def finish(
    edition: Edition,
    report: Report,
    replaced: list[str],
    *,
    read: Collection[int] | None = None,
    read_lately: int | None = None,
) -> tuple[str, ...]:
    """
    Mark what this edition does not have any more, tell later contexts, and close the import.

    Args:
        read: The rows that were read, where a person said that the files are the whole, however much they
            lack: all others are withdrawn, also those that an earlier import of the same version had.
        read_lately: How many concepts this run read; where it went on after a kill, nobody counted them all.

    Returns:
        Addresses of the concepts that this import found withdrawn, replaced or split.
    """
    with transaction.atomic():
        withdrawn = [] if edition.is_partial else _withdraw(edition, report, read)
        if not edition.is_partial:
            _retire_relations(edition)
        _count_replaced(report, replaced)
        _count_unchanged(edition, report, read_lately)
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


def _withdraw(edition: Edition, report: Report, read: Collection[int] | None) -> list[str]:
    unseen, total = _unseen(edition) if read is None else _unread(edition, read)
    if not unseen:
        return []
    if read is None and not reports.may_withdraw(current=total, unseen=len(unseen)):
        report.note(Note("looks_partial", {"unseen": len(unseen), "current": total}))
        return []
    gone: list[str] = []
    for start in range(0, len(unseen), _CHUNK):
        some = Concept.objects.filter(pk__in=unseen[start : start + _CHUNK])
        for row in some:
            gone.append(row.uri)
            report.change("withdrawn", row.uri, row.label())
        some.update(status=ConceptStatus.WITHDRAWN, changed_at=clock.now())
    report.counts["withdrawn"] += len(gone)
    return gone


def _unseen(edition: Edition) -> tuple[list[int], int]:
    """
    What is current and not in this edition, and out of how many.

    Only kinds of concepts that it has: a list of occupations does not withdraw job titles.
    """
    ours = Concept.objects.filter(framework=edition.framework_id)
    kinds = list(ours.filter(last_edition=edition).order_by().values_list("kind", flat=True).distinct())
    current = ours.filter(status=ConceptStatus.CURRENT, kind__in=kinds)
    return list(current.exclude(last_edition=edition).values_list("pk", flat=True)), current.count()


def _unread(edition: Edition, read: Collection[int]) -> tuple[list[int], int]:
    """The same of what this very run read: an earlier run of the same version may have had more."""
    current = Concept.objects.filter(framework=edition.framework_id, status=ConceptStatus.CURRENT)
    kinds = dict(current.order_by("pk").values_list("pk", "kind"))
    spoken = {kinds[pk] for pk in read if pk in kinds}
    among = [pk for pk, kind in kinds.items() if kind in spoken]
    return [pk for pk in among if pk not in read], len(among)


def _retire_relations(edition: Edition) -> None:
    """
    A relation that an edition no longer has; what its files do not speak of is left as it is.

    They speak of a family of relations between one kind of concepts and others where they have one of them.
    """
    database.know_sizes(Concept, ConceptRelation)
    ours: QuerySet[ConceptRelation] = ConceptRelation.objects.filter(source__framework=edition.framework_id)
    seen = ours.filter(edition=edition).order_by().values_list("kind", "source__kind").distinct()
    spoken = {(family_of(RelationKind(kind)), source) for kind, source in seen}
    for family, source in spoken:
        ours.filter(
            kind__in=family, source__kind=source, source__last_edition=edition, is_current=True
        ).exclude(edition=edition).update(is_current=False)


def _count_unchanged(edition: Edition, report: Report, read: int | None) -> None:
    if read is None:
        read = Concept.objects.filter(framework=edition.framework_id, last_edition=edition).count()
    report.counts["unchanged"] = max(0, read - report.counts["new"] - report.counts["changed"])


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
