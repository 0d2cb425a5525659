from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sceau.errors import DataModelError, ForbiddenCharacterError
from sceau.model import annex_i, characters, moments
from sceau.model.credential import Credential
from sceau.model.micro_credential import Level, Workload
from sceau.model.texts import NO_TEXT, Text
from sceau.testing import example_credential

NAIVE = datetime(2026, 6, 2, 8)  # noqa: DTZ001 -- what must be refused


@given(st.datetimes(NAIVE.replace(1, 1, 2), NAIVE.replace(9999, 12, 30)), st.integers(-840, 840))
def test_moments_round_trip(naive: datetime, minutes: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))

    assert moments.read(moments.write(moment)) == moment


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2026-06-02T08:00:00Z", datetime(2026, 6, 2, 8, tzinfo=UTC)),
        ("2026-06-02T08:00:00.5Z", datetime(2026, 6, 2, 8, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-06-02T08:00:00.123456789Z", datetime(2026, 6, 2, 8, 0, 0, 123_456, tzinfo=UTC)),
        ("2026-06-02T10:00:00+02:00", datetime(2026, 6, 2, 8, tzinfo=UTC)),
        ("2026-06-01T24:00:00Z", datetime(2026, 6, 2, tzinfo=UTC)),
    ],
)
def test_moments_that_are_read(stamp: str, expected: datetime) -> None:
    assert moments.read(stamp) == expected


@pytest.mark.parametrize(
    "stamp",
    [
        "",
        None,
        5,
        "2026-06-02",
        "2026-06-02T08:00:00",
        "2026-06-02 08:00:00Z",
        "2026-02-30T08:00:00Z",
        "2026-06-02T25:00:00Z",
        "2026-06-02T24:00:01Z",
        "2026-06-02T08:00:60Z",
        "2026-06-02T08:00:00+15:00",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T24:00:00Z",
        "٢٠٢٦-06-02T08:00:00Z",
        "2026-06-02T08:00:00Z\n",
    ],
)
def test_moments_that_are_refused(stamp: object) -> None:
    with pytest.raises(DataModelError):
        moments.read(stamp)


def test_a_naive_moment_is_not_written() -> None:
    with pytest.raises(DataModelError):
        moments.write(NAIVE)


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x0b", "\x7f", "\x85", "\ud800", "\ufdd0", "\ufffe", "\uffff", "\U0010ffff"]
)
def test_forbidden_characters_are_named(sign: str) -> None:
    with pytest.raises(ForbiddenCharacterError, match=rf"title, met U\+{ord(sign):04X}"):
        characters.check(f"a{sign}b", "title")


@pytest.mark.parametrize("text", ["", "a\tb\r\nc", "é œ 日本 עברית 👩🏽‍🌾", "\u200d\u202e\ufeff"])
def test_other_characters_are_allowed(text: str) -> None:
    characters.check(text, "title")


def test_the_example_lacks_nothing_and_there_are_eleven_elements() -> None:
    assert len(annex_i.ELEMENTS) == 11
    assert annex_i.missing(example_credential()) == ()


def without(element: str) -> Credential:
    credential = example_credential()
    micro, issuer = credential.micro_credential, credential.issuer
    changes = {
        "learner": lambda: replace(credential, holder=replace(credential.holder, name=" ")),
        "title": lambda: replace(credential, micro_credential=replace(micro, title=NO_TEXT)),
        "country": lambda: replace(credential, issuer=replace(issuer, country_code="")),
        "awarding_body": lambda: replace(credential, issuer=replace(issuer, name="")),
        "date": lambda: replace(credential, awarded_on=None),  # type: ignore[arg-type] # what a careless caller does
        "outcomes": lambda: replace(credential, micro_credential=replace(micro, outcomes=())),
        "workload": lambda: replace(
            credential, micro_credential=replace(micro, workload=Workload(Decimal(0)))
        ),
        "level": lambda: replace(credential, micro_credential=replace(micro, level=Level())),
        "assessment": lambda: replace(
            credential, micro_credential=replace(micro, assessment=replace(micro.assessment, types=()))
        ),
        "participation": lambda: replace(credential, micro_credential=replace(micro, participation=())),
        "quality_assurance": lambda: replace(
            credential, micro_credential=replace(micro, quality_assurance=())
        ),
    }
    return changes[element]()


@pytest.mark.parametrize("element", annex_i.ELEMENTS)
def test_a_missing_element_is_named(element: str) -> None:
    with pytest.raises(DataModelError, match=f"without {element}$"):
        annex_i.check(without(element))


def test_a_level_and_a_reason_why_there_is_none_contradict_each_other() -> None:
    credential = example_credential()
    level = replace(credential.micro_credential.level, none_reason=Text.of({"fr": "Aucun."}))
    micro = replace(credential.micro_credential, level=level)

    assert annex_i.missing(replace(credential, micro_credential=micro)) == ("level",)
