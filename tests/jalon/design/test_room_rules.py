"""Who may do what in a room, what its texts may be, and which answer counts for which text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.design import labels
from jalon.design.errors import RoomTextError, RoundDateError
from jalon.design.rules.rooms import (
    Answer,
    ProposalState,
    RoomAct,
    RoomRole,
    Standing,
    Told,
    acts_by_link,
    acts_of_member,
    closing_day,
    one_line,
    plain_text,
    standing,
)

TODAY = date(2026, 3, 1)


def test_no_link_lets_its_holder_host() -> None:
    assert not any(RoomAct.HOST in acts_by_link(role) for role in RoomRole)
    assert [role for role in RoomRole if RoomAct.SIGN in acts_by_link(role)] == [RoomRole.SIGNATORY]
    assert [role for role in RoomRole if RoomAct.DECIDE in acts_by_link(role)] == [RoomRole.AUTHOR]


def test_member_who_sees_nothing_does_nothing() -> None:
    assert acts_of_member(sees=False, designs=True, commits=True) == frozenset()
    assert RoomAct.HOST not in acts_of_member(sees=True, designs=False, commits=True)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], Standing.MISSING),
        ([("a", Answer.YES)], Standing.YES),
        ([("old", Answer.YES)], Standing.EARLIER_TEXT),
        ([("old", Answer.YES), ("a", Answer.NO)], Standing.NO),
        ([("a", Answer.NO), ("a", Answer.RESERVATIONS)], Standing.RESERVATIONS),
        # The text went elsewhere and came back: what was said about it holds again.
        ([("a", Answer.YES), ("other", Answer.NO)], Standing.YES),
    ],
)
def test_last_answer_about_the_very_text_counts(told: list[tuple[str, Answer]], expected: Standing) -> None:
    answers = [Told(text, answer, number) for number, (text, answer) in enumerate(told)]

    found, _given = standing(answers, text_sha256="a")

    assert found is expected
    assert found.is_met is (expected in {Standing.YES, Standing.RESERVATIONS})


def test_invisible_signs_go_and_words_stay() -> None:
    assert plain_text("a\x00b\u202ec\r\nd 👩‍🌾", what="comment", limit=50) == "abc\nd 👩‍🌾"
    assert one_line("  Odile \n Vidal ", what="name", limit=50) == "Odile Vidal"


@pytest.mark.parametrize(
    ("typed", "why"), [("", "missing"), (" \n\u2028", "missing"), ("x" * 51, "too_long")]
)
def test_text_that_is_missing_or_too_long_is_refused(typed: str, why: str) -> None:
    with pytest.raises(RoomTextError) as refused:
        plain_text(typed, what="comment", limit=50)

    assert refused.value.why == why
    assert labels.refusal_sentence(refused.value)


@given(st.text(max_size=200))
def test_kept_text_is_kept_again_as_it_is(typed: str) -> None:
    once = plain_text(typed, what="comment", limit=2000, may_be_empty=True)

    assert plain_text(once, what="comment", limit=2000, may_be_empty=True) == once
    once.encode()


@pytest.mark.parametrize("wanted", [None, TODAY - timedelta(days=1), TODAY + timedelta(days=367)])
def test_round_closes_between_today_and_a_year_from_now(wanted: date | None) -> None:
    assert closing_day(TODAY, today=TODAY) == TODAY
    with pytest.raises(RoundDateError):
        closing_day(wanted, today=TODAY)


def test_everything_has_its_words() -> None:
    assert all(labels.role_name(each) and labels.role_sentence(each) for each in RoomRole)
    assert all(labels.answer_name(each) for each in Answer)
    assert all(labels.standing_name(each) for each in Standing)
    assert all(labels.proposal_state_name(each) for each in ProposalState)
