"""Two specifications about the same thing are found alike, two about different things are not."""

from __future__ import annotations

import pytest
from tests.factories.design import complete_content

from jalon.design.rules.content import OutcomeContent, SpecificationContent
from jalon.design.rules.likeness import NEAR, likeness, stems
from sceau.model.texts import Text


def _content(title: str, *outcomes: str, tag: str = "fr") -> SpecificationContent:
    return complete_content(
        title=Text.of({tag: title}),
        learning_outcomes=tuple(
            OutcomeContent(f"https://example.org/{n}", Text.of({tag: words}))
            for n, words in enumerate(outcomes)
        ),
    )


HEDGE = _content("Plesser une haie", "Choisir les brins à coucher", "Entailler un brin sans le rompre")


@pytest.mark.parametrize(
    ("other", "near"),
    [
        (
            _content("Plessage de haies bocagères", "Choisir des brins", "Coucher et entailler les brins"),
            True,
        ),
        (_content("Plesser une haie"), True),
        (_content("Plesser des haies en hiver", "Conduire un chantier de plessage"), True),
        (_content("Vendre en circuit court", "Fixer un prix", "Tenir un étal"), False),
        (_content("Entretenir une mare", "Choisir les plantes à garder", "Curer sans abîmer"), False),
        (_content("Laying a hedge", "Choose the stems", tag="en"), False),
        (_content("Haie", "Compter des arbres"), False),
        (_content("🌳🌳"), False),
    ],
)
def test_neighbours_are_found_and_others_are_left(other: SpecificationContent, near: bool) -> None:
    assert (likeness(HEDGE, other) >= NEAR) is near


def test_likeness_is_the_same_both_ways_and_whole_with_itself() -> None:
    other = _content("Plessage de haies", "Choisir des brins")

    assert likeness(HEDGE, other) == likeness(other, HEDGE)
    assert likeness(HEDGE, HEDGE) == 1.0


def test_stems_leave_accents_plurals_and_small_words() -> None:
    assert stems("Les haies bocagères") == stems("haie bocagère")
    assert stems("de la des") == frozenset()
