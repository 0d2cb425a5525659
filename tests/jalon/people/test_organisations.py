"""Organisations: created, described, confirmed; and their accreditations."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from tests.factories.people import SIRET, a_member, a_user, an_accreditation, an_organisation

from jalon.foundation import clock
from jalon.foundation.errors import NotAllowedError
from jalon.foundation.models import JournalEntry
from jalon.people.actions import (
    confirm_identity,
    create_organisation,
    edit_organisation,
    keep_accreditation,
    remove_accreditation,
    rename,
)
from jalon.people.errors import InvalidOrganisationError
from jalon.people.models import Accreditation
from jalon.people.permissions import roles_of
from jalon.people.queries import facts_of
from jalon.people.rules import FOUNDER_ROLES, AccreditationKind, OrganisationFacts, OrganisationKind, Role

pytestmark = pytest.mark.django_db
FACTS = OrganisationFacts(
    OrganisationKind.TRAINING_PROVIDER, "MFR de l’Aubrac", siret=SIRET, nda="76480012348"
)


def test_created_organisation_has_a_slug_a_founder_and_an_entry() -> None:
    founder = a_user()

    organisation = create_organisation(facts=FACTS, by=founder)

    assert organisation.slug == "mfr-de-l-aubrac"
    assert facts_of(organisation) == FACTS
    assert roles_of(founder, organisation) == set(FOUNDER_ROLES)
    assert not organisation.is_demonstration
    assert JournalEntry.objects.get().verb == "organisation.created"


def test_second_organisation_of_that_name_gets_another_slug() -> None:
    create_organisation(facts=FACTS, by=a_user())

    assert create_organisation(facts=FACTS, by=a_user()).slug == "mfr-de-l-aubrac-2"


def test_what_a_demonstration_account_creates_is_fictional() -> None:
    assert create_organisation(facts=FACTS, by=a_user("claire@demo.example")).is_demonstration


def test_impossible_facts_are_refused_with_every_fault() -> None:
    with pytest.raises(InvalidOrganisationError) as refused:
        create_organisation(facts=replace(FACTS, siret="12", nda="3"), by=a_user())

    assert [fault.code for fault in refused.value.faults] == ["people.siret_length", "people.nda_length"]
    assert not JournalEntry.objects.exists()


def test_rename_keeps_the_slug() -> None:
    admin = a_user()
    organisation = create_organisation(facts=FACTS, by=admin)

    rename(organisation=organisation, legal_name="MFR Aubrac-Margeride", by=admin)

    organisation.refresh_from_db()
    assert (organisation.legal_name, organisation.slug) == ("MFR Aubrac-Margeride", "mfr-de-l-aubrac")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_admin_edits(role: Role) -> None:
    organisation = an_organisation()
    member = a_member(a_user(), organisation, role)

    with pytest.raises(NotAllowedError):
        rename(organisation=organisation, legal_name="Autre", by=member)


def test_unchanged_facts_write_nothing() -> None:
    admin = a_user()
    organisation = create_organisation(facts=FACTS, by=admin)

    assert edit_organisation(organisation=organisation, facts=FACTS, by=admin) == ()
    assert JournalEntry.objects.count() == 1


def test_confirmed_identity_says_who_on_what_basis_and_when() -> None:
    organisation = an_organisation()
    moment = datetime(2026, 3, 3, 9, tzinfo=UTC)

    with clock.frozen(moment):
        confirm_identity(organisation=organisation, by=" Région Occitanie ", basis="SIRET vérifié")

    organisation.refresh_from_db()
    assert organisation.identity_confirmed_by == "Région Occitanie"
    assert organisation.identity_confirmed_at == moment


@pytest.mark.parametrize(("by", "basis"), [("", "SIRET vérifié"), ("Région", "  ")])
def test_confirmation_without_author_or_basis_is_refused(by: str, basis: str) -> None:
    organisation = an_organisation()

    with pytest.raises(InvalidOrganisationError):
        confirm_identity(organisation=organisation, by=by, basis=basis)

    organisation.refresh_from_db()
    assert organisation.identity_confirmed_at is None


@pytest.mark.parametrize(
    ("change", "still_confirmed"),
    [
        ({"legal_name": "Université des Causses"}, False),
        ({"siret": ""}, False),
        ({"siret": "", "country_code": "ES"}, False),
        ({"website": "https://mfr.example"}, True),
        ({"street": "2 rue du Foirail"}, True),
    ],
)
def test_confirmation_falls_with_the_facts_it_was_about(
    change: dict[str, str], *, still_confirmed: bool
) -> None:
    admin = a_user()
    organisation = create_organisation(facts=FACTS, by=admin)
    confirm_identity(organisation=organisation, by="Région", basis="SIRET vérifié")

    edit_organisation(organisation=organisation, facts=replace(FACTS, **change), by=admin)

    organisation.refresh_from_db()
    assert bool(organisation.identity_confirmed_at) is still_confirmed
    assert bool(organisation.identity_confirmed_by) is still_confirmed


def test_accreditation_is_kept_changed_and_removed() -> None:
    organisation = an_organisation()
    admin = a_member(a_user(), organisation)

    kept = keep_accreditation(
        organisation=organisation, by=admin, kind=AccreditationKind.QUALIOPI, name=" Qualiopi "
    )
    keep_accreditation(
        organisation=organisation,
        by=admin,
        kind=AccreditationKind.QUALIOPI,
        name="Qualiopi",
        valid_until=date(2028, 1, 1),
        accreditation=kept,
    )

    assert Accreditation.objects.get().valid_until == date(2028, 1, 1)
    remove_accreditation(accreditation=kept, by=admin)
    assert not Accreditation.objects.exists()


def test_accreditation_of_an_organisation_is_not_a_stranger_s_to_remove() -> None:
    accreditation = an_accreditation(an_organisation())
    stranger = a_member(a_user(), an_organisation())

    with pytest.raises(NotAllowedError):
        remove_accreditation(accreditation=accreditation, by=stranger)


def test_database_refuses_an_accreditation_that_ends_before_it_starts() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        an_accreditation(an_organisation(), valid_from=date(2026, 2, 1), valid_until=date(2026, 1, 1))
