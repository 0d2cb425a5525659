"""
The map of the catalogue, drawn by the server: no tile, no script, no other site.

The ground is a sketch of the departments (`catalogue.rules.contours`), there whether communes were imported
or not. On it one circle for each region, department or commune, as large as what is held there, each a link
that narrows the search. The list beside the drawing has the same links and says the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jalon.catalogue.queries import Asked, Scale, Spot
from jalon.catalogue.rules import contours
from jalon.catalogue.rules.contours import Point
from jalon.catalogue.rules.departments import REGION_OF
from jalon.catalogue.rules.searching import Criteria
from jalon.territory.queries import communes_within
from jalon.territory.rules.places import Box, around

WIDTH, HEIGHT, MARGIN = 360, 360, 34
SMALLEST, LARGEST = 12.0, 24.0
SMALLEST_NEAR = 9.0
# What a map of all France shows: overseas, places have their line in the list.
MAINLAND = Box(south=41.2, north=51.3, west=-5.3, east=9.7)
KM_A_DEGREE = 111.2
_MOST_DOTS = 400
_NARROWEST_DEGREES = 0.25
_NARROWEST_KM = 12.0


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
class Ring:
    """How far the search goes, and from where."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Drawing:
    """
    What the template draws, from below.

    Attributes:
        ground, lit, lines: Paths: all the land; what of it is asked, or holds something; borders.
        dots: Communes around, when near.
        outside: Spots that lie beyond the frame.
    """

    ground: str
    lit: str
    lines: str
    dots: tuple[tuple[float, float], ...]
    ring: Ring | None
    circles: tuple[Circle, ...]
    outside: int


@dataclass(frozen=True)
class _Frame:
    box: Box

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Straight projection, longitudes shortened as in the middle of the frame."""
        middle = (self.box.south + self.box.north) / 2
        shorten = math.cos(math.radians(middle))
        x = WIDTH / 2 + (longitude - (self.box.west + self.box.east) / 2) * shorten * self.unit
        return round(x, 1), round(HEIGHT / 2 - (latitude - middle) * self.unit, 1)

    @property
    def unit(self) -> float:
        """How long a degree of latitude is on the drawing."""
        shorten = math.cos(math.radians((self.box.south + self.box.north) / 2))
        wide = (self.box.east - self.box.west) * shorten
        high = self.box.north - self.box.south
        return min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)

    def path(self, lines: Iterable[Sequence[Point]], *, closed: bool) -> str:
        """Those of *lines* that may be seen, as one path: ``"M10 30 12 41z"``; whole units are enough."""
        parts = []
        for line in lines:
            points = [self.place(*point) for point in line]
            xs, ys = [x for x, _y in points], [y for _x, y in points]
            if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT:
                continue
            joined = " ".join(f"{x:.0f} {y:.0f}" for x, y in (points[:-1] if closed else points))
            parts.append(f"M{joined}z" if closed else f"M{joined}")
        return "".join(parts)

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.box.south <= latitude <= self.box.north and self.box.west <= longitude <= self.box.east


def draw(spots: Sequence[Spot], criteria: Criteria, place: Asked, scale: Scale) -> Drawing:
    """The drawing of *spots*, which answer *criteria*: around what was asked, else all of mainland France."""
    lit = _lit(spots, criteria, place, scale)
    frame = _Frame(_box(spots, lit, criteria, place))
    near = scale is Scale.COMMUNE
    inside = [spot for spot in spots if frame.holds(spot.latitude, spot.longitude)]
    area_of = REGION_OF if scale is Scale.REGION else {code: code for code in contours.drawn()}
    return Drawing(
        ground=frame.path(contours.rings(contours.drawn()), closed=True),
        lit=frame.path(contours.rings(lit), closed=True),
        lines=frame.path(contours.inner(_on_mainland(area_of)), closed=False),
        dots=_dots(frame) if near else (),
        ring=_ring(frame, criteria, place),
        circles=_circles(frame, inside, SMALLEST_NEAR if near else SMALLEST),
        outside=len(spots) - len(inside),
    )


def _on_mainland(area_of: Mapping[str, str]) -> dict[str, str]:
    return {code: area for code, area in area_of.items() if code in contours.drawn()}


def _lit(spots: Sequence[Spot], criteria: Criteria, place: Asked, scale: Scale) -> frozenset[str]:
    """The departments that stand out."""
    if place.centre is not None:
        return frozenset({place.centre.department}) & contours.drawn()
    if criteria.department:
        return frozenset({criteria.department}) & contours.drawn()
    regions = {criteria.region} if criteria.region else {spot.code for spot in spots}
    return frozenset(code for code in contours.drawn() if REGION_OF[code] in regions)


def _box(spots: Sequence[Spot], lit: Collection[str], criteria: Criteria, place: Asked) -> Box:
    if (centre := place.centre) is not None:
        km = max(criteria.radius_km, _NARROWEST_KM)
        return around(centre.latitude or 0.0, centre.longitude or 0.0, km)
    if not (criteria.department or criteria.region):
        return MAINLAND
    corners = [point for ring in contours.rings(lit) for point in ring]
    return _around(corners or [(spot.latitude, spot.longitude) for spot in spots])


def _circles(frame: _Frame, spots: Sequence[Spot], smallest: float) -> tuple[Circle, ...]:
    most = max((spot.many for spot in spots), default=1)
    circles: list[Circle] = []
    for spot in spots:
        x, y = frame.place(spot.latitude, spot.longitude)
        radius = round(smallest + (LARGEST - smallest) * math.sqrt(spot.many / most), 1)
        covers = any(math.hypot(x - c.x, y - c.y) < radius + c.radius for c in circles if not c.dot)
        circles.append(Circle(spot, x, y, 4 if covers else radius, covers))
    return tuple(sorted(circles, key=lambda circle: not circle.dot))


def _ring(frame: _Frame, criteria: Criteria, place: Asked) -> Ring | None:
    if place.centre is None or not criteria.radius_km:
        return None
    x, y = frame.place(place.centre.latitude or 0.0, place.centre.longitude or 0.0)
    return Ring(x, y, round(criteria.radius_km / KM_A_DEGREE * frame.unit, 1))


def _around(points: Sequence[Point]) -> Box:
    if not points:
        return MAINLAND
    lats, lons = [lat for lat, _lon in points], [lon for _lat, lon in points]
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
