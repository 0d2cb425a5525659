"""Offers and sessions: those a page shows, and those a member may write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from jalon.catalogue.models import Offering, Session
from jalon.catalogue.rules.offering import OfferingFacts, SessionFacts, SessionState, is_open, seats_left
from jalon.design.models import MicroCredential
from jalon.foundation import clock
from jalon.people.models import User
from jalon.people.permissions import may
from jalon.people.rules import Capability


@dataclass(frozen=True)
class ShownSession:
    """A session as a page shows it; `seats` None: not said how many are left."""

    row: Session
    facts: SessionFacts
    seats: int | None
    is_open: bool


@dataclass(frozen=True)
class ShownOffer:
    """An open offer with its sessions to come."""

    row: Offering
    facts: OfferingFacts
    sessions: tuple[ShownSession, ...]


def with_sessions(found: QuerySet[Offering]) -> QuerySet[Offering]:
    """Offers with all their sessions and half-days, read in three queries."""
    sessions = Session.objects.select_related("commune").prefetch_related("half_days")
    return found.select_related("organisation", "micro_credential").prefetch_related(
        Prefetch("sessions", queryset=sessions)
    )


def offers_shown(micro_credential: MicroCredential) -> tuple[ShownOffer, ...]:
    """What the public page of *micro_credential* shows: open offers, sessions to come, cancelled ones too."""
    found = Offering.objects.filter(micro_credential=micro_credential, closed_at__isnull=True)
    return tuple(shown(offering) for offering in with_sessions(found))


def shown(offering: Offering) -> ShownOffer:
    """*offering*, read by `with_sessions`, with the sessions that have not begun."""
    today = clock.today()
    coming = [session for session in offering.sessions.all() if session.starts_on >= today]
    return ShownOffer(offering, offering.facts(), tuple(_shown(session) for session in coming))


def _shown(session: Session) -> ShownSession:
    facts = session.facts()
    return ShownSession(session, facts, seats_left(facts), is_open(facts, today=clock.today()))


def coming_sessions(offering: Offering) -> list[Session]:
    """Those that will be held and have not begun."""
    coming = offering.sessions.exclude(state=SessionState.CANCELLED.value)
    return list(coming.filter(starts_on__gte=clock.today()))


def offerings_of(designs: Iterable[MicroCredential]) -> dict[UUID, list[Offering]]:
    """The offers of each micro-certification, closed ones last, by its identifier."""
    found: dict[UUID, list[Offering]] = {}
    rows = with_sessions(Offering.objects.filter(micro_credential__in=list(designs)))
    for offering in sorted(rows, key=lambda row: (row.closed_at is not None, row.created_at)):
        found.setdefault(offering.micro_credential_id, []).append(offering)
    return found


def offering_for(user: User | AnonymousUser, offering_id: UUID) -> Offering | None:
    """The offer, for a member of its organisation; None for anybody else, as if there were none."""
    found = with_sessions(Offering.objects.filter(pk=offering_id)).first()
    return found if found and may(user, Capability.SEE, found.organisation) else None


def session_for(user: User | AnonymousUser, session_id: UUID) -> Session | None:
    """The session, for a member of its organisation; None for anybody else, as if there were none."""
    rows = Session.objects.select_related("offering__organisation", "offering__micro_credential", "commune")
    found = rows.prefetch_related("half_days").filter(pk=session_id).first()
    return found if found and may(user, Capability.SEE, found.offering.organisation) else None
