"""Answering a checklist, item by item."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from jalon.design.errors import UnknownFieldError
from jalon.design.models import ChecklistAnswer, Specification
from jalon.design.permissions import require_writer
from jalon.design.rules.checklists import EVIDENCE_LENGTH, ITEMS, Checklist, Verdict
from jalon.design.rules.values import clean
from jalon.foundation import clock, journal
from jalon.people.models import User


@dataclass(frozen=True)
class AnswerResult:
    """
    What became of an answer.

    Attributes:
        kept: False where somebody else answered since: nothing was overwritten.
        answer: What is held now.
        too_long: Signs over `EVIDENCE_LENGTH`; then nothing was written.
    """

    kept: bool
    answer: ChecklistAnswer | None
    too_long: int = 0


@transaction.atomic
def answer_item(
    *,
    specification: Specification,
    checklist: Checklist,
    item: str,
    verdict: Verdict | None,
    evidence: str,
    seen: str,
    by: User,
) -> AnswerResult:
    """
    Write the answer to one item.

    Args:
        verdict: None for no answer yet.
        seen: `stamp` of what the person had before their eyes.

    Raises:
        UnknownFieldError: No such item.
        NotAllowedError: *by* may not write for the organisation.
    """
    if item not in ITEMS[checklist]:
        raise UnknownFieldError(f"expected an item of {checklist}, met {item!r}", field=item)
    require_writer(by, specification)
    words = clean(evidence.replace("\0", ""))
    held = (
        ChecklistAnswer.objects.select_for_update()
        .filter(micro_credential=specification.micro_credential, checklist=checklist, item=item)
        .first()
    )
    if len(words) > EVIDENCE_LENGTH:
        return AnswerResult(False, held, len(words) - EVIDENCE_LENGTH)
    wanted = (verdict.value if verdict else "", words)
    if (held.verdict, held.evidence) == wanted if held else wanted == ("", ""):
        return AnswerResult(True, held)
    if stamp(held) != seen:
        return AnswerResult(False, held)
    answer, _created = ChecklistAnswer.objects.update_or_create(
        micro_credential=specification.micro_credential,
        checklist=checklist,
        item=item,
        defaults={"verdict": wanted[0], "evidence": words, "by": by, "updated_at": clock.now()},
    )
    journal.write(
        organisation=specification.micro_credential.organisation,
        actor=by,
        verb="checklist.answered",
        object_id=specification.micro_credential.id,
        facts={"list": checklist.value, "item": item, "verdict": wanted[0], "evidence": words},
    )
    return AnswerResult(True, answer)


def stamp(answer: ChecklistAnswer | None) -> str:
    """What says whether an answer changed: the moment of its last change, ``""`` where there is none."""
    return answer.updated_at.isoformat() if answer else ""
