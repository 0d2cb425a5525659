"""
The contours of departments and regions, for maps that need nothing from elsewhere.

A sketch, true to some four kilometres: mainland France and Corsica alone, and never a proof of where a place
belongs. Two departments share the line between them, so neighbours have neither gap nor overlap.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jalon.catalogue.rules.contour_lines import LINES

Point = tuple[float, float]
"""Latitude and longitude, in degrees."""

OUTSIDE = "--"


@dataclass(frozen=True)
class Border:
    """A line with a department on each side; `one` is `OUTSIDE` where the sea or another country is."""

    one: str
    other: str
    points: tuple[Point, ...]


def read(lines: str) -> tuple[Border, ...]:
    """
    The borders that a table says: ``"12/48 4450,310 5,-2"``, hundredths of a degree, then steps.

    Raises:
        ValueError: Something else.
    """
    found: list[Border] = []
    points: list[tuple[int, int]] = []
    sides: tuple[str, str] | None = None
    for word in [*lines.split(), "/"]:
        if "/" in word:
            if sides is not None:
                degrees = tuple((lat / 100, lon / 100) for lat, lon in points)
                found.append(Border(*sides, degrees))
            one, other = word.split("/")
            sides, points = (one, other), []
            continue
        north, east = (int(number) for number in word.split(","))
        if points:
            north, east = points[-1][0] + north, points[-1][1] + east
        points.append((north, east))
    return tuple(found)


@lru_cache(maxsize=1)
def borders() -> tuple[Border, ...]:
    """Every border that is known."""
    return read(LINES)


@lru_cache(maxsize=1)
def drawn() -> frozenset[str]:
    """The departments that have a contour."""
    return frozenset({border.one for border in borders()} | {border.other for border in borders()}) - {
        OUTSIDE
    }


def rings(departments: Collection[str]) -> tuple[tuple[Point, ...], ...]:
    """The outer lines of *departments* taken together, each closed, lines between two of them left out."""
    ahead: dict[Point, list[Sequence[Point]]] = {}
    for border in borders():
        if (border.one in departments) != (border.other in departments):
            ahead.setdefault(border.points[0], []).append(border.points)
            ahead.setdefault(border.points[-1], []).append(border.points[::-1])
    found = []
    while ahead:
        start = next(iter(ahead))
        ring = [start]
        while ring[-1] in ahead:
            ring += _taken(ahead, ring[-1])[1:]
        # An enclave of a few cells was thinned down to a line there and back.
        if len(ring) > 3:
            found.append(tuple(ring))
    return tuple(found)


def _taken(ahead: dict[Point, list[Sequence[Point]]], corner: Point) -> Sequence[Point]:
    """A line that begins at *corner*, taken out of *ahead* with the same one read from its end."""
    line = ahead[corner].pop()
    ahead[line[-1]].remove(line[::-1])
    for end in {corner, line[-1]}:
        if not ahead[end]:
            del ahead[end]
    return line


def inner(area_of: Mapping[str, str]) -> tuple[tuple[Point, ...], ...]:
    """The lines between two areas; *area_of* says to which area a department belongs, and none is outside."""
    return tuple(
        border.points
        for border in borders()
        if border.one in area_of and border.other in area_of and area_of[border.one] != area_of[border.other]
    )
