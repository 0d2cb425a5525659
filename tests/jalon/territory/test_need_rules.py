"""What a need may say, and for how long it says it of a person."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.territory import an_asker, need_facts

from jalon.territory.rules.need_states import (
    NeedState,
    StepKind,
    after_correction,
    followed_state,
    step_into,
)
from jalon.territory.rules.needs import (
    MOST_PEOPLE,
    AskerKind,
    asker_faults,
    headline,
    holds_contact,
    keep_until,
    need_faults,
)

TODAY = date(2027, 1, 15)


def codes(**changes: object) -> list[tuple[str, str]]:
    known = bool(changes.pop("commune_is_known", False))
    faults = need_faults(need_facts(**changes), today=TODAY, commune_is_known=known)
    return [(fault.field, fault.code) for fault in faults]


def test_a_sentence_and_a_place_are_enough() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"skill": ""}, ("skill", "territory.skill_missing")),
        ({"skill": "   "}, ("skill", "territory.skill_missing")),
        ({"skill": "🧑‍🌾🚜🌧️"}, ("skill", "territory.skill_without_words")),
        ({"skill": "1234"}, ("skill", "territory.skill_without_words")),
        ({"skill": "murs " * 20_000}, ("skill", "territory.too_long")),
        ({"skill": "Souder, me joindre : a.vidal@exemple.fr"}, ("skill", "territory.contact_in_text")),
        ({"skill": "Souder, 06 12 34 56 78"}, ("skill", "territory.contact_in_text")),
        ({"constraints": "le soir, +33 6.12.34.56.78"}, ("constraints", "territory.contact_in_text")),
        ({"constraints": "x" * 1001}, ("constraints", "territory.too_long")),
        ({"place": ""}, ("place", "territory.place_missing")),
        ({"place": "🏔️"}, ("place", "territory.place_missing")),
        ({"commune_code": "99999"}, ("place", "territory.commune_unknown")),
        ({"people_count": 0}, ("people_count", "territory.people_none")),
        ({"people_count": -3}, ("people_count", "territory.people_none")),
        ({"people_count": 10_000}, ("people_count", "territory.people_many")),
        ({"people_count": MOST_PEOPLE + 1}, ("people_count", "territory.people_many")),
        ({"needed_by": date(2027, 1, 14)}, ("needed_by", "territory.date_past")),
        ({"needed_by": date(2127, 1, 14)}, ("needed_by", "territory.date_far")),
    ],
)
def test_what_cannot_be_right_is_said(changes: dict[str, object], expected: tuple[str, str]) -> None:
    assert codes(**changes) == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"needed_by": TODAY},
        {"people_count": 1},
        {"people_count": MOST_PEOPLE},
        {"commune_code": "48104", "place": "", "commune_is_known": True},
        {"skill": "Aozañ boued evit ar skolioù"},
        # numbers that are no telephone's
        {"skill": "Conduire un tracteur de 120 ch, norme NF 1234 de 2019"},
    ],
)
def test_what_may_be_right_passes(changes: dict[str, object]) -> None:
    assert codes(**changes) == []


@pytest.mark.parametrize("text", ["06.12.34.56.78", "0612345678", "+33 6 12 34 56 78", "moi@ici.fr"])
def test_contacts_are_seen(text: str) -> None:
    assert holds_contact(f"Appelez {text} le soir")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"name": "", "email": "", "agrees": False, "kind": AskerKind.LEARNER}, []),
        ({"name": "", "email": "", "agrees": False}, ["territory.name_missing"]),
        ({"agrees": False}, ["territory.agreement_missing"]),
        ({"name": "x" * 201}, ["territory.too_long"]),
    ],
)
def test_who_asks_says_little_and_agrees(changes: dict[str, object], expected: list[str]) -> None:
    assert [fault.code for fault in asker_faults(an_asker(**changes))] == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 1, 15), 18, date(2028, 7, 15)),
        (date(2027, 12, 1), 1, date(2028, 1, 1)),
    ],
)
def test_keep_until_counts_months(day: date, months: int, expected: date) -> None:
    assert keep_until(day, months) == expected


@pytest.mark.parametrize(
    ("skill", "expected"),
    [
        ("Souder.", "Souder"),
        ("Souder à l'arc. Et au chalumeau.", "Souder à l'arc"),
        ("Souder\nà l'arc", "Souder"),
        ("mot " * 60, "mot " * 26 + "mot…"),
    ],
)
def test_headline_is_the_first_sentence(skill: str, expected: str) -> None:
    assert headline(skill) == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ([], NeedState.OPEN),
        ([False], NeedState.IN_DESIGN),
        ([False, True], NeedState.ANSWERED),
    ],
)
def test_a_need_stands_where_its_links_leave_it(published: list[bool], expected: NeedState) -> None:
    assert followed_state(published) is expected
    assert step_into(expected) in StepKind


@pytest.mark.parametrize(
    ("state", "vouched", "words", "expected"),
    [
        (NeedState.OPEN, False, True, NeedState.WAITING),
        (NeedState.OPEN, False, False, NeedState.OPEN),
        (NeedState.OPEN, True, True, NeedState.OPEN),
        (NeedState.REFUSED, False, False, NeedState.WAITING),
        (NeedState.WAITING, False, True, NeedState.WAITING),
    ],
)
def test_new_words_are_read_again(state: NeedState, vouched: bool, words: bool, expected: NeedState) -> None:
    assert after_correction(state, vouched=vouched, words_changed=words) is expected
