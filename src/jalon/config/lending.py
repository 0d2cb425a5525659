"""What design lends to territory: titles and addresses of the micro-certifications that answer needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from jalon.design.events import SpecificationPublished
from jalon.design.models import MicroCredential
from jalon.foundation.events import on
from jalon.territory import actions
from jalon.territory.connectors import MicroCredentialFacts


class DesignedMicroCredentials:
    """Answers from our own database."""

    def facts(self, ids: Iterable[UUID]) -> Mapping[UUID, MicroCredentialFacts]:
        wanted = MicroCredential.objects.filter(id__in=list(ids)).select_related("organisation")
        return {design.id: _facts(design) for design in wanted.prefetch_related("specifications")}


def _facts(design: MicroCredential) -> MicroCredentialFacts:
    published = design.latest_published
    title = published.read().title if published else design.title
    return MicroCredentialFacts(
        id=design.id,
        title=title.get((get_language() or "fr").split("-")[0]),
        path=reverse("public:micro_credential", args=[design.slug]) if published else "",
        organisation_name=design.organisation.legal_name,
        is_published=published is not None,
        is_offered=published is not None and design.withdrawn_at is None,
    )


# Territory stands before design on the road, so it cannot listen by itself.
@on(SpecificationPublished)
def answer_needs(event: SpecificationPublished) -> None:
    """The needs that a micro-certification was written for are answered once it is published."""
    actions.note_published(event.micro_credential_id)
