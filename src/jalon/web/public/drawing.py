"""
The map of the catalogue, drawn by the server: no tile, no script, no other site.

The ground is the communes themselves: cells of a fifth of a degree that hold one, joined into one path. On it
one circle for each region, department or commune, as large as what is held there, each a link that narrows
the search. The list beside the drawing has the same links and says the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jalon.catalogue import queries
from jalon.catalogue.queries import Spot
from jalon.territory.models import Commune
from jalon.territory.queries import communes_within
from jalon.territory.rules.places import Box

WIDTH, HEIGHT, MARGIN = 360, 360, 34
SMALLEST, LARGEST = 12.0, 24.0
CELL = 0.2
# What a map of all France shows: overseas, places have their line in the list.
MAINLAND = Box(south=41.2, north=51.3, west=-5.3, east=9.7)
_MOST_DOTS = 400
_NARROWEST_DEGREES = 0.25


@dataclass(frozen=True)
class Circle:
    """A spot on the drawing; `dot` where it would cover another: the list alone has its link."""

    spot: Spot
    x: float
    y: float
    radius: float
    dot: bool

    @property
    def below(self) -> float:
        """Where the name stands."""
        return round(self.y + self.radius + 13, 1)

    @property
    def side(self) -> str:
        """How the name is set, so that it stays inside: SVG's `text-anchor`."""
        return "start" if self.x < WIDTH / 4 else "end" if self.x > WIDTH * 3 / 4 else "middle"


@dataclass(frozen=True)
class Drawing:
    """What the template draws: ground as one path, or as dots when near; circles; spots outside the frame."""

    ground: str
    dots: tuple[tuple[float, float], ...]
    circles: tuple[Circle, ...]
    outside: int


@dataclass(frozen=True)
class _Frame:
    box: Box

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Straight projection, longitudes shortened as in the middle of the frame."""
        middle = (self.box.south + self.box.north) / 2
        shorten = math.cos(math.radians(middle))
        wide = (self.box.east - self.box.west) * shorten
        high = self.box.north - self.box.south
        unit = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
        x = WIDTH / 2 + (longitude - (self.box.west + self.box.east) / 2) * shorten * unit
        return round(x, 1), round(HEIGHT / 2 - (latitude - middle) * unit, 1)

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.box.south <= latitude <= self.box.north and self.box.west <= longitude <= self.box.east


def draw(spots: Sequence[Spot], *, near: bool) -> Drawing:
    """The drawing of *spots*: around them when *near*, else all of mainland France."""
    frame = _Frame(_around(spots) if near else MAINLAND)
    inside = [spot for spot in spots if frame.holds(spot.latitude, spot.longitude)]
    most = max((spot.many for spot in inside), default=1)
    circles: list[Circle] = []
    for spot in inside:
        x, y = frame.place(spot.latitude, spot.longitude)
        radius = round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(spot.many / most), 1)
        covers = any(math.hypot(x - c.x, y - c.y) < radius + c.radius for c in circles if not c.dot)
        circles.append(Circle(spot, x, y, 4 if covers else radius, covers))
    return Drawing(
        ground="" if near else _ground(Commune.objects.count()),
        dots=_dots(frame) if near else (),
        circles=tuple(sorted(circles, key=lambda circle: not circle.dot)),
        outside=len(spots) - len(inside),
    )


def _around(spots: Sequence[Spot]) -> Box:
    if not spots:
        return MAINLAND
    lats, lons = [s.latitude for s in spots], [s.longitude for s in spots]
    middle, centre = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    high = max(max(lats) - min(lats), _NARROWEST_DEGREES) * 0.52
    wide = max(max(lons) - min(lons), _NARROWEST_DEGREES) * 0.52
    return Box(middle - high, middle + high, centre - wide, centre + wide)


def _dots(frame: _Frame) -> tuple[tuple[float, float], ...]:
    rows = communes_within(frame.box).order_by("-population", "code")
    return tuple(
        frame.place(lat or 0.0, lon or 0.0)
        for lat, lon in rows.values_list("latitude", "longitude")[:_MOST_DOTS]
    )


@lru_cache(maxsize=2)
def _ground(communes: int) -> str:
    """The path of mainland France, kept as long as there are as many *communes*."""
    return ground(queries.outline()) if communes else ""


def ground(points: Iterable[tuple[float, float]]) -> str:
    """One path over the cells that hold a point, neighbours joined: ``"M10.2 30h25.1v6h-25.1z…"``."""
    frame = _Frame(MAINLAND)
    cells = {(math.floor(lat / CELL), math.floor(lon / CELL)) for lat, lon in points if frame.holds(lat, lon)}
    rows: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        rows.setdefault(row, []).append(column)
    parts = []
    for row, columns in rows.items():
        for first, last in _runs(columns):
            left, top = frame.place((row + 1) * CELL, first * CELL)
            right, bottom = frame.place(row * CELL, (last + 1) * CELL)
            wide, high = f"{right - left:.1f}", f"{bottom - top + 0.2:.1f}"
            parts.append(f"M{left} {top}h{wide}v{high}h-{wide}z")
    return "".join(parts)


def _runs(columns: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        # A gap of one cell is a lake or a large commune, no sea.
        if runs and column - runs[-1][1] <= 2:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs
