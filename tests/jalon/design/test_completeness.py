"""What a specification lacks: the eleven elements of Annex I in their order, and why each matters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from tests.factories.design import FIRST_OUTCOME, complete_content
from tests.jalon.design.strategies import contents

from jalon.design import labels
from jalon.design.labels import gaps as gap_labels
from jalon.design.rules import recognition
from jalon.design.rules.completeness import (
    ELEMENTS,
    OPTIONAL,
    OURS,
    AwardingBody,
    Source,
    completion,
    gaps,
    mandatory_gaps,
)
from jalon.design.rules.content import (
    Alignment,
    AssessmentContent,
    LevelContent,
    OutcomeContent,
    QualityAssuranceContent,
    RecognitionContent,
    SpecificationContent,
)
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text

FR = Text.of({"fr": "x"})


def test_elements_are_the_eleven_of_annex_i_nine_of_them_known_before_an_award() -> None:
    assert [e.code for e in ELEMENTS] == [
        "learner",
        "title",
        "country",
        "awarding_body",
        "date_of_issuing",
        "learning_outcomes",
        "workload",
        "level",
        "assessment",
        "participation",
        "quality_assurance",
    ]
    assert sum(e.source is not Source.AWARD for e in ELEMENTS) == 9


def test_complete_content_lacks_nothing_mandatory() -> None:
    assert mandatory_gaps(complete_content(), AwardingBody("MFR", "FR")) == []
    assert completion(complete_content()) == 100


def test_empty_content_lacks_every_element_in_order() -> None:
    found = mandatory_gaps(SpecificationContent(), AwardingBody("", ""))

    assert [gap.element for gap in found] == [
        "title",
        "country",
        "awarding_body",
        "learning_outcomes",
        "workload",
        "level",
        "assessment",
        "participation",
        "quality_assurance",
        "description",
        "domain",
        "languages",
        "recognition",
    ]
    assert completion(SpecificationContent()) == 0


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"title": Text(())}, "title", "title.missing"),
        ({"description": Text(())}, "description", "description.missing"),
        ({"domain": ""}, "domain", "domain.missing"),
        ({"languages": ()}, "languages", "languages.missing"),
        ({"learning_outcomes": ()}, "learning_outcomes", "learning_outcomes.missing"),
        (
            {"learning_outcomes": (OutcomeContent(FIRST_OUTCOME, Text(())),)},
            f"learning_outcomes.{FIRST_OUTCOME}",
            "learning_outcomes.empty",
        ),
        (
            {"learning_outcomes": (OutcomeContent(FIRST_OUTCOME, FR, (Alignment("ESCO", "", "tailler"),)),)},
            f"learning_outcomes.{FIRST_OUTCOME}.alignments",
            "alignment.unfinished",
        ),
        ({"workload_hours": None}, "workload_hours", "workload.missing"),
        ({"level": LevelContent()}, "level", "level.missing"),
        ({"level": LevelContent("eqf", 3, FR)}, "level.none_reason", "level.both"),
        (
            {"assessment": AssessmentContent(description=FR, supervision="unsupervised")},
            "assessment.types",
            "assessment.missing",
        ),
        ({"participation": ()}, "participation", "participation.missing"),
        ({"quality_assurance": ()}, "quality_assurance", "quality_assurance.missing"),
        (
            {"quality_assurance": (QualityAssuranceContent("", FR),)},
            "quality_assurance",
            "quality_assurance.unfinished",
        ),
        ({"recognition": RecognitionContent()}, "recognition.status", "recognition.status_missing"),
        ({"stacks_into": (Alignment("", "", "BPREA"),)}, "stacks_into", "stacks_into.unfinished"),
    ],
)
def test_each_missing_element_blocks_and_is_said(changes: dict[str, Any], field: str, code: str) -> None:
    content = complete_content(**changes)

    found = mandatory_gaps(content)

    assert [(gap.field, gap.code) for gap in found] == [(field, code)]
    assert completion(content) < 100 or code == "stacks_into.unfinished"
    assert "{" not in labels.gap_sentence(found[0])


def test_level_may_be_absent_with_a_reason_and_credits_need_not_be_there() -> None:
    content = complete_content(level=LevelContent(none_reason=FR), credits_ects=None)

    assert mandatory_gaps(content) == []


def test_optional_elements_are_told_after_and_block_nothing() -> None:
    content = complete_content(
        prerequisites=Text(()), price_euros=None, assessment=AssessmentContent(("oral",))
    )

    found = gaps(content)

    assert not any(gap.mandatory for gap in found)
    assert [gap.code for gap in found] == [
        "assessment.description_missing",
        "prerequisites.missing",
        "supervision.missing",
        "criteria.missing",
        "evidence.missing",
        "modules.missing",
        "stackability.missing",
        "price.missing",
    ]


@given(contents)
def test_completion_is_100_only_where_no_counted_element_is_lacking(content: SpecificationContent) -> None:
    found = mandatory_gaps(content)
    counted = {e.code for e in (*ELEMENTS, *OURS)}

    assert (completion(content) == 100) == (not any(gap.element in counted for gap in found))
    assert all(labels.gap_sentence(gap) for gap in gaps(content))


def test_every_element_and_every_gap_has_its_french_words() -> None:
    for element in (*ELEMENTS, *OURS, *OPTIONAL):
        assert labels.element_name(element.code)
    for reserved in recognition.RESERVED_WORDS:
        assert f"recognition.words.{reserved.code}" in gap_labels._GAPS


def _recognised(status: RecognitionStatus | None, **facts: str) -> SpecificationContent:
    return complete_content(recognition=RecognitionContent(status, **facts))


@pytest.mark.parametrize(
    ("status", "code"),
    [("bloc", "RNCP38093BC05"), ("rncp", "RNCP38093"), ("rs", "RS6396")],
)
def test_registered_status_needs_a_code_a_title_and_a_certifying_body(status: str, code: str) -> None:
    bare = _recognised(RecognitionStatus(status))
    whole = _recognised(RecognitionStatus(status), code=code, title="Intitulé", certifying_body="Ministère")

    assert [p.code for p in recognition.problems(bare)] == [
        "recognition.code_missing",
        "recognition.certifying_body_missing",
        "recognition.title_missing",
    ]
    assert recognition.problems(whole) == []


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("bloc", "RNCP38093"),
        ("bloc", "RNCP38093BC5"),
        ("rncp", "RNCP38093BC05"),
        ("rncp", "RS6396"),
        ("rs", "RNCP1"),
        ("rs", "rs6396"),
        ("rncp", "38093"),
        ("rncp", "RNCP1234567"),
    ],
)
def test_code_of_another_form_is_refused(status: str, code: str) -> None:
    content = _recognised(RecognitionStatus(status), code=code, title="T", certifying_body="C")

    assert [p.code for p in recognition.problems(content)] == ["recognition.code_format"]


def test_branch_needs_its_name_but_no_code() -> None:
    content = _recognised(RecognitionStatus.BRANCHE, title="CQP Élagueur", certifying_body="CPNE")

    assert recognition.problems(content) == []


@pytest.mark.parametrize("status", ["none", "attestation", "badge"])
def test_register_code_without_the_register_is_refused(status: str) -> None:
    content = _recognised(RecognitionStatus(status), code="RNCP38093")

    assert [p.code for p in recognition.problems(content)] == ["recognition.code_without_register"]


CLAIMS = [
    ("cpf", "Formation éligible au CPF."),
    ("cpf", "Formation ELIGIBLE CPF"),
    ("cpf", "Finançable par votre compte personnel de formation"),
    ("cpf", "CPF eligible"),
    ("cpf", "CPF : éligible"),
    ("diploma", "Un diplôme reconnu"),
    ("diploma", "Une formation diplômante"),
    ("diploma", "DIPLOME de haie"),
    ("diploma", "You get a diploma"),
    ("diploma", "Pas à pas vers un diplôme"),
    ("diploma", "Sans frais, un diplôme"),
    ("diploma", "Sans frais un diplôme"),
    ("professional_certification", "C’est une certification professionnelle"),
    ("rncp_certification", "Une certification RNCP"),
    ("rncp_certification", "Formation enregistrée au RNCP"),
    ("rncp_certification", "Titre RNCP de niveau 4"),
    ("professional_certification", "Une Certification\u00a0 Professionnelle"),
    ("state", "Formation reconnue par l’État"),
    ("state", "reconnu officiellement par l'Etat"),
    ("state", "State-recognised training"),
]


@pytest.mark.parametrize(("code", "claim"), CLAIMS)
@pytest.mark.parametrize("status", ["none", "attestation", "badge", "branche"])
def test_reserved_words_block_publishing_unless_a_register_says_so(
    code: str, claim: str, status: str
) -> None:
    facts = {"title": "T", "certifying_body": "C"} if status == "branche" else {}
    content = replace(
        _recognised(RecognitionStatus(status), **facts), further_information=Text.of({"fr": claim})
    )

    found = mandatory_gaps(content)

    assert [(g.field, g.code) for g in found] == [("further_information.fr", f"recognition.words.{code}")]
    assert found[0].facts["met"] in claim.replace("’", "'").replace("\u00a0", " ")
    assert found[0].facts["met"] in labels.gap_sentence(found[0])


@pytest.mark.parametrize(("code", "claim"), CLAIMS)
def test_reserved_words_may_be_used_for_a_certification_of_the_rncp(code: str, claim: str) -> None:
    content = complete_content(
        recognition=RecognitionContent(RecognitionStatus.RNCP, "RNCP38093", "Intitulé", "Ministère"),
        description=Text.of({"fr": claim}),
    )

    assert mandatory_gaps(content) == []


@pytest.mark.parametrize("status", ["bloc", "rs"])
def test_bloc_and_rs_may_speak_of_the_cpf_but_are_no_diploma(status: str) -> None:
    facts = RecognitionContent(
        RecognitionStatus(status), "RNCP38093BC05" if status == "bloc" else "RS6396", "Intitulé", "Ministère"
    )
    text = Text.of({"fr": "Éligible au CPF. C'est un diplôme."})

    found = mandatory_gaps(complete_content(recognition=facts, description=text))

    assert [gap.code for gap in found] == ["recognition.words.diploma"]


@pytest.mark.parametrize(
    "honest",
    [
        "Aucun diplôme exigé.",
        "Ce n'est ni un diplôme, ni une certification professionnelle.",
        "Non éligible au CPF.",
        "Elle n'est pas éligible au CPF ni reconnue par l'État.",
        "Un formateur diplômé vous accompagne.",
        "This is not a diploma.",
        "Sans être un diplôme, elle ouvre des portes.",
    ],
)
def test_denying_or_speaking_of_something_else_is_no_claim(honest: str) -> None:
    assert mandatory_gaps(complete_content(description=Text.of({"fr": honest}))) == []


def test_denial_in_one_sentence_does_not_cover_the_next() -> None:
    content = complete_content(description=Text.of({"fr": "Aucun prérequis. Éligible au CPF."}))

    assert [gap.code for gap in mandatory_gaps(content)] == ["recognition.words.cpf"]


def test_words_are_looked_for_in_every_text_of_every_language() -> None:
    claim = Text.of({"fr": "x", "en": "a diploma"})
    content = SpecificationContent(
        title=claim,
        description=claim,
        learning_outcomes=(OutcomeContent(FIRST_OUTCOME, claim),),
        level=LevelContent(none_reason=claim),
        assessment=AssessmentContent(description=claim, identity_check=claim),
        quality_assurance=(QualityAssuranceContent("institutional", claim),),
        stackability=claim,
        price_note=claim,
        further_information=claim,
    )

    assert {p.field for p in recognition.words_problems(content)} == {
        "title.en",
        "description.en",
        f"learning_outcomes.{FIRST_OUTCOME}.statement.en",
        "level.none_reason.en",
        "assessment.description.en",
        "assessment.identity_check.en",
        "quality_assurance",
        "stackability.en",
        "price_note.en",
        "further_information.en",
    }


def test_what_a_person_must_hold_beforehand_may_be_a_diploma_but_never_cpf() -> None:
    content = complete_content(prerequisites=Text.of({"fr": "Un diplôme de niveau 3. Éligible au CPF."}))

    assert [gap.code for gap in mandatory_gaps(content)] == ["recognition.words.cpf"]


@pytest.mark.parametrize("status", [None, *RecognitionStatus])
def test_statement_is_worded_for_every_status_and_claims_nothing_more(
    status: RecognitionStatus | None,
) -> None:
    said = labels.recognition_sentences(RecognitionContent(status, "RNCP38093BC05", "Bloc 5", "Ministère"))

    registered = {RecognitionStatus.BLOC, RecognitionStatus.RS, RecognitionStatus.RNCP}
    assert "{" not in str(said)
    if status not in registered:
        assert "RNCP38093BC05" not in said.what
        assert any("CPF" in limit and "pas" in limit for limit in said.limits)
    if status is RecognitionStatus.BLOC:
        assert said.address == "https://www.francecompetences.fr/recherche/rncp/38093/"


def test_only_rncp_is_called_a_professional_certification() -> None:
    def words(status: RecognitionStatus) -> str:
        return labels.recognition_sentences(RecognitionContent(status, "RS1", "T", "C")).what.lower()

    assert [s for s in RecognitionStatus if "certification professionnelle" in words(s)] == [
        RecognitionStatus.RNCP
    ]
