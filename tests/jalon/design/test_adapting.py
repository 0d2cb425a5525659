"""Copying what others published: attribution, licence, and what changed there since."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories.design import a_specification, complete_content
from tests.factories.people import a_member, a_user, an_organisation

from jalon.design import actions
from jalon.design.errors import ImportRefusedError
from jalon.design.models import Adaptation, Licence, MicroCredential, Specification
from jalon.design.queries import adaptation_of, adaptations_of, newer_source, upstream_changes
from jalon.design.rules.changes import Kind
from jalon.design.rules.content import RecognitionContent
from jalon.design.rules.imports import Imported
from jalon.foundation.errors import NotAllowedError
from jalon.people.models import User
from jalon.people.rules import Role
from sceau.model.texts import Text

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Specification:
    return a_specification(an_organisation("Lycée du Jura", slug="lycee-du-jura"), published=True)


@pytest.fixture
def designer() -> User:
    return a_member(a_user(full_name="Claire Delmas"), an_organisation("MFR"), Role.DESIGNER)


def _adapt(source: Specification, designer: User) -> MicroCredential:
    organisation = designer.memberships.get().organisation
    return actions.adapt_specification(source=source, organisation=organisation, by=designer)


def test_copy_names_its_source_and_claims_nothing_of_its_own(source: Specification, designer: User) -> None:
    made = _adapt(source, designer)

    draft = made.specifications.get()
    assert (str(draft.read().title), draft.state) == ("Plesser une haie", "draft")
    assert draft.read().recognition == RecognitionContent()
    adaptation = adaptation_of(made)
    assert adaptation is not None
    assert (adaptation.source, adaptation.source_owner, adaptation.licence) == (
        source,
        "Lycée du Jura",
        Licence.CC_BY,
    )
    assert made.slug != source.micro_credential.slug


def test_reserved_version_and_draft_of_others_are_not_copied(source: Specification, designer: User) -> None:
    draft = a_specification(source.micro_credential.organisation)
    MicroCredential.objects.filter(id=source.micro_credential_id).update(licence=Licence.RESERVED)
    reserved = Specification.objects.get(id=source.id)

    for each in (draft, reserved):
        with pytest.raises(ImportRefusedError):
            _adapt(each, designer)
    assert not Adaptation.objects.exists()


def test_stranger_copies_nothing_into_somebody_elses_studio(source: Specification, designer: User) -> None:
    elsewhere = an_organisation("Ailleurs")

    with pytest.raises(NotAllowedError):
        actions.adapt_specification(source=source, organisation=elsewhere, by=designer)


def test_what_changed_upstream_is_told_until_it_was_read(source: Specification, designer: User) -> None:
    made = _adapt(source, designer)
    adaptation = adaptation_of(made)
    assert adaptation is not None
    assert (newer_source(adaptation), upstream_changes(adaptation)) == (None, [])
    newer = a_specification(
        source.micro_credential.organisation,
        published=True,
        content=replace(complete_content(), title=Text.of({"fr": "Plesser et lier une haie"})),
        micro_credential=source.micro_credential,
        number=2,
    )

    told = [(c.kind, c.field) for c in upstream_changes(adaptation)]
    actions.follow_newer_source(adaptation=adaptation, by=designer)

    assert (Kind.CHANGED, "title") in told
    again = adaptation_of(made)
    assert again is not None
    assert (again.source, upstream_changes(again)) == (newer, [])


def test_copies_are_listed_once_published(source: Specification, designer: User) -> None:
    made = _adapt(source, designer)
    before = adaptations_of(source.micro_credential)
    a_specification(made.organisation, published=True, micro_credential=made, number=2)

    assert before == []
    assert [each.micro_credential for each in adaptations_of(source.micro_credential)] == [made]


def test_work_shared_alike_stays_so(source: Specification, designer: User) -> None:
    MicroCredential.objects.filter(id=source.micro_credential_id).update(licence=Licence.CC_BY_SA)
    made = _adapt(Specification.objects.get(id=source.id), designer)

    assert made.licence == Licence.CC_BY_SA
    with pytest.raises(ImportRefusedError):
        actions.set_licence(micro_credential=made, licence=Licence.CC0, by=designer)
    made.refresh_from_db()
    assert made.licence == Licence.CC_BY_SA


def test_draft_from_a_file_keeps_whose_words_they_are(designer: User) -> None:
    organisation = designer.memberships.get().organisation
    imported = Imported(
        complete_content(), "Plesser une haie", "CFA de Savoie", "FR", "https://cfa.example/haie"
    )

    made = actions.start_from_import(
        imported=imported, organisation=organisation, by=designer, title="Plesser chez nous"
    )

    assert str(made.specifications.get().read().title) == "Plesser chez nous"
    kept = adaptation_of(made)
    assert kept is not None
    assert (kept.kind, kept.source_owner, kept.source_address) == (
        "imported",
        "CFA de Savoie",
        "https://cfa.example/haie",
    )


def test_own_spreadsheet_without_an_owner_is_simply_ours(designer: User) -> None:
    organisation = designer.memberships.get().organisation

    made = actions.start_from_import(
        imported=Imported(complete_content(), "Plesser une haie"), organisation=organisation, by=designer
    )

    assert adaptation_of(made) is None
    assert len(made.specifications.get().read().learning_outcomes) == 3
