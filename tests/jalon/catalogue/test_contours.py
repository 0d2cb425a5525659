"""The contours of departments: shared lines, closed rings, and places on the right side of them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from jalon.catalogue.rules import contours
from jalon.catalogue.rules.contours import Border, Point
from jalon.catalogue.rules.departments import REGION_OF, departments_of

TOWNS = {
    "48": (44.52, 3.50),  # Mende
    "29": (48.00, -4.10),  # Quimper
    "2A": (41.93, 8.74),  # Ajaccio
    "57": (49.12, 6.18),  # Metz
    "64": (43.30, -0.37),  # Pau
    "87": (45.83, 1.26),  # Limoges
}


def holds(ring: tuple[Point, ...], place: Point) -> bool:
    """Whether *place* lies inside, by how often a line to the east crosses the ring."""
    lat, lon = place
    crossings = 0
    for (south, west), (north, east) in pairwise(ring):
        if (south > lat) != (north > lat):
            crossings += lon < west + (lat - south) / (north - south) * (east - west)
    return crossings % 2 == 1


def test_lines_are_read_by_steps() -> None:
    assert contours.read("12/48 4450,310 5,-2\n--/48 4400,300 -1,0") == (
        Border("12", "48", ((44.5, 3.1), (44.55, 3.08))),
        Border("--", "48", ((44.0, 3.0), (43.99, 3.0))),
    )


def test_every_department_of_the_mainland_has_a_contour() -> None:
    mainland = {code for code in REGION_OF if len(code) == 2}

    assert contours.drawn() == mainland
    assert len(mainland) == 96


@pytest.mark.parametrize("department", TOWNS)
def test_a_department_holds_its_own_town_and_no_other(department: str) -> None:
    rings = contours.rings({department})

    held = {code for code, town in TOWNS.items() if any(holds(ring, town) for ring in rings)}

    assert held == {department}


def test_rings_are_closed_whatever_is_taken_together() -> None:
    regions = {frozenset(departments_of(region)) & contours.drawn() for region in set(REGION_OF.values())}

    for taken in [*({code} for code in contours.drawn()), *regions, contours.drawn()]:
        rings = contours.rings(taken)
        assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in rings)
        assert bool(rings) == bool(taken)


def test_all_departments_together_are_the_mainland_and_corsica() -> None:
    assert sorted(len(ring) > 50 for ring in contours.rings(contours.drawn())) == [False, True]


def test_lines_inside_a_region_are_no_borders_of_regions() -> None:
    regions = {code: region for code, region in REGION_OF.items() if code in contours.drawn()}
    departments = {code: code for code in contours.drawn()}

    assert 30 < len(contours.inner(regions)) < len(contours.inner(departments)) - 100
    assert contours.inner({"48": "76", "12": "76"}) == ()
    assert len(contours.inner({"48": "48", "12": "12"})) == 1
