"""Rubrics, results, evidence and parts: written in the standard's own terms, signed, and read back."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sceau.canon import jsonld
from sceau.did.resolver import Resolver
from sceau.errors import DataModelError, ForbiddenCharacterError
from sceau.formats import data_model, open_badges_3
from sceau.formats.losses import Kept, Loss, losses
from sceau.issuing import issue
from sceau.model.credential import Credential, Evidence, OutcomeResult
from sceau.model.micro_credential import LearningOutcome, MicroCredential, Part, RubricLevel
from sceau.model.texts import NO_TEXT, Text
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question
from sceau.verifying.verify import verify


def fr(text: str) -> Text:
    return Text((("fr", text),))


LEVELS = (
    RubricLevel("urn:uuid:2f0b6ad4-0000-4000-8000-000000000001", fr("Avec de l’aide"), points="1"),
    RubricLevel(
        "urn:uuid:2f0b6ad4-0000-4000-8000-000000000002", fr("En autonomie"), fr("Sans reprise."), "2"
    ),
    RubricLevel("urn:uuid:2f0b6ad4-0000-4000-8000-000000000003", fr("Sait le transmettre"), points="3"),
)
PARTS = (
    Part("urn:uuid:5b8c2f0e-0000-4000-8000-00000000000a", fr("Reconnaître les essences")),
    Part("https://atelier.example.org/versions/b", fr("Planter en sécurité")),
)
EVIDENCE = (
    Evidence(fr("Haie de 50 m"), fr("Plantée le 12 mars, vue par le jury."), kind="chantier"),
    Evidence(fr("Carnet de suivi"), id="https://atelier.example.org/preuves/carnet"),
)


def whole_credential() -> Credential:
    """The example with all that a badge can carry."""
    credential = example_credential()
    micro = credential.micro_credential
    first, second, third = micro.outcomes
    return replace(
        credential,
        micro_credential=replace(
            micro,
            outcomes=(replace(first, rubric=LEVELS), second, replace(third, rubric=LEVELS)),
            parts=PARTS,
        ),
        results=(
            OutcomeResult(first.id, LEVELS[1].id, "17/20"),
            OutcomeResult(second.id, value="50 m en 3 h"),
            OutcomeResult(third.id, LEVELS[2].id),
        ),
        evidence=EVIDENCE,
    )


@pytest.fixture(scope="module")
def signed() -> dict[str, Any]:
    """As a stranger receives it."""
    document: dict[str, Any] = json.loads(
        issue(whole_credential(), signer=key_signer(), created=EXAMPLE_MOMENT)
    )
    return document


def test_it_is_read_back_whole_and_loses_nothing(signed: dict[str, Any]) -> None:
    met = open_badges_3.from_document(signed)

    assert met == whole_credential()
    assert open_badges_3.read_any(signed) == whole_credential()
    assert losses(whole_credential(), met) == ()


def test_it_keeps_the_strict_schema_and_the_data_model(vectors: Path, signed: dict[str, Any]) -> None:
    schema = json.loads((vectors / "open-badges-3" / "ob_v3p0_achievementcredential_schema.json").read_text())
    validator = jsonschema.Draft201909Validator(
        schema, format_checker=jsonschema.Draft201909Validator.FORMAT_CHECKER
    )

    assert [error.message for error in validator.iter_errors(signed)] == []
    assert not validator.is_valid(signed | {"evidence": signed["evidence"][0]})
    data_model.check(signed)


def test_it_is_intact_to_a_verifier_and_no_longer_when_a_level_is_moved(signed: dict[str, Any]) -> None:
    def intact(document: dict[str, Any]) -> Outcome:
        report = verify(json.dumps(document), at=EXAMPLE_MOMENT, policy=Policy(resolver=Resolver()))
        return report.answer(Question.INTACT)

    moved = json.loads(json.dumps(signed))
    moved["credentialSubject"]["result"][0]["achievedLevel"] = LEVELS[2].id

    assert intact(signed) is Outcome.PASSED
    assert intact(moved) is Outcome.FAILED


def test_a_rubric_its_level_and_the_value(signed: dict[str, Any]) -> None:
    subject = signed["credentialSubject"]
    described, plain = subject["achievement"]["resultDescription"][:2]

    assert described["resultType"] == "RubricCriterionLevel"
    assert described["rubricCriterionLevel"][1] == {
        "id": LEVELS[1].id,
        "type": ["RubricCriterionLevel"],
        "name": "En autonomie",
        "description": "Sans reprise.",
        "level": "2",
        "points": "2",
    }
    assert plain["resultType"] == "Status"
    assert subject["result"][:2] == [
        {
            "type": ["Result"],
            "resultDescription": described["id"],
            "status": "Completed",
            "achievedLevel": LEVELS[1].id,
            "value": "17/20",
        },
        {
            "type": ["Result"],
            "resultDescription": plain["id"],
            "status": "Completed",
            "value": "50 m en 3 h",
        },
    ]


def test_the_order_of_a_rubric_is_signed(signed: dict[str, Any]) -> None:
    """Whoever mixes an array leaves the signature whole: the levels are numbered."""
    mixed = json.loads(json.dumps(signed))
    for described in mixed["credentialSubject"]["achievement"]["resultDescription"]:
        random.Random(7).shuffle(described.get("rubricCriterionLevel", []))

    assert mixed != signed
    assert open_badges_3.from_document(mixed) == whole_credential()


def test_evidence_and_parts(signed: dict[str, Any]) -> None:
    achievement = signed["credentialSubject"]["achievement"]

    assert signed["evidence"] == [
        {
            "type": ["Evidence"],
            "name": "Haie de 50 m",
            "description": "Plantée le 12 mars, vue par le jury.",
            "genre": "chantier",
        },
        {
            "id": "https://atelier.example.org/preuves/carnet",
            "type": ["Evidence"],
            "name": "Carnet de suivi",
        },
    ]
    assert [part for part in achievement["alignment"] if part["targetType"] == "ext:HasPart"] == [
        {
            "type": ["Alignment"],
            "targetName": str(part.title),
            "targetUrl": part.id,
            "targetType": "ext:HasPart",
        }
        for part in PARTS
    ]
    assert achievement["related"] == [{"id": part.id, "type": ["Related"]} for part in PARTS]


def test_the_narrative_tells_the_rubrics_and_the_parts_too(signed: dict[str, Any]) -> None:
    narrative = signed["credentialSubject"]["achievement"]["criteria"]["narrative"]

    assert "  - En autonomie : Sans reprise.\n  - Sait le transmettre\n" in narrative
    assert "Composée de : Reconnaître les essences, Planter en sécurité" in narrative


def test_all_of_it_is_covered_by_the_signature(signed: dict[str, Any]) -> None:
    document = {name: value for name, value in signed.items() if name != "proof"}
    said = " ".join(map(str, jsonld.to_quads(document)))

    for words in ("En autonomie", "Sans reprise.", "17/20", "50 m en 3 h", "Haie de 50 m", "chantier"):
        assert words in said, words
    assert "Planter en sécurité" in said


def test_other_languages_are_all_that_is_lost() -> None:
    def in_two(text: Text) -> Text:
        return Text((*text.versions, ("en", f"EN {text}"))) if text else text

    def both(value: Any) -> Any:
        if isinstance(value, Text):
            return in_two(value)
        if isinstance(value, tuple):
            return tuple(both(each) for each in value)
        if hasattr(value, "__dataclass_fields__"):
            return replace(value, **{name: both(getattr(value, name)) for name in value.__dataclass_fields__})
        return value

    credential = both(whole_credential())

    met = losses(credential, open_badges_3.from_document(open_badges_3.to_document(credential)))

    assert {loss.kept for loss in met} == {Kept.PARTLY}
    assert [loss.element for loss in met] == [
        "title",
        "outcomes",
        "level",
        "assessment",
        "participation",
        "quality_assurance",
        "prerequisites",
        "supervision",
        "stackability",
        "further_information",
        "description",
        "alignments",
        "rubrics",
        "evidence",
        "parts",
        "assessment_description",
    ]


def test_a_text_that_lacks_the_language_of_the_title_is_taken_for_it() -> None:
    credential = replace(whole_credential(), evidence=(Evidence(Text((("en", "Field book"),))),))

    met = open_badges_3.from_document(open_badges_3.to_document(credential))

    assert met.evidence == (Evidence(fr("Field book")),)
    assert losses(credential, met) == (Loss("evidence", Kept.NOT),)


# What is refused when issuing.


def with_outcomes(*outcomes: LearningOutcome) -> Callable[[Credential], Credential]:
    return lambda whole: replace(
        whole, micro_credential=replace(whole.micro_credential, outcomes=outcomes), results=()
    )


def with_micro(**changes: Any) -> Callable[[Credential], Credential]:
    return lambda whole: replace(whole, micro_credential=replace(whole.micro_credential, **changes))


FIRST, SECOND, THIRD = example_credential().micro_credential.outcomes


@pytest.mark.parametrize(
    ("change", "met"),
    [
        (lambda c: replace(c, results=(OutcomeResult("urn:x:other", value="1"),)), "results of the outcomes"),
        (lambda c: replace(c, results=(OutcomeResult(FIRST.id),)), "a level or a value"),
        (lambda c: replace(c, results=(OutcomeResult(FIRST.id, "urn:x:other"),)), "outcome's rubric"),
        (lambda c: replace(c, results=(OutcomeResult(SECOND.id, LEVELS[0].id),)), "outcome's rubric"),
        (lambda c: replace(c, results=(OutcomeResult(FIRST.id, value="1"),) * 2), "one result"),
        (with_outcomes(replace(FIRST, rubric=(LEVELS[0], LEVELS[0]))), "each level"),
        (
            with_outcomes(
                replace(FIRST, rubric=LEVELS),
                replace(SECOND, rubric=(replace(LEVELS[0], name=fr("Autrement")), *LEVELS[1:])),
            ),
            "each level",
        ),
        (
            with_outcomes(replace(FIRST, rubric=LEVELS), replace(SECOND, rubric=LEVELS[::-1])),
            "each level",
        ),
        (with_outcomes(replace(FIRST, rubric=(replace(LEVELS[0], id=SECOND.id),)), SECOND), "its own id"),
        (with_outcomes(replace(FIRST, rubric=(replace(LEVELS[0], id="1"),))), "URL or URN"),
        (with_outcomes(replace(FIRST, rubric=(replace(LEVELS[0], name=NO_TEXT),))), "a name"),
        (lambda c: replace(c, evidence=(Evidence(NO_TEXT, fr("x")),)), "a name"),
        (lambda c: replace(c, evidence=(Evidence(fr("x"), id="javascript:alert(1)"),)), "URL or URN"),
        (lambda c: replace(c, evidence=(Evidence(fr("x"), id="data:text/html,x"),)), "URL or URN"),
        (lambda c: replace(c, evidence=(Evidence(fr("x"), id="photo.jpg"),)), "URL or URN"),
        (lambda c: replace(c, evidence=(EVIDENCE[1], EVIDENCE[1])), "its own id"),
        (lambda c: replace(c, evidence=(replace(EVIDENCE[1], id=c.id),)), "its own id"),
        (lambda c: replace(c, evidence=(replace(EVIDENCE[1], id=FIRST.id),)), "its own id"),
        (with_micro(parts=(PARTS[0], PARTS[0])), "its own id"),
        (with_micro(parts=(Part(example_credential().micro_credential.id, fr("x")),)), "its own id"),
        (with_micro(parts=(Part("5", fr("x")),)), "URL or URN"),
        (with_micro(parts=(Part("urn:x:1", NO_TEXT),)), "label"),
    ],
)
def test_what_cannot_be_written_is_refused(change: Callable[[Credential], Credential], met: str) -> None:
    with pytest.raises(DataModelError, match=met):
        open_badges_3.to_document(change(whole_credential()))


@pytest.mark.parametrize(
    "change",
    [
        lambda c: replace(c, evidence=(Evidence(fr("a\x1bb")),)),
        lambda c: replace(c, evidence=(Evidence(fr("a"), kind="\ufffe"),)),
        lambda c: replace(c, results=(OutcomeResult(FIRST.id, value="\x00"),)),
        with_micro(parts=(Part("urn:x:1", fr("\ud800")),)),
        with_outcomes(replace(FIRST, rubric=(replace(LEVELS[0], points="\x7f"),))),
    ],
)
def test_forbidden_characters_are_refused_there_too(change: Callable[[Credential], Credential]) -> None:
    with pytest.raises(ForbiddenCharacterError):
        open_badges_3.to_document(change(whole_credential()))


def test_a_badge_without_them_is_what_it_was() -> None:
    """What is new leaves no trace where it is not used: what was signed before is written as it was."""
    text = json.dumps(open_badges_3.to_document(example_credential()))

    for word in ("evidence", "related", "rubric", "achievedLevel", "HasPart", "Composée"):
        assert word not in text


def test_a_micro_credential_that_says_nothing_new_has_nothing_new() -> None:
    micro: MicroCredential = open_badges_3.from_document(
        open_badges_3.to_document(example_credential())
    ).micro_credential

    assert micro.parts == ()
    assert [outcome.rubric for outcome in micro.outcomes] == [(), (), ()]
