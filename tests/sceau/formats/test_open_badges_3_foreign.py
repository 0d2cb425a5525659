"""Badges of other authors: what they say is read, nothing is made up, no value is a fault of ours."""

from __future__ import annotations

import copy
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sceau.did import did_key
from sceau.did.resolver import Resolver
from sceau.errors import DataModelError
from sceau.formats import open_badges_3
from sceau.issuing import secure
from sceau.model.concepts import Concept
from sceau.model.credential import Evidence, Holder, Identifier, Issuer, OutcomeResult
from sceau.model.micro_credential import LearningOutcome, RecognitionStatus, RubricLevel
from sceau.model.texts import NO_TEXT, Text
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question
from sceau.verifying.verify import verify

LEAST: dict[str, Any] = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "validFrom": "2025-03-01T23:30:00-05:00",
    "credentialSubject": {"achievement": {"name": "Marcheur"}},
}

RICH: dict[str, Any] = {
    **LEAST,
    "id": "https://badges.example.org/1",
    "name": "Teamwork badge",
    "issuer": {
        "id": "did:web:badges.example.org",
        "type": ["Profile"],
        "name": [{"@value": "Badge school", "@language": "en"}],
        "url": "javascript:alert(1)",
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": "7", "identifierType": "ext:their_FFtype"},
            {"type": "IdentifierEntry", "identifier": "8", "identifierType": "systemId"},
        ],
    },
    "awardedDate": "2025-02-01T00:30:00+02:00",
    "validUntil": "2035-02-01T00:00:00Z",
    "credentialStatus": {"id": "https://badges.example.org/s", "type": "1EdTechRevocationList"},
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "name": "Jo Doe",
        "identifier": {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": "sha256$00",
            "identityType": "emailAddress",
            "salt": "x",
        },
        "creditsEarned": 3,
        "achievement": {
            "id": "https://badges.example.org/a",
            "type": ["Achievement"],
            "achievementType": "Badge",
            "inLanguage": "en",
            "name": "Teamwork",
            "description": "Works with others.",
            "criteria": {"id": "https://badges.example.org/c", "narrative": "Attend **three** sessions."},
            "creditsAvailable": 3,
            "image": {"id": "https://badges.example.org/a.png", "type": "Image"},
            "alignment": [
                {
                    "type": ["Alignment"],
                    "targetName": "work in teams",
                    "targetUrl": "http://data.europa.eu/esco/skill/1",
                    "targetFramework": "ESCO",
                },
                {
                    "type": ["Alignment"],
                    "targetName": "Collaborates",
                    "targetUrl": "https://case.example.org/i/2",
                    "targetType": "CFItem",
                    "targetCode": "C.2",
                },
                {
                    "type": ["Alignment"],
                    "targetName": "A degree",
                    "targetUrl": "https://example.org/degree",
                    "targetType": "ceterms:Credential",
                },
                {
                    "type": ["Alignment"],
                    "targetName": "Level 3",
                    "targetUrl": "http://data.europa.eu/snb/eqf/3",
                },
            ],
            "related": [{"id": "https://badges.example.org/a-fr", "type": ["Related"], "inLanguage": "fr"}],
            "tag": ["team"],
        },
    },
    "evidence": [
        {"id": "https://x.example/e", "type": ["Evidence"], "name": "Video", "narrative": "Of the meeting."},
        {"id": "data:text/html,<script>", "type": ["Evidence"], "description": "D", "narrative": "N"},
        "https://x.example/f",
    ],
}


def with_results(descriptions: list[dict[str, Any]], results: list[dict[str, Any]]) -> dict[str, Any]:
    document = copy.deepcopy(LEAST)
    document["credentialSubject"]["achievement"]["resultDescription"] = descriptions
    document["credentialSubject"]["result"] = results
    return document


def test_the_least_of_badges_is_read_and_what_is_missing_is_empty() -> None:
    met = open_badges_3.read_any(LEAST)

    assert met.micro_credential.title == Text((("und", "Marcheur"),))
    assert met.awarded_on == date(2025, 3, 1)
    assert met.valid_from == datetime(2025, 3, 2, 4, 30, tzinfo=UTC)
    assert met.holder == Holder("")
    assert met.issuer == Issuer("", "", "")
    assert met.valid_until is None
    assert met.grade == ""
    micro = met.micro_credential
    assert micro.workload.hours == Decimal(0)
    assert micro.workload.credits_ects is None
    assert micro.level.concept is None
    assert not micro.level.none_reason
    assert micro.recognition.status is RecognitionStatus.NONE
    for empty in (micro.outcomes, micro.assessment.types, micro.participation, micro.quality_assurance):
        assert empty == ()


def test_a_rich_badge_is_read_as_far_as_the_record_goes() -> None:
    met = open_badges_3.read_any(RICH)
    micro = met.micro_credential

    assert met.holder == Holder("Jo Doe")
    assert met.issuer == Issuer(
        "did:web:badges.example.org",
        "Badge school",
        "",
        identifiers=(Identifier("ext:their_FFtype", "7"), Identifier("systemId", "8")),
    )
    assert met.awarded_on == date(2025, 2, 1)
    assert met.status == ()
    assert micro.title == Text((("en", "Teamwork"),))
    assert micro.further_information == Text((("en", "Attend **three** sessions."),))
    assert micro.url == "https://badges.example.org/c"
    assert micro.level.concept == Concept(
        "http://data.europa.eu/snb/eqf/3", Text((("en", "Level 3"),)), "EQF", "3"
    )
    assert micro.image_svg == ""
    assert [str(outcome.statement) for outcome in micro.outcomes] == ["work in teams", "Collaborates"]
    assert micro.outcomes[1] == LearningOutcome(
        "https://case.example.org/i/2",
        Text((("en", "Collaborates"),)),
        (Concept("https://case.example.org/i/2", Text((("en", "Collaborates"),)), "", "C.2"),),
    )
    assert met.evidence == (
        Evidence(Text((("en", "Video"),)), Text((("en", "Of the meeting."),)), "https://x.example/e"),
        Evidence(NO_TEXT, Text((("en", "D\n\nN"),))),
        Evidence(NO_TEXT, id="https://x.example/f"),
    )


def test_their_credits_are_not_taken_for_ects() -> None:
    assert open_badges_3.read_any(RICH).micro_credential.workload.credits_ects is None


def test_an_issuer_named_by_its_id_alone() -> None:
    assert open_badges_3.read_any({**LEAST, "issuer": "did:example:x"}).issuer == Issuer(
        "did:example:x", "", ""
    )


def test_a_badge_in_the_manner_of_vc_1_1() -> None:
    document = {name: value for name, value in LEAST.items() if name != "validFrom"} | {
        "@context": ["https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/x"],
        "issuanceDate": "2023-05-06T07:08:09Z",
        "expirationDate": "2030-01-01T00:00:00Z",
    }

    met = open_badges_3.read_any(document)

    assert met.awarded_on == date(2023, 5, 6)
    assert met.valid_until == datetime(2030, 1, 1, tzinfo=UTC)


def test_languages_that_a_badge_states_itself() -> None:
    document = copy.deepcopy(LEAST)
    document["credentialSubject"]["achievement"]["name"] = [
        {"@value": "Tailler", "@language": "fr"},
        {"@value": "Prune", "@language": "en"},
    ]

    assert open_badges_3.read_any(document).micro_credential.title == Text(
        (("fr", "Tailler"), ("en", "Prune"))
    )


def test_a_rubric_of_theirs() -> None:
    levels = [
        {"id": "urn:x:2", "type": ["RubricCriterionLevel"], "name": "Mastered"},
        {"id": "urn:x:1", "type": ["RubricCriterionLevel"], "name": "Developing"},
    ]
    described = {
        "id": "urn:x:d",
        "name": "Teamwork",
        "resultType": "RubricCriterionLevel",
        "requiredLevel": "urn:x:2",
        "rubricCriterionLevel": levels,
    }

    met = open_badges_3.read_any(
        with_results([described], [{"resultDescription": "urn:x:d", "achievedLevel": "urn:x:2"}])
    )
    below = open_badges_3.read_any(
        with_results([described], [{"resultDescription": "urn:x:d", "achievedLevel": "urn:x:1"}])
    )

    assert met.micro_credential.outcomes[0].rubric == (
        RubricLevel("urn:x:2", Text((("und", "Mastered"),))),
        RubricLevel("urn:x:1", Text((("und", "Developing"),))),
    )
    assert met.results == (OutcomeResult("urn:x:d", "urn:x:2"),)
    assert below.micro_credential.outcomes == ()
    assert below.results == ()


@pytest.mark.parametrize(
    ("results", "grade"),
    [
        ([], ""),
        ([{"resultDescription": "urn:x:g", "value": "A"}], "A"),
        ([{"resultDescription": "urn:x:p", "value": "85"}], "85"),
        ([{"value": "Distinction"}], "Distinction"),
        (
            [{"resultDescription": "urn:x:g", "value": "A"}, {"resultDescription": "urn:x:p", "value": "85"}],
            "Grade: A; Points: 85",
        ),
        ([{"resultDescription": "urn:x:s", "value": "B"}], ""),
    ],
)
def test_grades_of_theirs(results: list[dict[str, Any]], grade: str) -> None:
    descriptions = [
        {"id": "urn:x:g", "name": "Grade", "resultType": "LetterGrade"},
        {"id": "urn:x:p", "name": "Points", "resultType": "Percent"},
        {"id": "urn:x:s", "name": "Hoped for", "resultType": "PredictedScore"},
    ]

    assert open_badges_3.read_any(with_results(descriptions, results)).grade == grade


def test_a_result_of_nothing_is_no_result_of_what_has_no_id() -> None:
    met = open_badges_3.read_any(
        with_results([{"name": "Hours", "resultType": "ext:WorkloadHours"}], [{"value": "Distinction"}])
    )

    assert met.micro_credential.workload.hours == Decimal(0)
    assert met.grade == "Distinction"


def spread(issuer: Any, creator: Any) -> dict[str, Any]:
    """A badge whose issuer made the achievement too, and is described in both places."""
    achievement = {"id": "urn:x:a", "name": "Marcheur", "creator": creator}
    return LEAST | {"issuer": issuer, "credentialSubject": {"achievement": achievement}}


ADDRESS = {"type": ["Address"], "addressCountryCode": "FR", "addressLocality": "Albi"}


@pytest.mark.parametrize(
    ("issuer", "creator"),
    [
        ({"id": "did:x:o", "name": "École", "address": ADDRESS}, {"id": "did:x:o"}),
        ({"id": "did:x:o"}, {"id": "did:x:o", "name": "École", "address": ADDRESS}),
        ("did:x:o", {"id": "did:x:o", "name": "École", "address": ADDRESS}),
        ({"id": "did:x:o", "name": "École"}, {"id": "did:x:o", "address": ADDRESS}),
        ({"id": "did:x:o", "name": "École"}, {"id": "did:x:o", "address": [ADDRESS], "name": ["École"]}),
    ],
    ids=["where it is looked for", "moved", "moved, and a mere address left", "spread", "said twice"],
)
def test_what_is_said_of_one_thing_is_read_wherever_it_stands(issuer: Any, creator: Any) -> None:
    met = open_badges_3.read_any(spread(issuer, creator))

    assert met.issuer == Issuer(id="did:x:o", name="École", country_code="FR", locality="Albi")


def test_what_was_moved_is_still_what_was_signed_and_still_shown() -> None:
    signer = key_signer()
    did = did_key.did(signer.public_key_multibase)
    profile = {"id": did, "type": ["Profile"], "name": "École", "address": ADDRESS}
    document = spread(profile, {"id": did, "type": ["Profile"]})
    document["credentialSubject"] |= {"type": ["AchievementSubject"]}
    document["credentialSubject"]["achievement"]["type"] = ["Achievement"]
    signed = secure(document, signer=signer, created=EXAMPLE_MOMENT)

    signed["credentialSubject"]["achievement"]["creator"] = profile
    signed["issuer"] = did
    report = verify(json.dumps(signed), at=EXAMPLE_MOMENT, policy=Policy(resolver=Resolver()))

    assert report.answer(Question.INTACT) is Outcome.PASSED
    assert report.document is not None
    assert open_badges_3.read_any(report.document).issuer.name == "École"


@pytest.mark.parametrize(
    "creator",
    [
        {"id": "did:x:o", "address": {**ADDRESS, "addressCountryCode": "BE"}},
        {"id": "did:x:o", "url": "https://b"},
    ],
)
def test_of_two_things_said_of_one_none_is_chosen(creator: Any) -> None:
    issuer = {"id": "did:x:o", "name": "École", "address": ADDRESS, "url": "https://a"}

    with pytest.raises(DataModelError):
        open_badges_3.read_any(spread(issuer, creator))


@pytest.mark.parametrize(
    "change",
    [
        {"type": ["VerifiableCredential"]},
        {"type": ["VerifiableCredential", "EndorsementCredential"]},
        {"type": ["OpenBadgeCredential", "EndorsementCredential"]},
        {"credentialSubject": []},
        {"credentialSubject": {"achievement": {}}},
        {"credentialSubject": {"achievement": {"name": ""}}},
        {"credentialSubject": {"achievement": {"name": []}}},
        {"credentialSubject": {"achievement": {"name": {}}}},
        {"credentialSubject": {"achievement": {"name": {"@language": "fr"}}}},
        {"credentialSubject": {"achievement": {"name": {"fr": "Haie"}}}},
        {"credentialSubject": {"achievement": {"name": {"@value": 5}}}},
        {"credentialSubject": {"achievement": {"name": {"@value": "x", "@language": 5}}}},
        {"credentialSubject": {"achievement": [{"name": "a"}, {"name": "b"}]}},
        {"credentialSubject": [LEAST["credentialSubject"], LEAST["credentialSubject"]]},
        {"credentialSubject": {"achievement": {"name": "a", "image": {"id": "data:image/svg+xml;base64,%"}}}},
        {"validFrom": None},
        {"validFrom": "2025-03-01"},
        {"awardedDate": "yesterday"},
        {"issuer": 5},
        {"evidence": [5]},
        # The same to JSON-LD as false: what it says would be left out in silence.
        {"credentialSubject": LEAST["credentialSubject"] | {"identifier": {"hashed": [False]}}},
        {"credentialStatus": {"type": "BitstringStatusListEntry", "statusListIndex": 5}},
    ],
)
def test_what_cannot_be_shown_or_is_malformed_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(DataModelError):
        open_badges_3.read_any(LEAST | change)


@pytest.mark.parametrize("document", [LEAST, RICH])
def test_what_does_not_carry_all_of_annex_i_is_no_whole_record(document: dict[str, Any]) -> None:
    with pytest.raises(DataModelError):
        open_badges_3.from_document(document)


OURS = open_badges_3.to_document(example_credential())


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of each member and item."""
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [found for key, child in children for found in ((*path, key), *places(child, (*path, key)))]


KEPT = {
    ("type",),
    ("type", 0),
    ("type", 1),
    ("validFrom",),
    ("credentialSubject",),
    ("credentialSubject", "achievement"),
}
KEPT |= {("credentialSubject", "achievement", "name"), ("@context",), ("@context", 0)}


@pytest.mark.parametrize("whole", [RICH, OURS], ids=["theirs", "ours"])
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_any_part_of_a_badge_can_be_shown(whole: dict[str, Any], data: st.DataObject) -> None:
    document = copy.deepcopy(whole)
    droppable = [path for path in places(document) if path not in KEPT and path[-1] != "@value"]
    # From behind, so that the indices of what stands before stay right.
    for path in sorted(data.draw(st.sets(st.sampled_from(droppable), max_size=12)), key=repr, reverse=True):
        drop(document, path)

    assert open_badges_3.read_any(document).micro_credential.title


def drop(document: Any, path: tuple[Any, ...]) -> None:
    for key in path[:-1]:
        try:
            document = document[key]
        except (KeyError, IndexError):
            return
    if isinstance(document, list):
        del document[path[-1] : path[-1] + 1]
    elif isinstance(document, dict):
        document.pop(path[-1], None)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("whole", [RICH, OURS], ids=["theirs", "ours"])
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_no_value_is_a_fault_of_ours(whole: dict[str, Any], data: st.DataObject) -> None:
    document = json.loads(json.dumps(whole))
    path = data.draw(st.sampled_from(places(document)))
    place: Any = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = data.draw(json_values)

    open_badges_3.recognises(document)
    for read in (
        open_badges_3.read_any,
        open_badges_3.from_document,
        open_badges_3.endorsements.from_document,
    ):
        try:
            read(document)
        except DataModelError:
            continue
