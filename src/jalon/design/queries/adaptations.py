"""Where a micro-certification was copied from, what changed there since, and who copied it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from jalon.design.models import Adaptation, MicroCredential, Specification, SpecificationState
from jalon.design.rules.changes import Change, changes


def adaptation_of(micro_credential: MicroCredential) -> Adaptation | None:
    """Where it was copied from, or None."""
    return (
        Adaptation.objects.filter(micro_credential=micro_credential)
        .select_related("source__micro_credential__organisation")
        .first()
    )


def newer_source(adaptation: Adaptation) -> Specification | None:
    """The latest published version of the source, where it is newer than the one copied or last read."""
    if adaptation.source is None:
        return None
    latest = (
        Specification.objects.filter(
            micro_credential=adaptation.source.micro_credential_id, state=SpecificationState.PUBLISHED
        )
        .order_by("-number")
        .first()
    )
    return latest if latest and latest.number > adaptation.source.number else None


def newer_sources(micro_credentials: Iterable[MicroCredential]) -> dict[UUID, Specification]:
    """`newer_source` for many at once, by the identifier of the copy; only those whose source moved on."""
    copies = Adaptation.objects.filter(
        micro_credential__in=[each.id for each in micro_credentials], source__isnull=False
    ).select_related("source")
    read = {each.micro_credential_id: each.source for each in copies if each.source}
    if not read:
        return {}
    latest: dict[UUID, Specification] = {}
    for version in Specification.objects.filter(
        micro_credential__in={source.micro_credential_id for source in read.values()},
        state=SpecificationState.PUBLISHED,
    ).order_by("number"):
        latest[version.micro_credential_id] = version
    found = {copy: (source, latest.get(source.micro_credential_id)) for copy, source in read.items()}
    return {copy: new for copy, (old, new) in found.items() if new and new.number > old.number}


def upstream_changes(adaptation: Adaptation) -> list[Change]:
    """What changed in the source since it was copied or last read; nothing where nothing did."""
    newer = newer_source(adaptation)
    return changes(adaptation.read(), newer.read()) if newer else []


def adaptations_of(micro_credential: MicroCredential) -> list[Adaptation]:
    """The published micro-certifications that began as a copy of *micro_credential*."""
    copies = Adaptation.objects.filter(
        source__micro_credential=micro_credential,
        micro_credential__specifications__state=SpecificationState.PUBLISHED,
    )
    return list(copies.select_related("micro_credential__organisation").distinct())
