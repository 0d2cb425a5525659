"""Where a micro-certification was copied from, what changed there since, and who copied it."""

from __future__ import annotations

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
