"""What the catalogue answers, as plain values. Nothing here writes."""

from __future__ import annotations

from jalon.catalogue.queries.cards import Card, NextSession, latest, of_organisation
from jalon.catalogue.queries.mapping import Scale, Spot, scale_of, spots
from jalon.catalogue.queries.neighbours import Neighbour, neighbours
from jalon.catalogue.queries.offers import (
    coming_sessions,
    offering_for,
    offerings_of,
    offers_shown,
    session_for,
)
from jalon.catalogue.queries.places import Asked, asked, commune_of
from jalon.catalogue.queries.searching import Results, search
from jalon.catalogue.queries.whole import Figures, addresses, figures, stamp

__all__ = [
    "Asked",
    "Card",
    "Figures",
    "Neighbour",
    "NextSession",
    "Results",
    "Scale",
    "Spot",
    "addresses",
    "asked",
    "coming_sessions",
    "commune_of",
    "figures",
    "latest",
    "neighbours",
    "of_organisation",
    "offering_for",
    "offerings_of",
    "offers_shown",
    "scale_of",
    "search",
    "session_for",
    "spots",
    "stamp",
]
