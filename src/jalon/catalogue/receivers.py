"""What publishing sets off here."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from jalon.catalogue import actions
from jalon.design.events import SpecificationPublished
from jalon.design.models import MicroCredential
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


# A signal of Django, since `design` announces nothing when it withdraws: one row tells whether it is offered,
# and to ask it of 100,000 rows at each search costs more than the search.
@receiver(post_save, sender=MicroCredential)
def follow_the_withdrawal(instance: MicroCredential, *, created: bool, **_given: Any) -> None:
    """What is withdrawn leaves the catalogue; what is offered again comes back."""
    if not created:
        actions.show_or_hide(instance.pk, is_offered=instance.withdrawn_at is None)
