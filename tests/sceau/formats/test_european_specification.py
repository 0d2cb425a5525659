"""Specifications that stand alone: written, held against the published shapes, read back whoever wrote."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given, settings
from pyld import jsonld
from tests.sceau.formats.european_records import RECORDS, records
from tests.sceau.formats.test_european_shapes import (
    Shapes,
    contexts,
    elm,
    expanded,
    graph,
    loader,
    violations,
)

from sceau.errors import DataModelError
from sceau.formats import european
from sceau.formats.european import linked_data, names, specification, terms
from sceau.formats.losses import losses
from sceau.model.concepts import Concept
from sceau.model.credential import Credential
from sceau.model.micro_credential import Recognition, RecognitionStatus, Workload
from sceau.model.texts import NO_TEXT, Text

__all__ = ["contexts", "elm"]  # fixtures

FORESTRY = Concept("http://data.europa.eu/snb/isced-f/082", Text.of({"fr": "Sylviculture"}), "ISCED-F", "082")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
WHOLE = RECORDS["everything, in two languages"]
OF_THE_REGISTER = Recognition(RecognitionStatus.RNCP, "RNCP38093", "Responsable", "Ministère (fictif)")


def written(credential: Credential) -> dict[str, Any]:
    return specification.to_document(
        credential.micro_credential,
        awarded_by=credential.issuer,
        thematic_areas=[FORESTRY],
        licence_url=LICENCE,
    )


def with_recognition(credential: Credential, recognition: Recognition) -> Credential:
    return replace(credential, micro_credential=replace(credential.micro_credential, recognition=recognition))


def lost(credential: Credential, document: object) -> set[str]:
    """What of the specification and its body does not come back."""
    found = specification.from_document(document)
    (body,) = found.bodies
    back = replace(credential, micro_credential=found.micro_credential, issuer=body)
    return {loss.element for loss in losses(credential, back)}


# What is written.


def test_it_is_no_qualification_unless_a_register_says_so() -> None:
    registered = with_recognition(WHOLE, OF_THE_REGISTER)

    assert written(WHOLE)["type"] == "LearningAchievementSpecification"
    assert written(registered)["type"] == "Qualification"
    assert "isPartialQualification" not in written(WHOLE)


def test_a_qualification_is_told_as_inside_a_credential() -> None:
    credential = with_recognition(RECORDS["as it stands"], OF_THE_REGISTER)
    inside = european.to_document(credential, pictures={})["credentialSubject"]["hasClaim"][0]["specifiedBy"]
    alone = written(credential)

    assert {key: alone[key] for key in inside if key != "accreditation"} == {
        key: value for key, value in inside.items() if key != "accreditation"
    }


def test_it_names_who_awards_it_and_its_licence() -> None:
    document = written(WHOLE)
    (opportunity,) = document["awardingOpportunity"]

    assert document["@context"] == list(names.CONTEXT)
    assert opportunity["awardingBody"][0]["legalName"] == {"fr": WHOLE.issuer.name}
    assert opportunity["learningAchievementSpecification"] == {
        "id": document["id"],
        "type": document["type"],
    }
    assert document["supplementaryDocument"][0]["contentURL"] == LICENCE
    assert document["thematicArea"][0]["inScheme"]["id"] == "http://data.europa.eu/snb/isced-f/25831c2"


@pytest.mark.parametrize(
    "change",
    [{"title": NO_TEXT}, {"outcomes": ()}, {"id": "haie"}, {"title": Text((("fr", "a\x00"),))}],
    ids=["no title", "no outcome", "no address", "a control character"],
)
def test_what_cannot_be_told_is_refused(change: dict[str, Any]) -> None:
    micro = replace(WHOLE.micro_credential, **change)

    with pytest.raises(Exception, match="expected"):
        specification.to_document(micro, awarded_by=WHOLE.issuer)


# The published context and shapes.


@pytest.fixture(scope="module")
def shapes(elm: Path) -> Shapes:
    found = {}
    for name, files in {
        "credentials": ("EDC-generic-full.ttl", "EDC-generic-no-cv.ttl"),
        "opportunities": ("LOQ-constraints.ttl",),
    }.items():
        found[name] = rdflib.Graph()
        for file in files:
            found[name].parse(elm / "shapes" / file)
    # Published switched off; and two patterns of the opportunities' shapes are Java's alone.
    loq = found["opportunities"]
    loq.remove((None, rdflib.SH.deactivated, None))
    for subject, pattern in list(loq.subject_objects(rdflib.SH.pattern)):
        if "(?i)" in pattern:
            loq.set((subject, rdflib.SH.pattern, rdflib.Literal("^https?://[^/?#]+")))
        elif "\\p{" in pattern:
            loq.set((subject, rdflib.SH.pattern, rdflib.Literal("^[A-Za-z][A-Za-z0-9+.-]*:[^ ]+$")))
    return found


@pytest.mark.parametrize("registered", [False, True])
@pytest.mark.parametrize("name", RECORDS)
def test_it_conforms_as_credentials_do_and_nothing_is_dropped(
    name: str,
    registered: bool,
    shapes: Shapes,
    contexts: dict[str, dict[str, Any]],
) -> None:
    credential = with_recognition(RECORDS[name], OF_THE_REGISTER) if registered else RECORDS[name]
    found, dropped = expanded(written(credential), contexts)

    assert dropped == []
    assert "dropped:/" not in json.dumps(found)
    assert violations(graph(written(credential), contexts), shapes["credentials"]) == ""


@pytest.mark.parametrize("name", RECORDS)
def test_it_conforms_as_opportunities_do(
    name: str,
    shapes: Shapes,
    contexts: dict[str, dict[str, Any]],
) -> None:
    # Their profile asks of whatever it leads to all that it asks of itself, which nobody here knows.
    micro = replace(RECORDS[name].micro_credential, stacks_into=(), parts=())
    issuer = replace(RECORDS[name].issuer, locality="Florac")
    micro = replace(micro, languages=micro.languages or ("fr",))
    data = graph(written(replace(RECORDS[name], micro_credential=micro, issuer=issuer)), contexts)

    assert violations(data, shapes["opportunities"]) == ""


# What is read.


@settings(max_examples=60, deadline=None)
@given(credential=records())
def test_what_goes_in_comes_back_equal(credential: Credential) -> None:
    assert lost(credential, written(credential)) == set()
    registered = with_recognition(credential, OF_THE_REGISTER)
    assert lost(registered, written(registered)) == set()


@pytest.mark.parametrize("name", RECORDS)
def test_it_comes_back_but_for_its_drawing_and_rubrics(name: str) -> None:
    assert lost(RECORDS[name], written(RECORDS[name])) <= {"picture", "rubrics"}


@pytest.mark.parametrize("release", names.KNOWN)
@pytest.mark.parametrize("shape", ["expanded", "flattened", "graph", "with prefixes"])
def test_every_shape_of_one_graph_is_read_alike(
    shape: str,
    release: names.Release,
    contexts: dict[str, dict[str, Any]],
) -> None:
    contexts = json.loads(json.dumps(contexts))
    contexts[names.CURRENT.context]["@context"]["elm"] = release.namespace
    document: Any = jsonld.expand(written(WHOLE), {"documentLoader": loader(contexts)})
    if shape == "flattened":
        document = jsonld.flatten(document)
    elif shape == "graph":
        document = {"@context": "https://elsewhere.example/", "@graph": jsonld.flatten(document)}
    elif shape == "with prefixes":
        prefixes = {"elm": release.namespace, "dcterms": "http://purl.org/dc/terms/"}
        document = jsonld.compact(document, {"@context": prefixes})

    assert specification.recognises(document)
    assert lost(WHOLE, document) <= {"picture", "rubrics"}
    assert specification.from_document(document).others == 0


def test_the_first_of_several_is_read_and_the_others_are_counted() -> None:
    other = replace(
        WHOLE.micro_credential, id="urn:uuid:00000000-0000-4000-8000-00000000000a", stacks_into=()
    )
    documents = [written(WHOLE), specification.to_document(other, awarded_by=WHOLE.issuer)]

    found = specification.from_document(documents)

    assert found.micro_credential.id == WHOLE.micro_credential.id
    assert found.others == 1


def test_what_says_little_gives_little() -> None:
    found = specification.from_document(
        {"type": "LearningAchievementSpecification", "title": {"br": "Garzh"}}
    )

    assert found.micro_credential.title.as_dict() == {"br": "Garzh"}
    assert found.micro_credential.workload == Workload(Decimal(0))
    assert (found.micro_credential.outcomes, found.bodies, found.others) == ((), (), 0)


@pytest.mark.parametrize(
    "document",
    [None, 3, "Qualification", [], {}, {"type": "Qualification"}, {"title": {"fr": "x"}}, [[[{"a": 1}]]]],
)
def test_another_document_is_not_taken_for_one(document: object) -> None:
    assert not specification.recognises(document)
    with pytest.raises(DataModelError):
        specification.from_document(document)


# Hostile graphs.


def _spec(**more: Any) -> dict[str, Any]:
    return {"id": "urn:a", "type": ["Qualification"], "title": {"fr": "x"}, **more}


def test_a_circle_is_named_and_left() -> None:
    found = specification.from_document(
        [
            _spec(hasPart=["urn:b"]),
            {"id": "urn:b", "title": {"fr": "y"}, "isPartOf": "urn:a", "hasPart": "urn:b"},
        ]
    )

    assert [part.id for part in found.micro_credential.parts] == ["urn:b"]


def test_a_graph_that_would_unfold_without_end_is_refused() -> None:
    layers = [
        {"id": f"urn:{layer}", "title": {"fr": "x"}, "hasPart": [f"urn:{layer + 1}"]}
        | {
            "provenBy": [f"urn:{layer + 1}"],
            "isPartOf": [f"urn:{layer + 1}"],
            "accreditation": f"urn:{layer + 1}",
        }
        for layer in range(12)
    ]

    with pytest.raises(DataModelError, match="20000"):
        specification.from_document([_spec(hasPart=["urn:0"]), *layers])


def test_more_things_than_a_specification_has_are_refused() -> None:
    many = [{"id": f"urn:{number}", "title": "x"} for number in range(linked_data.MOST_NODES)]

    with pytest.raises(DataModelError, match="20000"):
        specification.from_document([*many, _spec()])


@pytest.mark.parametrize(
    "spoilt",
    [
        {"title": 3},
        {"volumeOfLearning": [["PT"]]},
        {"creditPoint": 3},
        {"type": {"a": 1}},
        {"learningOutcome": [None]},
    ],
)
def test_values_of_a_wrong_type_are_refused_or_left(spoilt: dict[str, Any]) -> None:
    try:
        found = specification.from_document({**_spec(), **spoilt})
    except DataModelError:
        return
    assert found.micro_credential.outcomes == ()


def test_terms_of_reading_know_every_term_that_is_written() -> None:
    assert {linked_data._TERM_OF[term] for term in terms.TERMS} == set(terms.TERMS)
