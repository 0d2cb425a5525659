"""Decisions about places and needs, on plain values."""

from jalon.territory.rules.places import Box, around, distance_km, place_key

__all__ = ["Box", "around", "distance_km", "place_key"]
