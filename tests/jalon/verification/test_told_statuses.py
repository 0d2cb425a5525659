"""What a list says without judging is told beside the «yes», in our words and not in those for software."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from tests.factories.verification import NOW

from jalon.verification.labels.verdict import verdict
from jalon.verification.rules import Form, Result
from sceau.verifying.report import Check, Outcome, Question, Report


def answer_with(*codes: str, outcome: Outcome = Outcome.PASSED) -> tuple[str, str]:
    statuses = [
        Check("message", Question.VALID, outcome, code, facts={"message": "pending_review"}) for code in codes
    ]
    checks = (Check("proof", Question.INTACT, Outcome.PASSED), *statuses)
    given = verdict(Result(Report(checks, NOW, "open_badges_3"), next(iter(Form))))
    return given.answers[1].title, f"{given.answers[1].words} {given.answers[1].advice}"


def test_a_message_is_told_and_its_words_for_software_are_not() -> None:
    title, words = answer_with("status.message", "status.message")

    assert title == "Oui"
    assert words.count("L’organisme y joint une mention de suivi, qui ne la retire pas.") == 1
    assert "pending_review" not in words


def test_an_updated_version_is_told() -> None:
    assert "L’organisme en tient prête une version à jour." in answer_with("status.refresh")[1]
    with override("en"):
        assert "an updated version of it ready. Ask the person for it." in answer_with("status.refresh")[1]


def test_nothing_is_told_where_nothing_is_said() -> None:
    assert "organisme en tient" not in answer_with("")[1]


@pytest.mark.parametrize("code", ["status.reused", "status.application_specific"])
def test_what_is_not_known_has_its_own_words(code: str) -> None:
    title, words = answer_with(code, outcome=Outcome.INDETERMINATE)

    assert title == "On ne sait pas"
    assert "hors d’atteinte" not in words
    assert "ne tient pas" not in words
