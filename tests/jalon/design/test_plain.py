"""A specification as plain JSON types: strict to read, and the same after writing and reading."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.design import complete_content
from tests.jalon.design.strategies import contents

from jalon.design.errors import InvalidContentError, Problem
from jalon.design.labels import problem_sentence
from jalon.design.rules import plain
from jalon.design.rules.content import SpecificationContent
from sceau.model.texts import Text


@given(contents)
def test_read_gives_back_what_write_wrote(content: SpecificationContent) -> None:
    through_json = json.loads(json.dumps(plain.write(content)))

    assert plain.read(through_json) == content


@given(contents)
def test_write_is_the_same_for_the_same_content(content: SpecificationContent) -> None:
    assert plain.write(plain.read(plain.write(content))) == plain.write(content)


def test_read_of_nothing_is_an_empty_draft() -> None:
    assert plain.read({}) == SpecificationContent()
    assert plain.write(SpecificationContent()) == {}


def test_plain_string_is_a_french_text() -> None:
    content = plain.read({"title": "Tailler une haie", "learning_outcomes": ["Choisir les brins"]})

    assert content.title == Text.of({"fr": "Tailler une haie"})
    assert content.learning_outcomes[0].statement == Text.of({"fr": "Choisir les brins"})


def test_outcome_without_identifier_gets_the_same_one_every_time() -> None:
    written = {"learning_outcomes": ["Choisir les brins", "Coucher un brin", "Choisir les brins"]}

    first, second = plain.read(written), plain.read(written)

    assert first == second
    assert len({o.id for o in first.learning_outcomes}) == 3
    assert all(o.id.startswith("urn:uuid:") for o in first.learning_outcomes)


@pytest.mark.parametrize("written", [14, 14.0, "14", "14,0", " 14.00 ", "14\u00a0"])
def test_number_may_be_written_as_people_do(written: object) -> None:
    assert plain.read({"workload_hours": written}).workload_hours == Decimal(14)


def test_one_string_stands_for_a_list_of_one() -> None:
    content = plain.read({"languages": "fr", "participation": "on_site", "assessment": {"types": "oral"}})

    assert (content.languages, content.participation, content.assessment.types) == (
        ("fr",),
        ("on_site",),
        ("oral",),
    )


def test_text_is_cleaned_of_foreign_line_ends_and_spaces_around() -> None:
    content = plain.read({"description": {"fr": " un\r\ndeux\vtrois "}})

    assert str(content.description) == "un\ndeux\ntrois"


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"titre": "x"}, "titre", "content.unknown_key"),
    ({"title": 3}, "title", "content.not_a_text"),
    ({"title": ["x"]}, "title", "content.not_a_text"),
    ({"title": {"fr": 3.5}}, "title.fr", "content.not_a_text"),
    ({"title": {"français": "x"}}, "title.français", "content.bad_language"),
    ({"title": {"fr": "x" * 251}}, "title.fr", "content.too_long"),
    ({"description": "a\x00b"}, "description.fr", "content.control_character"),
    ({"description": "a\ud800b"}, "description.fr", "content.control_character"),
    ({"domain": "mer"}, "domain", "content.unknown_value"),
    ({"learning_outcomes": "Choisir"}, "learning_outcomes", "content.not_a_list"),
    ({"learning_outcomes": [{"text": "x"}]}, "learning_outcomes[0].text", "content.unknown_key"),
    ({"learning_outcomes": [7]}, "learning_outcomes[0]", "content.not_a_mapping"),
    ({"learning_outcomes": ["x"] * 61}, "learning_outcomes", "content.too_many"),
    ({"learning_outcomes": [{"id": "1"}]}, "learning_outcomes[0].id", "content.bad_identifier"),
    (
        {"learning_outcomes": [{"id": "https://e.org/1"}, {"id": "https://e.org/1"}]},
        "learning_outcomes[1].id",
        "content.repeated",
    ),
    (
        {"learning_outcomes": [{"alignments": [{"uri": "esco"}]}]},
        "learning_outcomes[0].alignments[0].uri",
        "content.bad_address",
    ),
    ({"workload_hours": "abc"}, "workload_hours", "content.not_a_number"),
    ({"workload_hours": True}, "workload_hours", "content.not_a_number"),
    ({"workload_hours": float("nan")}, "workload_hours", "content.not_a_number"),
    ({"workload_hours": "1e3"}, "workload_hours", "content.not_a_number"),
    ({"workload_hours": 0}, "workload_hours", "content.out_of_range"),
    ({"workload_hours": -3}, "workload_hours", "content.out_of_range"),
    ({"workload_hours": "1.234"}, "workload_hours", "content.too_many_decimals"),
    ({"price_euros": -1}, "price_euros", "content.out_of_range"),
    ({"validity_months": 1.5}, "validity_months", "content.not_a_whole_number"),
    ({"validity_months": 0}, "validity_months", "content.out_of_range"),
    ({"level": {"framework": "eqf"}}, "level.value", "content.missing"),
    ({"level": {"value": 3}}, "level.framework", "content.missing"),
    ({"level": {"framework": "eqf", "value": 9}}, "level.value", "content.out_of_range"),
    ({"level": {"framework": "nqf_fr", "value": 1}}, "level.value", "content.unknown_value"),
    ({"level": 3}, "level", "content.not_a_mapping"),
    ({"assessment": {"types": ["magic"]}}, "assessment.types[0]", "content.unknown_value"),
    ({"assessment": {"types": ["oral", "oral"]}}, "assessment.types[1]", "content.repeated"),
    ({"participation": {"on_site": True}}, "participation", "content.not_a_list"),
    (
        {"quality_assurance": [{"name": "Qualiopi", "kind": "?"}]},
        "quality_assurance[0].kind",
        "content.unknown_value",
    ),
    ({"recognition": {"status": "diploma"}}, "recognition.status", "content.unknown_value"),
    ({"languages": ["fr", "fr"]}, "languages[1]", "content.repeated"),
    ({"languages": ["French"]}, "languages[0]", "content.bad_language"),
]


@pytest.mark.parametrize(("written", "path", "code"), REFUSED)
def test_read_refuses_with_the_path_and_a_french_sentence(
    written: dict[str, Any], path: str, code: str
) -> None:
    with pytest.raises(InvalidContentError) as refused:
        plain.read(written)

    assert [(p.path, p.code) for p in refused.value.problems] == [(path, code)]
    assert "{" not in problem_sentence(refused.value.problems[0])


def test_read_lists_every_problem_at_once() -> None:
    with pytest.raises(InvalidContentError) as refused:
        plain.read({"titre": "x", "workload_hours": "abc", "languages": ["?"], "level": {"framework": "x"}})

    assert {p.path for p in refused.value.problems} == {
        "titre",
        "workload_hours",
        "languages[0]",
        "level.framework",
    }


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(plain.write(complete_content()))), _json, max_size=4))
def test_read_of_anything_is_a_specification_or_a_list_of_problems(written: dict[str, Any]) -> None:
    problems: tuple[Problem, ...] = ()
    content = None
    try:
        content = plain.read(written)
    except InvalidContentError as error:
        problems = error.problems

    assert (content is None) == bool(problems)
    assert all(problem_sentence(each) for each in problems)
    assert content is None or plain.read(plain.write(content)) == content
