"""Keeping the catalogue in step with what is published."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from jalon.catalogue.models import CatalogueEntry
from jalon.catalogue.rules.searching import index_text, marked
from jalon.design.models import MicroCredential, Specification, SpecificationState
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.vocabularies import DOMAINS
from jalon.foundation.identifiers import folded
from jalon.people.models import Organisation
from sceau.model.texts import Text


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


def index(specification: Specification) -> CatalogueEntry:
    """Write the entry of a published *specification*, in place of that of an earlier version."""
    content = specification.read()
    organisation = specification.micro_credential.organisation
    entry, _made = CatalogueEntry.objects.update_or_create(
        micro_credential=specification.micro_credential,
        defaults={
            "specification": specification,
            "organisation": organisation,
            "text": index_text(_said(content, organisation)),
            "title_text": index_text(words for _language, words in content.title.versions),
            "place_text": index_text([organisation.locality, organisation.postal_code, organisation.region]),
            "title_key": folded(str(content.title))[:300],
            "domain": content.domain,
            "participation": marked(content.participation),
            "recognition": content.recognition.status.value if content.recognition.status else "",
            "is_free": content.price_euros is not None and content.price_euros == 0,
            "published_at": specification.published_at,
        },
    )
    return entry


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
def index_again(organisation_id: UUID) -> None:
    """Write the entries of one organisation anew."""
    entries = CatalogueEntry.objects.filter(organisation_id=organisation_id)
    for entry in entries.select_related("specification__micro_credential__organisation"):
        index(entry.specification)


@transaction.atomic
def rebuild() -> int:
    """Write every entry anew, and drop those that stand for nothing. Returns how many there are."""
    kept = []
    published = MicroCredential.objects.filter(specifications__state=SpecificationState.PUBLISHED).distinct()
    for micro_credential in published.select_related("organisation").prefetch_related("specifications"):
        latest = micro_credential.latest_published
        if latest is not None:
            latest.micro_credential = micro_credential
            kept.append(index(latest).pk)
    CatalogueEntry.objects.exclude(pk__in=kept).delete()
    return len(kept)
