"""European Digital Credentials: all of Annex I goes in, every term is known, and it is read back equal."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sceau.formats.european_records import PNG, RECORDS, hours_of_work, pictures_for, records

from sceau.errors import (
    DataModelError,
    ForbiddenCharacterError,
    SceauError,
    UndefinedTermError,
    UnsupportedStatusError,
)
from sceau.formats import data_model, european
from sceau.formats.european import codes, terms
from sceau.formats.european.qualifications import duration
from sceau.formats.european.reading import hours
from sceau.formats.losses import ELEMENTS, Kept, Loss, losses
from sceau.model import annex_i
from sceau.model.concepts import Concept
from sceau.model.credential import Credential, Evidence, Holder, Identifier, OutcomeResult, StatusEntry
from sceau.model.micro_credential import (
    LearningOutcome,
    Level,
    Part,
    QualityAssurance,
    RubricLevel,
    Workload,
)
from sceau.model.texts import NO_TEXT, Text
from sceau.testing import EXAMPLE_MOMENT

UNSEALED = RECORDS["as it stands"]
SNB = "http://data.europa.eu/snb/"


def written(credential: Credential = UNSEALED) -> dict[str, Any]:
    return european.to_document(credential, pictures=pictures_for(credential))


def read_back(credential: Credential) -> Credential:
    """Through the bytes, as a file would go."""
    return european.from_document(json.loads(json.dumps(written(credential))))


def claim_of(document: Mapping[str, Any]) -> dict[str, Any]:
    claim: dict[str, Any] = document["credentialSubject"]["hasClaim"][0]
    return claim


# Where each of the eleven elements stands, by the standard's own terms.


@pytest.mark.parametrize(
    ("element", "found", "wanted"),
    [
        ("learner", lambda d: d["credentialSubject"]["fullName"], {"fr": "Camille Exemple"}),
        ("title", lambda d: claim_of(d)["title"], {"fr": "Planter et entretenir une haie champêtre"}),
        (
            "country",
            lambda d: d["issuer"]["location"][0]["address"][0]["countryCode"]["id"],
            "http://publications.europa.eu/resource/authority/country/FRA",
        ),
        (
            "awarding_body",
            lambda d: claim_of(d)["awardedBy"]["awardingBody"][0]["legalName"],
            {"fr": "Atelier du bocage (organisme fictif)"},
        ),
        ("date", lambda d: claim_of(d)["awardedBy"]["awardingDate"], "2026-06-01T00:00:00Z"),
        (
            "outcomes",
            lambda d: [each["title"]["fr"] for each in claim_of(d)["specifiedBy"]["learningOutcome"]],
            [str(each.statement) for each in UNSEALED.micro_credential.outcomes],
        ),
        ("workload", lambda d: claim_of(d)["specifiedBy"]["volumeOfLearning"], "PT35H"),
        ("level", lambda d: claim_of(d)["specifiedBy"]["eqfLevel"]["id"], f"{SNB}eqf/4"),
        (
            "assessment",
            lambda d: claim_of(d)["provenBy"][0]["specifiedBy"]["dcType"]["id"],
            f"{SNB}assessment/6a4db9f11d",
        ),
        (
            "participation",
            lambda d: [each["id"] for each in claim_of(d)["specifiedBy"]["mode"]],
            [f"{SNB}learning-assessment/45bb6fa1de"],
        ),
        (
            "quality_assurance",
            lambda d: [
                (each["dcType"]["id"], each["title"])
                for each in claim_of(d)["awardedBy"]["awardingBody"][0]["accreditation"]
            ],
            [(f"{SNB}accreditation/bb4618238e", {"fr": "Qualiopi"})],
        ),
    ],
    ids=list(annex_i.ELEMENTS),
)
def test_each_element_stands_where_the_model_has_it(
    element: str, found: Callable[[dict[str, Any]], Any], wanted: Any
) -> None:
    assert element in annex_i.ELEMENTS
    assert found(written()) == wanted


def test_the_envelope_is_that_of_the_commission() -> None:
    document = written()

    assert document["@context"] == [
        "https://www.w3.org/2018/credentials/v1",
        "http://data.europa.eu/snb/model/context/edc-ap",
    ]
    assert document["type"] == ["VerifiableCredential", "EuropeanDigitalCredential"]
    assert document["credentialSchema"] == [
        {"id": "http://data.europa.eu/snb/model/ap/edc-generic-full", "type": "ShaclValidator2017"}
    ]
    assert [each["id"] for each in document["credentialProfiles"]] == [f"{SNB}credential/e34929035b"]
    begins, ends = "2026-06-02T08:00:00Z", "2031-06-02T08:00:00Z"
    assert [document[key] for key in ("issuanceDate", "issued", "validFrom")] == [begins] * 3
    assert [document[key] for key in ("expirationDate", "validUntil")] == [ends] * 2
    assert document["issuer"] == claim_of(document)["awardedBy"]["awardingBody"][0]


@pytest.mark.parametrize("name", RECORDS)
def test_it_is_a_credential_of_vc_1_1(name: str) -> None:
    data_model.check(written(RECORDS[name]))


def test_the_stack_is_told_both_ways() -> None:
    what = claim_of(written(RECORDS["everything, in two languages"]))["specifiedBy"]

    assert [(each["type"], each["title"]["fr"]) for each in what["hasPart"]] == [
        ("Qualification", "Choisir les essences"),
        ("Qualification", "Planter en équipe"),
    ]
    assert what["isPartOf"][0]["title"] == {"fr": "Parcours d’agroforesterie", "en": "Agroforestry path"}
    assert what["isPartialQualification"] is True
    assert "isPartialQualification" not in claim_of(written(RECORDS["the least"]))["specifiedBy"]


def test_several_types_of_assessment_are_parts_of_one_assessment_with_one_grade() -> None:
    (assessment,) = claim_of(written(RECORDS["everything, in two languages"]))["provenBy"]

    assert assessment["grade"]["noteLiteral"] == {"fr": "16/20"}
    assert "dcType" not in assessment["specifiedBy"]
    assert [each["dcType"]["id"].rpartition("/")[2] for each in assessment["specifiedBy"]["hasPart"]] == [
        "6a4db9f11d",
        "d30284d7df",
    ]


def test_a_grade_nobody_gave_is_said_to_be_implied_and_read_back_as_none() -> None:
    credential = replace(UNSEALED, grade="")
    grade = claim_of(written(credential))["provenBy"][0]["grade"]

    assert grade["noteLiteral"] == {"fr": "Acquis", "en": "Passed"}
    assert grade["subject"]["prefLabel"] == {"fr": "Déduit de l’attribution", "en": "Implied by the award"}
    assert read_back(credential).grade == ""
    assert read_back(replace(UNSEALED, grade="Acquis")).grade == "Acquis"


def test_no_country_is_made_up_for_who_stands_behind_a_quality_assurance() -> None:
    agent = written()["issuer"]["accreditation"][0]["accreditingAgent"]

    assert agent["legalName"] == {"fr": "Qualiopi"}
    assert agent["location"][0]["description"] == {"fr": "Pays non indiqué", "en": "Country not stated"}
    assert agent["location"][0]["address"][0]["countryCode"]["id"].endswith("/OP_DATPRO")


def test_a_quality_assurance_of_the_training_stands_at_the_training() -> None:
    document = written(RECORDS["everything, in two languages"])
    of_body = document["issuer"]["accreditation"]
    of_training = claim_of(document)["specifiedBy"]["accreditation"]

    assert [each["title"]["fr"] for each in of_body] == ["Qualiopi"]
    assert [each["title"]["fr"] for each in of_training] == ["Label de branche"]


@pytest.mark.parametrize(
    ("iri", "term"),
    [
        (f"{SNB}eqf/4", "eqfLevel"),
        (f"{SNB}qdr/c_c8bc1cb9", "nqfLevel"),
        ("https://www.francecompetences.fr/cadre#niveau-4", "educationLevel"),
    ],
)
def test_a_level_claims_no_scheme_that_it_is_not_part_of(iri: str, term: str) -> None:
    level = Level(Concept(iri, Text.of({"fr": "Niveau 4"}), "Cadre", "4"))
    micro = replace(UNSEALED.micro_credential, level=level)
    what = claim_of(written(replace(UNSEALED, micro_credential=micro)))["specifiedBy"]

    assert [key for key in what if key.endswith("Level")] == [term]
    assert read_back(replace(UNSEALED, micro_credential=micro)).micro_credential.level == level


def test_a_siret_is_the_number_of_registration() -> None:
    issuer = written()["issuer"]

    assert (issuer["registration"]["notation"], issuer["registration"]["type"]) == (
        "00000000000000",
        "LegalIdentifier",
    )
    assert [(each["schemeName"], each["notation"]) for each in issuer["identifier"]] == [
        ("NDA", "00000000000")
    ]


# The pictures.


def test_there_is_one_picture_for_each_language_of_the_title() -> None:
    display = written(RECORDS["everything, in two languages"])["displayParameter"]

    assert [each["language"]["id"].rpartition("/")[2] for each in display["individualDisplay"]] == [
        "FRA",
        "ENG",
    ]
    assert display["primaryLanguage"]["id"].endswith("/FRA")
    image = display["individualDisplay"][0]["displayDetail"][0]["image"]
    assert image["contentType"]["id"].endswith("/file-type/PNG")


def test_a_language_without_its_picture_is_refused() -> None:
    with pytest.raises(DataModelError, match=r"in each language of its title, met none in \['en'\]"):
        european.to_document(RECORDS["everything, in two languages"], pictures={"fr": PNG})


def test_where_there_is_explicitly_no_picture_none_is_made_up() -> None:
    display = european.to_document(UNSEALED, pictures={})["displayParameter"]

    assert "individualDisplay" not in display
    assert display["title"] == {"fr": "Planter et entretenir une haie champêtre"}


@pytest.mark.parametrize(
    "picture",
    [b"", b"<svg/>", b"GIF89a", PNG + b"0" * 4_000_000],
    ids=["nothing", "svg", "gif", "too large"],
)
def test_a_picture_is_a_png_or_a_jpeg(picture: bytes) -> None:
    with pytest.raises(DataModelError, match="PNG or JPEG of at most 4000000 bytes"):
        european.to_document(UNSEALED, pictures={"fr": picture})


def test_a_renderer_is_asked_for_each_language_of_the_title() -> None:
    class Renderer:
        def render(self, credential: Credential, language: str) -> tuple[bytes, str]:
            return PNG + language.encode(), "image/png"

    credential = RECORDS["everything, in two languages"]

    assert european.pictures_by(Renderer(), credential) == {"fr": PNG + b"fr", "en": PNG + b"en"}


# What only the sealer knows.


def test_the_sealer_adds_when_and_by_whose_certificate() -> None:
    document = written()
    sealed = european.for_seal(
        document,
        identifier="VATFR-00000000000",
        country_code="FR",
        sealed_at=datetime(2026, 6, 3, tzinfo=UTC),
    )

    assert sealed["issued"] == "2026-06-03T00:00:00Z"
    assert sealed["issuer"]["eIDASIdentifier"]["notation"] == "VATFR-00000000000"
    assert "eIDASIdentifier" not in document["issuer"]
    assert losses(UNSEALED, european.from_document(sealed)) == (Loss("picture", Kept.NOT),)
    with pytest.raises(DataModelError, match="organizationIdentifier"):
        european.for_seal(document, identifier=" ", country_code="FR", sealed_at=EXAMPLE_MOMENT)


# What is refused.


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"participation": ()}, "without participation"),
        ({"title": NO_TEXT}, "without title"),
        ({"workload": Workload(Decimal("Infinity"))}, "plain number of hours"),
        ({"workload": Workload(Decimal("1E+9"))}, "plain number of hours"),
        ({"workload": Workload(Decimal(35), Decimal("NaN"))}, "plain number of credits"),
        ({"languages": ("français",)}, "language tag"),
        ({"title": Text((("fr", "a"), ("FR", "b")))}, "each language once"),
        ({"title": Text((("en us", "a"),))}, "language tag"),
        ({"id": "haie"}, "absolute URL or URN in micro_credential.id"),
        ({"url": "javascript:alert(1)"}, "absolute URL or URN"),
        ({"id": "elm:Qualification"}, "absolute URL or URN"),
        ({"parts": (Part("urn:uuid:1", NO_TEXT),)}, "parts to have a title"),
        ({"parts": (Part("urn:uuid:1", Text.of({"fr": "a"})),) * 2}, "an id twice"),
        ({"parts": (Part(UNSEALED.micro_credential.id, Text.of({"fr": "a"})),)}, "each id to name one thing"),
        (
            {
                "quality_assurance": (
                    QualityAssurance(Concept("urn:uuid:1", NO_TEXT, ""), Text.of({"fr": "a"})),
                )
            },
            "Europass accreditation type",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else ", ".join(value),
)
def test_what_cannot_be_written_is_named(change: dict[str, Any], message: str) -> None:
    credential = replace(UNSEALED, micro_credential=replace(UNSEALED.micro_credential, **change))

    with pytest.raises(DataModelError, match=message):
        european.to_document(credential, pictures={"fr": PNG})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"issuer": replace(UNSEALED.issuer, country_code="ZZ")}, "country code"),
        ({"issuer": replace(UNSEALED.issuer, identifiers=(Identifier("NDA", ""),))}, "identifier 'NDA'"),
        ({"valid_until": EXAMPLE_MOMENT}, "end after it begins"),
        ({"valid_from": EXAMPLE_MOMENT.replace(tzinfo=None)}, "with its zone"),
        ({"results": (OutcomeResult("urn:uuid:1"),)}, "results of known outcomes"),
        ({"evidence": (Evidence(NO_TEXT),)}, "evidence to have a name"),
        ({"status": (StatusEntry("https://a.example/1", -1),)}, "place in a status list"),
        ({"status": (StatusEntry("https://a.example/1#2", 1),)}, "place in a status list"),
    ],
    ids=lambda value: value if isinstance(value, str) else ", ".join(value),
)
def test_what_cannot_be_written_of_the_award_is_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(DataModelError, match=message):
        european.to_document(replace(UNSEALED, **change), pictures={"fr": PNG})


def test_control_characters_are_refused() -> None:
    with pytest.raises(ForbiddenCharacterError, match="fullName"):
        written(replace(UNSEALED, holder=Holder("Camille\x07")))


# Unknown terms are errors of ours.


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        ((), "awardedDate", "2026-06-01"),
        (("issuer",), "legalname", {"fr": "Atelier"}),
        (("issuer",), "validFrom", "2026-06-02T08:00:00Z"),
        (("issuer",), "legalName", "Atelier"),
        (("issuer",), "legalName", {}),
        (("issuer",), "legalName", {"fr": ""}),
        (("issuer",), "type", "Organization"),
        (("issuer",), "id", None),
        (("credentialSubject", "hasClaim", 0), "specifiedBy", "urn:uuid:1"),
        (("credentialSubject", "hasClaim", 0, "specifiedBy"), "mode", []),
        (("credentialSubject", "hasClaim", 0, "specifiedBy"), "volumeOfLearning", {"fr": "35 h"}),
    ],
    ids=[
        "unknown",
        "misspelt",
        "only at the top",
        "a string for words",
        "no words",
        "empty words",
        "unknown type",
        "no id",
        "a link for a thing",
        "an empty list",
        "words for a value",
    ],
)
def test_a_term_that_would_vanish_is_our_error(path: tuple[Any, ...], key: str, value: Any) -> None:
    document = written()
    place: Any = document
    for step in path:
        place = place[step]
    place[key] = value

    with pytest.raises(UndefinedTermError):
        terms.check(document)


# Read back.


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        ("as it stands", {"picture": Kept.NOT}),
        ("the least", {}),
        ("no level", {"picture": Kept.NOT}),
        ("a level of the French framework", {"picture": Kept.NOT}),
        ("a level of another national framework", {"picture": Kept.NOT}),
        ("no ECTS, no end", {"picture": Kept.NOT}),
        (
            "everything, in two languages",
            {"picture": Kept.NOT, "rubrics": Kept.NOT, "evidence": Kept.PARTLY, "status": Kept.PARTLY},
        ),
        ("of a RNCP bloc", {"picture": Kept.NOT}),
    ],
)
def test_what_is_lost_is_known(name: str, lost: dict[str, Kept]) -> None:
    credential = RECORDS[name]

    assert {loss.element: loss.kept for loss in losses(credential, read_back(credential))} == lost
    assert annex_i.missing(read_back(credential)) == ()


def test_the_first_label_of_a_concept_holds_wherever_it_occurs() -> None:
    skill = f"{terms.ESCO_SKILL}00000000-0000-4000-8000-000000000009"
    outcomes = tuple(
        LearningOutcome(
            f"urn:uuid:{number}",
            Text.of({"fr": "Planter"}),
            (Concept(skill, Text.of({"fr": label}), "ESCO"),),
        )
        for number, label in enumerate(("planter", "mettre en terre"))
    )
    credential = replace(UNSEALED, micro_credential=replace(UNSEALED.micro_credential, outcomes=outcomes))
    back = read_back(credential)

    assert {str(each.alignments[0].label) for each in back.micro_credential.outcomes} == {"planter"}
    assert Loss("alignments", Kept.PARTLY) in losses(credential, back)


@settings(max_examples=150, deadline=None)
@given(records())
def test_what_goes_in_comes_back_equal(credential: Credential) -> None:
    back = read_back(credential)

    assert losses(credential, back) == ()
    # The order of what one term holds is kept; ESCO skills stand apart from the others, and so does what
    # assures the quality of the training.
    assert back.micro_credential.outcomes == tuple(
        replace(
            each,
            alignments=tuple(sorted(each.alignments, key=lambda c: not c.iri.startswith(terms.ESCO_SKILL))),
        )
        for each in credential.micro_credential.outcomes
    )
    assert {name for name in ELEMENTS if name in annex_i.missing(back)} == set()


@given(hours_of_work)
def test_hours_come_back_as_they_were(number: Decimal) -> None:
    assert hours(duration(number)) == number


@pytest.mark.parametrize(
    ("written_as", "told"),
    [
        ("PT60H", "60"),
        ("P2DT12H", "60"),
        ("PT7H30M", "7.5"),
        ("P1W", "168"),
        ("PT90S", "0.025"),
        ("PT20M", "0.3333"),
        ("P60M", "0"),
        ("P1Y", "0"),
        ("60", "0"),
        ("-PT1H", "0"),
        ("", "0"),
        ("PT" + "9" * 40 + "H", "0"),
    ],
)
def test_durations_of_others_are_read_where_they_can_be_told_in_hours(written_as: str, told: str) -> None:
    assert hours(written_as) == Decimal(told)


def test_the_same_credential_gives_the_same_document() -> None:
    assert written() == written()


# Countries and languages.


def test_countries_go_there_and_back() -> None:
    assert [codes.country_code(codes.country_iri(each)) for each in codes.COUNTRIES] == list(codes.COUNTRIES)


def test_languages_go_there_and_back() -> None:
    tags = [*codes.LANGUAGES, "gsw"]

    assert [codes.language_tag(codes.language_iri(tag)) for tag in tags] == tags


@pytest.mark.parametrize("iri", ["", "FRA", "fr", "http://example.org/FRA", f"{codes.LANGUAGE}/OP_DATPRO"])
def test_other_addresses_are_no_language_and_no_country(iri: str) -> None:
    assert (codes.language_tag(iri), codes.country_code(iri)) == ("", "")


# What others wrote, well or badly.


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    document = deepcopy(written())
    change(document)
    return document


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(title=5) or claim_of(d)["specifiedBy"].update(title=5),
        lambda d: claim_of(d)["specifiedBy"].update(title=["a"]),
        lambda d: claim_of(d)["specifiedBy"].update(title={"fr": 5}),
        lambda d: claim_of(d)["specifiedBy"].update(title={"fr": None}),
        lambda d: claim_of(d)["specifiedBy"].update(learningOutcome=5),
        lambda d: claim_of(d)["specifiedBy"].update(learningOutcome=[["a"]]),
        lambda d: claim_of(d)["specifiedBy"].update(volumeOfLearning={}),
        lambda d: claim_of(d)["specifiedBy"]["creditPoint"][0].update(point="beaucoup"),
        lambda d: claim_of(d)["specifiedBy"]["creditPoint"][0].update(point="1E+999999"),
        lambda d: claim_of(d)["specifiedBy"]["eqfLevel"].update(notation=True),
        lambda d: claim_of(d)["awardedBy"].update(awardingDate="hier"),
        lambda d: claim_of(d)["awardedBy"].update(awardingDate=["2026-06-01T00:00:00Z"]),
        lambda d: d["credentialSubject"].update(hasClaim=[]),
        lambda d: d["credentialSubject"].pop("hasClaim"),
        lambda d: d.update(credentialSubject=5),
        lambda d: d.update(issuer=5),
        lambda d: d.update(validFrom="2026-13-01T00:00:00Z"),
        lambda d: [d.pop(key) for key in ("validFrom", "issuanceDate", "issued")],
        lambda d: d.update(type="VerifiableCredential"),
        lambda d: d.update(type=None),
    ],
)
def test_wrong_types_are_refused_with_their_place(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(DataModelError, match=r"^expected "):
        european.from_document(changed(change))


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ({}, NO_TEXT),
        ({"fr": ""}, NO_TEXT),
        ({"fr": "  "}, NO_TEXT),
        ({"fr": []}, NO_TEXT),
        ({"fr": [""], "en": "Hedge"}, Text((("en", "Hedge"),))),
        ({"fr": ["Haie"]}, Text((("fr", "Haie"),))),
        ({"@none": "Haie"}, Text((("und", "Haie"),))),
        ("Haie", Text((("und", "Haie"),))),
        ("", NO_TEXT),
    ],
)
def test_language_maps_with_no_content_are_no_text(value: Any, read: Text) -> None:
    def change(document: dict[str, Any]) -> None:
        claim_of(document)["title"] = claim_of(document)["specifiedBy"]["title"] = value

    back = european.from_document(changed(change))

    assert back.micro_credential.title == read
    assert annex_i.missing(back) == (() if read else ("title",))


@pytest.mark.parametrize(
    ("term", "element"),
    [
        ("learningOutcome", "outcomes"),
        ("volumeOfLearning", "workload"),
        ("eqfLevel", "level"),
        ("mode", "participation"),
    ],
)
def test_what_is_missing_is_empty_and_named(term: str, element: str) -> None:
    back = european.from_document(changed(lambda d: claim_of(d)["specifiedBy"].pop(term)))

    assert annex_i.missing(back) == (element,)


def test_outcomes_without_words_are_no_outcomes() -> None:
    def change(document: dict[str, Any]) -> None:
        for outcome in claim_of(document)["specifiedBy"]["learningOutcome"]:
            outcome["title"] = {"fr": ""}

    assert annex_i.missing(european.from_document(changed(change))) == ("outcomes",)


def test_a_mere_link_is_read_as_a_thing_of_which_nothing_is_said() -> None:
    back = european.from_document(
        changed(lambda d: claim_of(d).update(specifiedBy="https://example.org/q/1"))
    )

    assert (back.micro_credential.id, back.micro_credential.outcomes) == ("https://example.org/q/1", ())
    assert str(back.micro_credential.title) == "Planter et entretenir une haie champêtre"


def test_the_issuer_is_who_seals_and_the_awarding_body_is_told_apart() -> None:
    document = changed(
        lambda d: claim_of(d)["awardedBy"]["awardingBody"][0].update(legalName={"fr": "Sorbonne"})
    )

    assert european.from_document(document).issuer.name == "Atelier du bocage (organisme fictif)"
    assert [body.name for body in european.awarding_bodies(document)] == ["Sorbonne"]


def test_the_earlier_end_holds() -> None:
    back = european.from_document(changed(lambda d: d.update(expirationDate="2027-01-01T00:00:00Z")))

    assert back.valid_until == datetime(2027, 1, 1, tzinfo=UTC)


def test_the_day_of_the_award_is_the_one_that_was_written() -> None:
    back = european.from_document(
        changed(lambda d: claim_of(d)["awardedBy"].update(awardingDate="2026-06-01T00:30:00+02:00"))
    )

    assert back.awarded_on == date(2026, 6, 1)


def test_specifications_within_one_another_end_somewhere() -> None:
    deep: dict[str, Any] = {"id": "urn:uuid:1", "type": "LearningAssessmentSpecification"}
    for _ in range(200):
        deep = {"id": "urn:uuid:1", "hasPart": [deep]}

    european.from_document(changed(lambda d: claim_of(d)["provenBy"][0].update(specifiedBy=deep)))


@pytest.mark.parametrize(
    "document",
    [{}, {"type": 5}, {"type": ["VerifiableCredential"]}, {"credential": []}, {"credential": {"type": {}}}],
    ids=["empty", "a number", "another type", "a list inside", "an object as type"],
)
def test_other_documents_are_not_recognised(document: dict[str, Any]) -> None:
    assert not european.recognises(document)
    with pytest.raises(DataModelError, match="EuropeanDigitalCredential"):
        european.from_document(document)


@pytest.mark.parametrize(
    "types",
    [
        "EuropeanDigitalCredential",
        ["VerifiableCredential", "http://data.europa.eu/snb/model/elm/EuropeanDigitalCredential"],
        ["VerifiableCredential", "http://data.europa.eu/snb/model/ontology/EuropeanDigitalCredential"],
    ],
)
def test_both_releases_are_recognised(types: Any) -> None:
    assert european.recognises({"type": types})


# The status.


def test_a_status_is_its_address() -> None:
    entry = StatusEntry("https://listes.example.org/1", 42)
    document = written(replace(UNSEALED, status=(entry,)))

    assert document["credentialStatus"] == {
        "id": "https://listes.example.org/1#revocation-42",
        "type": "elm:CredentialStatus",
    }
    assert european.status_entries(document) == (entry,)


def test_of_several_the_revocation_is_written_and_the_loss_is_told() -> None:
    entries = (
        StatusEntry("https://listes.example.org/2", 7, "suspension"),
        StatusEntry("https://listes.example.org/1", 42),
    )
    credential = replace(UNSEALED, status=entries)

    assert european.status_entries(written(credential)) == entries[1:]
    assert Loss("status", Kept.PARTLY) in losses(credential, read_back(credential))


@pytest.mark.parametrize(
    "status",
    [
        {"id": "https://a.example/1", "type": "CredentialStatus"},
        {"id": "https://a.example/1#revocation-07", "type": "CredentialStatus"},
        {"id": "https://a.example/1#revocation-7", "type": "StatusList2021Entry"},
        "https://a.example/1#revocation-7",
    ],
    ids=["no place", "a zero before", "another type", "a link"],
)
def test_a_status_of_another_kind_is_not_passed_over_when_it_is_verified(status: Any) -> None:
    document = changed(lambda d: d.update(credentialStatus=status))

    assert european.from_document(document).status == ()
    with pytest.raises(UnsupportedStatusError):
        european.status_entries(document)


# Anything at all.

json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def places(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = (
        document.items()
        if isinstance(document, dict)
        else enumerate(document)
        if isinstance(document, list)
        else ()
    )
    return [found for key, value in items for found in [(*path, key), *places(value, (*path, key))]]


PLACES = places(written(RECORDS["everything, in two languages"]))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), json_values)
def test_whatever_stands_anywhere_it_is_read_or_refused(path: tuple[Any, ...], value: Any) -> None:
    document = deepcopy(written(RECORDS["everything, in two languages"]))
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    try:
        european.from_document(document)
        european.awarding_bodies(document)
    except SceauError:
        pass


def test_a_rubric_is_named_by_the_result() -> None:
    credential = RECORDS["everything, in two languages"]
    part = claim_of(written(credential))["provenBy"][0]["hasPart"][0]

    assert part["grade"]["noteLiteral"] == {"fr": "Avec aisance", "en": "With ease"}
    assert credential.micro_credential.outcomes[0].rubric[1] == RubricLevel(
        "urn:uuid:0a4f5f0c-6f1c-4b8c-8a57-d4b5a1c3e9f2", Text.of({"fr": "Avec aisance", "en": "With ease"})
    )
    assert read_back(credential).results == credential.results
