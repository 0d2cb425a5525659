"""Every cryptosuite against the vectors of W3C, byte for byte; then sets and chains of proofs."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.sceau.proofs.test_eddsa_rdfc_2022 import EXAMPLES

from sceau.canon.contexts import CREDENTIALS_V2
from sceau.errors import ProofError, SceauError, SignatureMismatchError, UnsupportedProofError
from sceau.keys.multikey import decode, multibase_decode
from sceau.keys.public import KeyType, PublicKey
from sceau.keys.signer import EcdsaSigner, Ed25519Signer
from sceau.proofs import cryptosuites
from sceau.proofs.data_integrity import Suite, previous_proofs

CREATED = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)


@dataclass(frozen=True)
class Vector:
    """One published vector: folder, the ending of its files, and its key pair."""

    folder: Path
    ending: str
    pair: dict[str, str]

    def text(self, name: str) -> str:
        return (self.folder / f"{name}{self.ending}.txt").read_text().strip()

    def json(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / f"{name}{self.ending}.json").read_text())
        return found


VECTORS = {
    "eddsa-rdfc-2022": ("vc-di-eddsa/eddsa-rdfc-2022", "DataInt", "vc-di-eddsa/keyPair.json"),
    "eddsa-jcs-2022": ("vc-di-eddsa/eddsa-jcs-2022", "JCS", "vc-di-eddsa/keyPair.json"),
    "ecdsa-rdfc-2019 P-256": (
        "vc-di-ecdsa/ecdsa-rdfc-2019-p256",
        "ECDSAP256",
        "vc-di-ecdsa/p256KeyPair.json",
    ),
    "ecdsa-rdfc-2019 P-384": (
        "vc-di-ecdsa/ecdsa-rdfc-2019-p384",
        "ECDSAP384",
        "vc-di-ecdsa/p384KeyPair.json",
    ),
    "ecdsa-rdfc-2019 P-256 employ": (
        "vc-di-ecdsa/ecdsa-rdfc-2019-p256/employ",
        "ECDSAP256",
        "vc-di-ecdsa/p256KeyPair.json",
    ),
    "ecdsa-rdfc-2019 P-384 employ": (
        "vc-di-ecdsa/ecdsa-rdfc-2019-p384/employ",
        "ECDSAP384",
        "vc-di-ecdsa/p384KeyPair.json",
    ),
    "ecdsa-jcs-2019 P-256": (
        "vc-di-ecdsa/ecdsa-jcs-2019-p256",
        "JCSECDSAP256",
        "vc-di-ecdsa/p256KeyPair.json",
    ),
    "ecdsa-jcs-2019 P-384": (
        "vc-di-ecdsa/ecdsa-jcs-2019-p384",
        "JCSECDSAP384",
        "vc-di-ecdsa/p384KeyPair.json",
    ),
}


@pytest.fixture(params=VECTORS)
def vector(request: pytest.FixtureRequest, vectors: Path) -> Vector:
    folder, ending, pair = VECTORS[request.param]
    return Vector(vectors / folder, ending, json.loads((vectors / pair).read_text()))


def unsecured(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "proof"}


def key_of(proof: dict[str, Any]) -> PublicKey:
    return decode(proof["verificationMethod"].partition("#")[2])


def signer_of(vector: Vector) -> Ed25519Signer | EcdsaSigner:
    method = vector.json("signed")["proof"]["verificationMethod"]
    kind = key_of(vector.json("signed")["proof"]).type
    if kind is KeyType.ED25519:
        return Ed25519Signer(multibase_decode(vector.pair["privateKeyMultibase"])[2:], method)
    return EcdsaSigner.from_scalar(kind, multibase_decode(vector.pair["secretKeyMultibase"])[2:], method)


def test_each_step_gives_the_published_bytes(vector: Vector) -> None:
    document = vector.json("signed")
    proof, key = document["proof"], key_of(document["proof"])
    suite = cryptosuites.of(proof)

    assert suite.canonical(unsecured(document), EXAMPLES, key.type).decode().strip() == vector.text(
        "canonDoc"
    )
    options = vector.json("proofConfig")
    assert suite.canonical(options, EXAMPLES, key.type).decode().strip() == vector.text("proofCanon")
    met = suite.hash_data(unsecured(document), proof, key_type=key.type, contexts=EXAMPLES)
    assert met.hex() == vector.text("combinedHash")
    assert met.hex() == vector.text("proofHash") + vector.text("docHash")
    assert multibase_decode(proof["proofValue"]).hex() == vector.text("sigHex")


def test_published_proof_verifies_and_a_change_does_not(vector: Vector) -> None:
    document = vector.json("signed")
    proof = document["proof"]
    suite = cryptosuites.of(proof)

    suite.verify_proof(unsecured(document), proof, public_key=key_of(proof), contexts=EXAMPLES)
    for change in ({"description": "Another one."}, {"validFrom": "2023-01-01T00:00:01Z"}):
        with pytest.raises(SignatureMismatchError):
            suite.verify_proof(
                unsecured(document) | change, proof, public_key=key_of(proof), contexts=EXAMPLES
            )


def test_signing_with_the_published_key_gives_a_proof_that_verifies(vector: Vector) -> None:
    document = vector.json("signed")
    suite, signer = cryptosuites.of(document["proof"]), signer_of(vector)

    proof = suite.create_proof(unsecured(document), signer=signer, created=CREATED, contexts=EXAMPLES)

    assert signer.public_key_multibase == vector.pair["publicKeyMultibase"]
    assert {**proof, "proofValue": ""} == {**document["proof"], "proofValue": ""}
    if signer.key_type == KeyType.ED25519:  # ECDSA has many signatures for the same bytes
        assert proof == document["proof"]
    suite.verify_proof(unsecured(document), proof, public_key=signer.public_key, contexts=EXAMPLES)
    again = suite.create_proof(unsecured(document), signer=signer, created=CREATED, contexts=EXAMPLES)
    assert again == proof


def test_a_key_of_another_kind_is_refused(vector: Vector) -> None:
    document = vector.json("signed")
    proof = document["proof"]
    suite = cryptosuites.of(proof)
    other = KeyType.P256 if KeyType.ED25519 in suite.key_types else KeyType.ED25519

    with pytest.raises(ProofError, match="expected a key of"):
        suite.verify_proof(
            unsecured(document), proof, public_key=PublicKey(other, bytes(32)), contexts=EXAMPLES
        )


@pytest.mark.parametrize("taken_for", cryptosuites.SUITES)
def test_a_proof_taken_for_another_cryptosuite_is_refused(vector: Vector, taken_for: str) -> None:
    document = vector.json("signed")
    proof = document["proof"] | {"cryptosuite": taken_for}
    if taken_for == document["proof"]["cryptosuite"]:
        return

    with pytest.raises((SignatureMismatchError, ProofError)):
        cryptosuites.of(proof).verify_proof(
            unsecured(document), proof, public_key=key_of(proof), contexts=EXAMPLES
        )


@pytest.mark.parametrize("name", ["bbs-2023", "ecdsa-sd-2023", "", None, 5, ["eddsa-rdfc-2022"]])
def test_other_cryptosuites_are_named_and_not_read(name: object) -> None:
    with pytest.raises(UnsupportedProofError):
        cryptosuites.of({"type": "DataIntegrityProof", "cryptosuite": name})


def test_der_where_a_raw_signature_belongs_is_refused(vector: Vector) -> None:
    document = vector.json("signed")
    proof, key = document["proof"], key_of(document["proof"])
    if key.type is KeyType.ED25519:
        pytest.skip("Ed25519 signatures have no DER form")
    raw = multibase_decode(proof["proofValue"])

    with pytest.raises(SignatureMismatchError, match="expected a signature of"):
        cryptosuites.of(proof).verify_proof(
            unsecured(document),
            proof | {"proofValue": as_der(raw)},
            public_key=key,
            contexts=EXAMPLES,
        )


def as_der(raw: bytes) -> str:
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    from sceau.keys.multikey import multibase_encode

    half = len(raw) // 2
    return multibase_encode(
        encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))
    )


# — Contexts of the JCS suites —


@pytest.fixture
def jcs(vectors: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((vectors / "vc-di-eddsa/eddsa-jcs-2022/signedJCS.json").read_text())
    return document


def test_jcs_contexts_added_or_moved_after_signing_are_refused(jcs: dict[str, Any]) -> None:
    proof, suite = jcs["proof"], cryptosuites.of(jcs["proof"])

    for contexts in (
        [*jcs["@context"], "https://example.org/v1"],
        [CREDENTIALS_V2],
        list(reversed(jcs["@context"])),
    ):
        with pytest.raises(ProofError):
            suite.verify_proof(unsecured(jcs) | {"@context": contexts}, proof, public_key=key_of(proof))


# — Sets and chains —


@pytest.fixture(params=["signedProofSet1", "signedProofSet2", "signedProofChain1", "signedProofChain2"])
def several(request: pytest.FixtureRequest, vectors: Path) -> dict[str, Any]:
    folder = vectors / "vc-di-eddsa" / "proof-set-chain"
    document: dict[str, Any] = json.loads((folder / f"{request.param}.json").read_text())
    proofs = document["proof"]
    return document | {"proof": proofs if isinstance(proofs, list) else [proofs]}


def check_all(document: dict[str, Any]) -> None:
    for proof in document["proof"]:
        cryptosuites.of(proof).verify_proof(
            unsecured(document),
            proof,
            public_key=key_of(proof),
            contexts=EXAMPLES,
            previous=previous_proofs(proof, document["proof"]),
        )


def test_published_sets_and_chains_verify(several: dict[str, Any]) -> None:
    check_all(several)


def chain(vectors: Path) -> dict[str, Any]:
    path = vectors / "vc-di-eddsa" / "proof-set-chain" / "signedProofChain2.json"
    document: dict[str, Any] = json.loads(path.read_text())
    return document


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_chain_without_one_of_its_links_does_not_hold(vectors: Path, number: int) -> None:
    document = chain(vectors)
    del document["proof"][number]

    with pytest.raises(ProofError):
        check_all(document)


@pytest.mark.parametrize("name", ["created", "proofValue", "verificationMethod"])
def test_a_chain_covers_each_member_of_the_proofs_before(vectors: Path, name: str) -> None:
    document = chain(vectors)
    changed = copy.deepcopy(document)
    changed["proof"][0][name] = document["proof"][1][name] if name != "created" else "2023-02-24T23:36:39Z"
    last_but_one = changed["proof"][2]

    with pytest.raises(SignatureMismatchError):
        cryptosuites.of(last_but_one).verify_proof(
            unsecured(changed),
            last_but_one,
            public_key=key_of(last_but_one),
            contexts=EXAMPLES,
            previous=previous_proofs(last_but_one, changed["proof"]),
        )


def test_an_order_in_the_name_list_and_in_the_document_does_not_matter_in_rdf(vectors: Path) -> None:
    document = chain(vectors)

    check_all(document | {"proof": list(reversed(document["proof"]))})


@pytest.mark.parametrize(
    "proofs",
    [
        [{"id": "a", "previousProof": "b"}],
        [{"id": "a", "previousProof": "a"}],
        [{"id": "a", "previousProof": ["b"]}, {"id": "b", "previousProof": "a"}],
        [{"id": "a", "previousProof": ["b", "b"]}, {"id": "b"}],
        [{"id": "a"}, {"id": "a"}],
        [{"id": 5}],
        [{"id": "a", "previousProof": {"id": "b"}}, {"id": "b"}],
        [{"id": "a", "previousProof": None}],
    ],
)
def test_chains_that_lead_nowhere_are_refused(proofs: list[dict[str, Any]]) -> None:
    with pytest.raises(ProofError):
        previous_proofs(proofs[0], proofs)


@pytest.mark.parametrize("first", cryptosuites.SUITES.values(), ids=lambda suite: suite.name)
@pytest.mark.parametrize("second", cryptosuites.SUITES.values(), ids=lambda suite: suite.name)
def test_a_chain_may_mix_cryptosuites(first: Suite, second: Suite) -> None:
    document: dict[str, Any] = {
        "@context": [CREDENTIALS_V2],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential"],
        "name": "x",
    }
    one, two = signer_for(first), signer_for(second)
    base = first.create_proof(document, signer=one, created=CREATED, options={"id": "urn:uuid:2"})
    top = second.create_proof(
        document, signer=two, created=CREATED, options={"previousProof": "urn:uuid:2"}, previous=[base]
    )

    second.verify_proof(document, top, public_key=two.public_key, previous=previous_proofs(top, [base, top]))
    with pytest.raises(SceauError):
        second.verify_proof(
            document, top, public_key=two.public_key, previous=[base | {"created": "2024-01-01T00:00:00Z"}]
        )
    with pytest.raises(SignatureMismatchError):
        second.verify_proof(document, top, public_key=two.public_key)


def signer_for(suite: Suite) -> Ed25519Signer | EcdsaSigner:
    if KeyType.ED25519 in suite.key_types:
        return Ed25519Signer(bytes(31) + b"\1", "did:example:a#1")
    return EcdsaSigner.from_scalar(KeyType.P256, bytes(31) + b"\2", "did:example:b#1")
