"""How far two places are, and the name of a place as people look for it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from jalon.foundation.identifiers import folded

# Mean radius of the Earth (IUGG). On a sphere the error stays under 0.5 %: less than one road bend.
EARTH_RADIUS_KM = 6371.0088
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """
    As the crow flies, in kilometres, between two points in degrees (WGS 84).

    Source:
        Haversine formula, which stays exact for neighbours.
    """
    north, other = math.radians(lat1), math.radians(lat2)
    half_lat = (other - north) / 2
    half_lon = math.radians(lon2 - lon1) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(north) * math.cos(other) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


@dataclass(frozen=True)
class Box:
    """Degrees between which a place may be; what a database can compare before distances are computed."""

    south: float
    north: float
    west: float
    east: float


def around(lat: float, lon: float, km: float) -> Box:
    """The box that holds every place at most *km* away; all longitudes near a pole or across the 180th."""
    height = math.degrees(km / EARTH_RADIUS_KM)
    south, north = lat - height, lat + height
    if south <= -90 or north >= 90:
        return Box(max(south, -90.0), min(north, 90.0), -180.0, 180.0)
    ratio = math.sin(km / EARTH_RADIUS_KM) / math.cos(math.radians(lat))
    if ratio >= 1:
        return Box(south, north, -180.0, 180.0)
    width = math.degrees(math.asin(ratio))
    if lon - width < -180 or lon + width > 180:
        return Box(south, north, -180.0, 180.0)
    return Box(south, north, lon - width, lon + width)


def place_key(name: str) -> str:
    """
    The name of a place for looking it up: ``"St-Étienne-d’Orthe"`` and ``"Saint Etienne d'Orthe"`` give
    ``"saint etienne d orthe"``.
    """
    words = re.sub(r"[^0-9a-z]+", " ", folded(name)).split()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)
