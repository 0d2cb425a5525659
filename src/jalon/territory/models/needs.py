"""Needs: what is missing, where, for how many; who said so, for a time; what became of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from jalon.foundation import clock
from jalon.foundation.identifiers import new_link_token
from jalon.foundation.models import Record
from jalon.people.models import Organisation, User
from jalon.territory.models.places import Commune
from jalon.territory.rules.likeness import Comparable, stem_key
from jalon.territory.rules.need_states import PUBLIC_STATES, NeedState, StepKind
from jalon.territory.rules.needs import AskerKind, headline


class NeedGroup(Record):
    """Needs that a person said are one and the same. Undone by taking needs out; then an empty row stays."""

    def __str__(self) -> str:
        return str(self.id)


class Need(Record):
    """
    A skill that somebody says is missing.

    About a person, kept until `personal_data_until` and erased at once on withdrawal: `asker_name`, for
    moderators to know who asks, and `asker_email`, to tell what becomes of the need; neither is ever public.
    `stated_by`, the account of whoever spoke for an organisation, while the account exists. The need itself
    stays, without them.

    Attributes:
        place: In words, where `commune` is None.
        constraints_ticked: Values of `rules.needs.Constraint`.
        asker_language: BCP 47 tag of the pages on which it was stated: mails are in it. Empty where unknown.
        follow_token: Of the private link by which whoever asked follows, corrects and withdraws; it shows
            no name once names are erased.
        stems: Derived from the skill by `rules.likeness.stem_key`; can be rebuilt.
    """

    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in NeedState], default=NeedState.WAITING.value
    )
    skill = models.TextField()
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="needs"
    )
    place = models.CharField(max_length=120, blank=True)
    people_count = models.PositiveIntegerField(null=True, blank=True)
    needed_by = models.DateField(null=True, blank=True)
    constraints = models.TextField(blank=True)
    constraints_ticked = models.JSONField(default=list)

    asker_kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in AskerKind])
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="needs"
    )
    stated_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asker_name = models.CharField(max_length=200, blank=True)
    asker_email = models.EmailField(blank=True)
    asker_language = models.CharField(max_length=10, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    personal_data_until = models.DateField()
    forgotten_at = models.DateTimeField(null=True, blank=True)
    follow_token = models.CharField(max_length=40, unique=True, default=new_link_token)

    group = models.ForeignKey(
        NeedGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="needs"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    stems = models.TextField(editable=False, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "-created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(commune__isnull=False) | ~Q(place=""), name="need_has_a_place"
            ),
            models.CheckConstraint(
                condition=Q(people_count__isnull=True) | Q(people_count__gte=1), name="need_is_for_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.skill[:80]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.stems = stem_key(self.skill)
        super().save(*args, **kwargs)

    @property
    def title(self) -> str:
        """Its first sentence."""
        return headline(self.skill)

    @property
    def is_public(self) -> bool:
        return NeedState(self.state) in PUBLIC_STATES

    @property
    def is_vouched(self) -> bool:
        """Whether it stands under the name of an organisation, and somebody confirmed who that is."""
        return self.organisation is not None and self.organisation.identity_confirmed_at is not None

    @property
    def place_name(self) -> str:
        """``"Nasbinals (48)"``, or the words of whoever asked."""
        return str(self.commune) if self.commune else self.place

    @property
    def comparable(self) -> Comparable:
        """What of it is compared with other needs."""
        point = None
        if self.commune and self.commune.latitude is not None and self.commune.longitude is not None:
            point = (self.commune.latitude, self.commune.longitude)
        return Comparable(tuple(self.stems.split()), point, self.needed_by)


class NeedLink(Record):
    """
    A micro-certification that is written, or was published, for a need.

    By its identifier: this context stands before the one that writes them, which lends their titles and
    addresses (`connectors.MicroCredentials`).
    """

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="links")
    micro_credential_id = models.UUIDField(db_index=True)
    is_published = models.BooleanField(default=False)
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "micro_credential_id"], name="one_link_per_micro_credential"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} → {self.micro_credential_id}"


class NeedStep(Record):
    """
    What happened to a need, and who did it: kept as long as the need.

    Attributes:
        by: None for whoever asked without an account, and for the machine.
        words: The reason of a refusal.
        facts: JSON types: ``{"with": "<need>"}``, ``{"micro_credential": "<id>"}``,
            ``{"fields": ["skill"]}``.
        told_at: When the mail about it left; None where nobody was to be told, or no mail is sent here.
    """

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in StepKind])
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "created_at"]

    def __str__(self) -> str:
        return f"{self.need_id} {self.kind}"
