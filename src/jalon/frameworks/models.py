"""Frameworks, their editions, their concepts and relations, and what took the place of what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from jalon.foundation import clock
from jalon.frameworks.rules.kinds import ConceptKind, ConceptStatus, EditionState, RelationKind

URI_LENGTH = 300


class Framework(models.Model):
    """A published list of skills, occupations, certifications, levels or fields; its names by language."""

    code = models.SlugField(primary_key=True, max_length=40)
    names = models.JSONField(default=dict)
    publisher = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    # The sentence to show wherever its concepts are shown, by language: ``{"fr": "…", "en": "…"}``.
    attributions = models.JSONField(default=dict)
    homepage = models.URLField(blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Edition(models.Model):
    """
    One published version of a framework and its import, in as many languages as were given.

    Attributes:
        sources: What it was read from: ``[{"name": "…zip", "sha256": "…", "bytes": 6914105}]``.
        is_partial: An extract: what it does not have is not thereby withdrawn.
        counts: Of the last import: ``{"read": 1, "new": 1, "changed": 0, "unchanged": 0, "withdrawn": 0,
            "replaced": 0, "split": 0, "relations": 3, "skipped": 0}``.
        report: Why rows were skipped, and notes:
            ``{"skipped": {"no_label": {"count": 2, "examples": ["skills_fr.csv, ligne 12: …"]}},
            "notes": [{"code": "…", "facts": {}}]}``.
        position: Where a killed import goes on: ``{"fingerprint": "…", "done": ["skills_en.csv"],
            "part": "skills_fr.csv", "records": 4000}``.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="editions")
    version = models.CharField(max_length=40)
    # Sorts versions as people do: 1.10 after 1.9.
    version_key = models.CharField(max_length=120, blank=True)
    languages = models.JSONField(default=list)
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in EditionState],
        default=EditionState.IMPORTING.value,
    )
    is_partial = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    sources = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    position = models.JSONField(default=dict)

    class Meta:
        ordering = ["framework", "version_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "version"], name="one_edition_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.framework_id} {self.version}"


class Concept(models.Model):
    """
    One entry of a framework, as its latest edition says it; an entry that left stays, marked withdrawn.

    Attributes:
        labels: ``{"fr": "gérer le personnel musical", "en": "manage musical staff"}``.
        alt_labels, hidden_labels: ``{"en": ["manage staff of music", …]}``; hidden ones are for searching.
        facts: What only some frameworks have. A certification: ``level``, ``is_active``, ``certifiers``,
            ``nsf``, ``rome``, ``access_routes``, ``register_dates``, ``correspondences``; a block:
            ``competences``, ``assessment`` (texts); a skill of ESCO: ``reuse_level``; an occupation:
            ``isco``, ``is_green``.
        valid_until: Last day of a registration.
        text_digest: Changes when a label or description does: what was computed from them is out of date.
        first_edition, last_edition: The first and the latest edition that has it.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="concepts")
    uri = models.CharField(max_length=URI_LENGTH, unique=True)
    code = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=15, choices=[(k.value, k.value) for k in ConceptKind])
    labels = models.JSONField(default=dict)
    alt_labels = models.JSONField(default=dict, blank=True)
    hidden_labels = models.JSONField(default=dict, blank=True)
    descriptions = models.JSONField(default=dict, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    status = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in ConceptStatus],
        default=ConceptStatus.CURRENT.value,
    )
    valid_until = models.DateField(null=True, blank=True)
    text_digest = models.CharField(max_length=32, blank=True)
    first_edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    last_edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager[Concept]] = models.Manager()

    class Meta:
        ordering = ["framework", "code", "pk"]
        indexes = [
            models.Index(fields=["framework", "kind"], name="concept_framework_kind"),
            models.Index(fields=["code"], name="concept_code"),
        ]

    def __str__(self) -> str:
        return self.label()

    @property
    def is_current(self) -> bool:
        return self.status == ConceptStatus.CURRENT

    def label(self, language: str = "fr") -> str:
        """In *language*, else in French, English, or whatever there is."""
        return _in(self.labels, language) or self.code or self.uri

    def description(self, language: str = "fr") -> str:
        """In *language*, else in French, English, or whatever there is; often empty."""
        return _in(self.descriptions, language)


def _in(texts: dict[str, str], language: str) -> str:
    for wanted in (language, "fr", "en"):
        if texts.get(wanted):
            return texts[wanted]
    return next(iter(texts.values()), "")


class ConceptRelation(models.Model):
    """One concept points to another: ``source → kind → target``; `is_current` as the latest edition says."""

    source = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in RelationKind])
    target = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="relations_to")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="one_relation_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class Replacement(models.Model):
    """
    *new_uri* takes the place of *old_uri*, or part of it where several do.

    Addresses and not rows: a register names predecessors that were never imported.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="replacements")
    old_uri = models.CharField(max_length=URI_LENGTH)
    new_uri = models.CharField(max_length=URI_LENGTH, db_index=True)
    # The edition that said so first.
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old_uri", "new_uri"], name="one_replacement_of_a_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.old_uri} → {self.new_uri}"


class TextVector(models.Model):
    """
    The vector of one text, by the digest of the model's name and the text; see `index.text_digest`.

    By text and not by concept: a label that did not change in a new edition has its vector already, and one
    that did is another text.

    Attributes:
        vector: 384 numbers of 16 bits each (IEEE 754 binary16, little-endian).
    """

    digest = models.CharField(primary_key=True, max_length=32)
    vector = models.BinaryField()

    def __str__(self) -> str:
        return self.digest
