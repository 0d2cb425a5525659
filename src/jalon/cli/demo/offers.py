"""Offers and sessions of the demonstration: real communes, invented dates, prices and people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal

from jalon.catalogue import actions
from jalon.catalogue.rules import publics
from jalon.catalogue.rules.offering import (
    Answer,
    CourseKind,
    EntryMode,
    HalfDay,
    Modality,
    OfferingFacts,
    Season,
    SessionFacts,
    SessionState,
)
from jalon.design.models import Specification
from jalon.foundation import clock
from jalon.people.models import Membership
from jalon.people.rules import Role
from jalon.territory.queries import commune


@dataclass(frozen=True)
class Shown:
    """
    An offer, and its sessions as days from today, place, seats and seats taken.

    Attributes:
        weekday: On which a session begins, 0 for Monday.
        meets: Days on which people meet, counted from the first.
    """

    facts: OfferingFacts
    weekday: int
    meets: tuple[int, ...]
    sessions: tuple[tuple[int, str, int, int], ...]


_COMMON = {
    "contact_name": "Accueil (fictif)",
    "contact_email": "accueil@example.org",
    "registration": "Par courriel, puis un rendez-vous sur place",
    "alternance": "Aucune",
    "entry_mode": EntryMode.FIXED,
    "course_kind": CourseKind.GROUP,
    "entry_level": "none",
}

OFFERS: Mapping[str, Shown] = {
    "compostage": Shown(
        OfferingFacts(
            modality=Modality.ON_SITE,
            price_euros=Decimal(0),
            funding=("region",),
            public_transport=Answer.YES,
            equipment_provided=Answer.YES,
            connection_needed=Answer.NO,
            childcare=Answer.YES,
            wheelchair=Answer.YES,
            access_note="La placette est à cinq minutes à pied de l'arrêt du car.",
            seasons=(Season.SPRING, Season.AUTUMN),
            rhythm="Deux samedis, à deux semaines d'écart ; entre les deux, sur sa placette",
            public_codes=(publics.EVERYBODY,),
            **_COMMON,  # type: ignore[arg-type]  # one table for several types
        ),
        5,
        (0, 14),
        ((21, "48140", 12, 5), (75, "48095", 12, 0)),
    ),
    "haies": Shown(
        OfferingFacts(
            modality=Modality.ON_SITE,
            price_euros=Decimal(60),
            funding=("opco", "vivea", "employer"),
            public_transport=Answer.NO,
            equipment_provided=Answer.NO,
            connection_needed=Answer.NO,
            access_note="Covoiturage depuis la gare. Apportez vos gants et des chaussures de marche.",
            seasons=(Season.WINTER,),
            rhythm="Quatre jours de suite",
            public_codes=(publics.FARMER, publics.EMPLOYEE, publics.JOB_SEEKER),
            **_COMMON,  # type: ignore[arg-type]  # one table for several types
        ),
        0,
        (0, 1, 2, 3),
        ((40, "48104", 8, 8), (110, "48092", 8, 2)),
    ),
    "circuits-courts": Shown(
        OfferingFacts(
            modality=Modality.HYBRID,
            price_euros=Decimal(120),
            funding=("vivea", "opco", "france_travail"),
            connection_needed=Answer.YES,
            equipment_provided=Answer.YES,
            wheelchair=Answer.YES,
            rhythm="Un mardi sur deux, trois fois ; le reste chez soi",
            public_codes=(publics.FARMER, publics.JOB_SEEKER),
            **_COMMON,  # type: ignore[arg-type]  # one table for several types
        ),
        1,
        (0, 14, 28),
        ((33, "48095", 15, 6),),
    ),
}


_HALF_DAYS = ((time(9), time(12, 30)), (time(13, 30), time(17)))


def offer(versions: Mapping[str, Specification]) -> None:
    """Write the offers of `OFFERS`, through the same actions that people use."""
    for name, shown in OFFERS.items():
        design = versions[name].micro_credential
        held = Membership.objects.filter(organisation=design.organisation, role=Role.DESIGNER.value)
        by = held.select_related("user")[0].user
        offering = actions.open_offering(micro_credential=design, facts=shown.facts, by=by)
        for days, code, seats, taken in shown.sessions:
            place = commune(code)
            if place is None:
                continue
            starts = clock.today() + timedelta(days=days)
            starts += timedelta(days=(shown.weekday - starts.weekday()) % 7)
            meetings = [starts + timedelta(days=each) for each in shown.meets]
            actions.keep_session(
                offering=offering,
                by=by,
                facts=SessionFacts(
                    starts_on=starts,
                    ends_on=meetings[-1],
                    half_days=tuple(
                        HalfDay(day, begins, ends) for day in meetings for begins, ends in _HALF_DAYS
                    ),
                    commune_code=code,
                    street="Salle des fêtes (fictive)",
                    seats=seats,
                    seats_taken=taken,
                    state=SessionState.FULL if seats == taken else SessionState.CONFIRMED,
                ),
            )
