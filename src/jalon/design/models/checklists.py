"""What people answered to a checklist, and what they decided about a suggested concept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from jalon.design.models.specifications import MicroCredential
from jalon.design.rules.checklists import EVIDENCE_LENGTH, Checklist, Verdict
from jalon.foundation import clock
from jalon.foundation.models import Record
from jalon.people.models import User


class ChecklistAnswer(Record):
    """The answer to one item, across the versions; the journal keeps the earlier ones."""

    micro_credential = models.ForeignKey(
        MicroCredential, on_delete=models.CASCADE, related_name="checklist_answers"
    )
    checklist = models.CharField(max_length=20, choices=[(c.value, c.value) for c in Checklist])
    item = models.CharField(max_length=40)
    verdict = models.CharField(max_length=10, blank=True, choices=[(v.value, v.value) for v in Verdict])
    evidence = models.TextField(max_length=EVIDENCE_LENGTH, blank=True)
    # Who answered last, for colleagues to know whom to ask; kept while the account exists.
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager[ChecklistAnswer]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["micro_credential", "checklist", "item"], name="one_answer_per_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.checklist} · {self.item}"


class AlignmentDecision(Record):
    """
    That a person took or declined a concept for an outcome. A suggestion alone is never an alignment.

    `label` is what the person read when deciding; `by_name` stays when the account is erased, as the name
    of whoever answers for a public statement.
    """

    class Decision(models.TextChoices):
        ACCEPTED = "accepted"
        DECLINED = "declined"

    micro_credential = models.ForeignKey(
        MicroCredential, on_delete=models.CASCADE, related_name="alignment_decisions"
    )
    outcome_id = models.CharField(max_length=300)
    uri = models.CharField(max_length=500)
    label = models.CharField(max_length=1000)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    # Rank in the list that was shown, from 1; None where the person looked it up themselves.
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=150)

    objects: ClassVar[models.Manager[AlignmentDecision]] = models.Manager()

    class Meta:
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["micro_credential", "outcome_id"], name="decisions_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.decision})"
