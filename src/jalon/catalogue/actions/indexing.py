"""Keeping the catalogue in step with what is published and offered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from jalon.catalogue.models import CatalogueEntry, Occurrence, Offering, Session
from jalon.catalogue.queries.places import commune_of
from jalon.catalogue.rules import facets
from jalon.catalogue.rules.departments import REGION_OF
from jalon.catalogue.rules.offering import SessionState, seats_left
from jalon.catalogue.rules.points import point
from jalon.catalogue.rules.searching import index_text
from jalon.design.models import MicroCredential, Specification, SpecificationState
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.vocabularies import DOMAINS
from jalon.foundation import clock
from jalon.foundation.identifiers import folded
from jalon.people.models import Organisation
from jalon.territory.models import Commune
from sceau.model.texts import Text

ALWAYS = date(1, 1, 1)
FOR_EVER = date(9999, 12, 31)


def _said(content: SpecificationContent, organisation: Organisation) -> list[str]:
    """Every text worth finding a micro-certification by, in all its languages."""
    texts: list[Text] = [
        content.title,
        content.description,
        content.prerequisites,
        content.further_information,
    ]
    texts += [outcome.statement for outcome in content.learning_outcomes]
    if content.domain in DOMAINS:
        texts.append(DOMAINS[content.domain])
    said = [words for text in texts for _language, words in text.versions]
    said += [link.label for outcome in content.learning_outcomes for link in outcome.alignments]
    said += [link.code for outcome in content.learning_outcomes for link in outcome.alignments]
    said += [content.recognition.code, content.recognition.title]
    return [*said, organisation.legal_name]


def index(specification: Specification) -> list[CatalogueEntry]:
    """Write the rows of a published *specification*, in place of those of an earlier version."""
    micro_credential = specification.micro_credential
    offers = list(
        Offering.objects.filter(micro_credential=micro_credential, closed_at__isnull=True).select_related(
            "organisation"
        )
    )
    entries = [_entry(specification, offer) for offer in offers] or [_entry(specification, None)]
    CatalogueEntry.objects.filter(micro_credential=micro_credential).exclude(
        pk__in=[entry.pk for entry in entries]
    ).delete()
    return entries


def _entry(specification: Specification, offering: Offering | None) -> CatalogueEntry:
    content = specification.read()
    micro_credential = specification.micro_credential
    organisation = offering.organisation if offering else micro_credential.organisation
    sessions = _sessions(offering)
    places = [organisation.locality, organisation.postal_code, organisation.region]
    for session in sessions:
        places += [session.locality, session.postal_code]
    entry, _made = CatalogueEntry.objects.update_or_create(
        micro_credential=micro_credential,
        offering=offering,
        defaults={
            "specification": specification,
            "organisation": organisation,
            "is_offered": micro_credential.withdrawn_at is None,
            "text": index_text(_said(content, organisation)),
            "title_text": index_text(words for _language, words in content.title.versions),
            "place_text": index_text(places),
            "title_key": folded(str(content.title))[:300],
            "facets": facets.of(content, offering.facts() if offering else None),
            "published_at": specification.published_at,
            "indexed_at": clock.now(),
        },
    )
    entry.occurrences.all().delete()
    Occurrence.objects.bulk_create(_occurrences(entry, organisation, sessions))
    return entry


def _sessions(offering: Offering | None) -> list[Session]:
    """Those that are to come: a catalogue has no use for the others."""
    if offering is None:
        return []
    coming = offering.sessions.exclude(state=SessionState.CANCELLED.value).filter(
        starts_on__gte=clock.today() - timedelta(days=1)
    )
    return list(coming.select_related("commune").prefetch_related("half_days"))


def _occurrences(
    entry: CatalogueEntry, organisation: Organisation, sessions: Iterable[Session]
) -> list[Occurrence]:
    found = []
    last = None
    for session in sessions:
        last = max(last or session.starts_on, session.starts_on)
        seats = seats_left(session.facts())
        found.append(
            _occurrence(
                entry,
                session.commune,
                session=session,
                starts_on=session.starts_on,
                shown_from=ALWAYS,
                shown_until=session.starts_on,
                open_until=None
                if seats == 0
                else min(session.registration_deadline or session.starts_on, session.starts_on),
            )
        )
    home = commune_of(organisation)
    shown_from = last + timedelta(days=1) if last else ALWAYS
    return [*found, _occurrence(entry, home, shown_from=shown_from, shown_until=FOR_EVER)]


def _occurrence(
    entry: CatalogueEntry,
    commune: Commune | None,
    *,
    shown_from: date,
    shown_until: date,
    session: Session | None = None,
    starts_on: date | None = None,
    open_until: date | None = None,
) -> Occurrence:
    line = Occurrence(
        entry=entry,
        session=session,
        is_offered=entry.is_offered,
        facets=entry.facets,
        shown_from=shown_from,
        shown_until=shown_until,
        starts_on=starts_on,
        open_until=open_until,
    )
    if commune is not None:
        line.commune_code, line.department = commune.code, commune.department
        line.region = REGION_OF.get(commune.department, "")
        if commune.latitude is not None and commune.longitude is not None:
            line.latitude, line.longitude = commune.latitude, commune.longitude
            where = point(commune.latitude, commune.longitude)
            line.x, line.y, line.z = where.x, where.y, where.z
    return line


def _index_latest(micro_credential: MicroCredential) -> list[CatalogueEntry]:
    latest = micro_credential.latest_published
    if latest is None:
        return []
    latest.micro_credential = micro_credential
    return index(latest)


@transaction.atomic
def index_published(specification_id: UUID) -> None:
    """Take a version that was just published into the catalogue, unless a later one is there already."""
    specification = Specification.objects.select_related("micro_credential__organisation").get(
        pk=specification_id
    )
    latest = specification.micro_credential.latest_published
    if latest is not None and latest.pk == specification.pk:
        index(specification)


@transaction.atomic
def index_micro_credential(micro_credential_id: UUID) -> None:
    """Write the rows of one micro-certification anew: an offer or a session of it changed."""
    found = MicroCredential.objects.select_related("organisation").prefetch_related("specifications")
    _index_latest(found.get(pk=micro_credential_id))


@transaction.atomic
def index_again(organisation_id: UUID) -> None:
    """Write the rows of one organisation anew."""
    entries = CatalogueEntry.objects.filter(organisation_id=organisation_id)
    held = MicroCredential.objects.filter(pk__in=entries.values("micro_credential"))
    for micro_credential in held.select_related("organisation").prefetch_related("specifications"):
        _index_latest(micro_credential)


@transaction.atomic
def show_or_hide(micro_credential_id: UUID, *, is_offered: bool) -> None:
    """Take the rows of a micro-certification out of the catalogue, or back into it."""
    entries = CatalogueEntry.objects.filter(micro_credential_id=micro_credential_id)
    changed = entries.exclude(is_offered=is_offered).update(is_offered=is_offered, indexed_at=clock.now())
    if changed:
        Occurrence.objects.filter(entry__micro_credential_id=micro_credential_id).update(
            is_offered=is_offered
        )


@transaction.atomic
def rebuild() -> int:
    """Write every row anew, and drop those that stand for nothing. Returns how many there are."""
    kept = 0
    published = MicroCredential.objects.filter(specifications__state=SpecificationState.PUBLISHED).distinct()
    CatalogueEntry.objects.exclude(micro_credential__in=published).delete()
    held = published.select_related("organisation").prefetch_related("specifications").order_by("pk")
    for micro_credential in held.iterator(chunk_size=500):
        kept += len(_index_latest(micro_credential))
    return kept
