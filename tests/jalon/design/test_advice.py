"""Advice is a sentence, never a refusal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from tests.factories.design import FIRST_OUTCOME, complete_content
from tests.jalon.design.strategies import contents

from jalon.design import labels
from jalon.design.rules.advice import advice, fair_credits, unobservable_verb
from jalon.design.rules.completeness import mandatory_gaps
from jalon.design.rules.content import OutcomeContent, SpecificationContent
from sceau.model.texts import Text


@pytest.mark.parametrize(
    ("statement", "verb"),
    [
        ("Comprendre les filières locales", "comprendre"),
        ("comprend les filières", ""),
        ("Connaître les essences", "connaître"),
        ("Savoir choisir", "savoir"),
        ("S’initier à la taille", "s'initier"),
        ("Être sensibilisée aux risques", "être sensibilisé"),
        ("Maîtriser sa tronçonneuse", "maîtriser"),
        ("Understand hedges", "understand"),
        ("Knowledge is shared", ""),
        ("Choisir les brins", ""),
        ("Expliquer ce que l'on doit comprendre", ""),
    ],
)
def test_verbs_that_nobody_can_observe_are_noticed_at_the_beginning_only(statement: str, verb: str) -> None:
    assert unobservable_verb(statement) == verb


def _with(*statements: str) -> SpecificationContent:
    outcomes = tuple(
        OutcomeContent(f"https://example.org/{n}", Text.of({"fr": s})) for n, s in enumerate(statements)
    )
    return complete_content(learning_outcomes=outcomes)


def test_advice_on_a_verb_names_its_field_and_two_others_and_blocks_nothing() -> None:
    content = _with("Choisir", "Coucher", "Comprendre les filières")

    found = advice(content)

    assert [(a.field, a.code) for a in found] == [
        ("learning_outcomes.https://example.org/2.statement.fr", "learning_outcomes.unobservable_verb")
    ]
    assert labels.advice_sentence(found[0]) == (
        "«comprendre» ne s'observe pas. Essayez «Expliquer» ou «Choisir»."
    )
    assert mandatory_gaps(content) == []


def test_verb_that_follows_knowing_how_is_given_back() -> None:
    (found,) = advice(_with("Savoir affûter ses outils", "Choisir", "Coucher"))

    assert (
        labels.advice_sentence(found) == "«Savoir» peut s'enlever : commencez par «affûter», qui s'observe."
    )


@pytest.mark.parametrize(("count", "codes"), [(1, ["few"]), (2, ["few"]), (3, []), (6, []), (7, ["many"])])
def test_three_to_six_outcomes_are_advised(count: int, codes: list[str]) -> None:
    found = advice(_with(*["Choisir"] * count))

    assert [a.code for a in found] == [f"learning_outcomes.{code}" for code in codes]


@pytest.mark.parametrize(
    ("hours", "credits", "agrees"),
    [
        ("25", "1", True),
        ("30", "1", True),
        ("24", "1", False),
        ("31", "1", False),
        ("75", "3", True),
        ("21", "3", False),
    ],
)
def test_credits_and_hours_agree_at_25_to_30_hours_each(hours: str, credits: str, agrees: bool) -> None:
    content = complete_content(workload_hours=Decimal(hours), credits_ects=Decimal(credits))

    assert (advice(content) == []) == agrees


@pytest.mark.parametrize(("hours", "credits"), [(25, "0,9 à 1"), (60, "2 à 2,4"), (28, "1 à 1,1"), (2, "0")])
def test_fair_credits_are_told(hours: int, credits: str) -> None:
    assert fair_credits(Decimal(hours)) == credits


@given(contents)
def test_advice_of_anything_is_worded(content: SpecificationContent) -> None:
    assert all("{" not in labels.advice_sentence(each) or "{" in str(each.facts) for each in advice(content))


def test_long_statement_is_advised_to_be_cut() -> None:
    content = _with("Choisir " + "et choisir encore " * 15, "Coucher", "Affûter")

    assert [a.code for a in advice(content)] == ["learning_outcomes.long"]
    assert FIRST_OUTCOME not in advice(content)[0].field
