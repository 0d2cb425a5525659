"""Looking communes up as somebody types, and the territories that hold them."""

from __future__ import annotations

import pytest
from tests.factories.people import an_organisation
from tests.factories.territory import a_commune, a_territory

from jalon.territory import queries
from jalon.territory.models import PartKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> None:
    a_commune("48104", "Nasbinals", population=480, postcodes=" 48260 ")
    a_commune("48146", "Gorges du Tarn Causses", population=900)
    a_commune("12214", "Saint-Chély-d'Aubrac", population=520)
    a_commune("48140", "Saint-Chély-d'Apcher", population=4100)
    a_commune("32395", "Saint-Martin", population=400)
    a_commune("67439", "Saint-Martin", population=390)
    a_commune("51003", "Saint-Martin-aux-Champs", population=80)
    a_commune("48999", "Saint-Chély-d'Autrefois", is_current=False)


@pytest.mark.parametrize("typed", ["nasb", "NASBINALS", "  nasbinals ", "48260", "48104"])
def test_commune_is_found_however_it_is_typed(places: None, typed: str) -> None:
    found = queries.communes_like(typed)

    assert [commune.code for commune in found] == ["48104"]


@pytest.mark.parametrize("typed", ["st chely", "Saint-Chély", "saint chely d", "chely st"])
def test_abbreviations_accents_and_order_do_not_matter(places: None, typed: str) -> None:
    found = queries.communes_like(typed)

    assert [commune.code for commune in found] == ["48140", "12214"]


def test_whole_names_come_first_and_homonyms_all_of_them(places: None) -> None:
    found = queries.communes_like("saint-martin")

    assert [str(commune) for commune in found] == [
        "Saint-Martin (32)",
        "Saint-Martin (67)",
        "Saint-Martin-aux-Champs (51)",
    ]
    assert [commune.department for commune in queries.communes_named("St Martin")] == ["32", "67"]


@pytest.mark.parametrize("typed", ["", " ", "🏔️", "%", "_", "zzz", "a" * 100_000, "nasb\x00"])
def test_what_is_no_name_finds_nothing(places: None, typed: str) -> None:
    assert queries.communes_like(typed) == [] or typed == "nasb\x00"


@pytest.mark.parametrize("code", ["", "4810", "48104'", "🏔️🏔️🏔️🏔️🏔️", "48\x00104", "99999"])
def test_unknown_code_is_no_commune(places: None, code: str) -> None:
    assert queries.commune(code) is None


def test_a_commune_that_ended_is_still_known_by_its_code(places: None) -> None:
    found = queries.commune("48999")

    assert found is not None
    assert not found.is_current


def test_territories_hold_a_commune_by_itself_its_epci_or_its_department() -> None:
    place = a_commune(epci_code="200069151")
    by_name = a_territory(an_organisation(), "48104")
    by_epci = a_territory(an_organisation(), "200069151", kind=PartKind.EPCI)
    by_department = a_territory(an_organisation(), "48", "12", kind=PartKind.DEPARTMENT)
    a_territory(an_organisation(), "12214")

    found = set(queries.territories_with(place))

    assert found == {by_name, by_epci, by_department}
