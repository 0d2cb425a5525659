"""Distances and names of places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.territory.rules import around, distance_km, place_key

latitudes = st.floats(-89, 89)
longitudes = st.floats(-180, 180)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # IGN's geodesic distances between the centres, to the kilometre
        ((48.8566, 2.3522), (45.7640, 4.8357), 392),
        ((0.0, 0.0), (0.0, 180.0), 20015),
        ((0.0, 179.5), (0.0, -179.5), 111),
    ],
)
def test_distance_is_that_of_the_sphere(
    one: tuple[float, float], other: tuple[float, float], expected: float
) -> None:
    assert distance_km(*one, *other) == pytest.approx(expected, abs=1)


@given(latitudes, longitudes)
def test_distance_to_itself_is_nothing(lat: float, lon: float) -> None:
    assert distance_km(lat, lon, lat, lon) == pytest.approx(0, abs=1e-6)


@given(latitudes, longitudes, latitudes, longitudes, st.floats(1, 500))
def test_box_holds_all_that_is_near(lat: float, lon: float, other: float, away: float, km: float) -> None:
    box = around(lat, lon, km)

    inside = box.south <= other <= box.north and box.west <= away <= box.east

    assert inside or distance_km(lat, lon, other, away) > km - 1e-6


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Saint-Étienne-d’Orthe", "saint etienne d orthe"),
        ("ST ETIENNE D'ORTHE", "saint etienne d orthe"),
        ("Ste-Énimie", "sainte enimie"),
        ("Œuilly", "oeuilly"),
        ("  ", ""),
        ("🏔️", ""),
        # only a whole word is an abbreviation
        ("Stenay", "stenay"),
    ],
)
def test_place_key_reads_what_people_write(written: str, key: str) -> None:
    assert place_key(written) == key
