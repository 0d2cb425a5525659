"""European credentials against the published context and shapes, and the Commission's samples."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from pyld import jsonld
from tests.sceau.formats.european_records import PNG, RECORDS, pictures_for, records

from sceau.canon.contexts import CREDENTIALS_V1
from sceau.formats import european
from sceau.formats.european import codes, names, terms
from sceau.formats.european.terms import Kind
from sceau.model import annex_i
from sceau.model.credential import Credential
from sceau.model.micro_credential import Workload
from sceau.testing import EXAMPLE_MOMENT

Shapes = dict[str, rdflib.Graph]
PROFILES = {
    # The profile that our documents name: the controlled vocabularies, and all that it imports.
    "edc-generic-full": ("EDC-generic-full.ttl", "EDC-generic-no-cv.ttl"),
    "edc-generic-no-cv": ("EDC-generic-no-cv.ttl",),
    "controlled vocabularies alone": ("EDC-generic-full.ttl",),
}


@pytest.fixture(scope="module")
def elm(shared: Path) -> Path:
    return shared / "elm"


@pytest.fixture(scope="module")
def contexts(elm: Path) -> dict[str, dict[str, Any]]:
    """The two contexts as they are served."""
    files = {CREDENTIALS_V1: "credentials-v1.jsonld", names.CURRENT.context: "edc-ap.jsonld"}
    return {url: json.loads((elm / "contexts" / file).read_text()) for url, file in files.items()}


@pytest.fixture(scope="module")
def profiles(elm: Path) -> Shapes:
    found = {}
    for name, files in PROFILES.items():
        found[name] = rdflib.Graph()
        for file in files:
            found[name].parse(elm / "shapes" / file)
    return found


def sealed(credential: Credential) -> dict[str, Any]:
    """With what the sealer adds, without which no document conforms."""
    document = european.to_document(credential, pictures=pictures_for(credential))
    return european.for_seal(
        document, identifier="VATFR-00000000000", country_code="FR", sealed_at=EXAMPLE_MOMENT
    )


def expanded(
    document: dict[str, Any], contexts: dict[str, dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The document as JSON-LD understands it, and what it would drop."""
    dropped: list[str] = []
    found: list[dict[str, Any]] = jsonld.expand(
        document,
        {"documentLoader": loader(contexts), "base": "dropped:/"},
        on_property_dropped=lambda name: dropped.append(str(name)),
    )
    return found, dropped


def loader(contexts: dict[str, dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    return lambda url, options=None: {"contextUrl": None, "documentUrl": url, "document": contexts[url]}


def graph(document: dict[str, Any], contexts: dict[str, dict[str, Any]]) -> rdflib.Graph:
    quads = jsonld.to_rdf(
        document, {"documentLoader": loader(contexts), "format": "application/n-quads", "base": "dropped:/"}
    )
    return rdflib.Graph().parse(data=quads, format="nt")


def violations(data: rdflib.Graph, shapes: rdflib.Graph) -> str:
    conforms, _, words = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    return "" if conforms else str(words)


# The table of terms is the published context's.


def definition(entry: Any) -> tuple[str, Kind]:
    """A term's address, and what stands there."""
    if isinstance(entry, str):
        return entry, Kind.VALUE
    if entry.get("@container") == "@language":
        return entry["@id"], Kind.WORDS
    return entry["@id"], Kind.THING if entry.get("@type") == "@id" else Kind.VALUE


@pytest.mark.parametrize("file", ["edc-ap.jsonld", "edc-ap-3.2.jsonld"])
def test_each_term_is_the_context_s(elm: Path, file: str) -> None:
    context = json.loads((elm / "contexts" / file).read_text())["@context"]

    assert {term: definition(context.get(term, "")) for term in terms.TERMS} == terms.TERMS
    assert {name: context.get(name) for name in terms.TYPES} == terms.TYPES
    assert context["elm"] == names.CURRENT.namespace


def test_each_term_of_the_envelope_is_that_of_vc_1_1(contexts: dict[str, dict[str, Any]]) -> None:
    scoped = contexts[CREDENTIALS_V1]["@context"]["VerifiableCredential"]["@context"]

    assert {term: definition(scoped[term]) for term in terms.ENVELOPE} == terms.ENVELOPE


def test_each_code_is_in_the_published_lists(elm: Path) -> None:
    lists = json.loads((elm / "vocab" / "elm-vocabularies.json").read_text())
    published = {concept["id"] for known in lists.values() for concept in known["concepts"]}
    schemes = {known["scheme"] for known in lists.values()}
    used = {
        *(codes.country_iri(country) for country in codes.COUNTRIES),
        codes.UNKNOWN_COUNTRY,
        names.GENERIC_PROFILE,
        terms.BASE64,
        terms.ECTS,
        terms.SHORT_PROGRAMME,
        *terms.PICTURE_TYPES.values(),
        *terms.PROGRAMME_KINDS,
    }

    assert used - published == set()
    assert {scheme for scheme, _ in terms.SCHEMES.values()} - schemes == set()
    # This list is not published whole: those of it that are must be ours too.
    languages = {concept["id"] for concept in lists["language"]["concepts"]}
    assert languages - {codes.language_iri(tag) for tag in codes.LANGUAGES} == set()


@pytest.mark.parametrize("name", RECORDS)
def test_json_ld_drops_nothing(name: str, contexts: dict[str, dict[str, Any]]) -> None:
    found, dropped = expanded(sealed(RECORDS[name]), contexts)

    assert dropped == []
    assert "dropped:/" not in json.dumps(found)


def test_a_misspelt_term_would_be_dropped(contexts: dict[str, dict[str, Any]]) -> None:
    document = sealed(RECORDS["as it stands"])
    document["issuer"]["legalname"] = document["issuer"].pop("legalName")
    document["credentialStatus"] = {"id": "https://a.example/1", "type": "CredentialStatus"}
    found, dropped = expanded(document, contexts)

    assert dropped == ["legalname"]
    assert "dropped:/CredentialStatus" in json.dumps(found)


def test_the_other_release_is_the_context_that_is_served(contexts: dict[str, dict[str, Any]]) -> None:
    served = json.loads(json.dumps(contexts))
    served[names.CURRENT.context]["@context"]["elm"] = names.ELM_3_3.namespace
    found, dropped = expanded(sealed(RECORDS["everything, in two languages"]), served)

    assert dropped == []
    assert names.ELM_3_2.namespace not in json.dumps(found).replace(f"{names.ELM_3_2.context}", "")
    assert european.recognises({"type": found[0]["@type"]})


# The shapes.


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", RECORDS)
def test_it_conforms(name: str, profile: str, profiles: Shapes, contexts: dict[str, dict[str, Any]]) -> None:
    data = graph(sealed(RECORDS[name]), contexts)

    assert len(data) > 120
    assert violations(data, profiles[profile]) == ""


@settings(max_examples=30, deadline=None)
@given(credential=records())
def test_whatever_it_says_it_conforms_and_nothing_is_dropped(
    credential: Credential, profiles: Shapes, contexts: dict[str, dict[str, Any]]
) -> None:
    document = sealed(credential)

    assert expanded(document, contexts)[1] == []
    assert violations(graph(document, contexts), profiles["edc-generic-full"]) == ""


def test_before_it_is_sealed_only_the_seal_s_identifier_is_missing(
    profiles: Shapes, contexts: dict[str, dict[str, Any]]
) -> None:
    document = european.to_document(RECORDS["as it stands"], pictures={"fr": PNG})
    found = violations(graph(document, contexts), profiles["edc-generic-full"])

    assert "Results (1)" in found
    assert "->elm:eidasLegalIdentifier" in found


def test_without_pictures_only_the_picture_is_missing(
    profiles: Shapes, contexts: dict[str, dict[str, Any]]
) -> None:
    document = european.to_document(RECORDS["as it stands"], pictures={})
    document = european.for_seal(
        document, identifier="VATFR-00000000000", country_code="FR", sealed_at=EXAMPLE_MOMENT
    )
    found = violations(graph(document, contexts), profiles["edc-generic-full"])

    assert "Results (1)" in found
    assert "elm:individualDisplay" in found


def claim_of(document: dict[str, Any]) -> dict[str, Any]:
    claim: dict[str, Any] = document["credentialSubject"]["hasClaim"][0]
    return claim


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: claim_of(d).pop("title"),
        lambda d: claim_of(d)["specifiedBy"]["eqfLevel"].pop("inScheme"),
        lambda d: claim_of(d)["provenBy"][0].pop("grade"),
        lambda d: claim_of(d)["specifiedBy"].update(volumeOfLearning="35 h"),
        lambda d: d.pop("credentialProfiles"),
        lambda d: d["displayParameter"].update(title={"fr": ["a", "b"]}),
    ],
    ids=["no title", "no scheme", "no grade", "no duration", "no profile", "two titles"],
)
def test_the_shapes_do_look(
    spoil: Callable[[dict[str, Any]], object], profiles: Shapes, contexts: dict[str, dict[str, Any]]
) -> None:
    document = sealed(RECORDS["as it stands"])
    spoil(document)

    assert violations(graph(document, contexts), profiles["edc-generic-full"])


def test_what_passes_the_shapes_may_still_lack_its_outcomes(
    profiles: Shapes, contexts: dict[str, dict[str, Any]]
) -> None:
    document = sealed(RECORDS["as it stands"])
    for term in ("learningOutcome", "volumeOfLearning", "eqfLevel", "mode"):
        del claim_of(document)["specifiedBy"][term]
    claim_of(document)["title"] = claim_of(document)["specifiedBy"]["title"] = {"fr": ""}

    assert violations(graph(document, contexts), profiles["edc-generic-full"]) == ""
    assert annex_i.missing(european.from_document(document)) == (
        "title",
        "outcomes",
        "workload",
        "level",
        "participation",
    )


# The Commission's samples.


def sample(elm: Path, name: str) -> dict[str, Any]:
    """A sample; of a sealed one the payload, whose seal others look at."""
    document: dict[str, Any] = json.loads((elm / "samples" / "edc" / name).read_text())
    return json.loads(document["payload"]) if "payload" in document else document


MICRO = {
    "Sample-MC-Annex1-2023-unsigned.jsonld": ("University of Zed", "IE"),
    "Sample-MC-Annex1-2023-signed.jsonld": ("ORGANIZACION TEST", "IE"),
    "AA-Annex1-MC-unsigned.json": ("Learning Provider", "IE"),
    "AA-Annex1-MC-signed.jsonld": ("ORGANIZACION TEST", "ES"),
}


@pytest.mark.parametrize("name", MICRO)
def test_the_micro_credentials_of_the_commission_are_read_whole(elm: Path, name: str) -> None:
    document = sample(elm, name)

    read = european.from_document(document)

    micro = read.micro_credential
    assert european.recognises(document)
    assert (read.issuer.name, read.issuer.country_code) == MICRO[name]
    assert (read.holder.name, read.holder.given_name) == ("Ana Andromeda", "Ana")
    assert micro.title.as_dict() == {"en": "Digital micro-credential creation"}
    assert [str(each.statement) for each in micro.outcomes] == [
        "Communication, collaboration and creativity",
        "Developing digital content",
    ]
    assert "stimulate creativity in the team" in [str(each.label) for each in micro.outcomes[0].alignments]
    assert micro.workload == Workload(Decimal(60), Decimal(2))
    assert micro.level.concept is not None
    assert (micro.level.concept.framework, micro.level.concept.code) == ("EQF", "6")
    assert [str(each.label) for each in micro.assessment.types] == ["artefact assessment"]
    assert str(micro.assessment.supervision and micro.assessment.supervision.label) == (
        "Unsupervised without ID Verification"
    )
    assert [str(each.label) for each in micro.participation] == ["Blended"]
    assert micro.languages == ("en",)
    assert str(micro.prerequisites).startswith("The learner needs to have an EDC")
    assert read.grade == "Pass"


def test_what_the_samples_lack_is_named(elm: Path) -> None:
    found = {
        name: annex_i.missing(european.from_document(sample(elm, name)))
        for name in (*MICRO, "Sample-CertOfPart-signed.jsonld", "Sample-MastersDegree-signed.jsonld")
    }

    assert found == {
        "Sample-MC-Annex1-2023-unsigned.jsonld": ("quality_assurance",),
        "Sample-MC-Annex1-2023-signed.jsonld": ("quality_assurance",),
        "AA-Annex1-MC-unsigned.json": ("quality_assurance",),
        "AA-Annex1-MC-signed.jsonld": ("quality_assurance",),
        # Of an activity: it has no outcomes, level or assessment.
        "Sample-CertOfPart-signed.jsonld": ("outcomes", "level", "assessment", "quality_assurance"),
        "Sample-MastersDegree-signed.jsonld": ("workload", "assessment"),
    }


def test_a_sealed_sample_names_another_awarding_body_than_its_issuer(elm: Path) -> None:
    document = sample(elm, "AA-Annex1-MC-signed.jsonld")

    assert [body.name for body in european.awarding_bodies(document)] == ["Learning Provider"]
    assert [each.scheme for each in european.from_document(document).issuer.identifiers] == ["eIDAS"]


def test_a_master_s_degree_is_read_with_its_parts_and_its_accreditation(elm: Path) -> None:
    read = european.from_document(sample(elm, "Sample-MastersDegree-signed.jsonld"))

    assert str(read.micro_credential.title) == "Master Media Culture"
    assert read.grade == "7,5"
    assert len(read.micro_credential.parts) == 10
    assert [str(each.kind.label) for each in read.micro_credential.quality_assurance] == [
        "Institutional License"
    ]
    assert read.micro_credential.further_information.as_dict() == {
        "en": "Minimum credits programme (ECTS): 60"
    }
    assert read.awarded_on == date(2025, 2, 19)


def test_a_certificate_of_participation_is_read_as_far_as_it_goes(elm: Path) -> None:
    read = european.from_document(sample(elm, "Sample-CertOfPart-signed.jsonld"))

    assert str(read.micro_credential.title) == "EDC Updates Webinar"
    assert read.micro_credential.workload.hours == Decimal(2)
    assert [str(each.label) for each in read.micro_credential.participation] == ["Online"]


@pytest.mark.parametrize(
    "name",
    ["Sample-MC-Annex1-2023-signed.jsonld", "AA-Annex1-MC-signed.jsonld", "Sample-CertOfPart-signed.jsonld"],
)
def test_the_sealed_samples_conform_as_ours_do(
    elm: Path, name: str, profiles: Shapes, contexts: dict[str, dict[str, Any]]
) -> None:
    assert violations(graph(sample(elm, name), contexts), profiles["edc-generic-full"]) == ""
