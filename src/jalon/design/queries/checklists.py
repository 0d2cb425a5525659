"""What was answered to the checklists, and what was decided about suggested concepts."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from jalon.design.models import AlignmentDecision, ChecklistAnswer, MicroCredential
from jalon.design.rules.checklists import Checklist


def answers_of(micro_credential: MicroCredential) -> Mapping[tuple[Checklist, str], ChecklistAnswer]:
    """Every answer by list and item."""
    answers = micro_credential.checklist_answers.select_related("by")
    return {(Checklist(answer.checklist), answer.item): answer for answer in answers}


def declined_uris(micro_credential_id: UUID, outcome_id: str) -> frozenset[str]:
    """The concepts declined for an outcome and not taken since."""
    decisions = AlignmentDecision.objects.filter(
        micro_credential_id=micro_credential_id, outcome_id=outcome_id
    ).order_by("created_at")
    latest = {each.uri: each.decision for each in decisions}
    return frozenset(uri for uri, said in latest.items() if said == AlignmentDecision.Decision.DECLINED)


def decisions_of(micro_credential: MicroCredential) -> list[AlignmentDecision]:
    """Who took which concept for which outcome, and when, oldest first."""
    return list(micro_credential.alignment_decisions.select_related("by"))
