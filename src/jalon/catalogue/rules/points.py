"""A place as a point of a sphere of radius 1, so that a database compares distances without trigonometry."""

from __future__ import annotations

import math
from dataclasses import dataclass

from jalon.territory.rules.places import EARTH_RADIUS_KM


@dataclass(frozen=True)
class Point:
    """Three coordinates; `x² + y² + z²` is 1."""

    x: float
    y: float
    z: float


def point(latitude: float, longitude: float) -> Point:
    """The point of a place in degrees (WGS 84)."""
    lat, lon = math.radians(latitude), math.radians(longitude)
    return Point(math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))


def chord_squared(km: float) -> float:
    """
    The square of the straight line between two points *km* apart on the ground.

    A centimetre is added, so that the place itself is at 0 km whatever the last bit says.
    """
    return (2 * math.sin(min(math.pi, (km + 0.00001) / EARTH_RADIUS_KM) / 2)) ** 2


def kilometres(squared: float) -> float:
    """The distance on the ground for the square of a straight line."""
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(max(0.0, squared)) / 2))
