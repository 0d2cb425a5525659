"""The search index of what is published: everything in it can be rebuilt from the specifications."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from jalon.design.models import MicroCredential, Specification
from jalon.people.models import Organisation


class CatalogueEntry(models.Model):
    """One micro-certification as the catalogue finds it: its latest published version."""

    micro_credential = models.OneToOneField(
        MicroCredential, on_delete=models.CASCADE, primary_key=True, related_name="catalogue_entry"
    )
    specification = models.ForeignKey(Specification, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="catalogue_entries")
    # Stems, by `rules.searching.index_text`: all that is said, the title alone, the place.
    text = models.TextField()
    title_text = models.TextField()
    place_text = models.TextField()
    # The title folded, to sort by.
    title_key = models.CharField(max_length=300, db_index=True)
    domain = models.CharField(max_length=20, db_index=True)
    # Codes between commas, by `rules.searching.marked`.
    participation = models.CharField(max_length=200)
    recognition = models.CharField(max_length=20, db_index=True)
    is_free = models.BooleanField(default=False)
    published_at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager[CatalogueEntry]] = models.Manager()

    class Meta:
        ordering = ["-published_at"]

    def __str__(self) -> str:
        return self.title_key
