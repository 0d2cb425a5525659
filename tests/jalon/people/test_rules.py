"""Rules about organisations, members and persons, with plain values."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.people import SIRET

from jalon.people import rules
from jalon.people.errors import Fault
from jalon.people.rules import (
    Match,
    MatchOutcome,
    OrganisationFacts,
    OrganisationKind,
    PersonFacts,
    Role,
)


@pytest.mark.parametrize(
    "typed", ["123 456 782 00010", "12345678200010", "123.456.782-00010", "123\u202f456\u202f782\u00a000010"]
)
def test_siret_typed_in_groups_is_accepted(typed: str) -> None:
    assert rules.siret_fault(rules.bare_digits(typed)) is None


@pytest.mark.parametrize(
    ("siret", "fault"),
    [
        ("1234567820001", Fault("siret", "people.siret_length", {"count": 13})),
        ("123456782000100", Fault("siret", "people.siret_length", {"count": 15})),
        ("12345678200011", Fault("siret", "people.siret_end", {"part": "00011"})),
        ("12345678300010", Fault("siret", "people.siret_start", {"part": "123456783"})),
        ("1234567820001O", Fault("siret", "people.siret_signs", {"met": "O"})),
        ("١٢٣٤٥٦٧٨٢٠٠٠١٠", Fault("siret", "people.siret_signs", {"met": "١"})),
    ],
)
def test_siret_fault_says_which_part_to_read_again(siret: str, fault: Fault) -> None:
    assert rules.siret_fault(siret) == fault


@pytest.mark.parametrize(
    ("digits", "shown"),
    [("12345678200010", "123\u00a0456\u00a0782\u00a000010"), ("1234", "123\u00a04"), ("", "")],
)
def test_digits_are_shown_in_groups(digits: str, shown: str) -> None:
    assert rules.spaced(digits, 3, 3, 3, 5) == shown


def test_siret_of_la_poste_is_known_by_its_digit_sum() -> None:
    assert rules.siret_is_valid("35600000049837")
    assert not rules.luhn_holds("35600000049837")


@given(st.integers(0, 13), st.integers(1, 9))
def test_siret_with_one_wrong_digit_is_refused(place: int, shift: int) -> None:
    wrong = SIRET[:place] + str((int(SIRET[place]) + shift) % 10) + SIRET[place + 1 :]

    assert rules.siret_fault(wrong) is not None


@pytest.mark.parametrize(
    ("nda", "fault"),
    [
        ("76480012348", None),
        ("7648001234", Fault("nda", "people.nda_length", {"count": 10})),
        ("7648001234X", Fault("nda", "people.nda_signs", {"met": "X"})),
    ],
)
def test_nda_has_eleven_digits(nda: str, fault: Fault | None) -> None:
    assert rules.nda_fault(nda) == fault


def test_organisation_faults_come_in_the_order_of_the_form() -> None:
    facts = OrganisationFacts(
        OrganisationKind.TRAINING_PROVIDER, " ", siret="1", nda="2", website="http://mfr.example"
    )

    assert [fault.code for fault in rules.organisation_faults(facts)] == [
        "people.legal_name_missing",
        "people.siret_length",
        "people.nda_length",
        "people.website_not_https",
    ]


def test_siret_is_refused_outside_france() -> None:
    facts = OrganisationFacts(OrganisationKind.COMPANY, "Granja", country_code="ES", siret=SIRET)

    assert rules.organisation_faults(facts) == [Fault("siret", "people.siret_abroad")]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, rules.Standing.CURRENT),
        (date(2026, 3, 1), date(2026, 3, 1), rules.Standing.CURRENT),
        (date(2026, 3, 2), None, rules.Standing.TO_COME),
        (None, date(2026, 2, 28), rules.Standing.EXPIRED),
    ],
)
def test_standing_counts_both_days_in(
    first: date | None, last: date | None, expected: rules.Standing
) -> None:
    assert rules.standing(valid_from=first, valid_until=last, on=date(2026, 3, 1)) is expected


def test_accreditation_that_ends_before_it_starts_is_refused() -> None:
    faults = rules.accreditation_faults(
        name="Qualiopi", valid_from=date(2026, 2, 1), valid_until=date(2026, 1, 1)
    )

    assert faults == [Fault("valid_until", "people.accreditation_dates")]


@pytest.mark.parametrize(
    ("wanted", "taken", "free"),
    [
        ("mfr", set(), "mfr"),
        ("mfr", {"mfr", "mfr-2"}, "mfr-3"),
        ("nouveau", set(), "nouveau-2"),
        ("x" * 60, {"x" * 60}, "x" * 58 + "-2"),
    ],
)
def test_free_slug_is_neither_taken_nor_reserved(wanted: str, taken: set[str], free: str) -> None:
    assert rules.free_slug(wanted, taken) == free


def test_last_admin_is_recognised() -> None:
    one, other = uuid4(), uuid4()

    assert rules.leaves_no_admin(admins=[one], user=one, kept_roles=[Role.TRAINER])
    assert not rules.leaves_no_admin(admins=[one], user=one, kept_roles=[Role.ADMIN])
    assert not rules.leaves_no_admin(admins=[one, other], user=one, kept_roles=[])
    assert not rules.leaves_no_admin(admins=[one], user=other, kept_roles=[])


BORN = date(2001, 5, 4)
JEANNE = PersonFacts("jeanne vidal", BORN, "A1")


@pytest.mark.parametrize(
    ("wanted", "known", "expected"),
    [
        (JEANNE, [], Match(MatchOutcome.NEW)),
        (PersonFacts("jeanne vidal", BORN), [JEANNE], Match(MatchOutcome.SAME, 0)),
        (PersonFacts("jeanne vidal", None, "A1"), [JEANNE], Match(MatchOutcome.SAME, 0)),
        # An identifier wins over the name, and what is told otherwise is said.
        (
            PersonFacts("jeanne roux", None, "A1"),
            [JEANNE],
            Match(MatchOutcome.SAME, 0, differences=("name",)),
        ),
        (
            PersonFacts("jeanne vidal", BORN, "B2"),
            [JEANNE],
            Match(MatchOutcome.SAME, 0, differences=("identifier",)),
        ),
        # Nothing to compare: a homonym, never merged.
        (PersonFacts("jeanne vidal"), [JEANNE], Match(MatchOutcome.HOMONYM, candidates=(0,))),
        (
            PersonFacts("jeanne vidal", BORN),
            [PersonFacts("jeanne vidal")],
            Match(MatchOutcome.HOMONYM, candidates=(0,)),
        ),
        (
            PersonFacts("jeanne vidal"),
            [PersonFacts("jeanne vidal")],
            Match(MatchOutcome.HOMONYM, candidates=(0,)),
        ),
        (
            PersonFacts("jeanne vidal", None, "B2"),
            [PersonFacts("jeanne vidal", BORN)],
            Match(MatchOutcome.HOMONYM, candidates=(0,)),
        ),
        # Told apart.
        (PersonFacts("jeanne vidal", date(1999, 1, 1)), [JEANNE], Match(MatchOutcome.NEW)),
        (PersonFacts("jeanne vidal", None, "B2"), [JEANNE], Match(MatchOutcome.NEW)),
        (PersonFacts("paul vidal", BORN), [JEANNE], Match(MatchOutcome.NEW)),
        # Of several namesakes, the one with the same birth date; else only those who could be the same.
        (
            PersonFacts("jeanne vidal", BORN),
            [PersonFacts("jeanne vidal"), PersonFacts("jeanne vidal", BORN)],
            Match(MatchOutcome.SAME, 1),
        ),
        (
            PersonFacts("jeanne vidal", date(1999, 1, 1)),
            [JEANNE, PersonFacts("jeanne vidal")],
            Match(MatchOutcome.HOMONYM, candidates=(1,)),
        ),
    ],
)
def test_match(wanted: PersonFacts, known: list[PersonFacts], expected: Match[int]) -> None:
    assert rules.match(wanted, list(enumerate(known))) == expected


def test_an_empty_identifier_matches_nobody() -> None:
    known = [(0, PersonFacts("paul roux"))]

    assert rules.match(PersonFacts("jeanne vidal"), known) == Match(MatchOutcome.NEW)
