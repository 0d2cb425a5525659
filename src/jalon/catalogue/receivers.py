"""What publishing sets off here."""

from __future__ import annotations

from jalon.catalogue import actions
from jalon.design.events import SpecificationPublished
from jalon.foundation.events import on


@on(SpecificationPublished)
def take_into_the_catalogue(event: SpecificationPublished) -> None:
    """The catalogue shows a version from the moment it is published."""
    actions.index_published(event.specification_id)
