"""Issuers that somebody vouches for, and the copies of other people's status lists."""

from __future__ import annotations

from django.db import models

from jalon.foundation import clock
from jalon.foundation.models import Record

MAX_ANSWERED_FROM = 2000


class TrustedIssuer(Record):
    """
    One statement «this identifier is that organisation's», with who makes it and how they know.

    Several bodies may vouch for the same issuer. An ended statement is kept: what was said stays readable.
    """

    did = models.CharField(max_length=500, db_index=True)
    name = models.CharField(max_length=250)
    vouched_by = models.CharField(max_length=250)
    basis = models.CharField(max_length=300, blank=True)
    since = models.DateField(default=clock.today)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "vouched_by"]
        constraints = [
            models.UniqueConstraint(fields=["did", "vouched_by"], name="one_statement_per_voucher")
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.vouched_by}"


class StatusListCopy(Record):
    """
    The last copy of a status list that is not ours: one out of reach still gives an answer, with its age.

    Says nothing of who was looked at: a list holds at least 131 072 credentials. Kept 30 days, 300 lists at
    most (`actions` sees to both).

    Attributes:
        answered_from: Where it lay in the end, after any redirection; empty where that was not said.
    """

    url = models.CharField(max_length=500, unique=True)
    body = models.BinaryField()
    content_type = models.CharField(max_length=100, blank=True)
    fetched_at = models.DateTimeField(db_index=True)
    answered_from = models.CharField(max_length=MAX_ANSWERED_FROM, blank=True)

    def __str__(self) -> str:
        return self.url
