"""What may be said of an offer and of a session, and what is done with both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.factories.catalogue import (
    a_designer,
    a_provider,
    a_session,
    an_offer,
    offer_facts,
    published,
    session_facts,
)
from tests.factories.people import a_member, a_user

from jalon.catalogue import actions, queries
from jalon.catalogue.errors import (
    InvalidSessionError,
    NoSeatLeftError,
    NotOfferedError,
    OfferingClosedError,
    SessionCancelledError,
)
from jalon.catalogue.events import SessionCancelled
from jalon.catalogue.models import CatalogueEntry, Session
from jalon.catalogue.rules.offering import (
    HalfDay,
    Modality,
    SessionState,
    is_open,
    offering_faults,
    read_half_days,
    seats_left,
    session_faults,
)
from jalon.catalogue.rules.searching import Criteria
from jalon.foundation import clock, events
from jalon.foundation.errors import NotAllowedError
from jalon.people.rules import Role

TODAY = date(2027, 3, 1)


# — Rules —


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("12/03/2027 9h-12h30", HalfDay(date(2027, 3, 12), time(9), time(12, 30))),
        ("12.3.2027 de 9:00 à 12:00", HalfDay(date(2027, 3, 12), time(9), time(12))),
        ("2027-03-12 09h00 – 12h00", HalfDay(date(2027, 3, 12), time(9), time(12))),
    ],
)
def test_half_day_is_read_as_people_write_it(line: str, read: HalfDay) -> None:
    assert read_half_days(line) == ((read,), None)


@pytest.mark.parametrize(
    "line", ["demain", "31/02/2027 9h-12h", "12/03/2027 25h-26h", "12/03/2027", "9h-12h"]
)
def test_line_that_does_not_read_is_named(line: str) -> None:
    found, fault = read_half_days(f"12/03/2027 9h-12h\n{line}")

    assert len(found) == 1
    assert fault is not None
    assert (fault.code, fault.facts["line"]) == ("catalogue.half_day_unread", line)


def test_written_half_day_reads_back() -> None:
    moment = HalfDay(date(2027, 3, 12), time(9, 5), time(12, 30))

    assert read_half_days(str(moment)) == ((moment,), None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"price_euros": Decimal("-0.01")}, "catalogue.price_negative"),
        ({"price_euros": Decimal(10**7)}, "catalogue.price_too_high"),
        ({"contact_url": "http://example.org"}, "catalogue.url_not_https"),
        ({"public_codes": ("8005",)}, "catalogue.public_code"),
        ({"public_codes": tuple(str(80000 + n) for n in range(11))}, "catalogue.public_codes_many"),
        ({"funding": ("cpf",)}, "catalogue.funding_unknown"),
        ({"entry_level": "9"}, "catalogue.entry_level_unknown"),
        ({"entry_level": "", "entry_level_required": True}, "catalogue.entry_level_missing"),
    ],
)
def test_offer_that_cannot_be_right(changes: dict[str, Any], code: str) -> None:
    assert offering_faults(offer_facts()) == []
    assert [fault.code for fault in offering_faults(offer_facts(**changes))] == [code]


def test_half_days_that_overlap_are_refused() -> None:
    day = TODAY + timedelta(days=3)
    facts = replace(
        session_facts(),
        starts_on=day,
        ends_on=day,
        half_days=(HalfDay(day, time(9), time(12)), HalfDay(day, time(11), time(13))),
    )

    faults = session_faults(facts, modality=Modality.ON_SITE, today=TODAY)

    assert [fault.code for fault in faults] == ["catalogue.half_day_overlap"]


def test_session_at_a_distance_needs_no_place() -> None:
    facts = replace(session_facts(), starts_on=TODAY, ends_on=TODAY, locality="")

    assert session_faults(facts, modality=Modality.DISTANCE, today=TODAY) == []
    assert session_faults(facts, modality=Modality.HYBRID, today=TODAY) != []


def test_seats_and_openness_follow_state_and_deadline() -> None:
    facts = replace(
        session_facts(), starts_on=TODAY, ends_on=TODAY, seats=3, seats_taken=1, registration_deadline=TODAY
    )

    assert (seats_left(facts), is_open(facts, today=TODAY)) == (2, True)
    assert not is_open(facts, today=TODAY + timedelta(days=1))
    assert seats_left(replace(facts, state=SessionState.FULL)) == 0
    assert not is_open(replace(facts, state=SessionState.CANCELLED), today=TODAY)
    assert seats_left(replace(facts, seats=None)) is None


# — Actions —

pytest_db = pytest.mark.django_db


@pytest_db
@pytest.mark.parametrize("role", list(Role))
def test_role_and_action(role: Role) -> None:
    specification = published(a_provider())
    design = specification.micro_credential
    offer = an_offer(specification)
    session = a_session(offer)
    member = a_member(a_user(), design.organisation, role)
    done = [
        lambda: actions.open_offering(micro_credential=design, facts=offer_facts(), by=member),
        lambda: actions.edit_offering(offering=offer, facts=offer_facts(rhythm="Autre"), by=member),
        lambda: actions.keep_session(offering=offer, facts=session_facts(in_days=50), by=member),
        lambda: actions.cancel_session(session=session, because="", by=member),
        lambda: actions.close_offering(offering=offer, by=member),
        lambda: actions.open_offering_again(offering=offer, by=member),
    ]

    for action in done:
        if role in {Role.DESIGNER, Role.TRAINER}:
            action()
        else:
            with pytest.raises(NotAllowedError):
                action()


@pytest_db
def test_stranger_writes_nothing() -> None:
    offer = an_offer(published(a_provider()))
    stranger = a_designer(a_provider(siret=""))

    with pytest.raises(NotAllowedError):
        actions.keep_session(offering=offer, facts=session_facts(), by=stranger)
    with pytest.raises(NotAllowedError):
        actions.edit_offering(offering=offer, facts=offer_facts(), by=stranger)


@pytest_db
def test_session_of_another_offer_cannot_be_written_through_ours() -> None:
    ours, theirs = an_offer(published(a_provider())), an_offer(published(a_provider(siret="")))
    session = a_session(theirs)

    with pytest.raises(Session.DoesNotExist):
        actions.keep_session(
            offering=ours, facts=session_facts(), by=a_designer(ours.organisation), session=session
        )


@pytest_db
def test_two_offers_are_two_rows_and_none_is_one() -> None:
    specification = published(a_provider())
    alone = queries.search(Criteria()).total

    first = an_offer(specification)
    an_offer(specification, modality=Modality.DISTANCE)
    both = queries.search(Criteria()).total
    actions.close_offering(offering=first, by=a_designer(first.organisation))

    assert (alone, both, queries.search(Criteria()).total) == (1, 2, 1)
    assert queries.figures().micro_credentials == 1


@pytest_db
def test_conditions_of_two_offers_never_answer_together() -> None:
    specification = published(a_provider())
    an_offer(specification, price_euros=Decimal(0), funding=())
    an_offer(specification, price_euros=Decimal(300), funding=("opco",))

    assert queries.search(Criteria(free=True, funding=("opco",))).total == 0
    assert queries.search(Criteria(free=True)).total == 1


@pytest_db
def test_withdrawn_one_cannot_be_offered() -> None:
    design = published(a_provider()).micro_credential
    design.withdrawn_at = clock.now()
    design.save()

    with pytest.raises(NotOfferedError):
        actions.open_offering(
            micro_credential=design, facts=offer_facts(), by=a_designer(design.organisation)
        )


@pytest_db
def test_closed_offer_takes_no_session() -> None:
    offer = an_offer(published(a_provider()))
    designer = a_designer(offer.organisation)
    actions.close_offering(offering=offer, by=designer)

    with pytest.raises(OfferingClosedError):
        actions.keep_session(offering=offer, facts=session_facts(), by=designer)


@pytest_db
def test_session_ends_the_place_of_the_organisation_until_it_has_begun() -> None:
    from tests.factories.catalogue import some_communes

    some_communes()
    offer = an_offer(published(a_provider()))
    in_florac = queries.search(Criteria(place="Florac Trois Rivières", radius_km=0)).total

    a_session(offer, in_days=10, commune_code="48095")

    assert in_florac == 1
    assert queries.search(Criteria(place="Florac Trois Rivières", radius_km=0)).total == 0
    with clock.frozen(clock.now() + timedelta(days=11)):
        assert queries.search(Criteria(place="Florac Trois Rivières", radius_km=0)).total == 1
        assert queries.search(Criteria(place="Mende", radius_km=0)).total == 0


@pytest_db
def test_seats_taken_are_counted_and_bounded() -> None:
    offer = an_offer(published(a_provider()))
    session = a_session(offer, seats=2)

    actions.record_seats_taken(session=session, seats_taken=2)

    assert queries.search(Criteria(with_seats=True)).total == 0
    with pytest.raises(NoSeatLeftError):
        actions.record_seats_taken(session=session, seats_taken=3)
    with pytest.raises(NoSeatLeftError):
        actions.record_seats_taken(session=session, seats_taken=-1)


@pytest_db
def test_cancelled_session_takes_nobody_and_is_announced() -> None:
    offer = an_offer(published(a_provider()))
    session = a_session(offer, seats_taken=1)
    designer = a_designer(offer.organisation)
    heard: list[SessionCancelled] = []
    events.on(SessionCancelled)(heard.append)

    with pytest.raises(InvalidSessionError):
        actions.cancel_session(session=session, because="", by=designer)
    actions.cancel_session(session=session, because="Neige", by=designer)

    assert heard[-1] == SessionCancelled(session.id, offer.id, "Neige")
    assert queries.search(Criteria(with_seats=True)).total == 0
    with pytest.raises(SessionCancelledError):
        actions.record_seats_taken(session=session, seats_taken=2)


@pytest_db
def test_same_session_may_be_written_again_once_cancelled() -> None:
    offer = an_offer(published(a_provider()))
    designer = a_designer(offer.organisation)
    session = a_session(offer)
    with pytest.raises(InvalidSessionError):
        a_session(offer)
    actions.cancel_session(session=session, because="", by=designer)

    assert a_session(offer).pk != session.pk


@pytest_db
def test_rebuild_gives_back_offers_and_places() -> None:
    offer = an_offer(published(a_provider()))
    a_session(offer)
    before = queries.search(Criteria(with_seats=True, funding=("opco",)))
    CatalogueEntry.objects.all().delete()

    assert actions.rebuild() == 1
    after = queries.search(Criteria(with_seats=True, funding=("opco",)))
    assert (after.total, after.counts) == (before.total, before.counts)
