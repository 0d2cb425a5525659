"""Territories: drawn by the organisation that looks after them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction

from jalon.foundation import journal
from jalon.people.models import Organisation, User
from jalon.people.permissions import require
from jalon.people.rules import Capability
from jalon.territory import queries
from jalon.territory.errors import (
    InvalidTerritoryError,
    NameTakenError,
    TooManyPartsError,
    UnknownPartsError,
    UnknownTerritoryError,
)
from jalon.territory.models import PartKind, Territory, TerritoryPart
from jalon.territory.rules.territories import MOST_PARTS, changes, cleaned_name, is_code

Parts = Collection[tuple[PartKind, str]]


@transaction.atomic
def draw_territory(
    *, organisation: Organisation, name: str, parts: Parts, by: User, anew: bool = True
) -> Territory:
    """
    Draw a territory, or draw one of that name anew.

    Args:
        parts: Kinds and official codes: ``(PartKind.EPCI, "200069151")``.
        anew: Whether one of that name may be there already.

    Raises:
        InvalidTerritoryError: No name, or no part.
        NameTakenError: There is one of that name, and it is not to be drawn anew.
        TooManyPartsError, UnknownPartsError
        NotAllowedError: *by* does not manage the organisation.
    """
    require(by, Capability.MANAGE_ORGANISATION, organisation)
    return _drawn(organisation, name, parts, by=by, anew=anew)


@transaction.atomic
def draw_as_operator(*, organisation: Organisation, name: str, parts: Parts) -> Territory:
    """`draw_territory`, for whoever runs the installation, from its shell: the journal names no account."""
    return _drawn(organisation, name, parts, by=None, anew=True)


def _drawn(organisation: Organisation, name: str, parts: Parts, *, by: User | None, anew: bool) -> Territory:
    said = cleaned_name(name)
    if not said or not parts:
        raise InvalidTerritoryError
    _check(parts)
    territory, is_new = Territory.objects.get_or_create(organisation=organisation, name=said)
    if not (is_new or anew):
        raise NameTakenError(f"expected a new name, met {said!r}", name=said)
    before = territory.part_names
    _write(territory, set(parts))
    _journal(territory, "territory.drawn", by, {"name": said, **changes(before, territory.part_names)})
    return territory


@transaction.atomic
def rename_territory(*, territory_id: UUID, name: str, by: User) -> Territory:
    """
    Give a territory another name.

    Raises:
        InvalidTerritoryError: No name.
        NameTakenError, NotAllowedError, UnknownTerritoryError
    """
    territory = _locked(territory_id, by)
    said, before = cleaned_name(name), territory.name
    if not said:
        raise InvalidTerritoryError
    others = Territory.objects.filter(organisation=territory.organisation, name=said)
    if others.exclude(id=territory.id).exists():
        raise NameTakenError(f"expected a new name, met {said!r}", name=said)
    if said != before:
        territory.name = said
        territory.save()
        _journal(territory, "territory.renamed", by, {"name": said, "before": before})
    return territory


@transaction.atomic
def change_parts(*, territory_id: UUID, add: Parts = (), remove: Parts = (), by: User) -> Territory:
    """
    Add parts to a territory and take others out; what another person changed meanwhile stays.

    Raises:
        InvalidTerritoryError: Nothing would be left.
        TooManyPartsError, UnknownPartsError, NotAllowedError, UnknownTerritoryError
    """
    territory = _locked(territory_id, by)
    before = {(PartKind(part.kind), part.code) for part in territory.parts.all()}
    after = (before | set(add)) - set(remove)
    if after == before:
        return territory
    if not after:
        raise InvalidTerritoryError
    # What was drawn before a list of communes came, or ended since, does not stand in the way of the rest.
    _check(after - before, already=len(after & before))
    names = territory.part_names
    _write(territory, after)
    _journal(territory, "territory.changed", by, changes(names, territory.part_names))
    return territory


@transaction.atomic
def remove_territory(*, organisation: Organisation, territory_id: UUID, by: User) -> None:
    """
    Take a territory away: its needs are moderated as those that no territory claims.

    Raises:
        NotAllowedError: *by* does not manage the organisation.
    """
    require(by, Capability.MANAGE_ORGANISATION, organisation)
    for territory in Territory.objects.filter(organisation=organisation, id=territory_id):
        gone = {"name": territory.name, **changes(territory.part_names, ())}
        _journal(territory, "territory.removed", by, gone)
        territory.delete()


def _locked(territory_id: UUID, by: User) -> Territory:
    held = Territory.objects.select_for_update(of=("self",)).select_related("organisation")
    territory = held.filter(id=territory_id).first()
    if territory is None:
        raise UnknownTerritoryError
    require(by, Capability.MANAGE_ORGANISATION, territory.organisation)
    return territory


def _check(parts: Parts, *, already: int = 0) -> None:
    many = len(set(parts)) + already
    if many > MOST_PARTS:
        raise TooManyPartsError(f"expected at most {MOST_PARTS} parts, met {many}", met=many, most=MOST_PARTS)
    wrong = [code for kind, code in parts if not is_code(kind, code)]
    if wrong := sorted(wrong or queries.unknown_codes(parts)):
        met = ", ".join(code[:20] for code in wrong[:5])
        raise UnknownPartsError(f"expected official codes, met {met}", codes=met)


def _write(territory: Territory, parts: set[tuple[PartKind, str]]) -> None:
    territory.parts.all().delete()
    TerritoryPart.objects.bulk_create(
        [TerritoryPart(territory=territory, kind=kind, code=code) for kind, code in sorted(parts)]
    )


def _journal(territory: Territory, verb: str, by: User | None, facts: Mapping[str, object]) -> None:
    journal.write(
        organisation=territory.organisation, actor=by, verb=verb, object_id=territory.id, facts=facts
    )
