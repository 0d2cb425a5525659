"""
The picture of a territory, drawn by the server: a dot for each of its communes, paler ones for those around.

The list beside it says the same in words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jalon.territory.queries import Point, communes_within
from jalon.territory.rules.places import Box

SIZE, MARGIN = 240, 22
# Dots of a picture: more than these fall on one another, so the grid they stand on becomes coarser.
MOST_DOTS = 900
MOST_AROUND = 500
MOST_NAMES = 3
_NARROWEST_DEGREES = 0.12
# Overseas, the points of a whole country would leave a speck of each place.
_WIDEST_DEGREES = 12.0


@dataclass(frozen=True)
class Name:
    """The name of one of the larger communes; `side` is SVG's `text-anchor`."""

    text: str
    x: int
    y: int
    side: str


@dataclass(frozen=True)
class Picture:
    """Two paths of dots (``M12 30h0M…``), and a few names."""

    inside: str
    around: str
    names: tuple[Name, ...]
    left_out: int


def draw(points: Sequence[Point], *, with_names: bool = True) -> Picture | None:
    """The picture of *points*; None where no place is known."""
    middle = _middle(points)
    shown = [p for p in points if middle and _is_near(p, middle)]
    if not shown:
        return None
    frame = _Frame(_box(shown))
    largest = sorted(shown, key=lambda point: (-point.people, point.name))[: MOST_NAMES if with_names else 0]
    rows = communes_within(frame.wide).order_by("-population", "code")
    around = [frame.place(lat, lon) for lat, lon in rows.values_list("latitude", "longitude")[:MOST_AROUND]]
    return Picture(
        inside=_path(frame.place(point.latitude, point.longitude) for point in shown),
        around=_path(around),
        names=tuple(_names(frame, largest)),
        left_out=len(points) - len(shown),
    )


def _middle(points: Sequence[Point]) -> tuple[float, float] | None:
    if not points:
        return None
    lats, lons = sorted(p.latitude for p in points), sorted(p.longitude for p in points)
    return lats[len(lats) // 2], lons[len(lons) // 2]


def _is_near(point: Point, middle: tuple[float, float]) -> bool:
    return (
        abs(point.latitude - middle[0]) <= _WIDEST_DEGREES
        and abs(point.longitude - middle[1]) <= _WIDEST_DEGREES
    )


def _box(points: Sequence[Point]) -> Box:
    lats, lons = [p.latitude for p in points], [p.longitude for p in points]
    high = max(max(lats) - min(lats), _NARROWEST_DEGREES) / 2
    wide = max(max(lons) - min(lons), _NARROWEST_DEGREES) / 2
    lat, lon = (max(lats) + min(lats)) / 2, (max(lons) + min(lons)) / 2
    return Box(lat - high, lat + high, lon - wide, lon + wide)


@dataclass(frozen=True)
class _Frame:
    box: Box

    @property
    def unit(self) -> float:
        """Signs of the drawing for one degree of latitude."""
        high = self.box.north - self.box.south
        wide = (self.box.east - self.box.west) * self.shorten
        return (SIZE - 2 * MARGIN) / max(high, wide)

    @property
    def shorten(self) -> float:
        return max(0.1, math.cos(math.radians((self.box.south + self.box.north) / 2)))

    @property
    def wide(self) -> Box:
        """What the whole drawing shows, its margins too."""
        lat, lon = (self.box.south + self.box.north) / 2, (self.box.west + self.box.east) / 2
        half = (SIZE / 2 - 4) / self.unit
        return Box(lat - half, lat + half, lon - half / self.shorten, lon + half / self.shorten)

    def place(self, latitude: float | None, longitude: float | None) -> tuple[int, int]:
        lat, lon = (self.box.south + self.box.north) / 2, (self.box.west + self.box.east) / 2
        x = SIZE / 2 + ((longitude or 0.0) - lon) * self.shorten * self.unit
        return round(x), round(SIZE / 2 - ((latitude or 0.0) - lat) * self.unit)


def _path(dots: Iterable[tuple[int, int]]) -> str:
    kept, step = sorted(set(dots)), 1
    while len(kept) > MOST_DOTS:
        step += 1
        kept = sorted({(x // step * step, y // step * step) for x, y in kept})
    return "".join(f"M{x} {y}h0" for x, y in kept)


def _names(frame: _Frame, points: Iterable[Point]) -> Iterable[Name]:
    taken: list[int] = []
    for point in points:
        x, y = frame.place(point.latitude, point.longitude)
        # One over the other cannot be read.
        if any(abs(y - other) < 16 for other in taken):
            continue
        taken.append(y)
        side = "start" if x < SIZE / 3 else "end" if x > SIZE * 2 / 3 else "middle"
        yield Name(point.name, x, max(14, y - 8), side)
