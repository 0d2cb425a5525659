"""What the engine is given to sign says all that the specification says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.factories.design import FIRST_OUTCOME, complete_content

from jalon.design.errors import IncompleteSpecificationError
from jalon.design.rules.content import Alignment, LevelContent, OutcomeContent, RecognitionContent
from jalon.design.rules.export import micro_credential
from sceau.model.micro_credential import RecognitionStatus, Workload
from sceau.model.texts import Text

PLACE = {"id": "urn:uuid:1", "version": "2", "url": "https://example.org/x"}


def test_export_carries_every_element() -> None:
    content = complete_content(
        credits_ects=Decimal(1),
        stacks_into=(Alignment("RNCP", "https://example.org/rncp", "BPREA", "RNCP38093"),),
        stackability=Text.of({"fr": "S'ajoute à la taille."}),
        further_information=Text.of({"fr": "Bottes."}),
    )

    exported = micro_credential(content, **PLACE, image_svg="<svg/>")

    assert (exported.id, exported.version, exported.url, exported.image_svg) == (
        "urn:uuid:1",
        "2",
        "https://example.org/x",
        "<svg/>",
    )
    assert exported.title == content.title
    assert [o.id for o in exported.outcomes] == [o.id for o in content.learning_outcomes]
    assert exported.workload == Workload(Decimal(21), Decimal(1))
    assert exported.level.concept is not None
    assert exported.level.concept.iri == "http://data.europa.eu/snb/eqf/3"
    assert [c.iri for c in exported.assessment.types] == [
        "http://data.europa.eu/snb/assessment/6a4db9f11d",
        "http://data.europa.eu/snb/assessment/d30284d7df",
    ]
    assert exported.assessment.supervision is not None
    assert len(exported.participation) == 2
    assert exported.quality_assurance[0].kind.iri == "http://data.europa.eu/snb/accreditation/bb4618238e"
    assert exported.stacks_into[0].code == "RNCP38093"
    assert (exported.prerequisites, exported.stackability, exported.further_information) == (
        content.prerequisites,
        content.stackability,
        content.further_information,
    )
    assert exported.recognition.status is RecognitionStatus.ATTESTATION


def test_export_without_a_level_gives_the_reason() -> None:
    reason = Text.of({"fr": "Trop court pour un niveau."})

    exported = micro_credential(complete_content(level=LevelContent(none_reason=reason)), **PLACE)

    assert (exported.level.concept, exported.level.none_reason) == (None, reason)


def test_export_of_a_french_level_names_the_french_framework() -> None:
    exported = micro_credential(complete_content(level=LevelContent("nqf_fr", 4)), **PLACE)

    assert exported.level.concept is not None
    assert (exported.level.concept.code, "francecompetences" in exported.level.concept.iri) == ("4", True)


def test_export_keeps_the_links_of_an_outcome() -> None:
    link = Alignment("ESCO", "http://data.europa.eu/esco/skill/x", "tailler des haies")
    outcome = OutcomeContent(FIRST_OUTCOME, Text.of({"fr": "Tailler"}), (link,))

    exported = micro_credential(complete_content(learning_outcomes=(outcome,)), **PLACE)

    assert [(c.iri, str(c.label), c.framework) for c in exported.outcomes[0].alignments] == [
        (link.uri, link.label, "ESCO")
    ]


def test_export_refuses_what_may_not_be_published() -> None:
    content = complete_content(recognition=RecognitionContent(RecognitionStatus.RNCP))

    with pytest.raises(IncompleteSpecificationError) as refused:
        micro_credential(content, **PLACE)

    assert {gap.code for gap in refused.value.gaps} >= {"recognition.code_missing"}
