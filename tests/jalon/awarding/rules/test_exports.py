"""What the other forms of a credential need: salts, an end, one language, a type described."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.factories.credentials import a_credential

from jalon.awarding.rules import exports as rules

SIGNED = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def test_salts_are_the_same_each_time_and_never_twice() -> None:
    first, second = rules.salts(b"secret", b"award"), rules.salts(b"secret", b"award")

    given = [first(16) for _ in range(50)]

    assert given == [second(16) for _ in range(50)]
    assert len(set(given)) == 50
    assert all(len(each) == 16 for each in given)


@pytest.mark.parametrize(("secret", "about"), [(b"other", b"award"), (b"secret", b"other")])
def test_salts_of_another_key_or_award_are_others(secret: bytes, about: bytes) -> None:
    assert rules.salts(secret, about)(16) != rules.salts(b"secret", b"award")(16)


def test_salts_longer_than_a_hash_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 32 bytes"):
        rules.salts(b"secret", b"award")(33)


@pytest.mark.parametrize(
    ("days", "years"), [(0, 5), (4 * 365, 5), (4 * 365 + 1, 10), (5 * 365, 10), (30 * 365, 35)]
)
def test_a_file_always_has_a_year_to_run(days: int, years: int) -> None:
    at = SIGNED + timedelta(days=days)

    end = rules.end_of_attestation(SIGNED, at=at)

    assert end == SIGNED + timedelta(days=years * 365)
    assert end - at >= timedelta(days=365)


def test_one_language_is_kept_of_each_text_and_what_lacks_it_stays() -> None:
    credential = rules.in_one_language(a_credential(), "en")

    assert credential.micro_credential.title.as_dict() == {"en": "Build a dry-stone wall"}
    assert "fr" in credential.micro_credential.outcomes[0].statement.as_dict()
    assert credential.holder == a_credential().holder


def test_a_type_that_attestations_bear_the_hash_of_never_changes() -> None:
    """Whoever changes the words of the claims gives the type a new address, and goes on serving this one."""
    document = rules.type_document("https://jalon.example.org/types/micro-certification/1")

    assert json.loads(document)["vct"] == "https://jalon.example.org/types/micro-certification/1"
    assert rules.digest(document) == "3e3f6a2611e1af38a66626918dcae3eeb2fa6fefa524a6a47082502ccbcaa8ee"


def test_words_are_those_of_one_language_and_no_identifiers() -> None:
    outcomes = a_credential().micro_credential.outcomes
    title = a_credential().micro_credential.title

    assert rules.words(outcomes) == {"Choisir les pierres", "Couronner le mur"}
    assert rules.words(title, "en") == {"Build a dry-stone wall"}
    assert rules.words(a_credential().holder) == frozenset()
