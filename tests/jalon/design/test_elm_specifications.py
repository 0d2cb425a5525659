"""Specifications of the European Learning Model become drafts, whoever wrote them; what cannot is said."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from tests.factories.design import complete_content
from tests.jalon.design.strategies import contents

from jalon.design.errors import ImportRefusedError, InvalidContentError
from jalon.design.importers import read_file
from jalon.design.labels.imports import left_words
from jalon.design.rules import export
from jalon.design.rules.completeness import mandatory_gaps
from jalon.design.rules.content import (
    Alignment,
    CriterionContent,
    LevelContent,
    OutcomeContent,
    SpecificationContent,
)
from jalon.design.rules.fields_of_study import fields_of_study
from sceau.errors import SceauError
from sceau.formats import european
from sceau.model.credential import Issuer
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import NO_TEXT, Text

BODY = Issuer("https://jalon.example/organismes/mfr/", "MFR du Lévezou", "FR", locality="Vezins")
VERSION = "urn:uuid:00000000-0000-4000-8000-0000000000aa"
PAGE = "https://jalon.example/micro-certifications/haie/v/1/"
SKILL = Alignment("ESCO", "http://data.europa.eu/esco/skill/0000", "tailler des haies")


def document_of(content: SpecificationContent) -> dict[str, Any]:
    return european.specification.to_document(
        export.micro_credential(content, id=VERSION, version="1", url=PAGE),
        awarded_by=BODY,
        thematic_areas=fields_of_study(content),
    )


def carried(content: SpecificationContent) -> SpecificationContent:
    """What the model carries of *content*, without the identities, which are the reader's to give."""
    return replace(
        content,
        learning_outcomes=tuple(replace(each, id="") for each in content.learning_outcomes),
        criteria=(),
        modules=(),
        assessment=replace(content.assessment, evidence=NO_TEXT),
        domain="",
        validity_months=None,
        price_euros=None,
        price_note=NO_TEXT,
        # For whoever awards to say.
        recognition=type(content.recognition)(),
        quality_assurance=(),
        stackability=NO_TEXT,
    )


def test_what_is_written_is_read_back_as_a_draft_with_its_owner() -> None:
    content = complete_content(
        learning_outcomes=(
            OutcomeContent("urn:uuid:1", Text.of({"fr": "Coucher un brin 😀", "br": "Gourvez"}), (SKILL,)),
        ),
        stacks_into=(Alignment("RNCP", "https://www.example.org/rncp", "Brevet", "RNCP38093"),),
        credits_ects=Decimal("1.5"),
    )

    imported = read_file(json.dumps(document_of(content)).encode(), "haie.jsonld")

    assert carried(imported.content) == carried(content)
    assert (imported.title, imported.owner, imported.country, imported.address) == (
        "Plesser une haie",
        "MFR du Lévezou",
        "FR",
        PAGE,
    )
    assert imported.left == ()


@settings(max_examples=60, deadline=None)
@given(content=contents)
def test_round_trip_keeps_all_that_the_model_carries(content: SpecificationContent) -> None:
    whole = complete_content()
    content = replace(
        content,
        title=content.title or whole.title,
        learning_outcomes=tuple(
            replace(each, statement=each.statement or Text.of({"fr": "Tailler"}), alignments=())
            for each in content.learning_outcomes
        )
        or whole.learning_outcomes,
        workload_hours=content.workload_hours or Decimal(7),
        level=LevelContent("eqf", content.level.value) if content.level.value else whole.level,
        participation=content.participation or ("on_site",),
        assessment=replace(content.assessment, types=content.assessment.types or ("oral",)),
        quality_assurance=whole.quality_assurance,
        recognition=whole.recognition,
        languages=("fr",),
        stacks_into=(),
        description=content.description or whole.description,
        further_information=content.further_information,
    )
    if mandatory_gaps(content):
        return
    try:
        document = document_of(content)
    except SceauError:
        return  # a sign that no signed document may hold

    imported = read_file(json.dumps(document).encode())

    assert carried(imported.content) == carried(content)


def test_what_the_model_has_no_place_for_is_named() -> None:
    content = replace(
        complete_content(domain="", price_euros=None),
        criteria=(CriterionContent("urn:uuid:9", Text.of({"fr": "Tient"})),),
        validity_months=36,
    )

    assert export.not_in_elm(content) == ("criteria", "validity_months")
    assert export.not_in_elm(complete_content(domain="", price_euros=None)) == ()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (RecognitionStatus.BLOC, "LearningAchievementSpecification"),
        (RecognitionStatus.RS, "Qualification"),
        (RecognitionStatus.RNCP, "Qualification"),
    ],
)
def test_register_alone_makes_a_qualification(status: RecognitionStatus, kind: str) -> None:
    micro = export.micro_credential(complete_content(), id=VERSION, version="1", url=PAGE)
    recognised = replace(micro, recognition=replace(micro.recognition, status=status, code="RS6396"))

    assert european.specification.to_document(recognised, awarded_by=BODY)["type"] == kind


def test_field_of_study_is_that_of_the_links_else_of_the_domain() -> None:
    link = Alignment("ISCED-F", "http://data.europa.eu/snb/isced-f/0821", "Sylviculture", "0821")
    linked = complete_content(
        learning_outcomes=(OutcomeContent("urn:uuid:1", Text.of({"fr": "x"}), (link,)),)
    )

    assert [each.iri[-4:] for each in fields_of_study(linked)] == ["0821"]
    assert [each.code for each in fields_of_study(complete_content())] == ["082"]
    assert [each.code for each in fields_of_study(complete_content(domain=""))] == ["009"]


# — Others' documents —


def test_one_of_a_catalogue_is_taken_and_the_others_are_told() -> None:
    documents = [document_of(complete_content()), document_of(complete_content()) | {"id": "urn:uuid:b"}]

    imported = read_file(json.dumps(documents).encode())

    assert imported.left == ("others",)
    assert "premier" in left_words("others")


def test_opportunities_of_the_catalogue_are_read(db: None) -> None:
    from tests.factories.design import a_specification
    from tests.factories.people import an_organisation

    from jalon.catalogue.queries.open_data import offered_of
    from jalon.catalogue.rules import elm

    specification = a_specification(an_organisation("MFR"), published=True)
    offered = offered_of(specification.micro_credential, specification, None)
    for version in elm.Version:
        data = elm.write(elm.graph([offered], version), "jsonld", version)

        imported = read_file(data, "loq.jsonld")

        content = imported.content
        assert content.title == complete_content().title
        assert [o.statement for o in content.learning_outcomes] == [
            o.statement for o in complete_content().learning_outcomes
        ]
        assert (content.workload_hours, content.level) == (Decimal(21), LevelContent("eqf", 3))
        assert content.participation == ("on_site", "work_based")
        assert set(content.assessment.types) == {"practical", "oral"}
        assert imported.owner == "MFR"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'[{"type": "Qualification"}]', "not_known"),
        (b'{"type": "Qualification", "title": {"fr": " "}}', "nothing_in_it"),
        (
            b'{"type": "Qualification", "title": {"fr": "x"}, "volumeOfLearning": {"a": []}, "mode": [[1]]}',
            "",
        ),
        (b'{"type": "Qualification", "title": {"fr": "x"}, "volumeOfLearning": [["a"]]}', "not_readable"),
        (b'{"type": ["Qualification"], "title": {"fr": "x"}, "additionalNote": [{"noteLiteral": 3}]}', ""),
    ],
)
def test_document_that_says_nothing_is_refused_and_one_that_says_little_is_read(
    data: bytes, reason: str
) -> None:
    if not reason:
        assert str(read_file(data).content.title) == "x"
        return
    with pytest.raises(ImportRefusedError) as refused:
        read_file(data)

    assert refused.value.reason == reason


def test_more_outcomes_than_a_specification_has_are_told_by_their_place() -> None:
    document = document_of(complete_content())
    document["learningOutcome"] = [
        {"id": f"urn:{n}", "type": "LearningOutcome", "title": {"fr": f"Tailler {n}"}} for n in range(200)
    ]

    with pytest.raises(InvalidContentError) as refused:
        read_file(json.dumps(document).encode())

    assert "learning_outcomes" in refused.value.problems[0].path


def test_words_longer_than_ours_may_be_are_told_by_their_place() -> None:
    document = document_of(complete_content())
    document["description"] = {"fr": "long " * 100_000}

    with pytest.raises(InvalidContentError) as refused:
        read_file(json.dumps(document).encode())

    assert refused.value.problems[0].path.startswith("description")
