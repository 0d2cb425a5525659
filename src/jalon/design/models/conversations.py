"""What people say about a specification: a value that they would rather see, or a word about it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from jalon.design.models.rooms import NAME_LENGTH, ORGANISATION_LENGTH, Participant, Room
from jalon.design.models.specifications import PlainContentField, Specification
from jalon.design.rules.rooms import ProposalKind, ProposalState
from jalon.foundation.models import Record


class Said(Record):
    """
    Something that somebody wrote in a room, about one field.

    The name and organisation are kept as they were given that day: the words outlive the account. `client_id`
    is made by the page that sends: the same words sent twice are kept once.
    """

    field = models.CharField(max_length=200)
    author_name = models.CharField(max_length=NAME_LENGTH)
    author_organisation = models.CharField(max_length=ORGANISATION_LENGTH, blank=True)
    client_id = models.UUIDField(default=uuid4)

    class Meta:
        abstract = True


class Proposal(Said):
    """
    A new value for one field, or one outcome more or less. It changes nothing until an author accepts it.

    Attributes:
        field: Of `rules.fields`; ``"learning_outcomes"`` to add one, ``"learning_outcomes.<id>"`` to remove.
        seen: What the field said when the proposal was written.
        specification: The draft it was accepted into; while it is open, the one it was written about.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="proposals")
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="proposals"
    )
    specification = models.ForeignKey(Specification, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in ProposalKind])
    value = PlainContentField()
    seen = PlainContentField()
    reason = models.TextField(blank=True)
    state = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in ProposalState],
        default=ProposalState.OPEN.value,
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    decision_reason = models.TextField(blank=True)
    # Of an outcome that was added: its identity from then on.
    outcome_id = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["room", "client_id"], name="one_proposal_per_client_id")
        ]
        indexes = [models.Index(fields=["room", "state"])]

    def __str__(self) -> str:
        return f"{self.field} · {self.author_name} · {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN


class Comment(Said):
    """
    A word about a field, or an answer to one. Resolving closes the thread; it can be opened again.

    Attributes:
        field: Of `rules.fields`, or ``""`` for the whole.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="comments")
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="comments"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="answers"
    )
    text = models.TextField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by_name = models.CharField(max_length=NAME_LENGTH, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["room", "client_id"], name="one_comment_per_client_id")
        ]
        indexes = [models.Index(fields=["room", "field"])]

    def __str__(self) -> str:
        return f"{self.field} · {self.author_name}"

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None
