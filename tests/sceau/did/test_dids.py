"""did:key, did:web, their documents, and the resolver."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sceau.did import did_key, did_web, document
from sceau.did.resolver import MAX_DOCUMENT_BYTES, Resolver
from sceau.errors import KeyFormatError, ResolutionError, UnsupportedMethodError, WrongKeyError
from sceau.keys.multikey import decode
from sceau.testing import EXAMPLE_MOMENT, MemoryDocuments, MemoryFetcher, key_signer, web_signer

DID = "did:web:example.org:o:atelier"
URL = "https://example.org/o/atelier/did.json"


def web_document() -> dict[str, Any]:
    signer = web_signer(DID)
    return document.build(DID, [(signer.verification_method, signer.public_key_multibase)])


def test_did_key_is_its_own_document() -> None:
    key = key_signer().public_key_multibase
    resolved = Resolver().resolve(did_key.did(key))

    assert did_key.verification_method(key) == f"did:key:{key}#{key}"
    assert resolved["id"] == f"did:key:{key}"
    assert document.public_key(resolved, f"did:key:{key}#{key}", at=EXAMPLE_MOMENT) == decode(key)


@pytest.mark.parametrize(
    "key", ["", "z6Mk", "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU216", "z6MkrJ/../x", "é"]
)
def test_another_did_key_is_not_resolved(key: str) -> None:
    with pytest.raises(ResolutionError):
        Resolver().resolve(f"did:key:{key}")


@pytest.mark.parametrize(
    ("host", "path", "did", "url"),
    [
        ("example.org", (), "did:web:example.org", "https://example.org/.well-known/did.json"),
        ("example.org", ("o", "atelier"), DID, URL),
        (
            "Example.org:8443",
            (),
            "did:web:example.org%3A8443",
            "https://example.org:8443/.well-known/did.json",
        ),
        ("localhost:8000", ("o", "a"), "did:web:localhost%3A8000:o:a", "https://localhost:8000/o/a/did.json"),
    ],
)
def test_did_web_and_where_it_is_published(host: str, path: tuple[str, ...], did: str, url: str) -> None:
    assert did_web.did(host, *path) == did
    assert did_web.document_url(did) == url


@pytest.mark.parametrize(
    "identifier",
    [
        "did:web:",
        "did:web:user@example.org",
        "did:web:example.org/path",
        "did:web:example.org?x",
        "did:web:example.org#key",
        "did:web:exa mple.org",
        "did:web:exam%2Fple.org",
        "did:web:example.org%3A",
        "did:web:example.org%3A99999",
        "did:web:example.org%3A80%3A80",
        "did:web:example.org:..:x",
        "did:web:example.org:a/b",
        "did:web:example.org:%2e%2e",
        "did:web:example.org::a",
        "did:web:example.org:",
        "did:web:-example.org",
        "did:web:.example.org",
        "did:web:exämple.org",
        "did:web:127.0.0.1",
        "did:web:2130706433",
        "did:web:0x7f000001",
        "did:web:127.1",
        "did:web:[::1]",
        "did:web:" + "a" * 600,
        "did:web:" + "a." * 200 + "org",
        "did:key:z6Mk",
    ],
)
def test_odd_hosts_are_never_asked(identifier: str) -> None:
    fetcher = MemoryFetcher()

    with pytest.raises(ResolutionError):
        did_web.document_url(identifier)
    with pytest.raises(ResolutionError):
        Resolver(fetcher=fetcher).resolve(identifier)
    assert fetcher.asked == []


@pytest.mark.parametrize(
    ("host", "path"), [("", ()), ("a b", ()), ("a/b", ()), ("example.org", ("a b",)), ("example.org", ("",))]
)
def test_a_did_web_that_cannot_be_is_not_made(host: str, path: tuple[str, ...]) -> None:
    with pytest.raises(ResolutionError):
        did_web.did(host, *path)


def test_document_of_ones_own() -> None:
    method, key = f"{DID}#key-1", web_signer().public_key_multibase

    assert web_document() == {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": DID,
        "verificationMethod": [
            {"id": method, "type": "Multikey", "controller": DID, "publicKeyMultibase": key}
        ],
        "assertionMethod": [method],
        "authentication": [method],
    }


def test_a_key_is_found_also_by_its_short_url_or_embedded() -> None:
    method, key = f"{DID}#key-1", web_signer().public_key_multibase
    entry = {"id": "#key-1", "type": "Multikey", "controller": DID, "publicKeyMultibase": key}

    short = {"id": DID, "verificationMethod": [entry], "assertionMethod": ["#key-1"]}
    embedded = {"id": DID, "assertionMethod": [entry]}

    assert document.public_key(short, method, at=EXAMPLE_MOMENT) == decode(key)
    assert document.public_key(embedded, method, at=EXAMPLE_MOMENT) == decode(key)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"id": DID + "x"}, ResolutionError),
        ({"id": DID.upper()}, ResolutionError),
        ({"assertionMethod": []}, WrongKeyError),
        ({"assertionMethod": [f"{DID}#key-2"]}, WrongKeyError),
        ({"assertionMethod": "all"}, ResolutionError),
        ({"assertionMethod": [[]] * 201}, ResolutionError),
        ({"assertionMethod": [5, None, []]}, WrongKeyError),
        ({"verificationMethod": []}, WrongKeyError),
        ({"verificationMethod": [5]}, WrongKeyError),
        ({"controller": "did:web:example.org:o:other"}, WrongKeyError),
        ({"type": "JsonWebKey"}, KeyFormatError),
        ({"publicKeyMultibase": "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU216"}, KeyFormatError),
        ({"revoked": "2026-06-02T08:00:00Z"}, WrongKeyError),
        ({"expires": "2026-06-02T07:59:59Z"}, WrongKeyError),
        ({"expires": "tomorrow"}, KeyFormatError),
        ({"publicKeyMultibase": None}, KeyFormatError),
    ],
)
def test_a_key_that_may_not_make_statements_is_refused(
    change: dict[str, Any], error: type[Exception]
) -> None:
    changed = web_document()
    for name, value in change.items():
        target = changed if name in changed else changed["verificationMethod"][0]
        target[name] = value

    with pytest.raises(error):
        document.public_key(changed, f"{DID}#key-1", at=EXAMPLE_MOMENT)


def test_documents_at_hand_are_asked_before_any_network() -> None:
    fetcher = MemoryFetcher({URL: json.dumps(web_document()).encode()})

    at_hand = Resolver(
        documents=[MemoryDocuments(), MemoryDocuments(web_document())], fetcher=fetcher
    ).resolve(DID)
    assert fetcher.asked == []

    assert Resolver(documents=[MemoryDocuments()], fetcher=fetcher).resolve(DID) == at_hand
    assert fetcher.asked == [URL]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"id": "did:web:example.org:o:other"}',
        b'{"id": "' + DID.encode() + b'", "id": "x"}',
        b'{"id": "' + DID.encode() + b'", "x": "' + b"a" * MAX_DOCUMENT_BYTES + b'"}',
    ],
)
def test_a_bad_answer_is_a_resolution_error(body: bytes) -> None:
    with pytest.raises(ResolutionError):
        Resolver(fetcher=MemoryFetcher({URL: body})).resolve(DID)


def test_out_of_reach() -> None:
    with pytest.raises(ResolutionError):
        Resolver(fetcher=MemoryFetcher()).resolve(DID)
    with pytest.raises(ResolutionError):
        Resolver().resolve(DID)


@pytest.mark.parametrize("did", ["did:example:x", "https://example.org/issuer", "", "did:ion:x"])
def test_other_methods_are_said_not_to_be_supported(did: str) -> None:
    with pytest.raises(UnsupportedMethodError):
        Resolver(fetcher=MemoryFetcher()).resolve(did)
