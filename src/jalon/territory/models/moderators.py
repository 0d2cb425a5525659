"""Moderators: when they were last told that needs wait, and whether they want to be."""

from __future__ import annotations

from django.db import models

from jalon.foundation.models import Record
from jalon.people.models import User


class ModeratorMail(Record):
    """
    The daily mail to one moderator; kept while the account exists.

    Attributes:
        told_at: When the last one left; None where none did.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="needs_mail")
    is_wanted = models.BooleanField(default=True)
    told_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.user_id)
