"""Each MUST of the data model, kept and not kept."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest

from sceau.canon.contexts import CREDENTIALS_V1, CREDENTIALS_V2, as_published
from sceau.errors import DataModelError
from sceau.formats import data_model
from sceau.formats.data_model import Version
from sceau.keys.multikey import base58_encode

SUBJECT = {"id": "did:example:subject"}
BYTES = as_published(CREDENTIALS_V2) or b""


def credential(**entries: Any) -> dict[str, Any]:
    """The least there may be, and *entries*; ``...`` takes one away."""
    least = {
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiableCredential"],
        "issuer": "did:example:issuer",
        "credentialSubject": SUBJECT,
    }
    return {name: value for name, value in (least | entries).items() if value is not ...}


def older(**entries: Any) -> dict[str, Any]:
    return credential(
        **{"@context": [CREDENTIALS_V1], "issuanceDate": "2026-06-01T00:00:00Z"} | entries,
    )


def presentation(**entries: Any) -> dict[str, Any]:
    least = {"@context": [CREDENTIALS_V2], "type": ["VerifiablePresentation"]}
    return {name: value for name, value in (least | entries).items() if value is not ...}


def sri(kind: str, data: bytes) -> str:
    return f"{kind}-{base64.b64encode(hashlib.new(kind, data).digest()).decode()}"


def multibase(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def resource(**entries: Any) -> dict[str, Any]:
    return {"relatedResource": {"id": CREDENTIALS_V2, **entries}}


DOG = {"@value": "Dog", "@language": "en"}
DIGEST = hashlib.sha256(BYTES).digest()
KEPT: list[dict[str, Any]] = [
    {},
    {"id": "https://example.org/1"},
    {"id": "did:example:1"},
    {"id": "urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008"},
    {"type": ["https://example.org/#Ex", "VerifiableCredential"]},
    {"type": "VerifiableCredential"},
    {"issuer": {"id": "did:example:issuer", "name": "Atelier"}},
    {"issuer": {"id": "did:example:issuer", "description": [DOG, {"@value": "Chien", "@language": "fr"}]}},
    {"name": "Dog"},
    {"name": DOG | {"@direction": "ltr"}},
    {"description": {"@value": "Chien"}},
    {"credentialSubject": [SUBJECT, {"id": "did:example:other"}]},
    {"credentialSubject": {"name": "Alice"}},
    {"validFrom": "2023-02-26T01:02:58.447Z"},
    {"validFrom": "2023-02-25T19:10:39-06:00"},
    {"validFrom": "2023-02-26T01:21:23Z", "validUntil": "2023-02-25T19:21:29-06:00"},
    {"validFrom": "2023-02-26T01:21:23Z", "validUntil": "2023-02-26T01:21:23Z"},
    {"credentialStatus": {"type": "Ex"}},
    {"credentialStatus": [{"type": ["Ex"], "id": "did:example:status"}]},
    {"credentialSchema": {"id": "did:example:schema", "type": "Ex"}},
    {"refreshService": {"type": "Ex"}},
    {"termsOfUse": [{"type": "Ex"}, {"type": "Ex", "id": "urn:x"}]},
    {"evidence": {"type": ["Ex", "Other"]}},
    resource(digestSRI=sri("sha384", BYTES)),
    resource(digestSRI=f"{sri('sha256', BYTES)} {sri('sha512', BYTES)}"),
    resource(digestSRI=f"{sri('sha256', b'other')} {sri('sha512', b'other')} {sri('sha512', BYTES)}"),
    resource(digestMultibase=multibase(DIGEST)),
    resource(digestMultibase=multibase(b"\x12\x20" + DIGEST)),
    resource(digestMultibase="z" + base58_encode(b"\x12\x20" + DIGEST), mediaType="application/ld+json"),
    resource(digestMultibase=multibase(b"\x13\x40" + hashlib.sha512(BYTES).digest())),
    {"relatedResource": [{"id": "https://example.org/x", "digestSRI": sri("sha256", b"anything")}]},
]
BROKEN: list[tuple[dict[str, Any], str]] = [
    ({"type": ...}, "type"),
    ({"type": []}, "type"),
    ({"type": ["Other"]}, "VerifiableCredential"),
    ({"type": ["VerifiableCredential", 5]}, "type"),
    ({"type": ["VerifiableCredential", ""]}, "type"),
    ({"id": None}, "URL in id"),
    ({"id": "https ://not-a-url/x"}, "URL in id"),
    ({"id": "relative"}, "URL in id"),
    ({"id": ["https://example.org/1", "https://example.org/2"]}, "URL in id"),
    ({"issuer": ...}, "issuer"),
    ({"issuer": None}, "issuer"),
    ({"issuer": "fake"}, "issuer"),
    ({"issuer": {"id": None}}, "issuer"),
    ({"issuer": {"name": "Atelier"}}, "issuer"),
    ({"issuer": ["did:example:issuer"]}, "issuer"),
    ({"credentialSubject": ...}, "credentialSubject"),
    ({"credentialSubject": {}}, "credentialSubject"),
    ({"credentialSubject": []}, "credentialSubject"),
    ({"credentialSubject": [SUBJECT, {}]}, "credentialSubject"),
    ({"credentialSubject": "did:example:subject"}, "credentialSubject"),
    ({"credentialSubject": {"id": ["did:example:1", "did:example:2"]}}, "credentialSubject.id"),
    ({"name": DOG | {"url": "did:example:x"}}, "name"),
    ({"name": None}, "name"),
    ({"name": []}, "name"),
    ({"name": ["Dog", "Chien"]}, "name"),
    ({"name": {"@value": 5}}, "name"),
    ({"name": {"@language": "en"}}, "name"),
    ({"name": DOG | {"@language": "not a language"}}, "name"),
    ({"name": DOG | {"@direction": "up"}}, "name"),
    ({"description": 5}, "description"),
    ({"issuer": {"id": "did:example:issuer", "name": DOG | {"url": "x"}}}, "issuer.name"),
    ({"validFrom": "Sat 25 Feb 2023 07:16:31 PM CST"}, "validFrom"),
    ({"validFrom": "2023-02-26T01:02:58"}, "validFrom"),
    ({"validUntil": 5}, "validUntil"),
    ({"validFrom": "2023-02-26T01:21:24Z", "validUntil": "2023-02-26T01:21:23Z"}, "validUntil"),
    ({"credentialStatus": {"id": "did:example:status"}}, "credentialStatus"),
    ({"credentialStatus": {"type": 2}}, "credentialStatus"),
    ({"credentialStatus": {"type": "Ex", "id": ["urn:1", "urn:2"]}}, "credentialStatus.id"),
    ({"credentialStatus": {"type": "Ex", "id": "https ://x"}}, "credentialStatus.id"),
    ({"credentialStatus": "https://example.org/"}, "credentialStatus"),
    ({"credentialSchema": {"type": "Ex"}}, "credentialSchema.id"),
    ({"credentialSchema": {"id": "did:example:schema"}}, "credentialSchema"),
    ({"credentialSchema": {"type": "Ex", "id": "https ://x"}}, "credentialSchema.id"),
    ({"refreshService": {"id": "did:example:refresh"}}, "refreshService"),
    ({"termsOfUse": {}}, "termsOfUse"),
    ({"termsOfUse": [{"type": "Ex"}, {"id": "urn:x"}]}, "termsOfUse"),
    ({"evidence": {}}, "evidence"),
    ({"evidence": {"type": "Ex", "id": "x"}}, "evidence.id"),
    ({"relatedResource": [CREDENTIALS_V2]}, "relatedResource"),
    ({"relatedResource": {"digestSRI": sri("sha384", BYTES)}}, "relatedResource.id"),
    (resource(), "digest"),
    (
        {"relatedResource": [{"id": "https://example.org/x", "digestSRI": sri("sha256", b"")}] * 2},
        "twice",
    ),
    (resource(digestSRI=sri("sha384", b"other")), "digestSRI"),
    (resource(digestSRI=f"{sri('sha256', BYTES)} {sri('sha512', b'other')}"), "digestSRI"),
    (resource(digestSRI="sha384-_rCVIV7fSXXTNIvpiq26jRDyj8JG8TDjij"), "digestSRI"),
    (resource(digestSRI="md5-1B2M2Y8AsgTpgAmY7PhCfg=="), "digestSRI"),
    (resource(digestSRI="sha256-AAAA"), "digestSRI"),
    (resource(digestSRI=""), "digestSRI"),
    (resource(digestSRI=5), "digestSRI"),
    (resource(digestMultibase=multibase(hashlib.sha256(b"other").digest())), "digestMultibase"),
    (resource(digestMultibase=multibase(b"\x12\x20" + hashlib.sha256(b"other").digest())), "digestMultibase"),
    (resource(digestMultibase="mAAAA"), "digestMultibase"),
    (resource(digestMultibase="u***"), "digestMultibase"),
    (resource(digestMultibase=5), "digestMultibase"),
    (resource(digestSRI=sri("sha384", BYTES), digestMultibase="uAAAA"), "digestMultibase"),
    ({"id": "urn:x", "credentialSubject": {"id": "urn:x"}}, "further down"),
    ({"credentialSubject": [SUBJECT, SUBJECT]}, "twice"),
]


@pytest.mark.parametrize("entries", KEPT)
def test_a_credential_that_keeps_every_must(entries: dict[str, Any]) -> None:
    data_model.check(credential(**entries))


@pytest.mark.parametrize(("entries", "where"), BROKEN)
def test_a_must_that_is_not_kept(entries: dict[str, Any], where: str) -> None:
    with pytest.raises(DataModelError, match=r"expected .*met") as met:
        data_model.check(credential(**entries))

    assert where in str(met.value)
    assert met.value.code == "model.invalid"


@pytest.mark.parametrize(
    "entries",
    [
        {},
        {"expirationDate": "2026-06-02T00:00:00Z"},
        {"name": {"fr": ["Brevet"]}},
        {"credentialStatus": {"id": "https://example.org/status", "type": "Ex"}},
    ],
)
def test_a_credential_of_the_version_before(entries: dict[str, Any]) -> None:
    data_model.check(older(**entries))


@pytest.mark.parametrize(
    ("entries", "where"),
    [
        ({"issuanceDate": ...}, "issuanceDate"),
        ({"issuanceDate": "2026-06-01"}, "issuanceDate"),
        ({"expirationDate": "2026-05-31T00:00:00Z"}, "expirationDate"),
        ({"validUntil": "2026-05-31T00:00:00Z"}, "validUntil"),
        ({"credentialStatus": {"type": "Ex"}}, "credentialStatus.id"),
        ({"refreshService": {"type": "Ex"}}, "refreshService.id"),
        ({"issuer": "fake"}, "issuer"),
        ({"credentialSubject": {}}, "credentialSubject"),
        ({"evidence": {}}, "evidence"),
    ],
)
def test_a_must_of_the_version_before(entries: dict[str, Any], where: str) -> None:
    with pytest.raises(DataModelError) as met:
        data_model.check(older(**entries))

    assert where in str(met.value)


def test_the_first_context_says_the_version() -> None:
    assert data_model.version_of(older()) is Version.V1_1
    assert data_model.version_of({"@context": CREDENTIALS_V1}) is Version.V1_1
    for context in ([CREDENTIALS_V2, CREDENTIALS_V1], [], None, [{"x": 1}]):
        assert data_model.version_of({"@context": context}) is Version.V2_0


def test_of_several_bounds_the_narrowest_counts() -> None:
    document = older(
        validFrom="2026-06-03T00:00:00Z",
        expirationDate="2027-06-01T00:00:00Z",
        validUntil="2028-01-01T00:00:00Z",
    )

    assert data_model.beginning_of(document) == ("validFrom", datetime(2026, 6, 3, tzinfo=UTC))
    assert data_model.end_of(document) == ("expirationDate", datetime(2027, 6, 1, tzinfo=UTC))


def test_bounds_of_another_version_are_none() -> None:
    document = credential(issuanceDate="2026-06-01T00:00:00Z", expirationDate="2026-06-01T00:00:00Z")

    assert data_model.beginning_of(document) is None
    assert data_model.end_of(document) is None


ENVELOPE = {
    "@context": CREDENTIALS_V2,
    "type": "EnvelopedVerifiableCredential",
    "id": "data:application/vc+jwt,eyJ",
}


@pytest.mark.parametrize(
    "entries",
    [
        {},
        {"id": "urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008"},
        {"type": ["Ex", "VerifiablePresentation"]},
        {"holder": "did:example:holder"},
        {"holder": {"id": "did:example:holder"}},
        {"verifiableCredential": []},
        {"verifiableCredential": credential()},
        {"verifiableCredential": [credential(), ENVELOPE]},
        {"termsOfUse": {"type": "Ex"}},
    ],
)
def test_a_presentation_that_keeps_every_must(entries: dict[str, Any]) -> None:
    data_model.check_presentation(presentation(**entries))


@pytest.mark.parametrize(
    ("entries", "where"),
    [
        ({"type": ...}, "type"),
        ({"type": ["Ex"]}, "VerifiablePresentation"),
        ({"id": None}, "id"),
        ({"holder": "fake"}, "holder"),
        ({"holder": {}}, "holder"),
        ({"holder": None}, "holder"),
        ({"verifiableCredential": "https://example.org/1"}, "verifiableCredential"),
        ({"verifiableCredential": [credential(), "eyJ"]}, "verifiableCredential"),
        ({"verifiableCredential": {}}, "verifiableCredential"),
        ({"verifiableCredential": ENVELOPE | {"id": "not-a-credential"}}, "data URL"),
        ({"verifiableCredential": {"type": "EnvelopedVerifiableCredential"}}, "data URL"),
        ({"termsOfUse": {}}, "termsOfUse"),
    ],
)
def test_a_must_of_presentations(entries: dict[str, Any], where: str) -> None:
    with pytest.raises(DataModelError) as met:
        data_model.check_presentation(presentation(**entries))

    assert where in str(met.value)
