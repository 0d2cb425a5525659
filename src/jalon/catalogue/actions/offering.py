"""Offers and sessions: opened, changed, closed, cancelled. Each change is journalled and shown at once."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction

from jalon.catalogue.actions.indexing import index_micro_credential
from jalon.catalogue.errors import (
    Fault,
    InvalidOfferingError,
    InvalidSessionError,
    NoSeatLeftError,
    NotOfferedError,
    OfferingClosedError,
    SessionCancelledError,
)
from jalon.catalogue.events import SessionCancelled, SessionWritten
from jalon.catalogue.models import Offering, Session, SessionHalfDay
from jalon.catalogue.rules import offering as rules
from jalon.catalogue.rules.offering import OfferingFacts, SessionFacts, SessionState
from jalon.catalogue.rules.searching import marked
from jalon.design.models import MicroCredential
from jalon.foundation import clock, events, journal
from jalon.people.models import User
from jalon.people.permissions import require
from jalon.people.rules import Capability
from jalon.territory.models import Commune
from jalon.territory.queries import commune as commune_at

_LISTS = ("funding", "seasons", "public_codes")


@transaction.atomic
def open_offering(*, micro_credential: MicroCredential, facts: OfferingFacts, by: User) -> Offering:
    """
    Offer a published micro-certification, for the organisation whose it is.

    Raises:
        NotOfferedError: Nothing of it is published, or it was withdrawn.
        InvalidOfferingError: A fact cannot be right.
    """
    require(by, Capability.OFFER, micro_credential.organisation)
    if micro_credential.latest_published is None or micro_credential.withdrawn_at is not None:
        raise NotOfferedError
    _check(facts)
    offering = Offering(micro_credential=micro_credential, organisation=micro_credential.organisation)
    _write(offering, facts)
    _tell(offering, by, "offering.opened", {"modality": facts.modality.value})
    return offering


@transaction.atomic
def edit_offering(*, offering: Offering, facts: OfferingFacts, by: User) -> tuple[str, ...]:
    """
    Replace what an offer says. Returns the names of the fields that changed.

    Raises:
        OfferingClosedError: It was closed.
        InvalidOfferingError: A fact cannot be right.
    """
    require(by, Capability.OFFER, offering.organisation)
    held = _locked(offering)
    if held.closed_at is not None:
        raise OfferingClosedError
    _check(facts)
    changed = rules.changed_fields(held.facts(), facts, list(asdict(facts)))
    if not changed:
        return ()
    _write(held, facts)
    _tell(held, by, "offering.changed", {"fields": changed})
    return tuple(changed)


@transaction.atomic
def close_offering(*, offering: Offering, by: User) -> None:
    """No longer offer it: it leaves the catalogue, its sessions remain for whoever has a seat."""
    _set_closed(offering, by, closed=True)


@transaction.atomic
def open_offering_again(*, offering: Offering, by: User) -> None:
    """
    Undo `close_offering`.

    Raises:
        NotOfferedError: The micro-certification was withdrawn.
    """
    if offering.micro_credential.withdrawn_at is not None:
        raise NotOfferedError
    _set_closed(offering, by, closed=False)


def _set_closed(offering: Offering, by: User, *, closed: bool) -> None:
    require(by, Capability.OFFER, offering.organisation)
    held = _locked(offering)
    if (held.closed_at is not None) == closed:
        return
    held.closed_at = clock.now() if closed else None
    held.updated_at = clock.now()
    held.save(update_fields=["closed_at", "updated_at"])
    _tell(held, by, "offering.closed" if closed else "offering.opened_again", {})


@transaction.atomic
def keep_session(
    *, offering: Offering, facts: SessionFacts, by: User, session: Session | None = None
) -> Session:
    """
    Add a session to an offer, or replace the facts of *session*.

    Raises:
        OfferingClosedError: The offer was closed.
        SessionCancelledError: The session was cancelled.
        InvalidSessionError: A fact cannot be right, or the same session is there already.
    """
    require(by, Capability.OFFER, offering.organisation)
    held = _locked(offering)
    if held.closed_at is not None:
        raise OfferingClosedError
    kept = _session_of(held, session)
    was = kept.facts() if session else None
    faults = rules.session_faults(facts, modality=rules.Modality(held.modality), today=clock.today(), was=was)
    place = commune_at(facts.commune_code) if facts.commune_code else None
    if facts.commune_code and place is None:
        faults.append(Fault("place", "catalogue.commune_unknown", {"met": facts.commune_code[:10]}))
    if facts.state is SessionState.CANCELLED:
        faults.append(Fault("state", "catalogue.session_cancel_apart"))
    if faults:
        raise InvalidSessionError(faults)
    _write_session(kept, facts, place)
    verb = "session.changed" if session else "session.added"
    journal.write(
        organisation=held.organisation,
        actor=by,
        verb=verb,
        object_id=kept.id,
        facts={"offering": str(held.id), "starts_on": facts.starts_on.isoformat(), "seats": facts.seats},
    )
    index_micro_credential(held.micro_credential_id)
    events.announce(SessionWritten(kept.id, held.id))
    return kept


@transaction.atomic
def cancel_session(*, session: Session, because: str, by: User) -> None:
    """
    Cancel a session, for good. Announces `SessionCancelled`.

    Raises:
        InvalidSessionError: People have a seat and no reason is given to tell them.
    """
    require(by, Capability.OFFER, session.offering.organisation)
    held = _locked(session.offering)
    kept = _session_of(held, session, cancelled_too=True)
    if kept.state == SessionState.CANCELLED.value:
        return
    if kept.seats_taken and not because.strip():
        raise InvalidSessionError(
            [Fault("because", "catalogue.session_reason_missing", {"count": kept.seats_taken})]
        )
    kept.state, kept.cancelled_because = SessionState.CANCELLED.value, because.strip()[:300]
    kept.updated_at = clock.now()
    kept.save(update_fields=["state", "cancelled_because", "updated_at"])
    journal.write(
        organisation=held.organisation,
        actor=by,
        verb="session.cancelled",
        object_id=kept.id,
        facts={"because": kept.cancelled_because, "seats_taken": kept.seats_taken},
    )
    index_micro_credential(held.micro_credential_id)
    events.announce(SessionCancelled(kept.id, held.id, kept.cancelled_because))


@transaction.atomic
def record_seats_taken(*, session: Session, seats_taken: int) -> None:
    """
    Say how many seats of a session are taken: what enrolments count. Announces nothing.

    Raises:
        SessionCancelledError: It was cancelled.
        NoSeatLeftError: It has fewer seats.
    """
    kept = Session.objects.select_for_update(of=("self",)).select_related("offering").get(pk=session.pk)
    if kept.state == SessionState.CANCELLED.value and seats_taken > kept.seats_taken:
        raise SessionCancelledError
    if seats_taken < 0 or (kept.seats is not None and seats_taken > kept.seats):
        raise NoSeatLeftError(seats=kept.seats or 0, asked=seats_taken)
    kept.seats_taken = seats_taken
    kept.save(update_fields=["seats_taken"])
    index_micro_credential(kept.offering.micro_credential_id)


# — Writing —


def _check(facts: OfferingFacts) -> None:
    if faults := rules.offering_faults(facts):
        raise InvalidOfferingError(faults)


def _locked(offering: Offering) -> Offering:
    return (
        Offering.objects.select_for_update(of=("self",))
        .select_related("organisation", "micro_credential")
        .get(pk=offering.pk)
    )


def _write(offering: Offering, facts: OfferingFacts) -> None:
    for name, value in asdict(facts).items():
        setattr(offering, name, marked(map(str, value)) if name in _LISTS else value)
    offering.updated_at = clock.now()
    offering.save()


def _tell(offering: Offering, by: User, verb: str, facts: dict[str, Any]) -> None:
    journal.write(
        organisation=offering.organisation,
        actor=by,
        verb=verb,
        object_id=offering.id,
        facts={"micro_credential": str(offering.micro_credential_id), **facts},
    )
    index_micro_credential(offering.micro_credential_id)


def _session_of(offering: Offering, session: Session | None, *, cancelled_too: bool = False) -> Session:
    if session is None:
        return Session(offering=offering)
    kept = offering.sessions.prefetch_related("half_days").get(pk=session.pk)
    if kept.state == SessionState.CANCELLED.value and not cancelled_too:
        raise SessionCancelledError
    return kept


def _write_session(session: Session, facts: SessionFacts, place: Commune | None) -> None:
    session.starts_on, session.ends_on = facts.starts_on, facts.ends_on
    session.commune = place
    session.locality = place.name if place else facts.locality.strip()
    session.postal_code = (
        facts.postal_code or (place.postcode_list[:1] or [""])[0] if place else facts.postal_code
    )
    session.street = facts.street.strip()
    session.seats, session.seats_taken = facts.seats, facts.seats_taken
    session.registration_deadline = facts.registration_deadline
    session.state = facts.state.value
    session.updated_at = clock.now()
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        raise InvalidSessionError([Fault("starts_on", "catalogue.session_twice")]) from error
    session.half_days.all().delete()
    SessionHalfDay.objects.bulk_create(
        SessionHalfDay(session=session, day=h.day, starts_at=h.starts_at, ends_at=h.ends_at)
        for h in facts.half_days
    )


__all__ = [
    "cancel_session",
    "close_offering",
    "edit_offering",
    "keep_session",
    "open_offering",
    "open_offering_again",
    "record_seats_taken",
]
