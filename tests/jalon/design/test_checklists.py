"""The checklists: which concern a file, what it shows by itself, and answers that nobody overwrites."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories.design import (
    FIRST_OUTCOME,
    SECOND_OUTCOME,
    THIRD_OUTCOME,
    a_specification,
    complete_content,
)
from tests.factories.people import a_member, a_user, an_organisation

from jalon.design import actions, labels
from jalon.design.actions.checklists import stamp
from jalon.design.errors import UnknownFieldError
from jalon.design.labels.checklists import checklist_name, item_words, verdict_name
from jalon.design.models import ChecklistAnswer, Specification
from jalon.design.queries import answers_of
from jalon.design.rules.checklists import EVIDENCE_LENGTH, ITEMS, Checklist, Verdict, items, lists_for
from jalon.design.rules.content import (
    NO_TEXT,
    Alignment,
    CriterionContent,
    RecognitionContent,
    SpecificationContent,
)
from jalon.foundation.errors import NotAllowedError
from jalon.foundation.models import JournalEntry
from jalon.people.models import User
from jalon.people.rules import Role
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text

pytestmark = pytest.mark.django_db


def _shown(content: SpecificationContent) -> set[str]:
    return {item.code for item in items(Checklist.ANNEX_II, content) if item.shown}


def test_second_list_concerns_only_a_file_that_aims_at_the_register() -> None:
    register = RecognitionContent(RecognitionStatus.RS, "RS6396")
    aim = Alignment("RS", "https://www.francecompetences.fr/recherche/rs/6396/", "Guide composteur", "RS6396")

    assert lists_for(complete_content()) == (Checklist.ANNEX_II,)
    assert lists_for(complete_content(recognition=register)) == (Checklist.ANNEX_II, Checklist.RS)
    assert lists_for(complete_content(stacks_into=(aim,))) == (Checklist.ANNEX_II, Checklist.RS)


def test_file_speaks_for_an_item_only_where_it_says_so() -> None:
    whole = complete_content()
    without = replace(whole, quality_assurance=(), description=NO_TEXT)
    criterion = CriterionContent(
        "https://example.org/c", Text.of({"fr": "Tient"}), (FIRST_OUTCOME, SECOND_OUTCOME, THIRD_OUTCOME)
    )

    assert {"quality", "transparency", "information"} <= _shown(whole)
    assert _shown(without).isdisjoint({"quality", "transparency", "information"})
    assert "valid_assessment" not in _shown(whole)
    assert "valid_assessment" in _shown(replace(whole, criteria=(criterion,)))


def test_each_list_item_and_answer_has_words() -> None:
    for checklist in Checklist:
        assert checklist_name(checklist)
        for item in ITEMS[checklist]:
            assert item_words(item).question.endswith("?")
    assert {verdict_name(each) for each in Verdict} == {"Oui", "En partie", "Pas encore"}
    assert [len(ITEMS[each]) for each in Checklist] == [10, 6]


@pytest.fixture
def designer() -> User:
    return a_member(a_user(full_name="Claire Delmas"), an_organisation("MFR"), Role.DESIGNER)


@pytest.fixture
def draft(designer: User) -> Specification:
    return a_specification(designer.memberships.get().organisation)


def _answer(
    draft: Specification, by: User, evidence: str, seen: str = "", **changed: object
) -> actions.AnswerResult:
    wanted = {"checklist": Checklist.ANNEX_II, "item": "relevance", "verdict": Verdict.PARTLY, **changed}
    return actions.answer_item(specification=draft, evidence=evidence, seen=seen, by=by, **wanted)  # type: ignore[arg-type]  # checked above


def test_answer_is_kept_with_who_gave_it_and_changed_by_whoever_saw_it(
    draft: Specification, designer: User
) -> None:
    first = _answer(draft, designer, "Trois éleveurs l'ont demandé.")
    second = _answer(draft, designer, "Quatre éleveurs.", seen=stamp(first.answer), verdict=Verdict.YES)

    assert (first.kept, second.kept) == (True, True)
    held = answers_of(draft.micro_credential)[Checklist.ANNEX_II, "relevance"]
    assert (held.verdict, held.evidence, held.by) == ("yes", "Quatre éleveurs.", designer)
    told = JournalEntry.objects.filter(verb="checklist.answered").order_by("at")
    assert [entry.facts["evidence"] for entry in told] == [
        "Trois éleveurs l'ont demandé.",
        "Quatre éleveurs.",
    ]


def test_answer_given_meanwhile_is_not_overwritten(draft: Specification, designer: User) -> None:
    _answer(draft, designer, "La première.")

    result = _answer(draft, designer, "La seconde, sans avoir vu la première.")

    assert not result.kept
    assert ChecklistAnswer.objects.get().evidence == "La première."


def test_evidence_too_long_is_said_and_not_cut(draft: Specification, designer: User) -> None:
    result = _answer(draft, designer, "x" * (EVIDENCE_LENGTH + 7))

    assert (result.kept, result.too_long) == (False, 7)
    assert not ChecklistAnswer.objects.exists()


def test_item_of_another_list_and_stranger_are_refused(draft: Specification, designer: User) -> None:
    stranger = a_member(a_user(), an_organisation("Ailleurs"), Role.DESIGNER)

    with pytest.raises(UnknownFieldError):
        _answer(draft, designer, "x", item="rs_branch")
    with pytest.raises(NotAllowedError):
        _answer(draft, stranger, "x")
    assert not ChecklistAnswer.objects.exists()


def test_saying_nothing_makes_no_answer(draft: Specification, designer: User) -> None:
    assert _answer(draft, designer, "  ", verdict=None).kept
    assert not ChecklistAnswer.objects.exists()
    assert labels.element_name("criteria")
