"""Rows of the catalogue as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from jalon.catalogue.models import CatalogueEntry, Session
from jalon.catalogue.rules.offering import SessionState
from jalon.design.rules.content import LevelContent
from jalon.design.rules.vocabularies import PARTICIPATION_FORMS
from jalon.foundation import clock
from jalon.people.models import Organisation
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text


@dataclass(frozen=True)
class NextSession:
    """The session that is shown; `seats` None: not said how many are left."""

    starts_on: date
    locality: str
    seats: int | None


@dataclass(frozen=True)
class Card:
    """
    A row of the catalogue; `participation` holds codes.

    Attributes:
        distance_km: From the commune asked for, where one was.
        others: How many more sessions are to come than `next_session`.
    """

    slug: str
    title: Text
    description: Text
    organisation_name: str
    organisation_slug: str
    place: str
    domain: str
    hours: Decimal | None
    level: LevelContent
    participation: tuple[str, ...]
    is_free: bool
    price_euros: Decimal | None
    recognition: RecognitionStatus | None
    published_at: datetime
    is_demonstration: bool
    next_session: NextSession | None = None
    others: int = 0
    distance_km: float | None = None

    @property
    def forms(self) -> tuple[Text, ...]:
        """The forms of participation, in words."""
        return tuple(PARTICIPATION_FORMS[code].label for code in self.participation)


_FORM_OF_MODALITY = {"on_site": "on_site", "hybrid": "blended", "distance": "online"}


def offered() -> QuerySet[CatalogueEntry]:
    """Every row that is shown."""
    return CatalogueEntry.objects.filter(is_offered=True)


@dataclass(frozen=True)
class Met:
    """Why a row answers a search by place or date: this session, or None for the organisation's own place."""

    session_id: object
    distance_km: float | None = None


def cards(
    entries: QuerySet[CatalogueEntry] | Sequence[CatalogueEntry], met: Mapping[int, Met] | None = None
) -> tuple[Card, ...]:
    """
    The cards of *entries*, in their order, with two queries whatever their number.

    Args:
        met: What of each row answers the search, by its number; else the next session is shown.
    """
    if isinstance(entries, QuerySet):
        rows = entries.select_related("specification", "micro_credential", "organisation", "offering")
        entries = list(rows)
    sessions = _coming([entry.offering_id for entry in entries if entry.offering_id])
    return tuple(
        _card(entry, sessions.get(entry.offering_id, []), (met or {}).get(entry.number)) for entry in entries
    )


def _coming(offerings: Iterable[object]) -> dict[object, list[Session]]:
    coming = Session.objects.filter(offering__in=list(offerings), starts_on__gte=clock.today()).exclude(
        state=SessionState.CANCELLED.value
    )
    found: dict[object, list[Session]] = {}
    for session in coming.order_by("starts_on"):
        found.setdefault(session.offering_id, []).append(session)
    return found


def _card(entry: CatalogueEntry, sessions: Sequence[Session], met: Met | None) -> Card:
    content = entry.specification.read()
    offering = entry.offering
    price = content.price_euros
    participation = content.participation
    if offering is not None:
        price = price if offering.price_euros is None else offering.price_euros
        kept = tuple(code for code in participation if code not in _FORM_OF_MODALITY.values())
        participation = (_FORM_OF_MODALITY[offering.modality], *kept)
    first = sessions[0] if sessions else None
    if met is not None:
        first = next((s for s in sessions if s.pk == met.session_id), None)
    return Card(
        slug=entry.micro_credential.slug,
        title=content.title,
        description=content.description,
        organisation_name=entry.organisation.legal_name,
        organisation_slug=entry.organisation.slug,
        place=(first.locality if first else "") or entry.organisation.locality,
        domain=content.domain,
        hours=content.workload_hours,
        level=content.level,
        participation=participation,
        is_free=price == 0,
        price_euros=price,
        recognition=content.recognition.status,
        published_at=entry.published_at,
        is_demonstration=entry.organisation.is_demonstration,
        next_session=_next(first),
        others=max(0, len(sessions) - 1) if first else len(sessions),
        distance_km=met.distance_km if met else None,
    )


def _next(session: Session | None) -> NextSession | None:
    if session is None:
        return None
    if session.state == SessionState.FULL.value:
        return NextSession(session.starts_on, session.locality, 0)
    seats = None if session.seats is None else max(0, session.seats - session.seats_taken)
    return NextSession(session.starts_on, session.locality, seats)


def latest(limit: int) -> tuple[Card, ...]:
    """The micro-certifications published last."""
    return cards(offered().order_by("-published_at", "title_key", "number")[:limit])


def of_organisation(organisation: Organisation) -> tuple[Card, ...]:
    """What *organisation* offers, by title."""
    return cards(offered().filter(organisation=organisation).order_by("title_key", "number"))
