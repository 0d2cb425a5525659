"""Stating a need, correcting it, taking it back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from jalon.foundation import clock, jobs, journal
from jalon.foundation.events import announce
from jalon.people.models import Organisation, User
from jalon.people.permissions import require
from jalon.people.rules import Capability, OrganisationKind
from jalon.territory.actions.steps import expect, locked, write_step
from jalon.territory.actions.telling import erase_asker
from jalon.territory.errors import InvalidNeedError
from jalon.territory.events import NeedAccepted, NeedWithdrawn
from jalon.territory.models import Commune, Need, NeedGroup, NeedLink
from jalon.territory.rules import needs as rules
from jalon.territory.rules.need_states import (
    CORRECTABLE_STATES,
    WITHDRAWABLE_STATES,
    NeedState,
    StepKind,
    after_correction,
)
from jalon.territory.rules.needs import Asker, AskerKind, NeedFacts

_KINDS = {
    OrganisationKind.COMPANY.value: AskerKind.COMPANY,
    OrganisationKind.LOCAL_AUTHORITY.value: AskerKind.LOCAL_AUTHORITY,
}


@transaction.atomic
def state_need(
    *,
    facts: NeedFacts,
    asker: Asker | None = None,
    organisation: Organisation | None = None,
    by: User | None = None,
    language: str = "",
    keep_months: int = rules.KEEP_MONTHS,
) -> Need:
    """
    Take in what somebody says is missing.

    Under the name of an *organisation* whose identity is confirmed it is public at once; from any other,
    whose name was typed by whoever liked, and from an *asker* it waits until it was read.

    Args:
        language: BCP 47 tag of the language in which they are told, ``""`` where nobody knows.
        keep_months: How long the name and address of the asker are kept.

    Raises:
        InvalidNeedError: Something in it cannot be right.
        NotAllowedError: *by* may not speak for *organisation*.
        ValueError: Neither or both of *asker* and *organisation*.
    """
    if (asker is None) == (organisation is None):
        raise ValueError("expected either an asker or an organisation")
    if organisation is not None:
        if by is None:
            raise ValueError("expected the account that speaks for the organisation")
        require(by, Capability.STATE_NEEDS, organisation)
    commune = _commune(facts)
    faults = rules.need_faults(facts, today=clock.today(), commune_is_known=commune is not None)
    if faults := faults + (rules.asker_faults(asker) if asker else []):
        raise InvalidNeedError(faults)
    need = Need(**_columns(facts, commune), personal_data_until=_until(clock.today(), keep_months))
    if asker is not None:
        need.asker_kind = asker.kind.value
        need.asker_name = asker.name.strip() if asker.agrees else ""
        need.asker_email = asker.email.strip().lower() if asker.agrees else ""
        need.agreed_at = clock.now() if need.asker_name or need.asker_email else None
    else:
        need.asker_kind = _KINDS.get(organisation.kind if organisation else "", AskerKind.OTHER).value
        need.organisation, need.stated_by = organisation, by
        if need.is_vouched:
            need.state, need.decided_at = NeedState.OPEN.value, clock.now()
    if need.asker_email or need.stated_by:
        need.asker_language = language[:10]
    need.save(force_insert=True)
    _tell_of_statement(need, by)
    return need


def _tell_of_statement(need: Need, by: User | None) -> None:
    step = write_step(need, StepKind.STATED, by=by)
    journal.write(organisation=need.organisation, actor=by, verb="need.stated", object_id=need.id)
    if need.is_public:
        announce(NeedAccepted(need.id))
    if need.asker_email or need.stated_by:
        # The link to follow it, for whoever closes the page that shows it.
        jobs.enqueue("jalon.territory.tasks.tell_asker", step_id=str(step.id))


def _until(day: date, months: int) -> date:
    return rules.keep_until(day, max(1, months))


def _commune(facts: NeedFacts) -> Commune | None:
    if not facts.commune_code:
        return None
    return Commune.objects.filter(code=facts.commune_code, is_current=True).first()


def _columns(facts: NeedFacts, commune: Commune | None) -> dict[str, object]:
    return {
        "skill": rules.plain(facts.skill).strip(),
        "commune": commune,
        "place": "" if commune else " ".join(rules.plain(facts.place).split()),
        "people_count": facts.people_count,
        "needed_by": facts.needed_by,
        "constraints": rules.plain(facts.constraints).strip(),
        "constraints_ticked": sorted(each.value for each in facts.ticked),
    }


_WORDS = frozenset({"skill", "constraints", "place"})


@transaction.atomic
def correct_need(*, need: Need, facts: NeedFacts) -> Need:
    """
    Replace what a need says, for whoever holds its private link.

    Words that nobody has read yet are read again before they are public, unless an organisation stands for
    them. A date that was right when it was stated may stay.

    Raises:
        InvalidNeedError, NeedStateError
    """
    kept = locked(need.id)
    expect(kept, *CORRECTABLE_STATES)
    commune = _commune(facts)
    faults = rules.need_faults(facts, today=clock.today(), commune_is_known=commune is not None)
    if facts.needed_by == kept.needed_by:
        faults = [fault for fault in faults if fault.code != "territory.date_past"]
    if faults:
        raise InvalidNeedError(faults)
    columns = _columns(facts, commune)
    changed = [name for name, value in columns.items() if getattr(kept, name) != value]
    if not changed:
        return kept
    for name, value in columns.items():
        setattr(kept, name, value)
    before = NeedState(kept.state)
    after = after_correction(before, vouched=kept.is_vouched, words_changed=bool(_WORDS & set(changed)))
    kept.state = after.value
    if after is NeedState.WAITING:
        kept.reason, kept.decided_at = "", None
        if before is NeedState.OPEN:
            leave_group(kept)
    kept.save()
    write_step(kept, StepKind.CORRECTED, facts={"fields": changed})
    return kept


def leave_group(need: Need) -> None:
    """Take a need out of its group; a group of one is none. The caller saves the need."""
    group_id = need.group_id
    need.group = None
    if group_id is None:
        return
    others = Need.objects.filter(group_id=group_id).exclude(id=need.id)
    if others.count() < 2:
        others.update(group=None)
        Need.objects.filter(id=need.id).update(group=None)
        NeedGroup.objects.filter(id=group_id).delete()


@transaction.atomic
def withdraw_need(*, need: Need) -> Need:
    """
    Take a need back, for whoever holds its private link: no longer public, name and address erased at once.

    Raises:
        NeedStateError: It was withdrawn already, or set aside as spam.
    """
    kept = locked(need.id)
    expect(kept, *WITHDRAWABLE_STATES)
    kept.state = NeedState.WITHDRAWN.value
    leave_group(kept)
    NeedLink.objects.filter(need=kept).delete()
    write_step(kept, StepKind.WITHDRAWN)
    erase_asker(kept)
    kept.save()
    journal.write(organisation=kept.organisation, actor=None, verb="need.withdrawn", object_id=kept.id)
    announce(NeedWithdrawn(kept.id))
    return kept
