"""Territories: drawn, changed and taken away by whoever manages the organisation, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from tests.factories.people import a_member, a_user, an_organisation
from tests.factories.territory import a_commune, a_territory

from jalon.foundation import journal
from jalon.foundation.errors import NotAllowedError
from jalon.people.models import Organisation, User
from jalon.people.rules import Role
from jalon.territory import actions, queries
from jalon.territory.errors import (
    InvalidTerritoryError,
    NameTakenError,
    TooManyPartsError,
    UnknownPartsError,
    UnknownTerritoryError,
)
from jalon.territory.models import PartKind, Territory
from jalon.territory.rules.territories import MOST_PARTS

pytestmark = pytest.mark.django_db

NASBINALS = (PartKind.COMMUNE, "48104")
AUBRAC = (PartKind.EPCI, "200069144")
LOZERE = (PartKind.DEPARTMENT, "48")


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def admin(organisation: Organisation) -> User:
    return a_member(a_user(), organisation)


def verbs(territory: Territory) -> list[str]:
    return [entry.verb for entry in journal.entries_about(territory.id)]


# — Drawing and changing —


def test_a_territory_is_drawn_and_journalled_with_its_parts(organisation: Organisation, admin: User) -> None:
    drawn = actions.draw_territory(
        organisation=organisation, name="  Pays de\0 l'Aubrac ", parts=[NASBINALS, AUBRAC], by=admin
    )

    (entry,) = journal.entries_about(drawn.id)
    assert drawn.name == "Pays de l'Aubrac"
    assert drawn.part_names == ["commune:48104", "epci:200069144"]
    assert (entry.verb, entry.actor_id) == ("territory.drawn", admin.id)
    assert entry.facts["added"] == drawn.part_names


@pytest.mark.parametrize(
    ("name", "parts", "error"),
    [
        (" \0 ", [NASBINALS], InvalidTerritoryError),
        ("Aubrac", [], InvalidTerritoryError),
        ("Aubrac", [(PartKind.COMMUNE, "4810")], UnknownPartsError),
        ("Aubrac", [(PartKind.EPCI, "")], UnknownPartsError),
        ("Aubrac", [(PartKind.DEPARTMENT, "٤٨")], UnknownPartsError),
        ("Aubrac", [(PartKind.COMMUNE, f"{n:05}") for n in range(MOST_PARTS + 1)], TooManyPartsError),
    ],
)
def test_what_is_no_territory_is_refused(
    organisation: Organisation, admin: User, name: str, parts: Any, error: type[Exception]
) -> None:
    with pytest.raises(error):
        actions.draw_territory(organisation=organisation, name=name, parts=parts, by=admin)
    assert not Territory.objects.exists()


def test_codes_that_the_imported_list_does_not_have_are_refused_and_named(
    organisation: Organisation, admin: User
) -> None:
    a_commune(epci_code="200069144", edition="2026")
    actions.draw_territory(organisation=organisation, name="Aubrac", parts=[NASBINALS, AUBRAC], by=admin)

    with pytest.raises(UnknownPartsError) as refused:
        actions.draw_territory(
            organisation=organisation,
            name="Causses",
            parts=[NASBINALS, (PartKind.COMMUNE, "48999"), (PartKind.EPCI, "200000000")],
            by=admin,
        )
    assert refused.value.facts["codes"] == "200000000, 48999"


def test_a_name_is_not_taken_twice_unless_it_is_drawn_anew(organisation: Organisation, admin: User) -> None:
    first = actions.draw_territory(organisation=organisation, name="Aubrac", parts=[NASBINALS], by=admin)

    with pytest.raises(NameTakenError):
        actions.draw_territory(organisation=organisation, name="Aubrac", parts=[LOZERE], by=admin, anew=False)
    assert first.part_names == ["commune:48104"]
    again = actions.draw_territory(organisation=organisation, name="Aubrac", parts=[LOZERE], by=admin)
    assert again == first
    assert first.part_names == ["department:48"]


def test_parts_that_two_people_change_at_once_are_all_kept(organisation: Organisation, admin: User) -> None:
    drawn = a_territory(organisation, "48104", "48026")

    actions.change_parts(territory_id=drawn.id, add=[AUBRAC], by=admin)
    actions.change_parts(territory_id=drawn.id, remove=[(PartKind.COMMUNE, "48026")], by=admin)
    actions.change_parts(territory_id=drawn.id, add=[AUBRAC], by=admin)

    assert drawn.part_names == ["commune:48104", "epci:200069144"]
    assert verbs(drawn).count("territory.changed") == 2


def test_the_last_part_stays(organisation: Organisation, admin: User) -> None:
    drawn = a_territory(organisation, "48104")

    with pytest.raises(InvalidTerritoryError):
        actions.change_parts(territory_id=drawn.id, remove=[NASBINALS], by=admin)
    assert drawn.part_names == ["commune:48104"]


def test_a_part_that_no_list_has_any_more_does_not_stand_in_the_way(
    organisation: Organisation, admin: User
) -> None:
    a_commune(edition="2026")
    drawn = a_territory(organisation, "48999")

    actions.change_parts(territory_id=drawn.id, add=[NASBINALS], by=admin)

    assert drawn.part_names == ["commune:48104", "commune:48999"]


def test_renaming_keeps_parts_and_refuses_a_name_that_is_taken(
    organisation: Organisation, admin: User
) -> None:
    drawn = a_territory(organisation, "48104")
    a_territory(organisation, "48026", name="Causses")

    renamed = actions.rename_territory(territory_id=drawn.id, name="Aubrac lozérien", by=admin)
    with pytest.raises(NameTakenError):
        actions.rename_territory(territory_id=drawn.id, name="Causses", by=admin)

    assert renamed.part_names == ["commune:48104"]
    assert Territory.objects.get(id=drawn.id).name == "Aubrac lozérien"
    assert verbs(drawn) == ["territory.renamed"]


def test_what_was_taken_away_is_gone_and_the_journal_tells_what_it_was(
    organisation: Organisation, admin: User
) -> None:
    drawn = a_territory(organisation, "48104")
    gone = drawn.id

    actions.remove_territory(organisation=organisation, territory_id=gone, by=admin)

    (entry,) = journal.entries_about(gone)
    assert entry.facts["removed"] == ["commune:48104"]
    with pytest.raises(UnknownTerritoryError):
        actions.change_parts(territory_id=gone, add=[AUBRAC], by=admin)


# — Who may —


def draw(territory: Territory, by: User) -> Any:
    return actions.draw_territory(organisation=territory.organisation, name="Autre", parts=[LOZERE], by=by)


def redraw(territory: Territory, by: User) -> Any:
    return actions.draw_territory(
        organisation=territory.organisation, name=territory.name, parts=[LOZERE], by=by
    )


def rename(territory: Territory, by: User) -> Any:
    return actions.rename_territory(territory_id=territory.id, name="Autre", by=by)


def change(territory: Territory, by: User) -> Any:
    return actions.change_parts(territory_id=territory.id, add=[LOZERE], by=by)


def remove(territory: Territory, by: User) -> Any:
    return actions.remove_territory(organisation=territory.organisation, territory_id=territory.id, by=by)


ACTIONS: list[Callable[[Territory, User], Any]] = [draw, redraw, rename, change, remove]
OTHER_ROLES = sorted(set(Role) - {Role.ADMIN})


@pytest.mark.parametrize("action", ACTIONS, ids=lambda act: act.__name__)
@pytest.mark.parametrize("role", [None, "stranger", "operator", *OTHER_ROLES])
def test_only_who_manages_the_organisation_draws(
    organisation: Organisation, action: Callable[[Territory, User], Any], role: Role | str | None
) -> None:
    drawn = a_territory(organisation, "48104")
    by = a_user(is_superuser=role == "operator")
    if role == "stranger":
        a_member(by, an_organisation())
    elif isinstance(role, Role):
        a_member(by, organisation, role)

    with pytest.raises(NotAllowedError):
        action(drawn, by)
    assert [(each.name, each.part_names) for each in Territory.objects.all()] == [
        ("Aubrac", ["commune:48104"])
    ]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda act: act.__name__)
def test_who_manages_it_does(
    organisation: Organisation, admin: User, action: Callable[[Territory, User], Any]
) -> None:
    drawn = a_territory(organisation, "48104")

    action(drawn, admin)

    assert [(each.name, each.part_names) for each in Territory.objects.all()] != [
        ("Aubrac", ["commune:48104"])
    ]


# — What it holds —


def test_extent_counts_each_commune_once_and_says_what_each_part_brings(
    django_assert_num_queries: Any,
) -> None:
    a_commune(epci_code="200069144", epci_name="CC des Hautes Terres de l'Aubrac")
    a_commune("48009", "Arzenc", population=None, latitude=None, longitude=None)
    a_commune("12214", "Saint-Chély", epci_code="200069144", population=500)
    a_commune("48999", "Ancienne", is_current=False)
    a_commune("59350", "Lille", population=230_000)
    asked = [("commune", "48104"), ("epci", "200069144"), ("department", "48"), ("epci", "200000000")]

    with django_assert_num_queries(1):
        extent = queries.extent_of(asked)

    assert (extent.communes, extent.people) == (3, 980)
    assert sorted(point.name for point in extent.points) == ["Nasbinals", "Saint-Chély"]
    assert [extent.counts[each] for each in asked] == [1, 2, 2, 0]
    assert extent.names["epci", "200069144"] == "CC des Hautes Terres de l'Aubrac"


def test_an_epci_without_code_brings_nothing() -> None:
    a_commune(epci_code="")

    assert queries.extent_of([("epci", "")]).communes == 0


@pytest.mark.parametrize("typed", ["aubrac", "hautes terres", "AUBRAC TERR", "200069144", "2000691"])
def test_an_epci_is_found_by_its_words_and_by_its_code(typed: str) -> None:
    a_commune(epci_code="200069144", epci_name="CC des Hautes Terres de l'Aubrac")
    a_commune("12214", "Saint-Chély", epci_code="200069144", epci_name="CC des Hautes Terres de l'Aubrac")

    assert queries.epci_like(typed) == [("200069144", "CC des Hautes Terres de l'Aubrac")]


@pytest.mark.parametrize("typed", ["", "\0", "48", "causses", "200000000", "🚜", "%", "_" * 500])
def test_what_is_no_epci_finds_none(typed: str) -> None:
    a_commune(epci_code="200069144", epci_name="CC des Hautes Terres de l'Aubrac")

    assert queries.epci_like(typed) == []


def test_territories_are_seen_by_their_moderators_and_by_no_other(organisation: Organisation) -> None:
    drawn = a_territory(organisation, "48104")
    designer = a_member(a_user(), organisation, Role.DESIGNER)
    trainer = a_member(a_user(), organisation, Role.TRAINER)
    stranger = a_member(a_user(), an_organisation())

    assert queries.territory_of(designer, drawn.id) == drawn
    assert queries.territory_of(designer, uuid4()) is None
    assert queries.territory_of(trainer, drawn.id) is None
    assert queries.territory_of(stranger, drawn.id) is None
