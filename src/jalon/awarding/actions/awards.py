"""Awards one by one: issued, revoked, corrected."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from jalon.awarding.actions.forms import ask_for_forms
from jalon.awarding.actions.signing import Press, Signed, credential_row
from jalon.awarding.actions.statuses import publish_changes
from jalon.awarding.errors import (
    AlreadyAwardedError,
    AlreadyRevokedError,
    FutureAwardError,
    NeedsGestureError,
    NoNameError,
    NothingChangedError,
    ReasonError,
)
from jalon.awarding.events import AwardIssued, AwardRevoked
from jalon.awarding.models import Award
from jalon.awarding.queries.awards import live_awards_of
from jalon.awarding.rules.award_states import REASONS_BY_HAND, AwardState, RevocationReason
from jalon.awarding.rules.building import AwardChanges, Earned
from jalon.design.models import Specification
from jalon.foundation import clock, events, journal
from jalon.people.models import Organisation, Person, User
from jalon.people.permissions import require
from jalon.people.rules import Capability

NOTE_LENGTH = 500


@transaction.atomic
def issue_award(
    *,
    organisation: Organisation,
    specification: Specification,
    person: Person,
    by: User,
    awarded_on: date | None = None,
    grade: str = "",
    again: bool = False,
) -> Award:
    """
    Award one published version to one person, signed at once.

    Args:
        awarded_on: Today, unless it was earlier.
        again: Wanted although an earlier award of this version expired or was revoked.

    Raises:
        NotAllowedError, NotPublishedError, FutureAwardError, ValidityOverError
        AlreadyAwardedError: A live award of this version exists.
        NeedsGestureError: An earlier one expired or was revoked, and *again* is False.
    """
    require(by, Capability.AWARD, organisation)
    earned = _checked(
        Earned(
            holder_name=person.full_name,
            awarded_on=awarded_on or clock.today(),
            given_name=person.given_name,
            family_name=person.family_name,
            grade=grade.strip(),
        )
    )
    # The person's row is the lock: two signatories award one after the other, and the second is refused.
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk, organisation=organisation)
    before = live_awards_of([person], specification.id).get(person.id)
    if before is not None:
        refuse_unless_wanted(before, again=again)
        retire(before)
    press = Press(organisation, specification)
    signed = press.sign(earned, press.reserve(1)[0])
    award = new_award(signed, organisation=organisation, specification=specification, person=person, by=by)
    award.save()
    credential_row(signed, award).save()
    journal.write(
        organisation=organisation,
        actor=by,
        verb="award.issued",
        object_id=award.id,
        facts={"specification": str(specification.id), "again": before is not None},
    )
    ask_for_forms(organisation, [award.id])
    announce_issued(award)
    return award


def new_award(
    signed: Signed,
    *,
    organisation: Organisation,
    specification: Specification,
    person: Person,
    by: User | None,
) -> Award:
    """The row of an award whose document is signed, not saved yet."""
    award = Award(
        organisation=organisation,
        specification=specification,
        person=person,
        awarded_on=signed.earned.awarded_on,
        valid_until=signed.valid_until,
        grade=signed.earned.grade,
        issued_by=by,
    )
    award.set_holder(signed.earned.holder_name)
    return award


def refuse_unless_wanted(before: Award, *, again: bool) -> None:
    """
    Raises:
        AlreadyAwardedError: *before* is live.
        NeedsGestureError: It expired or was revoked, and nobody said that a new one is wanted.
    """
    facts = {"name": before.holder_name, "awarded_on": before.awarded_on.isoformat()}
    if before.is_current and before.state is AwardState.VALID:
        raise AlreadyAwardedError(**facts)
    if not again:
        raise NeedsGestureError(**facts, state=before.state.value)


def retire(before: Award) -> None:
    """Let an expired award be followed by another; it stays what it was."""
    if before.is_current:
        before.is_current = False
        before.save(update_fields=["is_current"])


def announce_issued(award: Award) -> None:
    """Tell later contexts, in the caller's transaction."""
    events.announce(AwardIssued(award.id, award.organisation_id, award.person_id, award.specification_id))


@transaction.atomic
def revoke_award(*, award: Award, reason: str, by: User, note: str = "") -> Award:
    """
    Revoke *award*: from this transaction's commit on, its status list says so.

    Args:
        reason: One of `REASONS_BY_HAND`.
        note: Public, shown on the page of the credential.

    Raises:
        NotAllowedError, ReasonError
        AlreadyRevokedError: It was revoked or replaced before.
    """
    require(by, Capability.REVOKE, award.organisation)
    if reason not in REASONS_BY_HAND:
        raise ReasonError(met=str(reason)[:60])
    return _revoke(_locked(award), RevocationReason(reason), note, by)


def _revoke(
    award: Award, reason: RevocationReason, note: str, by: User, *, replaced_by: Award | None = None
) -> Award:
    award.revoked_at, award.revoked_by = clock.now(), by
    award.revocation_reason, award.revocation_note = reason.value, note.strip()[:NOTE_LENGTH]
    award.is_current = False
    award.replaced_by = replaced_by
    award.save(
        update_fields=[
            "revoked_at",
            "revoked_by",
            "revocation_reason",
            "revocation_note",
            "is_current",
            "replaced_by",
        ]
    )
    lists = award.credentials.exclude(status_list=None).values_list("status_list", flat=True)
    for list_id in sorted({each for each in lists if each is not None}):
        publish_changes(list_id)
    journal.write(
        organisation=award.organisation,
        actor=by,
        verb="award.revoked",
        object_id=award.id,
        facts={"reason": reason.value, "replaced_by": str(replaced_by.id) if replaced_by else ""},
    )
    replacement: UUID | None = replaced_by.id if replaced_by else None
    events.announce(AwardRevoked(award.id, award.organisation_id, reason.value, replacement))
    return award


@transaction.atomic
def correct_award(*, award: Award, changes: AwardChanges, by: User, note: str = "") -> Award:
    """
    Sign a new credential with what was wrong put right, and revoke the old one as corrected. Each knows the
    other.

    A corrected name also mends the person's own record, where that bore the wrong one.

    Returns:
        The new award.

    Raises:
        NotAllowedError, NothingChangedError, FutureAwardError, ValidityOverError, NoNameError
        AlreadyRevokedError: Revoked or replaced awards are not corrected; the replacing one can be.
    """
    require(by, Capability.REVOKE, award.organisation)
    require(by, Capability.AWARD, award.organisation)
    old = _locked(award)
    earned = _checked(_corrected(old, changes))
    person = old.person
    if earned.holder_name != old.holder_name and person.full_name == old.holder_name:
        person.full_name, person.given_name, person.family_name = earned.holder_name, "", ""
        person.save()
    press = Press(old.organisation, old.specification)
    signed = press.sign(earned, press.reserve(1)[0])
    new = new_award(
        signed, organisation=old.organisation, specification=old.specification, person=person, by=by
    )
    retire(old)
    new.save()
    credential_row(signed, new).save()
    _revoke(old, RevocationReason.CORRECTED, note, by, replaced_by=new)
    journal.write(
        organisation=new.organisation,
        actor=by,
        verb="award.corrected",
        object_id=new.id,
        facts={
            "replaces": str(old.id),
            "changed": sorted(k for k, v in vars(changes).items() if v is not None),
        },
    )
    ask_for_forms(new.organisation, [new.id])
    announce_issued(new)
    return new


def _corrected(old: Award, changes: AwardChanges) -> Earned:
    name = old.holder_name if changes.holder_name is None else " ".join(changes.holder_name.split())
    earned = Earned(
        holder_name=name,
        awarded_on=old.awarded_on if changes.awarded_on is None else changes.awarded_on,
        # The parts of a name are kept only while they still make it up.
        given_name=old.person.given_name if name == old.person.full_name else "",
        family_name=old.person.family_name if name == old.person.full_name else "",
        grade=old.grade if changes.grade is None else changes.grade.strip(),
    )
    same = (earned.holder_name, earned.awarded_on, earned.grade) == (
        old.holder_name,
        old.awarded_on,
        old.grade,
    )
    if same:
        raise NothingChangedError
    return earned


def _checked(earned: Earned) -> Earned:
    if not earned.holder_name:
        raise NoNameError
    if earned.awarded_on > clock.today():
        raise FutureAwardError(met=earned.awarded_on.isoformat())
    return earned


def _locked(award: Award) -> Award:
    """The row of *award*, held until the end of the transaction; refused when it was revoked before."""
    held = (
        Award.objects.select_for_update(of=("self",))
        .select_related("organisation", "person", "specification__micro_credential")
        .get(pk=award.pk)
    )
    if held.revoked_at is not None:
        raise AlreadyRevokedError(on=held.revoked_at.date().isoformat())
    return held
