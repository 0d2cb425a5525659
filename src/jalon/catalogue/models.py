"""Offers and their sessions, and the search index of what is published, which can be rebuilt from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jalon.catalogue.rules import offering as rules
from jalon.design.models import MicroCredential, Specification
from jalon.foundation import clock
from jalon.foundation.models import Record
from jalon.people.models import Organisation
from jalon.territory.models import Commune


def _split(marked: str) -> tuple[str, ...]:
    return tuple(code for code in marked.split(",") if code)


class Offering(Record):
    """
    An organisation offers a published micro-certification. `rules.offering.OfferingFacts` says what each
    field holds; lists of codes are kept with commas between.

    Closed offers stay, since sessions and enrolments point to them.
    """

    micro_credential = models.ForeignKey(MicroCredential, on_delete=models.PROTECT, related_name="offerings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="offerings")
    modality = models.CharField(max_length=10)
    price_euros = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    price_note = models.CharField(max_length=300, blank=True)
    funding = models.CharField(max_length=200, blank=True)
    funding_note = models.CharField(max_length=600, blank=True)
    # Whom to ask: public, and written by the organisation for that; kept as long as the offer.
    contact_name = models.CharField(max_length=100, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=25, blank=True)
    contact_url = models.CharField(max_length=400, blank=True)
    registration = models.CharField(max_length=255, blank=True)
    public_transport = models.CharField(max_length=3, blank=True)
    equipment_provided = models.CharField(max_length=3, blank=True)
    connection_needed = models.CharField(max_length=3, blank=True)
    childcare = models.CharField(max_length=3, blank=True)
    wheelchair = models.CharField(max_length=3, blank=True)
    access_note = models.TextField(max_length=1000, blank=True)
    seasons = models.CharField(max_length=60, blank=True)
    rhythm = models.TextField(max_length=3000, blank=True)
    alternance = models.TextField(max_length=3000, blank=True)
    entry_mode = models.CharField(max_length=10, blank=True)
    course_kind = models.CharField(max_length=12, blank=True)
    public_codes = models.CharField(max_length=80, blank=True)
    entry_level = models.CharField(max_length=4, blank=True)
    entry_level_required = models.BooleanField(default=False)
    updated_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Offering]] = models.Manager()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.micro_credential_id} · {self.modality}"

    def facts(self) -> rules.OfferingFacts:
        """What the row says, as values."""
        return rules.OfferingFacts(
            modality=rules.Modality(self.modality),
            price_euros=self.price_euros,
            price_note=self.price_note,
            funding=_split(self.funding),
            funding_note=self.funding_note,
            contact_name=self.contact_name,
            contact_email=self.contact_email,
            contact_phone=self.contact_phone,
            contact_url=self.contact_url,
            registration=self.registration,
            public_transport=rules.Answer(self.public_transport),
            equipment_provided=rules.Answer(self.equipment_provided),
            connection_needed=rules.Answer(self.connection_needed),
            childcare=rules.Answer(self.childcare),
            wheelchair=rules.Answer(self.wheelchair),
            access_note=self.access_note,
            seasons=tuple(rules.Season(code) for code in _split(self.seasons)),
            rhythm=self.rhythm,
            alternance=self.alternance,
            entry_mode=rules.EntryMode(self.entry_mode),
            course_kind=rules.CourseKind(self.course_kind),
            public_codes=_split(self.public_codes),
            entry_level=self.entry_level,
            entry_level_required=self.entry_level_required,
        )


class Session(Record):
    """One time that an offer is held: when, where, for how many people."""

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="sessions")
    starts_on = models.DateField()
    ends_on = models.DateField()
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # As written on that day; where the commune is known, its name and one of its postal codes.
    locality = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    street = models.CharField(max_length=250, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    seats_taken = models.PositiveSmallIntegerField(default=0)
    registration_deadline = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, default=rules.SessionState.PLANNED.value)
    # Why it was cancelled, as whoever had a seat reads it.
    cancelled_because = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager[Session]] = models.Manager()

    class Meta:
        ordering = ["starts_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats_taken__lte=models.F("seats")),
                name="session_takes_no_more_than_its_seats",
            ),
            models.UniqueConstraint(
                fields=["offering", "starts_on", "ends_on", "locality", "postal_code", "street"],
                condition=~Q(state="cancelled"),
                name="one_session_per_time_and_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} · {self.locality}"

    def facts(self) -> rules.SessionFacts:
        """What the row says, as values; half-days as prefetched, if they were."""
        return rules.SessionFacts(
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            half_days=tuple(half_day.value() for half_day in self.half_days.all()),
            commune_code=self.commune_id or "",
            locality=self.locality,
            postal_code=self.postal_code,
            street=self.street,
            seats=self.seats,
            seats_taken=self.seats_taken,
            registration_deadline=self.registration_deadline,
            state=rules.SessionState(self.state),
        )


class SessionHalfDay(models.Model):
    """One moment when the people of a session meet."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="half_days")
    day = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()

    class Meta:
        ordering = ["day", "starts_at"]

    def __str__(self) -> str:
        return str(self.value())

    def value(self) -> rules.HalfDay:
        """The moment, as a value."""
        return rules.HalfDay(self.day, self.starts_at, self.ends_at)


class CatalogueEntry(models.Model):
    """
    A row of the catalogue: an open offer; or a published micro-certification that nobody offers yet.

    Everything here can be rebuilt (`actions.rebuild`). The index of words over `text` and `place_text` is the
    database's own (migration 0003, `foundation.database`) and follows each write by itself.
    """

    number = models.BigAutoField(primary_key=True)
    micro_credential = models.ForeignKey(
        MicroCredential, on_delete=models.CASCADE, related_name="catalogue_entries"
    )
    offering = models.OneToOneField(
        Offering, on_delete=models.CASCADE, null=True, blank=True, related_name="catalogue_entry"
    )
    specification = models.ForeignKey(Specification, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="catalogue_entries")
    # Neither withdrawn nor of an organisation that is gone.
    is_offered = models.BooleanField(default=True)
    # Stems, by `rules.searching.index_text`: all that is said, the title alone, the places.
    text = models.TextField()
    title_text = models.TextField()
    place_text = models.TextField()
    # The title folded, to sort by.
    title_key = models.CharField(max_length=300)
    # By `rules.facets.of`.
    facets = models.BigIntegerField()
    published_at = models.DateTimeField()
    # When the row was last written: what robots are told about its freshness.
    indexed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager[CatalogueEntry]] = models.Manager()

    class Meta:
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["micro_credential"],
                condition=Q(offering__isnull=True),
                name="one_entry_without_offer_per_micro_credential",
            ),
        ]
        indexes = [
            models.Index(fields=["is_offered", "facets"], name="catalogue_entry_facets"),
            models.Index(
                fields=["is_offered", "-published_at", "title_key", "number", "facets"],
                name="catalogue_entry_newest",
            ),
            models.Index(
                fields=["is_offered", "title_key", "number", "facets"], name="catalogue_entry_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title_key


class Occurrence(models.Model):
    """
    Where and when a row of the catalogue is held: one line for each session to come, and one for the place of
    the organisation, which counts once no session is to come.

    `facets`, `is_offered`: those of the entry, again, so that a search by place or date reads this table
    alone. `x`, `y`, `z`: the point on a sphere of radius 1. The straight line between two such points grows
    with their distance, so a database compares distances with products alone, the same on each.
    """

    entry = models.ForeignKey(CatalogueEntry, on_delete=models.CASCADE, related_name="occurrences")
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, null=True, blank=True, related_name="occurrences"
    )
    is_offered = models.BooleanField(default=True)
    facets = models.BigIntegerField()
    # Between these two days, both in, the line counts.
    shown_from = models.DateField()
    shown_until = models.DateField()
    # None for the organisation's place.
    starts_on = models.DateField(null=True, blank=True)
    # Until when a seat may be asked for, None where none is left; kept for sessions only.
    open_until = models.DateField(null=True, blank=True)
    commune_code = models.CharField(max_length=5, blank=True)
    department = models.CharField(max_length=3, blank=True)
    region = models.CharField(max_length=3, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    z = models.FloatField(null=True, blank=True)

    objects: ClassVar[models.Manager[Occurrence]] = models.Manager()

    class Meta:
        ordering = ["starts_on"]
        indexes = [
            models.Index(fields=["latitude", "longitude"], name="catalogue_occurrence_place"),
            models.Index(fields=["is_offered", "starts_on"], name="catalogue_occurrence_start"),
            models.Index(fields=["department", "commune_code"], name="catalogue_occurrence_dept"),
            models.Index(fields=["region", "department"], name="catalogue_occurrence_region"),
            # All that the map of regions reads, so that SQLite goes over the index alone.
            models.Index(
                fields=[
                    "region",
                    "entry",
                    "latitude",
                    "longitude",
                    "is_offered",
                    "shown_from",
                    "shown_until",
                ],
                name="catalogue_occurrence_map",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.starts_on} · {self.commune_code}"
