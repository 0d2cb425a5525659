"""Open Badges 3.0: every element of Annex I goes in, and is read back from the signed file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sceau.canon import jsonld
from sceau.errors import DataModelError, ForbiddenCharacterError
from sceau.formats import open_badges_3
from sceau.formats.losses import losses
from sceau.formats.open_badges_3 import terms
from sceau.formats.open_badges_3.reading import status_entries
from sceau.issuing import issue
from sceau.model.concepts import Concept
from sceau.model.credential import (
    Credential,
    Evidence,
    Holder,
    Identifier,
    Issuer,
    OutcomeResult,
    StatusEntry,
)
from sceau.model.micro_credential import (
    Assessment,
    LearningOutcome,
    Level,
    MicroCredential,
    Part,
    QualityAssurance,
    Recognition,
    RecognitionStatus,
    RubricLevel,
    Workload,
)
from sceau.model.texts import NO_TEXT, Text
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer


@pytest.fixture(scope="module")
def signed() -> dict[str, Any]:
    """The example as a stranger receives it."""
    data = issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT)
    document: dict[str, Any] = json.loads(data)
    return document


# Each of the eleven elements, looked up in the JSON by the standard's own terms.


def result_of(document: dict[str, Any], kind: str) -> list[str]:
    subject = document["credentialSubject"]
    ids = [
        entry["id"] for entry in subject["achievement"]["resultDescription"] if entry["resultType"] == kind
    ]
    return [
        entry["value"]
        for entry in subject["result"]
        if entry["resultDescription"] in ids and "value" in entry
    ]


def alignments(document: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    found = document["credentialSubject"]["achievement"]["alignment"]
    return [entry for entry in found if entry["targetType"] == kind]


def test_1_the_learner(signed: dict[str, Any]) -> None:
    assert {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": "Camille Exemple",
        "identityType": "name",
    } in signed["credentialSubject"]["identifier"]


def test_2_the_title(signed: dict[str, Any]) -> None:
    assert signed["credentialSubject"]["achievement"]["name"] == "Planter et entretenir une haie champêtre"
    assert signed["name"] == "Planter et entretenir une haie champêtre"


def test_3_the_country_and_region(signed: dict[str, Any]) -> None:
    assert signed["issuer"]["address"] == {
        "type": ["Address"],
        "addressCountry": "France",
        "addressCountryCode": "FR",
        "addressRegion": "Occitanie",
        "addressLocality": "Villeneuve-les-Haies",
    }


def test_4_the_awarding_body(signed: dict[str, Any]) -> None:
    assert signed["issuer"]["name"] == "Atelier du bocage (organisme fictif)"
    assert signed["issuer"]["otherIdentifier"][0] == {
        "type": "IdentifierEntry",
        "identifier": "00000000000000",
        "identifierType": "ext:SIRET",
    }


def test_5_the_date(signed: dict[str, Any]) -> None:
    assert signed["awardedDate"] == "2026-06-01T00:00:00Z"
    assert signed["validFrom"] == "2026-06-02T08:00:00Z"


def test_6_the_learning_outcomes(signed: dict[str, Any]) -> None:
    subject = signed["credentialSubject"]
    described = [
        entry for entry in subject["achievement"]["resultDescription"] if entry["resultType"] == "Status"
    ]
    reached = {
        entry["resultDescription"] for entry in subject["result"] if entry.get("status") == "Completed"
    }

    assert [entry["name"] for entry in described] == [
        "Choisir des essences adaptées au sol et au climat",
        "Planter une haie de 50 m en équipe, en sécurité",
        "Planifier l’entretien des trois premières années",
    ]
    assert reached == {entry["id"] for entry in described}
    assert described[0]["alignment"][0]["targetFramework"] == "ESCO"


def test_7_the_workload(signed: dict[str, Any]) -> None:
    assert result_of(signed, "ext:WorkloadHours") == ["35"]
    assert signed["credentialSubject"]["achievement"]["creditsAvailable"] == 1.5
    assert signed["credentialSubject"]["creditsEarned"] == 1.5


def test_8_the_level(signed: dict[str, Any]) -> None:
    (level,) = alignments(signed, "ext:EQF")

    assert (level["targetUrl"], level["targetCode"]) == ("http://data.europa.eu/snb/eqf/4", "4")


def test_8_no_level_and_why() -> None:
    credential = example_credential()
    level = Level(none_reason=Text.of({"fr": "Formation courte sans niveau."}))
    document = open_badges_3.to_document(
        replace(credential, micro_credential=replace(credential.micro_credential, level=level))
    )

    assert result_of(document, "ext:NoLevelReason") == ["Formation courte sans niveau."]
    assert alignments(document, "ext:EQF") == []


def test_9_the_type_of_assessment(signed: dict[str, Any]) -> None:
    assert [entry["targetName"] for entry in alignments(signed, "ext:AssessmentType")] == [
        "Évaluation en situation de travail"
    ]
    assert len(alignments(signed, "ext:Supervision")) == 1
    assert result_of(signed, "ext:IdentityCheck") == ["Pièce d’identité présentée à l’évaluateur."]


def test_10_the_form_of_participation(signed: dict[str, Any]) -> None:
    assert [entry["targetName"] for entry in alignments(signed, "ext:ParticipationForm")] == ["Sur place"]


def test_11_the_type_of_quality_assurance(signed: dict[str, Any]) -> None:
    (quality,) = alignments(signed, "ext:QualityAssurance")

    assert quality["targetDescription"] == "Qualiopi"
    assert quality["targetUrl"] == "http://data.europa.eu/snb/accreditation/bb4618238e"


def test_everything_is_read_back_as_a_credential(signed: dict[str, Any]) -> None:
    assert open_badges_3.from_document(signed) == example_credential()


def test_recognition_is_read_back() -> None:
    recognition = Recognition(
        RecognitionStatus.BLOC,
        "RNCP00000BC00",
        "Un bloc de compétences (fictif)",
        "Un certificateur (fictif)",
    )
    credential = example_credential()
    credential = replace(
        credential, micro_credential=replace(credential.micro_credential, recognition=recognition)
    )
    document = open_badges_3.to_document(credential)

    assert result_of(document, "ext:Recognition") == ["bloc"]
    assert result_of(document, "ext:RecognitionCode") == ["RNCP00000BC00"]
    assert open_badges_3.from_document(document).micro_credential.recognition == recognition


def test_the_narrative_says_all_of_it_in_words(signed: dict[str, Any]) -> None:
    narrative = signed["credentialSubject"]["achievement"]["criteria"]["narrative"]

    for words in (
        "Choisir des essences adaptées",
        "35 heures, 1,5 ECTS",
        "Niveau 4",
        "Évaluation en situation de travail",
        "Sur place",
        "Qualiopi",
        "attestation de l’organisme",
        "Prérequis : Aucun.",
    ):
        assert words in narrative


def test_the_narrative_is_in_the_language_of_the_title() -> None:
    credential = example_credential()
    micro = replace(credential.micro_credential, title=Text((("en", "Hedge laying"), ("fr", "Haie"))))

    achievement = open_badges_3.to_document(replace(credential, micro_credential=micro))["credentialSubject"][
        "achievement"
    ]

    assert achievement["name"] == "Hedge laying"
    assert achievement["inLanguage"] == "en"
    assert "Notional workload: 35 hours, 1.5 ECTS" in achievement["criteria"]["narrative"]


# The schema of 1EdTech, in its strict form.


def validator(vectors: Path) -> jsonschema.Draft201909Validator:
    schema = json.loads((vectors / "open-badges-3" / "ob_v3p0_achievementcredential_schema.json").read_text())
    return jsonschema.Draft201909Validator(
        schema, format_checker=jsonschema.Draft201909Validator.FORMAT_CHECKER
    )


def test_the_signed_file_keeps_the_strict_schema(vectors: Path, signed: dict[str, Any]) -> None:
    with_status = json.loads(
        issue(
            example_credential(status=(StatusEntry("https://example.org/status/1", 7),)),
            signer=key_signer(),
            created=EXAMPLE_MOMENT,
        )
    )

    for document in (signed, with_status):
        assert [error.message for error in validator(vectors).iter_errors(document)] == []
        assert isinstance(document["proof"], list)
        assert document["@context"] == list(terms.CONTEXT)


def test_the_schema_would_notice(vectors: Path, signed: dict[str, Any]) -> None:
    assert not validator(vectors).is_valid(signed | {"proof": signed["proof"][0]})


# Round trips.

plain = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufeff"), min_size=1, max_size=30
).filter(lambda text: text == text.strip() and text != "")
maybe = st.just("") | plain
french = plain.map(lambda text: Text((("fr", text),)))
maybe_french = st.just(NO_TEXT) | french
urls = st.from_regex(r"https://[a-z]{1,8}\.example\.org/[a-z0-9/._~-]{0,12}", fullmatch=True)
urns = st.uuids().map(lambda value: value.urn)
concepts = st.builds(Concept, iri=urls, label=french, framework=maybe, code=maybe)
few = {"max_size": 3}
moments_utc = st.integers(0, 4_000_000_000_000_000).map(
    lambda microseconds: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
levels = st.builds(Level, concept=concepts) | st.builds(Level, none_reason=french)
eqf = st.builds(Concept, iri=urls, label=french, framework=st.just("EQF"), code=st.sampled_from("12345678"))

rubrics = st.lists(
    st.builds(RubricLevel, id=urns, name=french, description=maybe_french, points=maybe), **few
).map(tuple)

micro_credentials = st.builds(
    MicroCredential,
    id=urns,
    version=plain,
    title=french,
    description=french,
    outcomes=st.lists(
        st.builds(
            LearningOutcome,
            id=urns,
            statement=french,
            alignments=st.lists(concepts, **few).map(tuple),
            rubric=rubrics,
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    workload=st.builds(
        Workload,
        hours=st.decimals(Decimal("0.25"), Decimal(5000), places=2),
        credits_ects=st.none() | st.decimals(Decimal("0.25"), Decimal(180), places=2),
    ),
    level=levels | st.builds(Level, concept=eqf),
    assessment=st.builds(
        Assessment,
        types=st.lists(concepts, min_size=1, max_size=2).map(tuple),
        description=maybe_french,
        supervision=st.none() | concepts,
        identity_check=maybe_french,
    ),
    participation=st.lists(concepts, min_size=1, max_size=2).map(tuple),
    quality_assurance=st.lists(
        st.builds(QualityAssurance, kind=concepts, name=french, url=st.just("") | urls),
        min_size=1,
        max_size=3,
        unique_by=lambda quality: (quality.kind.iri, quality.name),
    ).map(tuple),
    languages=st.lists(st.sampled_from(["fr", "en", "oc", "pt-BR"]), max_size=3, unique=True).map(tuple),
    recognition=st.builds(
        Recognition, status=st.sampled_from(RecognitionStatus), code=maybe, title=maybe, certifying_body=maybe
    ),
    prerequisites=maybe_french,
    stackability=maybe_french,
    stacks_into=st.lists(concepts, **few).map(tuple),
    parts=st.lists(st.builds(Part, id=urns | urls, title=french), **few).map(tuple),
    further_information=maybe_french,
    url=st.just("") | urls,
    image_svg=st.just("") | plain,
)
without_results = st.builds(
    Credential,
    id=urns,
    holder=st.builds(Holder, name=plain, given_name=maybe, family_name=maybe, identifier=maybe),
    issuer=st.builds(
        Issuer,
        id=urns.map(lambda urn: "did:web:example.org:" + urn[-12:]),
        name=plain,
        country_code=st.sampled_from(["FR", "ES", "PT"]),
        country=maybe,
        region=maybe,
        locality=maybe,
        url=st.just("") | urls,
        email=maybe,
        identifiers=st.lists(st.builds(Identifier, scheme=plain, value=plain), **few).map(tuple),
    ),
    micro_credential=micro_credentials,
    awarded_on=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    valid_from=moments_utc,
    valid_until=st.none() | st.just(datetime(2200, 1, 1, tzinfo=UTC)),
    grade=maybe,
    status=st.lists(
        st.builds(
            StatusEntry,
            list_url=urls,
            index=st.integers(0, 131_071),
            purpose=st.sampled_from(["revocation", "suspension"]),
        ),
        max_size=2,
    ).map(tuple),
    evidence=st.lists(
        st.builds(Evidence, name=french, description=maybe_french, id=st.just("") | urls, kind=maybe), **few
    ).map(tuple),
)


@st.composite
def credentials(draw: st.DrawFn) -> Credential:
    """In which each thing has its own id, and some outcomes have a result."""
    credential = draw(without_results)
    micro = credential.micro_credential
    ids = [
        credential.id,
        credential.issuer.id,
        micro.id,
        *(outcome.id for outcome in micro.outcomes),
        *(level.id for outcome in micro.outcomes for level in outcome.rubric),
        *(part.id for part in micro.parts),
        *(each.id for each in credential.evidence if each.id),
    ]
    assume(len(ids) == len(set(ids)))
    told = (
        OutcomeResult(
            outcome.id, draw(st.sampled_from(["", *(level.id for level in outcome.rubric)])), draw(maybe)
        )
        for outcome in micro.outcomes
    )
    return replace(credential, results=tuple(each for each in told if each.level_id or each.value))


@given(credentials())
@settings(max_examples=50, deadline=None)
def test_what_is_written_reads_back(credential: Credential) -> None:
    document = open_badges_3.to_document(credential)

    met = open_badges_3.from_document(json.loads(json.dumps(document)))
    assert met == credential
    assert open_badges_3.read_any(document) == credential
    assert losses(credential, met) == ()
    assert jsonld.to_quads(document)


def test_the_same_credential_gives_the_same_document() -> None:
    assert open_badges_3.to_document(example_credential()) == open_badges_3.to_document(example_credential())


def test_the_subject_is_a_fresh_urn_for_each_credential() -> None:
    one = open_badges_3.to_document(example_credential())["credentialSubject"]["id"]
    other = open_badges_3.to_document(
        replace(example_credential(), id="urn:uuid:" + "0" * 8 + "-0000-4000-8000-" + "0" * 12)
    )

    assert one.startswith("urn:uuid:")
    assert one != other["credentialSubject"]["id"]


# What is refused when issuing.


def with_title(title: str) -> Callable[[Credential], Credential]:
    return lambda credential: replace(
        credential, micro_credential=replace(credential.micro_credential, title=Text((("fr", title),)))
    )


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\ud800", "\ufffe", "\U0001ffff"])
def test_forbidden_characters_are_refused_wherever_they_are(sign: str) -> None:
    text = f"a{sign}b"
    credential = example_credential()
    micro = credential.micro_credential
    for changed, where in (
        (replace(credential, holder=replace(credential.holder, name=text)), "credentialSubject.identifier"),
        (replace(credential, issuer=replace(credential.issuer, region=text)), "issuer.address.addressRegion"),
        (replace(credential, grade=text), "result"),
        (replace(credential, micro_credential=replace(micro, version=text)), "credentialSubject.achievement"),
    ):
        with pytest.raises(ForbiddenCharacterError, match=f"U\\+{ord(sign):04X}") as met:
            open_badges_3.to_document(changed)
        assert where in str(met.value)


def naive(credential: Credential) -> Credential:
    return replace(credential, valid_from=EXAMPLE_MOMENT.replace(tzinfo=None))


def ends_first(credential: Credential) -> Credential:
    return replace(credential, valid_until=credential.valid_from - timedelta(days=1))


def no_outcomes(credential: Credential) -> Credential:
    return replace(credential, micro_credential=replace(credential.micro_credential, outcomes=()))


def odd_language(credential: Credential) -> Credential:
    return replace(
        credential,
        micro_credential=replace(credential.micro_credential, title=Text((("x-klingon", "Haie"),))),
    )


def odd_id(credential: Credential) -> Credential:
    return replace(credential, id="7d9f6a52")


def odd_url(credential: Credential) -> Credential:
    return replace(credential, issuer=replace(credential.issuer, url="javascript:alert(1)"))


def same_outcome_twice(credential: Credential) -> Credential:
    outcomes = credential.micro_credential.outcomes
    return replace(
        credential, micro_credential=replace(credential.micro_credential, outcomes=(outcomes[0], outcomes[0]))
    )


def endless_credits(credential: Credential) -> Credential:
    workload = Workload(Decimal(35), Decimal(1) / Decimal(3))
    return replace(credential, micro_credential=replace(credential.micro_credential, workload=workload))


def huge_picture(credential: Credential) -> Credential:
    return replace(credential, micro_credential=replace(credential.micro_credential, image_svg="x" * 100_000))


def negative_index(credential: Credential) -> Credential:
    return replace(credential, status=(StatusEntry("https://example.org/status/1", -1),))


def unlabelled(credential: Credential) -> Credential:
    concept = Concept("https://example.org/x", NO_TEXT, "x")
    return replace(
        credential, micro_credential=replace(credential.micro_credential, participation=(concept,))
    )


@pytest.mark.parametrize(
    "change",
    [
        naive,
        ends_first,
        no_outcomes,
        odd_language,
        odd_id,
        odd_url,
        same_outcome_twice,
        endless_credits,
        huge_picture,
        negative_index,
        unlabelled,
    ],
)
def test_what_cannot_be_written_is_refused(change: Callable[[Credential], Credential]) -> None:
    with pytest.raises(DataModelError):
        open_badges_3.to_document(change(example_credential()))


# What is refused when reading.


def test_an_outcome_that_was_not_reached_is_not_read() -> None:
    document = open_badges_3.to_document(example_credential())
    document["credentialSubject"]["result"][1]["status"] = "Failed"

    met = open_badges_3.from_document(document)

    outcomes = example_credential().micro_credential.outcomes
    assert met.micro_credential.outcomes == (outcomes[0], outcomes[2])


def test_a_hashed_name_is_not_a_name() -> None:
    document = open_badges_3.to_document(example_credential())
    for hashed in (True, "false", None, {"@value": False}):
        document["credentialSubject"]["identifier"][0]["hashed"] = hashed

        with pytest.raises(DataModelError):
            open_badges_3.from_document(document)


@pytest.mark.parametrize(
    "change",
    [
        {"type": ["VerifiableCredential"]},
        {"type": "OpenBadgeCredential"},
        {"type": None},
        {"credentialSubject": []},
        {"credentialSubject": "urn:x"},
        {"credentialSubject": {}},
        {"issuer": "did:example:x"},
        {"id": 5},
        {"awardedDate": "yesterday"},
        {"validUntil": ["2030-01-01T00:00:00Z"]},
        {"credentialStatus": "urn:x"},
        {"credentialStatus": {"type": "Other"}},
    ],
)
def test_another_document_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(DataModelError):
        open_badges_3.from_document(open_badges_3.to_document(example_credential()) | change)


@pytest.mark.parametrize("index", ["-1", "+1", "01", "1.0", "", "1" * 20, "१", 5, None, ["5"]])
def test_an_index_that_is_not_a_whole_number_is_refused(index: object) -> None:
    entry = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": index,
        "statusListCredential": "https://example.org/status/1",
    }

    with pytest.raises(DataModelError):
        status_entries({"credentialStatus": entry})


@given(plain)
def test_names_of_schemes_round_trip(scheme: str) -> None:
    met = terms.scheme_to_type(scheme)

    assert met.isascii()
    assert terms.type_to_scheme(met) == scheme


def test_names_of_schemes() -> None:
    assert terms.scheme_to_type("SIRET") == "ext:SIRET"
    assert terms.type_to_scheme("nationalIdentityNumber") == "nationalIdentityNumber"
    with pytest.raises(DataModelError):
        terms.type_to_scheme("ext:_FF")
