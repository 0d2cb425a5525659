"""Rounds with a date, the text that each of them asks about, and what every organisation answered."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from jalon.design.models.rooms import NAME_LENGTH, Participant, Party, Room
from jalon.design.models.specifications import PlainContentField, Specification
from jalon.design.rules import plain
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.rooms import Answer
from jalon.foundation import clock
from jalon.foundation.models import Record
from jalon.people.models import User


class Round(Record):
    """
    The text of one day, frozen for everybody to answer about the same words.

    Attributes:
        content, content_sha256: As `Specification` has them; the digest is what a sign-off is about.
        closes_on: The last day on which it can be answered, in the site's time zone.
        closed_at: When somebody closed it, or opened the next one, before or after that day.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField()
    specification = models.ForeignKey(Specification, on_delete=models.SET_NULL, null=True, related_name="+")
    content = PlainContentField()
    content_sha256 = models.CharField(max_length=64)
    opened_by_name = models.CharField(max_length=NAME_LENGTH)
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["room", "number"], name="one_round_per_number"),
            models.UniqueConstraint(
                fields=["room"], condition=Q(closed_at__isnull=True), name="one_round_open_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.number}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.closes_on >= clock.today()

    def read(self) -> SpecificationContent:
        """The frozen text as values."""
        return plain.read(self.content)


class SignOff(Record):
    """
    What one organisation answered about the text of a round. Never changed: an answer is renewed by another.

    Name and function: of the person who signed off, as they gave them; kept as long as the room, as the
    record of who committed the organisation. They are shown in the room only, never in public.

    Attributes:
        authorised_by: The account that may sign for the organisation here, where such a one was signed in:
            without it nothing is signed with the organisation's key.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sign_offs")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="sign_offs")
    answer = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Answer])
    words = models.TextField(blank=True)
    name = models.CharField(max_length=NAME_LENGTH)
    function = models.CharField(max_length=NAME_LENGTH)
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="sign_offs"
    )
    wants_endorsement = models.BooleanField(default=False)
    authorised_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    client_id = models.UUIDField(default=uuid4)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["round", "client_id"], name="one_sign_off_per_client_id")
        ]

    def __str__(self) -> str:
        return f"{self.party_id} · {self.answer}"
