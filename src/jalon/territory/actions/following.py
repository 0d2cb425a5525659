"""Following needs: brought together by a person, linked to what is written for them, answered."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from jalon.foundation import journal
from jalon.foundation.events import announce
from jalon.people.models import User
from jalon.territory.actions.stating import leave_group
from jalon.territory.actions.steps import expect, locked, write_step
from jalon.territory.connectors import micro_credentials
from jalon.territory.errors import NotLikeNeedsError, UnknownNeedError
from jalon.territory.events import NeedAnswered
from jalon.territory.models import Need, NeedGroup, NeedLink
from jalon.territory.permissions import require_moderator
from jalon.territory.rules.need_states import (
    PUBLIC_STATES,
    NeedState,
    StepKind,
    followed_state,
    step_into,
)


@transaction.atomic
def group_needs(*, need: Need, other: Need, by: User) -> NeedGroup:
    """
    Say that two needs are the same one. Their groups, where they have some, become one.

    Raises:
        NotLikeNeedsError: One and the same, or one is not public.
        NotAllowedError: *by* does not moderate both.
    """
    if need.id == other.id:
        raise NotLikeNeedsError
    # In one order whoever comes first, so that two people cannot wait for each other.
    first, second = (locked(each) for each in sorted([need.id, other.id]))
    for each in (first, second):
        require_moderator(by, each)
        if not each.is_public:
            raise NotLikeNeedsError(f"expected two public needs, met one {each.state}")
    group = first.group or second.group or NeedGroup.objects.create()
    joined = {first.id, second.id}
    for absorbed in {first.group_id, second.group_id} - {None, group.id}:
        joined |= set(Need.objects.filter(group_id=absorbed).values_list("id", flat=True))
    Need.objects.filter(id__in=joined).update(group=group)
    NeedGroup.objects.filter(needs__isnull=True).delete()
    for each, away in ((first, second), (second, first)):
        write_step(each, StepKind.GROUPED, by=by, facts={"with": str(away.id)})
        journal.write(
            organisation=each.organisation,
            actor=by,
            verb="need.grouped",
            object_id=each.id,
            facts={"with": str(away.id)},
        )
    _settle(Need.objects.filter(group=group).values_list("id", flat=True), by=by)
    return group


@transaction.atomic
def separate_need(*, need: Need, by: User) -> Need:
    """
    Take a need out of its group: it keeps what was linked to itself, and stands where that leaves it.

    Raises:
        NotAllowedError, NotLikeNeedsError: It is in no group.
    """
    kept = locked(need.id)
    require_moderator(by, kept)
    if kept.group_id is None:
        raise NotLikeNeedsError("expected a need of a group, met one alone")
    others = list(
        Need.objects.filter(group_id=kept.group_id).exclude(id=kept.id).values_list("id", flat=True)
    )
    leave_group(kept)
    kept.save()
    write_step(kept, StepKind.UNGROUPED, by=by)
    journal.write(organisation=kept.organisation, actor=by, verb="need.separated", object_id=kept.id)
    _settle([kept.id, *others], by=by)
    return locked(kept.id)


@transaction.atomic
def link_design(*, need: Need, micro_credential_id: UUID, by: User) -> Need:
    """
    Say that a micro-certification is written for a need, or answers it where it is published.

    It holds for the needs of its group too, and whoever asked is told of what changes.

    Raises:
        UnknownNeedError: No such micro-certification.
        NotAllowedError, NeedStateError
    """
    kept = locked(need.id)
    require_moderator(by, kept)
    expect(kept, *PUBLIC_STATES)
    facts = micro_credentials().facts([micro_credential_id]).get(micro_credential_id)
    if facts is None:
        raise UnknownNeedError("expected a micro-credential of this installation")
    _link, is_new = NeedLink.objects.get_or_create(
        need=kept,
        micro_credential_id=micro_credential_id,
        defaults={"is_published": facts.is_published, "added_by": by},
    )
    if is_new:
        _write_link(kept, StepKind.LINKED, micro_credential_id, by)
        _settle(_ids_with(kept), by=by)
    return locked(kept.id)


@transaction.atomic
def unlink_design(*, need: Need, micro_credential_id: UUID, by: User) -> Need:
    """
    Take a link back, from the whole group: it was no answer after all.

    Raises:
        NotAllowedError
    """
    kept = locked(need.id)
    require_moderator(by, kept)
    gone, _ = NeedLink.objects.filter(
        need_id__in=_ids_with(kept), micro_credential_id=micro_credential_id
    ).delete()
    if gone:
        _write_link(kept, StepKind.UNLINKED, micro_credential_id, by)
        _settle(_ids_with(kept), by=by)
    return locked(kept.id)


@transaction.atomic
def note_published(micro_credential_id: UUID) -> int:
    """A micro-certification was published: the needs that it was written for are answered. How many."""
    links = NeedLink.objects.filter(micro_credential_id=micro_credential_id, is_published=False)
    needs = list(Need.objects.filter(links__in=links).distinct())
    links.update(is_published=True)
    ids = {each for need in needs for each in _ids_with(need)}
    return len(_settle(ids, by=None, answer=micro_credential_id))


def _ids_with(need: Need) -> list[UUID]:
    """The identifiers of a need and of those of its group."""
    if need.group_id is None:
        return [need.id]
    return list(Need.objects.filter(group_id=need.group_id).values_list("id", flat=True))


def _write_link(need: Need, kind: StepKind, micro_credential_id: UUID, by: User) -> None:
    facts = {"micro_credential": str(micro_credential_id)}
    write_step(need, kind, by=by, facts=facts)
    journal.write(
        organisation=need.organisation, actor=by, verb=f"need.{kind.value}", object_id=need.id, facts=facts
    )


def _settle(need_ids: Iterable[UUID], *, by: User | None, answer: UUID | None = None) -> list[Need]:
    """Bring needs to where what is linked to them leaves them; those that changed."""
    changed = []
    for need_id in sorted(set(need_ids)):
        need = locked(need_id)
        if not need.is_public:
            continue
        links = NeedLink.objects.filter(need_id__in=_ids_with(need))
        state = followed_state(list(links.values_list("is_published", flat=True)))
        if state is NeedState(need.state):
            continue
        need.state = state.value
        need.save()
        changed.append(need)
        write_step(need, step_into(state), by=by)
        if state is NeedState.ANSWERED:
            published = (
                answer or links.filter(is_published=True).values_list("micro_credential_id", flat=True)[0]
            )
            announce(NeedAnswered(need.id, published))
    return changed
