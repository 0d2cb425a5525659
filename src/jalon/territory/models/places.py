"""Communes, territories, and the needs that people stated about them."""

from __future__ import annotations

from typing import Any

from django.db import models

from jalon.foundation.models import Record
from jalon.people.models import Organisation
from jalon.territory.rules.places import place_key

# The edition of the few communes that the demonstration brings: no list of a country.
EXTRACT = "extrait"


class Commune(models.Model):
    """
    A commune of the Code officiel géographique, as the importer brought it; none where nothing was imported.

    A code that a later edition no longer has stays, with `is_current` false: what was said of it remains.

    Attributes:
        code: INSEE code: ``"48104"``, ``"2A004"``, ``"97101"``.
        postcodes: Separated by spaces, with one before and after: ``" 48260 48130 "``; a town may have 20.
        latitude: Of its centre, WGS 84, None where the source gives none.
        density: 1 (dense) to 7 (very scattered), of INSEE's grid; None where not imported.
        frr: Words of the FRR list: ``"FRR socle"``, ``"FRR+"``; empty where not imported.
        edition: Of the newest source that has it: ``"2026"``.
        key: Derived from the name by `rules.place_key`, spaces around; can be rebuilt.
    """

    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=120)
    postcodes = models.CharField(max_length=300, blank=True)
    department = models.CharField(max_length=3, db_index=True)
    region = models.CharField(max_length=3, blank=True)
    epci_code = models.CharField(max_length=9, blank=True, db_index=True)
    epci_name = models.CharField(max_length=200, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    density = models.PositiveSmallIntegerField(null=True, blank=True)
    frr = models.CharField(max_length=60, blank=True)
    edition = models.CharField(max_length=20, blank=True)
    is_current = models.BooleanField(default=True)
    key = models.CharField(max_length=140, editable=False, db_index=True)

    class Meta:
        ordering = ["key", "code"]
        indexes = [models.Index(fields=["latitude", "longitude"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.department})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = key_of(self.name)
        super().save(*args, **kwargs)

    @property
    def postcode_list(self) -> list[str]:
        """``["48260", "48130"]``."""
        return self.postcodes.split()


def key_of(name: str) -> str:
    """The column `Commune.key` for a name: spaces around, so that the start of each word can be asked for."""
    return f" {place_key(name)} "


class PartKind(models.TextChoices):
    """What a territory is made of."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTMENT = "department"


class Territory(Record):
    """A named set of communes that an organisation looks after: an intercommunality, a «pays», a park."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="territories")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_territory_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def part_names(self) -> list[str]:
        """``["commune:48104", "epci:200069144"]``, as the journal tells them."""
        return [f"{part.kind}:{part.code}" for part in self.parts.order_by("kind", "code")]


class TerritoryPart(models.Model):
    """
    One commune, EPCI or department of a territory, by its official code: a territory can be drawn before the
    communes are imported, and follows an EPCI whose communes change.
    """

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=12, choices=PartKind.choices)
    code = models.CharField(max_length=9)

    class Meta:
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "kind", "code"], name="one_part_per_code"),
        ]
        indexes = [models.Index(fields=["kind", "code"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
