"""Where a specification was copied from, so that its authors are named and what they change later is seen."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property

from jalon.design.models.specifications import Licence, MicroCredential, PlainContentField, Specification
from jalon.design.rules import plain
from jalon.design.rules.content import SpecificationContent
from jalon.foundation.models import Record
from jalon.people.models import User


class Adaptation(Record):
    """
    The source of a micro-certification that began as a copy.

    `source` is a version published here; what came from elsewhere (a file, a register) has `source` empty
    and is known by its title, its owner and its address. `content` is what was copied, as it was then.
    """

    class Kind(models.TextChoices):
        ADAPTED = "adapted"
        TRANSLATED = "translated"
        IMPORTED = "imported"  # from a file or a register: the words are the source's until rewritten

    micro_credential = models.OneToOneField(
        MicroCredential, on_delete=models.CASCADE, related_name="adaptation"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    source = models.ForeignKey(
        Specification, on_delete=models.PROTECT, null=True, blank=True, related_name="adaptations"
    )
    source_title = models.CharField(max_length=500)
    source_owner = models.CharField(max_length=500)
    source_country = models.CharField(max_length=2, blank=True)
    source_address = models.URLField(max_length=2000, blank=True)
    licence = models.CharField(max_length=20, choices=Licence.choices)
    content = PlainContentField(default=dict)
    # Who copied it, for colleagues; kept while the account exists.
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[Adaptation]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.source_title} ({self.kind})"

    @cached_property
    def _content_read(self) -> SpecificationContent:
        held: Any = self.content
        return plain.read(held)

    def read(self) -> SpecificationContent:
        """What was copied, as values."""
        return self._content_read
