"""What every table shares."""

from __future__ import annotations

import uuid

from django.db import models

from jalon.foundation import clock


class Record(models.Model):
    """A row with an identifier that tells nothing about how many there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True
