"""Issuing for anybody, under our own name and no other."""

from __future__ import annotations

from typing import Any

import pytest
from tests.jalon.api.vc_api.conftest import Door, credential

from sceau.canon.contexts import (
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    DATA_INTEGRITY_V2,
    EXAMPLES_V2,
    UNDEFINED_TERMS_V2,
)

SUITES = {
    "eddsa-rdfc-2022": "did:key:z6Mk",
    "eddsa-jcs-2022": "did:key:z6Mk",
    "ecdsa-rdfc-2019": "did:key:zDna",
    "ecdsa-jcs-2019": "did:key:zDna",
}


@pytest.mark.parametrize("suite", SUITES)
def test_each_cryptosuite_issues_and_verifies(door: Door, suite: str) -> None:
    issued = door.issued(cryptosuite=suite)

    assert issued["issuer"].startswith(SUITES[suite])
    assert issued["proof"]["cryptosuite"] == suite
    assert issued["proof"]["verificationMethod"].startswith(issued["issuer"] + "#")
    verified = door.verify(issued)
    assert (verified.status, verified.body["verified"], verified.body["errors"]) == (200, True, [])
    assert "proof" in verified.body["checks"]
    assert [warning["code"] for warning in verified.body["warnings"]] == ["issuer.unknown"]


def test_without_options_the_issuer_says_the_key(door: Door) -> None:
    p256 = door.issued(cryptosuite="ecdsa-jcs-2019")["issuer"]

    answer = door.post("credentials/issue", credential=credential(issuer=p256))
    stranger = door.post("credentials/issue", credential=credential(), options=None)

    assert answer.body["verifiableCredential"]["proof"]["cryptosuite"] == "ecdsa-rdfc-2019"
    assert stranger.body["verifiableCredential"]["proof"]["cryptosuite"] == "eddsa-rdfc-2022"


def test_nobody_signs_in_the_name_of_somebody_else(door: Door) -> None:
    issued = door.issued(credential(issuer={"id": "did:example:somebody", "name": "Somebody"}))

    assert issued["issuer"]["id"].startswith("did:key:z6Mk")
    assert issued["issuer"]["name"] == "Somebody"


@pytest.mark.parametrize(
    "issuer", [..., None, "fake", {"id": None}, {"id": "fake"}, {"name": "x"}, ["did:x:y"]]
)
def test_an_issuer_that_is_none_is_refused_before_it_is_replaced(door: Door, issuer: Any) -> None:
    assert door.issue(credential(issuer=issuer)).codes == ["model.invalid"]


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        ({"@context": [CREDENTIALS_V2, EXAMPLES_V2], "type": ["VerifiableCredential", "Ex"]}, 201),
        ({"@context": [CREDENTIALS_V2, UNDEFINED_TERMS_V2], "hobby": "knitting"}, 201),
        ({"@context": [CREDENTIALS_V2, {"Ex": "https://example.org/#Ex"}]}, 201),
        ({"type": ["VerifiableCredential", "https://example.org/#Ex"]}, 201),
        ({"validFrom": "2023-02-26T01:19:19Z", "validUntil": "2023-02-26T01:19:20Z"}, 201),
        ({"name": {"@value": "x", "@language": "en", "@direction": "ltr"}}, 201),
        ({"credentialSchema": {"id": "did:example:schema", "type": "https://example.org/#Ex"}}, 201),
        ({"@context": ...}, 400),
        ({"@context": [EXAMPLES_V2]}, 400),
        ({"@context": [CREDENTIALS_V2, "https ://not-a-url"]}, 400),
        ({"@context": [CREDENTIALS_V2, 123192875]}, 400),
        ({"@context": [CREDENTIALS_V2, {"VerifiableCredential": "https://example.org/#Bad"}]}, 400),
        ({"@context": [CREDENTIALS_V2, {"@vocab": None}], "type": ["VerifiableCredential", "Ex"]}, 400),
        ({"type": ["VerifiableCredential", "Ex"]}, 400),
        ({"credentialSubject": {"hobby": "knitting"}}, 400),
        ({"credentialSubject": ...}, 400),
        ({"id": None}, 400),
        ({"validFrom": "Sat 25 Feb 2023"}, 400),
        ({"credentialStatus": {"id": "did:example:status"}}, 400),
        ({"statusEntry": {"type": "BitstringStatusListEntry", "statusListIndex": True}}, 400),
        ({"relatedResource": {"id": CREDENTIALS_V2, "digestMultibase": "uM4RgWQc3RUDtjJCSgTJtTfvpZ7"}}, 400),
        ({"name": "a\u0007b"}, 400),
        ({"proof": {}}, 400),
    ],
)
@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_what_is_issued_and_what_is_not(door: Door, suite: str, entries: dict[str, Any], status: int) -> None:
    answer = door.issue(credential(**entries), cryptosuite=suite)

    assert answer.status == status, answer.body
    if status == 400:
        assert answer.body["errors"][0]["detail"].startswith("expected")
        assert answer.body["errors"][0]["type"].startswith("https://www.w3.org/TR/vc-data-model#")


def test_the_version_before_gets_the_context_of_its_proof(door: Door) -> None:
    inline = {"name": "https://schema.org/name"}
    issued = door.issued(
        credential(
            **{"@context": [CREDENTIALS_V1, inline]},
            issuanceDate="2026-06-01T00:00:00Z",
            credentialSubject={"id": "urn:x", "name": "Alice"},
        )
    )

    assert issued["@context"] == [CREDENTIALS_V1, DATA_INTEGRITY_V2, inline]
    assert door.verify(issued).status == 200


def test_options_go_into_the_proof(door: Door) -> None:
    issued = door.issued(
        created="2026-06-01T10:00:00+02:00", challenge="3f9c", domain="verifier.example", mandatoryPointers=[]
    )

    assert issued["proof"]["created"] == "2026-06-01T08:00:00Z"
    assert (issued["proof"]["challenge"], issued["proof"]["domain"]) == ("3f9c", "verifier.example")


@pytest.mark.parametrize(
    "options",
    [
        {"cryptosuite": "UnknownCryptosuite"},
        {"cryptosuite": 5},
        {"created": "yesterday"},
        {"created": 5},
        {"challenge": 5},
        {"domain": ["a"]},
        {"expectedProofPurpose": 5},
        {"credentialStatus": "revocation"},
        {"credentialStatus": []},
        {"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "message"}},
        {"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": ["revocation"]}},
        {"credentialStatus": [{"type": "BitstringStatusListEntry"}] * 5},
    ],
)
def test_options_that_cannot_be_read(door: Door, options: dict[str, Any]) -> None:
    answer = door.issue(credential(), **options)

    assert answer.status == 400
    assert answer.codes == ["model.invalid"]
