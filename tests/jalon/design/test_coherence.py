"""The parts of a specification are held against one another."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.factories.design import complete_content

from jalon.design import labels
from jalon.design.rules.advice import advice
from jalon.design.rules.coherence import incoherences
from jalon.design.rules.completeness import mandatory_gaps
from jalon.design.rules.content import (
    CriterionContent,
    LevelContent,
    ModuleContent,
    OutcomeContent,
    SpecificationContent,
)
from sceau.model.texts import Text

ONE, TWO, THREE = (f"https://example.org/{n}" for n in (1, 2, 3))


def _content(**changed: object) -> SpecificationContent:
    outcomes = tuple(
        OutcomeContent(id, Text.of({"fr": words}))
        for id, words in ((ONE, "Choisir les brins"), (TWO, "Coucher une tige"), (THREE, "Lier la haie"))
    )
    return complete_content(**{"learning_outcomes": outcomes, **changed})


def _criterion(words: str, *outcomes: str) -> CriterionContent:
    return CriterionContent(f"https://example.org/c/{words}", Text.of({"fr": words}), outcomes)


def _module(words: str, hours: str | None, *outcomes: str) -> ModuleContent:
    return ModuleContent(
        f"https://example.org/m/{words}",
        Text.of({"fr": words}),
        Decimal(hours) if hours else None,
        "",
        outcomes,
    )


def _codes(content: SpecificationContent) -> list[str]:
    return [each.code for each in incoherences(content)]


def test_nothing_is_said_of_what_was_not_written() -> None:
    assert _codes(_content()) == []


def test_outcome_that_no_criterion_looks_at_is_named_by_its_number() -> None:
    content = _content(criteria=(_criterion("Les tiges tiennent", ONE, THREE),))

    found = list(incoherences(content))

    assert [(a.field, a.code, a.facts["number"]) for a in found] == [
        ("criteria", "criteria.outcome_without", "2")
    ]
    assert labels.advice_sentence(found[0]).startswith("L'acquis 2 n'est regardé par aucun critère")
    assert mandatory_gaps(content) == []


def test_criterion_for_an_outcome_that_is_gone_looks_at_nothing() -> None:
    content = _content(
        criteria=(
            _criterion("La coupe est nette", "https://example.org/gone"),
            _criterion("Tient", ONE, TWO, THREE),
        )
    )

    assert _codes(content) == ["criteria.without_outcome"]


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (("20", "15"), []),
        (("30", "15"), ["modules.more_hours"]),
        (("7", "3,5".replace(",", ".")), ["modules.fewer_hours"]),
        (("7", None), []),
    ],
)
def test_hours_of_the_steps_are_held_against_the_workload(
    hours: tuple[str, str | None], said: list[str]
) -> None:
    modules = (_module("Au champ", hours[0], ONE, TWO), _module("En salle", hours[1], THREE))

    assert _codes(_content(workload_hours=Decimal(35), modules=modules)) == said


def test_outcome_in_no_step_is_told_only_where_steps_are_tied_to_outcomes() -> None:
    tied = _content(modules=(_module("Au champ", "21", ONE, TWO),))
    untied = _content(modules=(_module("Au champ", "21"),))

    assert _codes(tied) == ["modules.outcome_without"]
    assert _codes(untied) == []


def test_verb_of_a_leader_is_too_much_for_level_3() -> None:
    outcomes = (OutcomeContent(ONE, Text.of({"fr": "Encadrer une équipe", "en": "Lead a team"})),)
    at = [
        _codes(_content(learning_outcomes=outcomes, level=LevelContent("eqf", level))) for level in (2, 3, 4)
    ]

    assert at == [["level.verb_above"] * 2, ["level.verb_above"] * 2, []]


def test_only_carrying_out_is_too_little_for_level_6() -> None:
    carrying = (
        OutcomeContent(ONE, Text.of({"fr": "Appliquer un plan"})),
        OutcomeContent(TWO, Text.of({"fr": "Utiliser un outil"})),
    )
    mixed = (*carrying, OutcomeContent(THREE, Text.of({"fr": "Arbitrer entre deux plans"})))

    assert _codes(_content(learning_outcomes=carrying, level=LevelContent("eqf", 6))) == ["level.verbs_below"]
    assert _codes(_content(learning_outcomes=mixed, level=LevelContent("eqf", 6))) == []


def test_incoherences_are_part_of_the_advice_and_all_have_words() -> None:
    content = _content(
        criteria=(_criterion("x"),),
        modules=(_module("y", "99", ONE),),
        level=LevelContent("eqf", 2),
        learning_outcomes=(OutcomeContent(ONE, Text.of({"fr": "Piloter un chantier"})),),
    )

    found = advice(content)

    assert {a.code for a in found} >= {
        "criteria.outcome_without",
        "criteria.without_outcome",
        "modules.more_hours",
        "level.verb_above",
    }
    assert all(labels.advice_sentence(each) for each in found)
