"""What publishing sets off here."""

from __future__ import annotations

from jalon.catalogue import actions
from jalon.design.events import SpecificationPublished
from jalon.foundation.events import on
from jalon.people.events import OrganisationChanged


@on(SpecificationPublished)
def take_into_the_catalogue(event: SpecificationPublished) -> None:
    """The catalogue shows a version from the moment it is published."""
    actions.index_published(event.specification_id)


@on(OrganisationChanged)
def follow_the_organisation(event: OrganisationChanged) -> None:
    """An organisation is found under its name and place of today."""
    actions.index_again(event.organisation_id)
