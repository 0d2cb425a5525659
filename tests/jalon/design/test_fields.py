"""Fields one by one: what each holds, and how it is put in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from tests.factories.design import FIRST_OUTCOME, complete_content
from tests.jalon.design.strategies import contents

from jalon.design.errors import InvalidContentError, UnknownFieldError
from jalon.design.labels import field_name
from jalon.design.rules import fields
from jalon.design.rules.content import SpecificationContent

ALL = [*fields.SHAPES, *(f"{name}.{tag}" for name in fields.TEXTS for tag in ("fr", "oc"))]


@given(contents)
def test_putting_back_what_a_field_holds_changes_nothing(content: SpecificationContent) -> None:
    of_outcomes = [
        f"learning_outcomes.{o.id}.{rest}"
        for o in content.learning_outcomes
        for rest in ("alignments", "statement.fr")
    ]
    for field in [*ALL, *of_outcomes]:
        assert fields.with_value(content, field, fields.value_of(content, field)) == content


@pytest.mark.parametrize("field", ALL)
def test_emptying_a_field_leaves_it_empty_and_it_has_a_name(field: str) -> None:
    emptied = fields.with_value(complete_content(), field, fields.empty(field))

    assert fields.value_of(emptied, field) == fields.empty(field)
    assert field_name(field) != field


@pytest.mark.parametrize(
    ("field", "value", "held"),
    [
        ("title.en", " Hedges ", "Hedges"),
        ("workload_hours", "35,50", "35.5"),
        ("level", {"framework": "nqf_fr", "value": 4}, {"framework": "nqf_fr", "value": 4}),
        ("assessment.types", ["oral"], ["oral"]),
        ("recognition.status", "rs", "rs"),
        ("validity_months", "24", "24"),
        (f"learning_outcomes.{FIRST_OUTCOME}.statement.oc", "Causir", "Causir"),
        (
            f"learning_outcomes.{FIRST_OUTCOME}.alignments",
            [{"framework": "ROME", "code": "A1416"}],
            [{"framework": "ROME", "code": "A1416"}],
        ),
    ],
)
def test_value_is_put_in_and_found_again(field: str, value: Any, held: Any) -> None:
    before = complete_content()

    after = fields.with_value(before, field, value)

    assert fields.value_of(after, field) == held
    untouched = [each for each in ALL if each != field]
    assert [fields.value_of(after, e) for e in untouched] == [fields.value_of(before, e) for e in untouched]


@pytest.mark.parametrize(
    "field",
    ["", "titre", "title", "title.français", "learning_outcomes", "learning_outcomes.x.y", "__class__.fr"],
)
def test_unknown_field_is_refused(field: str) -> None:
    with pytest.raises(UnknownFieldError):
        fields.with_value(complete_content(), field, "x")


def test_value_that_cannot_be_read_is_refused_under_the_name_of_its_field() -> None:
    with pytest.raises(InvalidContentError) as refused:
        fields.with_value(complete_content(), "stacks_into", [{"uri": "nulle part"}])

    assert [(p.path, p.code) for p in refused.value.problems] == [("stacks_into", "content.bad_address")]


def test_field_of_an_outcome_that_is_gone_brings_it_back_at_the_end() -> None:
    gone = "urn:uuid:00000000-0000-0000-0000-0000000000aa"

    after = fields.with_value(complete_content(), f"learning_outcomes.{gone}.statement.fr", "Revenu")

    assert (after.learning_outcomes[-1].id, str(after.learning_outcomes[-1].statement)) == (gone, "Revenu")


def test_languages_are_those_of_any_text_french_first() -> None:
    content = fields.with_value(SpecificationContent(), "price_note.oc", "Gratuit")

    assert fields.languages_of(content) == ["fr", "oc"]
