"""Create and describe an organisation, and confirm that it is the one it says."""

from __future__ import annotations

from dataclasses import asdict, replace

from django.db import IntegrityError, transaction

from jalon.foundation import clock, events, identifiers, journal
from jalon.people import rules
from jalon.people.actions.locking import locked
from jalon.people.errors import Fault, InvalidOrganisationError
from jalon.people.events import IdentityConfirmed, IdentityWithdrawn, OrganisationChanged, OrganisationCreated
from jalon.people.models import Membership, Organisation, User
from jalon.people.permissions import require
from jalon.people.queries import facts_of
from jalon.people.rules import Capability, OrganisationFacts


@transaction.atomic
def create_organisation(
    *, facts: OrganisationFacts, by: User, is_demonstration: bool = False
) -> Organisation:
    """
    Create an organisation of which *by* holds `rules.FOUNDER_ROLES`.

    Its slug is made from its name, is unique, and never changes: it becomes part of the issuer's identifier.
    What a demonstration account creates belongs to the demonstration.

    Raises:
        InvalidOrganisationError: A fact cannot be right.
    """
    _check(facts)
    organisation = _with_a_free_slug(
        Organisation(
            **{**asdict(facts), "kind": facts.kind.value},
            is_demonstration=is_demonstration or rules.is_demonstration_address(by.email),
        )
    )
    Membership.objects.bulk_create(
        Membership(user=by, organisation=organisation, role=role.value) for role in rules.FOUNDER_ROLES
    )
    journal.write(
        organisation=organisation,
        actor=by,
        verb="organisation.created",
        object_id=organisation.id,
        facts={"slug": organisation.slug, "legal_name": organisation.legal_name},
    )
    events.announce(OrganisationCreated(organisation.id, by.id))
    return organisation


@transaction.atomic
def edit_organisation(*, organisation: Organisation, facts: OrganisationFacts, by: User) -> tuple[str, ...]:
    """
    Replace what *organisation* says of itself. The slug stays, whatever the new name.

    A confirmation of identity falls when one of `rules.IDENTITY_FIELDS` changes: nobody confirmed the new
    facts.

    Returns:
        The names of the fields that changed.

    Raises:
        InvalidOrganisationError: A fact cannot be right.
    """
    require(by, Capability.MANAGE_ORGANISATION, organisation)
    _check(facts)
    organisation = locked(organisation)
    before = asdict(facts_of(organisation))
    changed = tuple(name for name, value in asdict(facts).items() if before[name] != value)
    if not changed:
        return ()
    for name in changed:
        setattr(organisation, name, getattr(facts, name))
    organisation.kind = facts.kind.value
    unconfirmed = bool(organisation.identity_confirmed_at and rules.IDENTITY_FIELDS & set(changed))
    if unconfirmed:
        organisation.identity_confirmed_by = organisation.identity_basis = ""
        organisation.identity_confirmed_at = None
    organisation.save()
    journal.write(
        organisation=organisation,
        actor=by,
        verb="organisation.changed",
        object_id=organisation.id,
        facts={"fields": list(changed), "identity_withdrawn": unconfirmed},
    )
    events.announce(OrganisationChanged(organisation.id, changed))
    if unconfirmed:
        events.announce(IdentityWithdrawn(organisation.id))
    return changed


def rename(*, organisation: Organisation, legal_name: str, by: User) -> None:
    """
    Change the legal name alone. The slug, and so every address and identifier made from it, stays:
    credentials already handed out must keep pointing to their issuer.
    """
    renamed = replace(facts_of(organisation), legal_name=legal_name.strip())
    edit_organisation(organisation=organisation, facts=renamed, by=by)


@transaction.atomic
def confirm_identity(*, organisation: Organisation, by: str, basis: str) -> None:
    """
    Record that *by* (the operator, an authority) checked on *basis* that the organisation is the one it says.

    Both are shown to whoever verifies a credential, so they are words for the public: by "Région Occitanie",
    basis "SIRET et habilitation vérifiés le 3 mars 2026".
    """
    if not by.strip() or not basis.strip():
        raise InvalidOrganisationError([Fault("identity_basis", "people.identity_unfounded")])
    organisation = locked(organisation)
    organisation.identity_confirmed_by = by.strip()[:200]
    organisation.identity_basis = basis.strip()[:300]
    organisation.identity_confirmed_at = clock.now()
    organisation.save(
        update_fields=["identity_confirmed_by", "identity_basis", "identity_confirmed_at"],
    )
    journal.write(
        organisation=organisation,
        actor=None,
        verb="organisation.identity_confirmed",
        object_id=organisation.id,
        facts={"by": organisation.identity_confirmed_by, "basis": organisation.identity_basis},
    )
    events.announce(IdentityConfirmed(organisation.id))


def _with_a_free_slug(organisation: Organisation, tries: int = 5) -> Organisation:
    """Save a new organisation; another of that name, made at the same moment, may take the slug first."""
    wanted = identifiers.slug(organisation.legal_name)
    for left in reversed(range(tries)):
        taken = Organisation.objects.filter(slug__startswith=wanted[:40]).values_list("slug", flat=True)
        organisation.slug = rules.free_slug(wanted, set(taken))
        try:
            with transaction.atomic():
                organisation.save(force_insert=True)
        except IntegrityError:
            if not left:
                raise
        else:
            break
    return organisation


def _check(facts: OrganisationFacts) -> None:
    if faults := rules.organisation_faults(facts):
        raise InvalidOrganisationError(faults)
