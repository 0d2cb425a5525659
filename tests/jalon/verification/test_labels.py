"""Every code of the engine has words; days and ages read as people say them."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils.translation import override

import sceau
import sceau.errors
from jalon.cli import verifying_words
from jalon.verification.labels import checks, moments
from sceau.model.credential import Issuer
from sceau.verifying.report import Check, Outcome, Question

NOW = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)
# Families that a check of each question can carry, and their codes of their own.
INTACT_FAMILIES = (
    *("proof.", "context.", "canon.", "model.", "key.", "did.", "hosted.", "time_stamp.", "certificate."),
    *("seal.several", "seal.payload", "seal.certificate"),
)
VALID_FAMILIES = ("validity.", "status.", "did.", "hosted.")
ISSUER_FAMILIES = (
    *("issuer.", "certificate."),
    *("seal.certificate", "seal.other_organisation", "seal.other_name", "seal.no_organisation"),
)


def codes_of_the_engine() -> set[str]:
    """Every dotted code written in the engine's source."""
    folder = Path(sceau.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    families = "proof|context|canon|model|key|did|validity|status|issuer|hosted|seal|time_stamp|certificate"
    paths = {f"issuer.{field.name}" for field in dataclasses.fields(Issuer)}
    return set(re.findall(rf'"((?:{families})\.[a-z_]+)"', text)) - paths - {"did.json"}


def words(code: str, question: Question) -> str:
    return str(checks.sentence(Check("any", question, Outcome.FAILED, code)).words)


def test_there_are_codes_to_look_at() -> None:
    assert {
        "proof.mismatch",
        "validity.expired",
        "status.revoked",
        "context.unknown",
        "hosted.differs",
        "seal.other_name",
        "time_stamp.mismatch",
        "certificate.unknown_anchor",
        "issuer.unknown",
    } <= codes_of_the_engine()


@pytest.mark.parametrize("code", sorted(codes_of_the_engine()))
def test_each_code_of_the_engine_has_words_of_its_own(code: str) -> None:
    asked = {
        question
        for question, families in (
            (Question.INTACT, INTACT_FAMILIES),
            (Question.VALID, VALID_FAMILIES),
            (Question.ISSUER, ISSUER_FAMILIES),
        )
        if code.startswith(families)
    }

    assert asked

    for question in asked:
        known = checks.labelled_codes(question)
        assert code in known or code.partition(".")[0] in known
    assert {code, code.partition(".")[0]} & set(verifying_words._REASONS)


@pytest.mark.parametrize("question", list(Question))
def test_an_unheard_of_code_is_said_to_be_unknown(question: Question) -> None:
    assert words("avenir.inconnu", question)


def test_no_answer_shows_a_technical_word() -> None:
    tables = (checks._INTACT, checks._VALID, checks._ISSUER)
    for said in (said for table in tables for said in table.values()):
        shown = f"{said.title} {said.words} {said.advice}"
        assert not re.search(r"\b(JSON|DID|hash|RDF|proof|eddsa|erreur|invalide)\b|\.[a-z]+_", shown), shown


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("fr", date(2026, 6, 2), "2 juin 2026"),
        ("fr", date(2026, 6, 1), "1er juin 2026"),
        ("fr", datetime(2026, 5, 31, 23, 30, tzinfo=UTC), "1er juin 2026"),
        ("en", date(2026, 6, 1), "1 June 2026"),
    ],
)
def test_a_day_reads_as_people_say_it(language: str, value: date, expected: str) -> None:
    with override(language):
        assert moments.day(value) == expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(0), "à l’instant"),
        (timedelta(seconds=59), "à l’instant"),
        (timedelta(minutes=1), "il y a 1 minute"),
        (timedelta(minutes=3, seconds=20), "il y a 3 minutes"),
        (timedelta(hours=1), "il y a 1 heure"),
        (timedelta(hours=23, minutes=59), "il y a 23 heures"),
        (timedelta(days=12), "il y a 12 jours"),
        (-timedelta(minutes=2), "à l’instant"),
    ],
)
def test_an_age_is_told_in_one_unit(age: timedelta, expected: str) -> None:
    assert moments.ago(NOW - age, NOW) == expected


def test_an_hour_is_written_the_french_way() -> None:
    assert moments.moment(NOW) == "23 novembre 2026 à 9 h 41"
