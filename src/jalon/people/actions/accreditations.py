"""Labels and agreements that an organisation holds."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from jalon.foundation import events, journal
from jalon.people import rules
from jalon.people.errors import InvalidOrganisationError
from jalon.people.events import OrganisationChanged
from jalon.people.models import Accreditation, Organisation, User
from jalon.people.permissions import require
from jalon.people.rules import AccreditationKind, Capability


@transaction.atomic
def keep_accreditation(
    *,
    organisation: Organisation,
    by: User,
    kind: AccreditationKind,
    name: str,
    granted_by: str = "",
    identifier: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    accreditation: Accreditation | None = None,
) -> Accreditation:
    """
    Add an accreditation to *organisation*, or replace the facts of *accreditation*.

    Raises:
        InvalidOrganisationError: No name, or an end before its beginning.
    """
    require(by, Capability.MANAGE_ORGANISATION, organisation)
    if faults := rules.accreditation_faults(name=name, valid_from=valid_from, valid_until=valid_until):
        raise InvalidOrganisationError(faults)
    kept = accreditation or Accreditation(organisation=organisation)
    kept.kind, kept.name = kind.value, name.strip()
    kept.granted_by, kept.identifier = granted_by.strip(), identifier.strip()
    kept.valid_from, kept.valid_until = valid_from, valid_until
    kept.save()
    journal.write(
        organisation=organisation,
        actor=by,
        verb="accreditation.changed" if accreditation else "accreditation.added",
        object_id=kept.id,
        facts={"name": kept.name},
    )
    events.announce(OrganisationChanged(organisation.id, ("accreditations",)))
    return kept


@transaction.atomic
def remove_accreditation(*, accreditation: Accreditation, by: User) -> None:
    """Take an accreditation away from its organisation."""
    organisation = accreditation.organisation
    require(by, Capability.MANAGE_ORGANISATION, organisation)
    journal.write(
        organisation=organisation,
        actor=by,
        verb="accreditation.removed",
        object_id=accreditation.id,
        facts={"name": accreditation.name},
    )
    accreditation.delete()
    events.announce(OrganisationChanged(organisation.id, ("accreditations",)))
