"""Places, states and ends of validity, on plain values."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.awarding.rules import batch_rows, places
from jalon.awarding.rules.award_states import AwardState, state
from jalon.awarding.rules.batch_states import BatchState, may_become
from jalon.awarding.rules.building import end_of_validity
from jalon.awarding.rules.holders import HolderRow

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_places_are_a_permutation() -> None:
    given_out = {places.place(b"secret", number) for number in range(places.CAPACITY)}

    assert given_out == set(range(places.CAPACITY))


def test_places_depend_on_the_secret() -> None:
    assert [places.place(b"one", n) for n in range(20)] != [places.place(b"two", n) for n in range(20)]


@pytest.mark.parametrize("number", [-1, places.CAPACITY])
def test_places_outside_the_list_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="expected a number"):
        places.place(b"secret", number)


def test_bits_with_place_0_sets_the_most_significant_bit_first() -> None:
    bits = places.bits_with([0, 9])

    assert len(bits) == 16_384
    assert bits[:2] == bytes([0b1000_0000, 0b0100_0000])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, AwardState.VALID),
        ({"valid_until": NOW + timedelta(seconds=1)}, AwardState.VALID),
        ({"valid_until": NOW}, AwardState.EXPIRED),
        ({"revoked_at": NOW, "valid_until": NOW}, AwardState.REVOKED),
        ({"revoked_at": NOW + timedelta(seconds=1)}, AwardState.VALID),
        ({"revoked_at": NOW, "is_replaced": True}, AwardState.REPLACED),
    ],
)
def test_state_of_an_award(facts: dict[str, object], expected: AwardState) -> None:
    known = {"valid_until": None, "revoked_at": None, "is_replaced": False, **facts}

    assert state(at=NOW, **known) is expected


@pytest.mark.parametrize(
    ("awarded_on", "months", "end"),
    [
        (date(2026, 1, 31), 1, datetime(2026, 2, 28, 22, 59, 59, tzinfo=UTC)),
        (date(2028, 1, 31), 1, datetime(2028, 2, 29, 22, 59, 59, tzinfo=UTC)),
        (date(2026, 6, 15), 24, datetime(2028, 6, 15, 21, 59, 59, tzinfo=UTC)),
        (date(2026, 12, 1), 1, datetime(2027, 1, 1, 22, 59, 59, tzinfo=UTC)),
    ],
)
def test_end_of_validity(awarded_on: date, months: int, end: datetime) -> None:
    assert end_of_validity(awarded_on, months) == end
    assert end_of_validity(awarded_on, None) is None


def test_a_finished_batch_goes_nowhere() -> None:
    assert not any(may_become(BatchState.FINISHED, after) for after in BatchState)
    assert may_become(BatchState.FAILED, BatchState.QUEUED)
    assert not may_become(BatchState.RECEIVED, BatchState.QUEUED)


@given(
    st.builds(
        HolderRow,
        row=st.integers(1, 100),
        name=st.text(min_size=1),
        birth_date=st.none() | st.dates(),
        awarded_on=st.none() | st.dates(),
        email=st.text(),
        identifier=st.text(),
        grade=st.text(),
        given_name=st.text(),
        family_name=st.text(),
    )
)
def test_a_row_survives_the_database(holder: HolderRow) -> None:
    assert batch_rows.read(holder.row, batch_rows.plain(holder)) == holder
