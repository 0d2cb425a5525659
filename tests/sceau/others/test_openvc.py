"""openvc-core for Python: Data Integrity in its four cryptosuites, status lists, and tokens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import openvc
import pytest
from openvc.proof import data_integrity, di_ecdsa_rdfc, di_jcs
from openvc.proof.errors import ClaimsInvalid, SignatureInvalid, UnsupportedAlgorithm
from openvc.proof.vc_jwt import VcJwtProofSuite
from openvc.status import CredentialRevoked, decode_bitstring, encode_bitstring
from openvc.verify import IssuerBindingError, VerificationPolicy, verify_credential
from tests.sceau.others.documents import (
    CONTEXTS,
    KINDS,
    NOW,
    WAYS_TO_SPOIL,
    Kind,
    example,
    signed,
    signer_of,
    spoilt,
    whole,
    written,
)

from sceau.canon import strict_json
from sceau.canon.contexts import OPEN_BADGES_3
from sceau.did import did_key
from sceau.did.document import did_of
from sceau.did.resolver import Resolver
from sceau.errors import SceauError
from sceau.keys import jwk, multikey
from sceau.keys.public import KeyType
from sceau.model.credential import StatusEntry
from sceau.proofs import jose
from sceau.status import bitstring
from sceau.testing import EXAMPLE_MOMENT, key_signer
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question
from sceau.verifying.verify import verify

LIST_URL = "https://atelier.example.org/statuts/1"
OURS_TO_SHARE = {OPEN_BADGES_3: CONTEXTS[OPEN_BADGES_3]}
SUITES: dict[str, Any] = {
    "eddsa-rdfc-2022": data_integrity.DataIntegrityProofSuite,
    "eddsa-jcs-2022": di_jcs.EddsaJcsProofSuite,
    "ecdsa-rdfc-2019": di_ecdsa_rdfc.EcdsaRdfcProofSuite,
    "ecdsa-jcs-2019": di_jcs.EcdsaJcsProofSuite,
}
KEYS: dict[KeyType, Any] = {
    KeyType.ED25519: openvc.Ed25519SigningKey,
    KeyType.P256: openvc.P256SigningKey,
    KeyType.P384: openvc.P384SigningKey,
}
# In ecdsa-rdfc-2019 on P-384 it labels blank nodes by SHA-256 where RDFC-1.0 is to use SHA-384; see below.
MISREAD = Kind("ecdsa-rdfc-2019", KeyType.P384)
READ = [kind for kind in KINDS if kind != MISREAD]
REASONS: dict[str, type[Exception]] = {
    "another letter": SignatureInvalid,
    "another letter in the signature": SignatureInvalid,
    "another moment": SignatureInvalid,
    "another purpose": SignatureInvalid,
    "another key under this name": SignatureInvalid,
    "the key of a stranger": IssuerBindingError,
}


def its_view(document: dict[str, Any], *, at: datetime = NOW, **options: Any) -> Any:
    """It takes one proof, not a list of one."""
    (proof,) = document["proof"]
    return verify_credential(
        {**document, "proof": proof},
        policy=VerificationPolicy(now=at),
        extra_contexts=OURS_TO_SHARE,
        **options,
    )


def signed_by_it(kind: Kind) -> dict[str, Any]:
    """The whole example in the name of a new did:key of theirs."""
    key = KEYS[kind.key].generate("unnamed")
    multibase = multikey.encode(jwk.decode(key.public_jwk()))
    options = {"extra_contexts": OURS_TO_SHARE} if "rdfc" in kind.cryptosuite else {}
    document: dict[str, Any] = SUITES[kind.cryptosuite]().add_proof(
        whole(did_key.did(multibase)),
        signing_key=key,
        verification_method=did_key.verification_method(multibase),
        created=EXAMPLE_MOMENT,
        **options,
    )
    return document


@pytest.mark.parametrize("kind", READ, ids=str)
def test_it_accepts_the_whole_example(kind: Kind) -> None:
    document = example(kind)

    met = its_view(document)

    assert met.issuer == document["issuer"]["id"]


@pytest.mark.parametrize("kind", READ, ids=str)
@pytest.mark.parametrize("way", [way for way in WAYS_TO_SPOIL if way in REASONS])
def test_it_refuses_what_is_spoilt(way: str, kind: Kind) -> None:
    document = spoilt(example(kind), way, kind)

    with pytest.raises(REASONS[way]):
        its_view(document)


def test_on_p_384_it_agrees_only_while_blank_nodes_need_no_labels() -> None:
    """
    It hashes with SHA-384 what PyLD has labelled by SHA-256. W3C's own vector for P-384 with several blank
    nodes (vc-di-ecdsa, A.4, `ecdsa-rdfc-2019-p384/employ`) is refused there, and holds here and at
    @digitalbazaar/vc.
    """
    signer = signer_of(KeyType.P384)
    did = did_of(signer.verification_method)
    plain = {
        "@context": list(CONTEXTS)[:1],
        "type": ["VerifiableCredential"],
        "issuer": did,
        "credentialSubject": {"id": "urn:uuid:7d9f6a52-51a3-4a63-9f0d-0d5f3f1a2b3c"},
    }

    assert its_view(signed(plain, MISREAD.cryptosuite, signer)).issuer == did
    with pytest.raises(SignatureInvalid):
        its_view(example(MISREAD))


def test_it_takes_one_proof_and_not_a_list() -> None:
    with pytest.raises(openvc.OpenvcError):
        verify_credential(example(KINDS[0]), policy=VerificationPolicy(now=NOW), extra_contexts=OURS_TO_SHARE)


def test_it_refuses_outside_the_validity() -> None:
    document = example(KINDS[0])

    with pytest.raises(data_integrity.CredentialExpired):
        its_view(document, at=datetime(2031, 7, 1, tzinfo=UTC))
    with pytest.raises(data_integrity.CredentialNotYetValid):
        its_view(document, at=datetime(2025, 7, 1, tzinfo=UTC))


def test_it_reads_our_status_list() -> None:
    document = example(KINDS[0], status=(StatusEntry(LIST_URL, 42),))
    bits = bytes(bitstring.MINIMUM_LENGTH // 8)

    def published(bits: bytes) -> Any:
        subject = {
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bitstring.encode(bits),
        }
        return lambda url: {"type": ["BitstringStatusListCredential"], "credentialSubject": subject}

    its_view(document, resolve_status_list=published(bits))
    its_view(document, resolve_status_list=published(bitstring.with_bit(bits, 41, True)))
    with pytest.raises(CredentialRevoked):
        its_view(document, resolve_status_list=published(bitstring.with_bit(bits, 42, True)))


def test_each_reads_the_list_that_the_other_compresses() -> None:
    bits = bitstring.with_bit(bytes(bitstring.MINIMUM_LENGTH // 8), 1_234, True)

    assert decode_bitstring(bitstring.encode(bits)) == bits
    assert bitstring.decode(encode_bitstring(bits)) == bits


@pytest.mark.parametrize("kind", [kind for kind in READ if "rdfc" in kind.cryptosuite], ids=str)
def test_what_it_signs_holds_here(kind: Kind) -> None:
    document = signed_by_it(kind)
    altered = spoilt({**document, "proof": [document["proof"]]}, "another letter", kind)

    report = verify(written(document), at=NOW, policy=Policy(resolver=Resolver()))
    met = verify(written(altered), at=NOW, policy=Policy(resolver=Resolver()))

    assert report.answer(Question.INTACT) is Outcome.PASSED, report.reasons(Question.INTACT)
    assert met.reasons(Question.INTACT)[0].code == "proof.mismatch"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "jcs" in kind.cryptosuite], ids=str)
def test_what_it_signs_over_canonical_json_lacks_the_contexts(kind: Kind) -> None:
    """
    It hashes the document's contexts among the options and does not write them into the proof, against
    vc-di-eddsa 3.3.5 and vc-di-ecdsa 3.3.5: nobody can hash the same from what the proof says. Once they are
    written in, the proof holds here.
    """
    document = signed_by_it(kind)
    assert "@context" not in document["proof"]
    completed = {**document, "proof": document["proof"] | {"@context": document["@context"]}}

    as_it_is = verify(written(document), at=NOW, policy=Policy(resolver=Resolver()))
    report = verify(written(completed), at=NOW, policy=Policy(resolver=Resolver()))

    assert as_it_is.reasons(Question.INTACT)[0].code == "proof.mismatch"
    assert report.answer(Question.INTACT) is Outcome.PASSED, report.reasons(Question.INTACT)


@pytest.mark.parametrize("kind", [KeyType.ED25519, KeyType.P256, KeyType.P384])
def test_it_accepts_our_token(kind: KeyType) -> None:
    """It reads tokens with a claim `vc`, as VC 1.1 wrote them."""
    signer = signer_of(kind)
    issuer = did_of(signer.verification_method)
    claims = {"iss": issuer, "vc": {"type": ["VerifiableCredential"], "issuer": issuer}}
    token = jose.sign(strict_json.write(claims), signer=signer, typ="JWT")
    public = jwk.encode(signer.public_key)

    met = VcJwtProofSuite().verify(token, public_key_jwk=public)

    assert met.issuer == issuer
    with pytest.raises(SignatureInvalid):
        VcJwtProofSuite().verify(token, public_key_jwk=jwk.encode(signer_of(kind, 2).public_key))
    with pytest.raises(SignatureInvalid):
        VcJwtProofSuite().verify(altered(token), public_key_jwk=public)


def test_it_does_not_read_vc_jose() -> None:
    signer = key_signer()
    document = whole(did_of(signer.verification_method))
    token = jose.sign(strict_json.write(document), signer=signer, typ="vc+jwt", header={"cty": "vc"})

    with pytest.raises(ClaimsInvalid):
        VcJwtProofSuite().verify(token, public_key_jwk=jwk.encode(signer.public_key))


@pytest.mark.parametrize(
    ("kind", "name"), [(KeyType.ED25519, "EdDSA"), (KeyType.P256, "ES256"), (KeyType.P384, "ES384")]
)
def test_its_token_holds_here(kind: KeyType, name: str) -> None:
    key = KEYS[kind].generate("did:example:theirs#1")
    token = VcJwtProofSuite().sign({"issuer": "did:example:theirs"}, signing_key=key)
    public = jwk.decode(key.public_jwk())

    jose.verify(jose.parse(token), public, algorithms={name})

    for spoilt_token, algorithms in ((altered(token), {name}), (token, {"RS256"})):
        with pytest.raises(SceauError):
            jose.verify(jose.parse(spoilt_token), public, algorithms=algorithms)


@pytest.mark.parametrize("name", ["none", "HS256", "RS256"])
def test_it_refuses_other_algorithms(name: str) -> None:
    header = jwk.base64url_encode(strict_json.write({"alg": name, "typ": "JWT"}))
    claims = jwk.base64url_encode(b'{"iss":"did:example:ours","vc":{}}')

    with pytest.raises(UnsupportedAlgorithm):
        VcJwtProofSuite().verify(
            f"{header}.{claims}.AAAA", public_key_jwk=jwk.encode(key_signer().public_key)
        )


def altered(token: str) -> str:
    """The same token with another payload of the same length."""
    header, payload, signature = token.split(".")
    claims = jwk.base64url_decode(payload, max_letters=100_000).replace(b"did:", b"dod:")
    return f"{header}.{jwk.base64url_encode(claims)}.{signature}"
