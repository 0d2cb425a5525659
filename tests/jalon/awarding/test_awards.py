"""Awards one by one: issued, revoked, corrected."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories.awarding import an_award, an_issuing_organisation
from tests.factories.design import a_specification, complete_content
from tests.factories.people import a_member, a_person, a_user

from jalon.awarding import actions, queries
from jalon.awarding.errors import (
    AlreadyAwardedError,
    AlreadyRevokedError,
    FutureAwardError,
    NeedsGestureError,
    NothingChangedError,
    NotPublishedError,
    ReasonError,
    ValidityOverError,
)
from jalon.awarding.events import AwardIssued, AwardRevoked
from jalon.awarding.models import Award, Credential
from jalon.awarding.rules.award_states import AwardState, RevocationReason
from jalon.awarding.rules.building import AwardChanges
from jalon.foundation import clock, events, journal
from jalon.foundation.errors import NotAllowedError
from jalon.people.rules import Role
from sceau.did.resolver import Resolver
from sceau.status import bitstring
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

pytestmark = pytest.mark.django_db


def verified(credential: Credential) -> Report:
    """The report of a stranger who asks our own database for keys and lists."""
    own = queries.OwnIssuers()

    class Lists:
        def status_list(self, url: str):
            found = own.status_list(url)
            assert found is not None
            return found

    policy = Policy(
        resolver=Resolver(documents=[own]),
        statuses=Lists(),
        trust=None,
        max_status_age=timedelta(days=1),
    )
    return verify(credential.document_bytes, at=clock.now(), policy=policy)


def test_issue_award_keeps_a_credential_that_verifies() -> None:
    issuing = an_issuing_organisation()
    person = a_person(issuing.organisation, "Jeanne Vidal", birth_date=date(1990, 5, 1))

    award = an_award(issuing, person=person, grade="16/20")

    credential = award.credentials.get()
    report = verified(credential)
    assert report.answer(Question.INTACT) is Outcome.PASSED
    assert report.answer(Question.VALID) is Outcome.PASSED
    assert report.credential is not None
    assert report.credential.holder.name == "Jeanne Vidal"
    assert report.credential.grade == "16/20"
    assert report.credential.issuer.id == credential.issuer_did
    assert "1990-05-01" not in credential.document_bytes.decode()
    assert len(credential.link_token) == 22
    assert len(credential.reference) == 12


def test_issue_award_announces_it_and_writes_the_journal() -> None:
    heard: list[AwardIssued] = []
    events.on(AwardIssued)(heard.append)

    award = an_award()

    assert AwardIssued(award.id, award.organisation_id, award.person_id, award.specification_id) in heard
    assert [entry.verb for entry in journal.entries_about(award.id)] == ["award.issued"]


def test_issue_award_is_refused_to_who_may_not_sign() -> None:
    issuing = an_issuing_organisation()
    trainer = a_member(a_user(), issuing.organisation, Role.TRAINER)

    with pytest.raises(NotAllowedError):
        actions.issue_award(
            organisation=issuing.organisation,
            specification=issuing.specification,
            person=a_person(issuing.organisation),
            by=trainer,
        )
    assert not Award.objects.exists()


def test_issue_award_refuses_a_draft_and_another_organisations_version() -> None:
    issuing, stranger = an_issuing_organisation(), an_issuing_organisation()
    draft = a_specification(issuing.organisation)

    for specification in (draft, stranger.specification):
        with pytest.raises(NotPublishedError):
            actions.issue_award(
                organisation=issuing.organisation,
                specification=specification,
                person=a_person(issuing.organisation),
                by=issuing.signatory,
            )


def test_issue_award_twice_is_refused_while_the_first_is_live() -> None:
    issuing = an_issuing_organisation()
    person = a_person(issuing.organisation)
    an_award(issuing, person=person)

    for again in (False, True):
        with pytest.raises(AlreadyAwardedError):
            an_award(issuing, person=person, again=again)
    assert Award.objects.count() == 1


def test_issue_award_after_revocation_needs_a_gesture() -> None:
    issuing = an_issuing_organisation()
    person = a_person(issuing.organisation)
    actions.revoke_award(award=an_award(issuing, person=person), reason="error", by=issuing.signatory)

    with pytest.raises(NeedsGestureError):
        an_award(issuing, person=person)
    second = an_award(issuing, person=person, again=True)

    assert second.state is AwardState.VALID


def test_issue_award_after_expiry_needs_a_gesture_and_the_old_one_stays_expired() -> None:
    issuing = an_issuing_organisation(content=complete_content(validity_months=12))
    person = a_person(issuing.organisation)
    with clock.frozen(datetime(2020, 2, 1, tzinfo=UTC)):
        first = an_award(issuing, person=person, awarded_on=date(2020, 1, 31))
    assert first.valid_until == datetime(2021, 1, 31, 22, 59, 59, tzinfo=UTC)

    with pytest.raises(NeedsGestureError):
        an_award(issuing, person=person)
    second = an_award(issuing, person=person, again=True)

    first.refresh_from_db()
    assert (first.state, first.is_current) == (AwardState.EXPIRED, False)
    assert (second.state, second.is_current) == (AwardState.VALID, True)


def test_issue_award_refuses_tomorrow() -> None:
    with pytest.raises(FutureAwardError):
        an_award(awarded_on=clock.today() + timedelta(days=1))


def test_issue_award_refuses_a_day_whose_validity_is_over() -> None:
    issuing = an_issuing_organisation(content=complete_content(validity_months=12))

    with pytest.raises(ValidityOverError) as refused:
        an_award(issuing, awarded_on=date(2020, 1, 31))
    assert refused.value.facts == {"awarded_on": "2020-01-31", "until": "2021-01-31"}


def test_revoke_award_shows_at_once_in_the_status_list() -> None:
    issuing = an_issuing_organisation()
    award = an_award(issuing)
    credential = award.credentials.get()
    heard: list[AwardRevoked] = []
    events.on(AwardRevoked)(heard.append)

    actions.revoke_award(award=award, reason="fraud", note="Constat du 3 mars.", by=issuing.signatory)

    assert verified(credential).answer(Question.VALID) is Outcome.FAILED
    award.refresh_from_db()
    assert award.state is AwardState.REVOKED
    assert award.revocation_note == "Constat du 3 mars."
    assert heard[-1] == AwardRevoked(award.id, issuing.organisation.id, "fraud")
    assert credential.status_list is not None
    credential.status_list.refresh_from_db()
    served = json.loads(bytes(credential.status_list.document))
    bits = bitstring.decode(served["credentialSubject"]["encodedList"], max_bytes=1_000_000)
    assert sum(byte.bit_count() for byte in bits) == 1
    assert bitstring.bit(bits, credential.status_index) is True


def test_revoke_award_twice_is_refused() -> None:
    issuing = an_issuing_organisation()
    award = actions.revoke_award(award=an_award(issuing), reason="error", by=issuing.signatory)

    with pytest.raises(AlreadyRevokedError):
        actions.revoke_award(award=award, reason="error", by=issuing.signatory)


@pytest.mark.parametrize("reason", ["", "corrected", "because"])
def test_revoke_award_refuses_what_is_not_a_reason(reason: str) -> None:
    issuing = an_issuing_organisation()
    award = an_award(issuing)

    with pytest.raises(ReasonError):
        actions.revoke_award(award=award, reason=reason, by=issuing.signatory)


@pytest.mark.parametrize("role", [Role.TRAINER, Role.DESIGNER, Role.ADMIN, Role.ASSESSOR, Role.PARTNER])
def test_revoke_award_is_refused_to_others_than_signatories(role: Role) -> None:
    issuing = an_issuing_organisation()
    award = an_award(issuing)
    member = a_member(a_user(), issuing.organisation, role)

    with pytest.raises(NotAllowedError):
        actions.revoke_award(award=award, reason="error", by=member)
    award.refresh_from_db()
    assert award.state is AwardState.VALID


def test_a_stranger_may_not_revoke_and_does_not_see_the_award() -> None:
    award, other = an_award(), an_issuing_organisation()

    with pytest.raises(NotAllowedError):
        actions.revoke_award(award=award, reason="error", by=other.signatory)
    assert queries.award_for(other.signatory, award.id) is None


def test_correct_award_replaces_the_credential_and_each_knows_the_other() -> None:
    issuing = an_issuing_organisation()
    person = a_person(issuing.organisation, "Jeane Vidal")
    old = an_award(issuing, person=person, grade="12/20", awarded_on=date(2026, 3, 1))

    new = actions.correct_award(
        award=old, changes=AwardChanges(holder_name="  Jeanne  Vidal "), by=issuing.signatory
    )

    old.refresh_from_db()
    person.refresh_from_db()
    assert (old.state, old.replaced_by, new.replaces) == (AwardState.REPLACED, new, old)
    assert old.revocation_reason == RevocationReason.CORRECTED
    assert (new.holder_name, new.grade, new.awarded_on) == ("Jeanne Vidal", "12/20", date(2026, 3, 1))
    assert person.full_name == "Jeanne Vidal"
    assert verified(old.credentials.get()).answer(Question.VALID) is Outcome.FAILED
    report = verified(new.credentials.get())
    assert report.answer(Question.VALID) is Outcome.PASSED
    assert report.credential is not None
    assert report.credential.holder.name == "Jeanne Vidal"


def test_correct_award_refuses_to_change_nothing() -> None:
    issuing = an_issuing_organisation()
    award = an_award(issuing, grade="12/20")

    for changes in (AwardChanges(), AwardChanges(grade="12/20", holder_name=award.holder_name)):
        with pytest.raises(NothingChangedError):
            actions.correct_award(award=award, changes=changes, by=issuing.signatory)
    award.refresh_from_db()
    assert award.state is AwardState.VALID


def test_correct_award_refuses_a_revoked_one() -> None:
    issuing = an_issuing_organisation()
    award = actions.revoke_award(award=an_award(issuing), reason="error", by=issuing.signatory)

    with pytest.raises(AlreadyRevokedError):
        actions.correct_award(award=award, changes=AwardChanges(grade="18/20"), by=issuing.signatory)


def test_awards_of_finds_by_name_reference_and_state() -> None:
    issuing = an_issuing_organisation()
    anne = an_award(issuing, person=a_person(issuing.organisation, "Anne-Élodie Ménard"))
    paul = an_award(issuing, person=a_person(issuing.organisation, "Paul Roux"))
    actions.revoke_award(award=paul, reason="error", by=issuing.signatory)
    an_award()

    def found(**wanted: object) -> list[Award]:
        return list(queries.awards_of(issuing.organisation, **wanted))

    reference = anne.credentials.get().reference
    assert found(text="elodie MENARD") == [anne]
    assert found(text=f"{reference[:4]}-{reference[4:8]} {reference[8:].lower()}") == [anne]
    assert found(state=AwardState.VALID) == [anne]
    assert found(state=AwardState.REVOKED) == [paul]
    assert found(state=AwardState.EXPIRED) == []
    assert sorted(found(), key=str) == sorted([anne, paul], key=str)


def test_credential_by_token_and_reference() -> None:
    credential = an_award().credentials.get()

    assert queries.credential_by_token(credential.link_token) == credential
    assert queries.credential_by_token("x" * 22) is None
    assert queries.credential_by_reference(credential.reference.lower()) == credential
    assert queries.credential_by_reference("123") is None
    assert queries.credential_by_reference("0" * 12) is None


def test_awards_of_asks_as_much_for_one_as_for_three(django_assert_num_queries) -> None:
    issuing = an_issuing_organisation()

    for count in (1, 3):
        while Award.objects.count() < count:
            an_award(issuing, person=a_person(issuing.organisation, f"Personne {Award.objects.count()}"))
        with django_assert_num_queries(2):
            for award in queries.awards_of(issuing.organisation):
                shown = (award.state, award.credential.reference, award.specification.micro_credential.slug)
                assert all(shown)
