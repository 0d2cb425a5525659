"""A partner's agreement becomes a signed, verifiable, revocable endorsement; or honestly nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from django.test import Client
from tests.factories.people import a_member, a_user, an_organisation
from tests.factories.rooms import AtTable

from jalon.awarding import actions, queries
from jalon.awarding.models import Endorsement
from jalon.design import actions as design
from jalon.design.models import Participant, Specification
from jalon.design.rules.rooms import RoomRole
from jalon.foundation import jobs
from jalon.foundation.errors import NotAllowedError
from jalon.people.models import Organisation, User
from jalon.people.rules import Role
from jalon.verification.actions import verify_bytes
from sceau.verifying.report import Outcome, Question

pytestmark = pytest.mark.django_db


@dataclass
class Partnership:
    """A room, and a partner with an account whose signatory came in by a link."""

    table: AtTable
    partner: Organisation
    signatory: User
    participant: Participant

    def agree(self, answer: str = "yes", *, wants: bool = True) -> None:
        self.table.signs(self.participant, self.table.a_round(), answer, wants_endorsement=wants)

    def publish(self) -> Specification:
        version = design.publish_specification(specification=self.table.now(), by=self.table.designer)
        jobs.Worker().run_until_empty()
        return version


@pytest.fixture
def partnership() -> Partnership:
    table = AtTable()
    partner = an_organisation("Coopérative du Bocage")
    signatory = a_member(a_user(full_name="Inès Rouvière"), partner, Role.SIGNATORY)
    participant = table.invited(
        RoomRole.SIGNATORY, name="Inès Rouvière", organisation="Coopérative du Bocage", user=signatory
    )
    table.agreed("Coopérative du Bocage")
    return Partnership(table, partner, signatory, participant)


def test_agreement_is_signed_with_the_partners_key_when_the_version_is_published(
    partnership: Partnership,
) -> None:
    partnership.agree()
    assert Endorsement.objects.count() == 0

    version = partnership.publish()

    endorsement = Endorsement.objects.get()
    document = json.loads(endorsement.document_bytes)
    assert endorsement.organisation == partnership.partner
    assert document["issuer"]["id"] == queries.issuer_did(partnership.partner)
    assert document["credentialSubject"]["id"] == version.urn
    assert version.content_sha256 in document["credentialSubject"]["endorsementComment"]
    assert "Rouvière" not in endorsement.document_bytes.decode()


def test_endorsement_verifies_and_a_changed_byte_does_not(partnership: Partnership) -> None:
    partnership.agree()
    partnership.publish()
    signed = Endorsement.objects.get().document_bytes

    good = verify_bytes(signed, offline=True).report
    bad = verify_bytes(signed.replace(b"soutient", b"rejette "), offline=True).report

    assert good.answer(Question.INTACT) is Outcome.PASSED
    assert good.answer(Question.VALID) is Outcome.PASSED
    assert bad.answer(Question.INTACT) is Outcome.FAILED


def test_revoked_endorsement_is_told_by_its_list_and_leaves_the_supporters_signed_nothing(
    partnership: Partnership,
) -> None:
    partnership.agree()
    version = partnership.publish()
    endorsement = Endorsement.objects.get()
    assert [each.endorsement_id for each in queries.supporters_of(version)] == [endorsement.id]

    actions.revoke_endorsement(endorsement=endorsement, by=partnership.signatory, note="Fin du partenariat")

    report = verify_bytes(endorsement.document_bytes, offline=True).report
    assert report.answer(Question.VALID) is Outcome.FAILED
    assert [(each.name, each.endorsement_id) for each in queries.supporters_of(version)] == [
        ("Coopérative du Bocage", endorsement.id)
    ]
    assert queries.supporters_of(version)[0].revoked_at is not None


def test_only_who_may_revoke_for_the_partner_revokes(partnership: Partnership) -> None:
    partnership.agree()
    partnership.publish()
    endorsement = Endorsement.objects.get()

    with pytest.raises(NotAllowedError):
        actions.revoke_endorsement(endorsement=endorsement, by=partnership.table.designer)

    endorsement.refresh_from_db()
    assert endorsement.revoked_at is None


@pytest.mark.parametrize(("answer", "wants"), [("no", True), ("yes", False)])
def test_refusal_and_agreement_without_the_wish_sign_nothing(
    partnership: Partnership, answer: str, wants: bool
) -> None:
    design.settle_required(
        room=partnership.table.room, names=[], by=partnership.table.host, reason="Chacun est libre."
    )
    partnership.agree(answer, wants=wants)

    version = partnership.publish()

    assert Endorsement.objects.count() == 0
    assert len(queries.supporters_of(version)) == (answer == "yes")


def test_link_without_the_partners_account_never_uses_its_key(partnership: Partnership) -> None:
    stranger = partnership.table.invited(
        RoomRole.SIGNATORY, name="Quelqu'un", organisation="Coopérative du Bocage"
    )
    partnership.table.signs(stranger, partnership.table.a_round(), wants_endorsement=True)

    version = partnership.publish()

    assert Endorsement.objects.count() == 0
    assert queries.issuer_did(partnership.partner) == ""
    assert [(each.name, each.endorsement_id) for each in queries.supporters_of(version)] == [
        ("Coopérative du Bocage", None)
    ]


def test_member_without_the_right_to_sign_never_uses_the_key(partnership: Partnership) -> None:
    trainer = a_member(a_user(), partnership.partner, Role.TRAINER)
    participant = partnership.table.invited(
        RoomRole.SIGNATORY, organisation="Coopérative du Bocage", user=trainer
    )
    partnership.table.signs(participant, partnership.table.a_round(), wants_endorsement=True)

    partnership.publish()

    assert Endorsement.objects.count() == 0


def test_partner_with_no_account_is_a_co_designer_and_signs_nothing() -> None:
    table = AtTable()
    boss = table.invited(RoomRole.SIGNATORY, name="Bernard Vidal", organisation="Entreprise Vidal")
    table.agreed("Entreprise Vidal")
    table.signs(boss, table.a_round(), "reservations", wants_endorsement=True)

    version = design.publish_specification(specification=table.now(), by=table.designer)
    jobs.Worker().run_until_empty()

    assert Endorsement.objects.count() == 0
    supporter = queries.supporters_of(version)[0]
    assert (supporter.name, supporter.has_reservations) == ("Entreprise Vidal", True)


def test_agreement_after_publication_is_signed_at_once(partnership: Partnership) -> None:
    design.settle_required(
        room=partnership.table.room, names=[], by=partnership.table.host, reason="Chacun est libre."
    )
    version = partnership.publish()

    partnership.agree("reservations")
    jobs.Worker().run_until_empty()

    endorsement = Endorsement.objects.get()
    assert endorsement.specification == version
    assert "réserves" in json.loads(endorsement.document_bytes)["credentialSubject"]["endorsementComment"]


def test_task_run_twice_signs_once(partnership: Partnership) -> None:
    partnership.agree()
    partnership.publish()
    endorsement = Endorsement.objects.get()

    again = actions.issue_endorsement(endorsement.sign_off_id)

    assert again == endorsement
    assert Endorsement.objects.count() == 1


def test_agreement_to_an_earlier_text_is_neither_signed_nor_told(partnership: Partnership) -> None:
    partnership.agree()
    design.settle_required(
        room=partnership.table.room, names=[], by=partnership.table.host, reason="Chacun est libre."
    )
    design.save_field(
        specification=partnership.table.now(),
        field="workload_hours",
        value="35",
        seen="21",
        by=partnership.table.designer,
    )

    version = partnership.publish()

    assert Endorsement.objects.count() == 0
    assert queries.supporters_of(version) == []


def test_owners_own_agreement_is_no_endorsement() -> None:
    table = AtTable()
    owner = a_member(a_user(), table.organisation, Role.SIGNATORY)
    member = design.join_as_member(room=table.room, user=owner)
    own = table.room.parties.get()
    table.agreed(own.name)
    design.sign_off(
        on=table.a_round(),
        party=own,
        answer="yes",
        name="Claire Delmas",
        function="directrice",
        by=member,
        wants_endorsement=True,
    )

    version = design.publish_specification(specification=table.now(), by=table.designer)
    jobs.Worker().run_until_empty()

    assert Endorsement.objects.count() == 0
    assert queries.supporters_of(version) == []


def test_refusal_after_publication_revokes_what_was_signed_and_stays_readable_in_public(
    partnership: Partnership, client: Client
) -> None:
    partnership.agree()
    version = partnership.publish()
    endorsement = Endorsement.objects.get()

    partnership.agree("no", wants=False)
    jobs.Worker().run_until_empty()

    endorsement.refresh_from_db()
    report = verify_bytes(endorsement.document_bytes, offline=True).report
    assert endorsement.revoked_by == partnership.signatory
    assert report.answer(Question.VALID) is Outcome.FAILED
    page = client.get(f"/micro-certifications/{version.micro_credential.slug}/").content.decode()
    assert "a retiré son accord le" in page
    assert "soutien révoqué" in page


def test_refusal_by_a_link_alone_does_not_reach_the_partners_key_and_is_told(
    partnership: Partnership, client: Client
) -> None:
    partnership.agree()
    version = partnership.publish()
    by_link = partnership.table.invited(
        RoomRole.SIGNATORY, name="Quelqu'un d'autre", organisation="Coopérative du Bocage"
    )

    partnership.table.signs(by_link, partnership.table.a_round(), "no")
    jobs.Worker().run_until_empty()

    assert Endorsement.objects.get().revoked_at is None
    page = client.get(f"/micro-certifications/{version.micro_credential.slug}/").content.decode()
    assert "a retiré son accord le" in page
    assert "pas encore révoqué" in page


def test_refusal_of_another_text_leaves_what_was_signed(partnership: Partnership) -> None:
    partnership.agree()
    version = partnership.publish()
    draft = design.start_new_version(micro_credential=version.micro_credential, by=partnership.table.designer)
    design.save_field(
        specification=draft, field="workload_hours", value="35", seen="21", by=partnership.table.designer
    )

    partnership.agree("no", wants=False)
    jobs.Worker().run_until_empty()

    assert Endorsement.objects.get().revoked_at is None


def test_whoever_never_agreed_is_not_named_in_public(partnership: Partnership) -> None:
    design.settle_required(
        room=partnership.table.room, names=[], by=partnership.table.host, reason="Chacun est libre."
    )
    version = partnership.publish()

    partnership.agree("no", wants=False)
    jobs.Worker().run_until_empty()

    assert queries.supporters_of(version) == []
