"""The cryptosuite against the published vectors of W3C Data Integrity EdDSA, byte for byte."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sceau.canon.contexts import CREDENTIALS_V2, Contexts, pinned
from sceau.errors import (
    ContextError,
    ProofError,
    SignatureMismatchError,
    UndefinedTermError,
    UnknownContextError,
    UnsupportedProofError,
)
from sceau.keys.multikey import decode, multibase_decode
from sceau.keys.public import KeyType, PublicKey
from sceau.keys.signer import Ed25519Signer
from sceau.proofs.eddsa_rdfc_2022 import SUITE as suite
from sceau.testing import key_signer

SCHEMA = "https://schema.org/"
CITIZENSHIP = "https://w3id.org/citizenship#"
XSD = "http://www.w3.org/2001/XMLSchema#"

ANY_KEY = decode(key_signer().public_key_multibase)
EXAMPLES = Contexts(
    {
        CREDENTIALS_V2: pinned().document(CREDENTIALS_V2),
        "https://www.w3.org/ns/credentials/examples/v2": {
            "@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}
        },
        # The terms that the vector uses, read off its canonical document.
        "https://w3id.org/citizenship/v4rc1": {
            "@context": {
                "id": "@id",
                "type": "@type",
                **{
                    name: CITIZENSHIP + name
                    for name in (
                        "EmploymentAuthorizationDocumentCredential",
                        "EmployablePerson",
                        "EmploymentAuthorizationDocument",
                        "birthCountry",
                        "employmentAuthorizationDocument",
                        "lprCategory",
                        "lprNumber",
                    )
                },
                **{
                    name: SCHEMA + name
                    for name in (
                        "Person",
                        "additionalName",
                        "familyName",
                        "givenName",
                        "gender",
                        "identifier",
                    )
                },
                "image": {"@id": SCHEMA + "image", "@type": "@id"},
                "birthDate": {"@id": SCHEMA + "birthDate", "@type": XSD + "dateTime"},
                "residentSince": {"@id": CITIZENSHIP + "residentSince", "@type": XSD + "dateTime"},
            }
        },
    }
)


@pytest.fixture(params=["eddsa-rdfc-2022", "eddsa-rdfc-2022/employ"])
def folder(request: pytest.FixtureRequest, vectors: Path) -> Path:
    return vectors / "vc-di-eddsa" / str(request.param)


@pytest.fixture
def signed(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "signedDataInt.json").read_text())
    return document


def unsecured(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "proof"}


def key_of(document: dict[str, Any]) -> PublicKey:
    return decode(document["proof"]["verificationMethod"].partition("#")[2])


def test_canonical_document(folder: Path, signed: dict[str, Any]) -> None:
    expected = (folder / "canonDocDataInt.txt").read_text()

    assert suite.canonical(unsecured(signed), EXAMPLES).decode() == expected
    assert (
        suite.canonical_hash(unsecured(signed), EXAMPLES).hex()
        == (folder / "docHashDataInt.txt").read_text().strip()
    )


def test_canonical_proof_options(folder: Path, signed: dict[str, Any]) -> None:
    options = json.loads((folder / "proofConfigDataInt.json").read_text())

    assert suite.canonical(options, EXAMPLES).decode() == (folder / "proofCanonDataInt.txt").read_text()


def test_hash_data_puts_the_hash_of_the_proof_first(folder: Path, signed: dict[str, Any]) -> None:
    expected = (folder / "combinedHashDataInt.txt").read_text().strip()

    met = suite.hash_data(unsecured(signed), signed["proof"], key_type=KeyType.ED25519, contexts=EXAMPLES)

    assert met.hex() == expected
    assert met.hex().startswith((folder / "proofHashDataInt.txt").read_text().strip())


def test_signing_gives_the_published_proof(folder: Path, vectors: Path, signed: dict[str, Any]) -> None:
    pair = json.loads((vectors / "vc-di-eddsa" / "keyPair.json").read_text())
    seed = multibase_decode(pair["privateKeyMultibase"])[2:]
    signer = Ed25519Signer(seed, signed["proof"]["verificationMethod"])

    proof = suite.create_proof(
        unsecured(signed),
        signer=signer,
        created=datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC),
        contexts=EXAMPLES,
    )

    assert proof == signed["proof"]
    assert multibase_decode(proof["proofValue"]).hex() == (folder / "sigHexDataInt.txt").read_text().strip()
    assert proof["proofValue"] == (folder / "sigBTC58DataInt.txt").read_text().strip()
    assert signer.public_key_multibase == pair["publicKeyMultibase"]


def test_published_proof_verifies(signed: dict[str, Any]) -> None:
    suite.verify_proof(unsecured(signed), signed["proof"], public_key=key_of(signed), contexts=EXAMPLES)


def test_published_proof_set_verifies(vectors: Path) -> None:
    document = json.loads((vectors / "vc-di-eddsa" / "proof-set-chain" / "signedProofSet2.json").read_text())
    assert len(document["proof"]) == 2

    for proof in document["proof"]:
        suite.verify_proof(unsecured(document), proof, public_key=key_of({"proof": proof}), contexts=EXAMPLES)


def test_changed_content_does_not_verify(signed: dict[str, Any]) -> None:
    changed = unsecured(signed) | {"description": "Another description."}

    with pytest.raises(SignatureMismatchError):
        suite.verify_proof(changed, signed["proof"], public_key=key_of(signed), contexts=EXAMPLES)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("created", "2023-02-24T23:36:39Z"),
        ("proofPurpose", "authentication"),
        ("verificationMethod", "did:key:z6MkwXG2WjeQnNxSoynSGYU8V9j3QzP3JSqhdmkHc6SaVWoT#other"),
        ("proofValue", "z" + "1" * 64),
        (
            "proofValue",
            "zeuuS9pi2ZR8Q41bFFJKS9weSWkwa7pRcxHTHzxjDEHtVSZp3D9Rm3JdzT82EQpmXMb9wvfFJLuDPeSXZaRX1q1d",
        ),
        ("proofValue", "uAAAA"),
        ("proofValue", None),
        ("domain", "example.org"),
    ],
)
def test_changed_proof_does_not_verify(signed: dict[str, Any], name: str, value: object) -> None:
    proof = signed["proof"] | {name: value}

    with pytest.raises(SignatureMismatchError):
        suite.verify_proof(unsecured(signed), proof, public_key=key_of(signed), contexts=EXAMPLES)


def test_another_key_does_not_verify(signed: dict[str, Any]) -> None:
    other = decode(key_signer().public_key_multibase)

    with pytest.raises(SignatureMismatchError):
        suite.verify_proof(unsecured(signed), signed["proof"], public_key=other, contexts=EXAMPLES)


@pytest.mark.parametrize(
    "change", [{"type": "Ed25519Signature2020"}, {"cryptosuite": "ecdsa-rdfc-2019"}, {"cryptosuite": None}]
)
def test_other_proofs_are_said_not_to_be_supported(signed: dict[str, Any], change: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedProofError):
        suite.verify_proof(unsecured(signed), signed["proof"] | change, public_key=ANY_KEY, contexts=EXAMPLES)


def test_a_proof_with_a_term_that_no_context_defines_is_refused() -> None:
    document = {"@context": [CREDENTIALS_V2], "id": "urn:x", "name": "x"}
    proof = suite.create_proof(document, signer=key_signer(), created=datetime(2026, 1, 1, tzinfo=UTC))

    with pytest.raises(UndefinedTermError):
        suite.verify_proof(document, proof | {"note": "unsigned"}, public_key=ANY_KEY)


def test_a_proof_with_contexts_of_its_own_is_refused() -> None:
    document = {"@context": [CREDENTIALS_V2], "id": "urn:x", "name": "x"}
    proof: dict[str, Any] = suite.create_proof(
        document, signer=key_signer(), created=datetime(2026, 1, 1, tzinfo=UTC)
    )

    suite.hash_data(document, proof | {"@context": [CREDENTIALS_V2]}, key_type=KeyType.ED25519)
    with pytest.raises(ProofError):
        suite.hash_data(document, proof | {"@context": []}, key_type=KeyType.ED25519)


def test_unknown_contexts_are_never_fetched(signed: dict[str, Any]) -> None:
    with pytest.raises(UnknownContextError):
        suite.canonical(unsecured(signed))


def test_signing_refuses_what_the_signature_would_not_cover() -> None:
    document = {"@context": [CREDENTIALS_V2], "id": "urn:x", "hobby": "knitting"}

    with pytest.raises(ContextError):
        suite.create_proof(document, signer=key_signer(), created=datetime(2026, 1, 1, tzinfo=UTC))
