"""Attacks on Data Integrity proofs: signatures, options, whose key it is, sets and chains."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from tests.sceau.hostile.good import (
    EXAMPLE_MOMENT,
    HOLDER,
    NOW,
    PASSED,
    SIGNER,
    STRANGER,
    Ask,
    Attack,
    bare,
    changed,
    credential,
    ecdsa_credential,
    failed,
    intact,
    proof_of,
    signed,
    signed_blindly,
    unknown,
    with_options,
    with_proof,
)

from sceau.issuing import secure
from sceau.keys.multikey import base58_decode, multibase_encode
from sceau.keys.public import _ORDERS, KeyType
from sceau.proofs import cryptosuites

MISSING, INVALID, MISMATCH, WRONG_KEY, UNDEFINED = (
    failed(code)
    for code in (
        "proof.missing",
        "proof.invalid",
        "proof.mismatch",
        "proof.wrong_key",
        "context.undefined_term",
    )
)
UNSUPPORTED = unknown("proof.unsupported")
ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493


def proof(**changes: Any) -> Ask:
    """The good credential, a member of its proof changed."""
    return intact(lambda: with_proof(**changes))


def proofs(*found: Any) -> Ask:
    return intact(lambda: credential(proof=list(found)))


def signature(change: Callable[[bytes], bytes]) -> Ask:
    """The good credential with another signature of Ed25519."""

    def make() -> dict[str, Any]:
        good = base58_decode(proof_of(credential())["proofValue"][1:])
        return with_proof(proofValue=multibase_encode(change(good)))

    return intact(make)


def ecdsa_signature(change: Callable[[int, int], bytes]) -> Ask:
    """A good credential of P-256 with another signature, made from its r and s."""

    def make() -> dict[str, Any]:
        document = ecdsa_credential()
        good = base58_decode(proof_of(document)["proofValue"][1:])
        value = change(int.from_bytes(good[:32], "big"), int.from_bytes(good[32:], "big"))
        return with_proof(document, proofValue=multibase_encode(value))

    return intact(make)


def raw(r: int, s: int) -> bytes:
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def higher(signature_: bytes) -> bytes:
    """The same S, one order higher."""
    return signature_[:32] + (int.from_bytes(signature_[32:], "little") + ED25519_ORDER).to_bytes(
        32, "little"
    )


def under_a_strangers_key() -> dict[str, Any]:
    """Signed well by a stranger, who then writes the issuer's name on it."""
    document = bare()
    document["issuer"]["id"] = STRANGER.verification_method.partition("#")[0]
    document = secure(document, signer=STRANGER, created=EXAMPLE_MOMENT)
    document["issuer"]["id"] = bare()["issuer"]["id"]
    return document


def by_the_stranger() -> dict[str, Any]:
    suite = cryptosuites.SUITES["eddsa-rdfc-2022"]
    return suite.create_proof(bare(), signer=STRANGER, created=EXAMPLE_MOMENT)


def claiming(signer_method: str) -> dict[str, Any]:
    """A stranger's signature under the name of the issuer's key."""
    return changed(by_the_stranger(), verificationMethod=signer_method)


def chain(*links: tuple[str, Any]) -> Ask:
    """The good proof several times, each with an id and what it stands on."""

    def make() -> dict[str, Any]:
        good = proof_of(credential())
        return credential(proof=[changed(good, id=own, previousProof=before) for own, before in links])

    return intact(make)


N = _ORDERS[KeyType.P256]

ATTACKS = (
    Attack("a proof alone, not in a list", intact(with_proof), PASSED),
    Attack("ECDSA on P-256", intact(ecdsa_credential), PASSED),
    Attack("over canonical JSON", intact(signed_blindly), PASSED),
    # None, too many, something else
    Attack("the proof taken away", intact(lambda: credential(proof=None)), MISSING),
    Attack("an empty list of proofs", proofs(), MISSING),
    Attack("a proof that is text", intact(lambda: credential(proof="signed")), INVALID),
    Attack("a proof that is a number", intact(lambda: credential(proof=5)), INVALID),
    Attack("a proof in a list in a list", proofs([proof_of(credential())]), INVALID),
    Attack("an empty proof", proofs({}), UNSUPPORTED),
    Attack("the good proof, and an empty one", proofs(proof_of(credential()), {}), UNSUPPORTED),
    Attack("the good proof, and text", proofs(proof_of(credential()), "signed"), INVALID),
    Attack("nine proofs", proofs(*[proof_of(credential())] * 9), INVALID),
    Attack("1,000 proofs", proofs(*[proof_of(credential())] * 1_000), INVALID),
    # Signatures
    Attack("no proofValue", proof(proofValue=None), MISMATCH),
    Attack("a proofValue that is empty", proof(proofValue=""), MISMATCH),
    Attack("a proofValue that is a number", proof(proofValue=5), MISMATCH),
    Attack("a proofValue that is a list", proof(proofValue=["z"]), MISMATCH),
    Attack("a proofValue of a million letters", proof(proofValue="z" + "2" * 1_000_000), MISMATCH),
    Attack(
        "a proofValue in base64url",
        proof(proofValue="u" + base64.urlsafe_b64encode(bytes(64)).decode().rstrip("=")),
        MISMATCH,
    ),
    Attack("a proofValue with a letter that base58 does not have", proof(proofValue="z0OIl"), MISMATCH),
    Attack("a signature of zeros", signature(lambda good: bytes(64)), MISMATCH),
    Attack("a byte short", signature(lambda good: good[:-1]), MISMATCH),
    Attack("a byte more", signature(lambda good: good + b"\0"), MISMATCH),
    Attack("a zero in front", signature(lambda good: b"\0" + good), MISMATCH),
    Attack("its halves exchanged", signature(lambda good: good[32:] + good[:32]), MISMATCH),
    Attack("S one order higher", signature(higher), MISMATCH),
    Attack("an R of low order, and S of zero", signature(lambda good: b"\1" + bytes(63)), MISMATCH),
    Attack("the R of the neutral point", signature(lambda good: b"\1" + bytes(31) + good[32:]), MISMATCH),
    Attack("an R that is no point", signature(lambda good: b"\xff" * 32 + good[32:]), MISMATCH),
    Attack("ECDSA in DER", ecdsa_signature(encode_dss_signature), MISMATCH),
    Attack("ECDSA, r and s of zero", ecdsa_signature(lambda r, s: bytes(64)), MISMATCH),
    Attack("ECDSA, s of zero", ecdsa_signature(lambda r, s: raw(r, 0)), MISMATCH),
    Attack("ECDSA, r of the order", ecdsa_signature(lambda r, s: raw(N, s)), MISMATCH),
    Attack("ECDSA, r and s of one", ecdsa_signature(lambda r, s: raw(1, 1)), MISMATCH),
    Attack("ECDSA, r and s exchanged", ecdsa_signature(lambda r, s: raw(s, r)), MISMATCH),
    Attack("ECDSA, s with a zero in front", ecdsa_signature(lambda r, s: raw(r, s) + b"\0"), MISMATCH),
    Attack(
        "ECDSA, s as order minus s: the same signature by its nature",
        ecdsa_signature(lambda r, s: raw(r, N - s)),
        PASSED,
    ),
    # Algorithms
    Attack("another cryptosuite: over JSON", proof(cryptosuite="eddsa-jcs-2022"), MISMATCH),
    Attack(
        "another cryptosuite: over RDF",
        intact(lambda: with_proof(signed_blindly(), cryptosuite="eddsa-rdfc-2022")),
        MISMATCH,
    ),
    Attack("another cryptosuite: ECDSA with a key of Ed25519", proof(cryptosuite="ecdsa-rdfc-2019"), INVALID),
    Attack(
        "another cryptosuite: EdDSA with a key of P-256",
        intact(lambda: with_proof(ecdsa_credential(), cryptosuite="eddsa-rdfc-2022")),
        INVALID,
    ),
    Attack("a cryptosuite that nobody knows", proof(cryptosuite="none"), UNSUPPORTED),
    Attack("a cryptosuite in other letters", proof(cryptosuite="EDDSA-RDFC-2022"), UNSUPPORTED),
    Attack("a cryptosuite that is a list", proof(cryptosuite=["eddsa-rdfc-2022"]), UNSUPPORTED),
    Attack("no cryptosuite", proof(cryptosuite=None), UNSUPPORTED),
    Attack("an older type of proof", proof(type="Ed25519Signature2020"), UNSUPPORTED),
    Attack("two types of proof", proof(type=["DataIntegrityProof", "Ed25519Signature2020"]), UNSUPPORTED),
    Attack(
        "a cryptosuite that this verifier does not accept",
        intact(credential, algorithms=frozenset({"ecdsa-rdfc-2019"})),
        UNSUPPORTED,
    ),
    Attack("nothing that this verifier accepts", intact(credential, algorithms=frozenset()), UNSUPPORTED),
    # Options
    Attack("no purpose", proof(proofPurpose=None), INVALID),
    Attack("the purpose of showing", proof(proofPurpose="authentication"), INVALID),
    Attack(
        "signed rightly, to show and not to issue", intact(lambda: with_options("authentication")), INVALID
    ),
    Attack("a purpose that is a list", proof(proofPurpose=["assertionMethod"]), INVALID),
    Attack("its moment changed", proof(created="2026-06-02T08:00:01Z"), MISMATCH),
    Attack("its moment taken away", proof(created=None), MISMATCH),
    Attack("a moment that is none", proof(created="yesterday"), INVALID),
    Attack("a moment that is a list", proof(created=["2026-06-02T08:00:00Z"]), INVALID),
    Attack(
        "signed rightly, tomorrow",
        intact(lambda: with_options(created=NOW + timedelta(days=1))),
        failed("proof.not_yet"),
    ),
    Attack(
        "signed rightly, and expired",
        intact(lambda: with_options(expires="2026-06-02T08:59:59Z")),
        failed("proof.expired"),
    ),
    Attack(
        "its end taken away",
        intact(lambda: with_proof(with_options(expires="2026-06-02T08:59:59Z"), expires=None)),
        MISMATCH,
    ),
    Attack("a challenge added", proof(challenge="x"), MISMATCH),
    Attack("a word that no context defines", proof(mention="x"), UNDEFINED),
    Attack(
        "other contexts of its own", proof(**{"@context": ["https://www.w3.org/ns/credentials/v2"]}), INVALID
    ),
    Attack(
        "over JSON: the proof's contexts taken away",
        intact(lambda: with_proof(signed_blindly(), **{"@context": None})),
        MISMATCH,
    ),
    Attack(
        "over JSON: a pinned context added behind, after signing",
        intact(
            lambda: changed(
                signed_blindly(**{"@context": credential()["@context"]}),
                **{"@context": [*credential()["@context"], credential()["@context"][1]]},
            )
        ),
        INVALID,
    ),
    Attack("over JSON: a name changed", intact(lambda: changed(signed_blindly(), name="Autre")), MISMATCH),
    Attack(
        "over JSON: a property added", intact(lambda: changed(signed_blindly(), description="x")), MISMATCH
    ),
    Attack(
        "the proof of another credential",
        intact(lambda: credential(proof=proof_of(signed(name="Autre")))),
        MISMATCH,
    ),
    Attack("2 MB of options", proof(challenge="a" * 1_900_000), MISMATCH),
    # Whose key
    Attack("no verification method", proof(verificationMethod=None), INVALID),
    Attack(
        "a verification method without fragment", proof(verificationMethod=bare()["issuer"]["id"]), INVALID
    ),
    Attack("a verification method that is an object", proof(verificationMethod={"id": "x"}), INVALID),
    Attack("a key of another DID", proof(verificationMethod=STRANGER.verification_method), WRONG_KEY),
    Attack(
        "a key that the issuer does not have",
        proof(verificationMethod=SIGNER.verification_method + "2"),
        WRONG_KEY,
    ),
    Attack(
        "a stranger's signature under the issuer's key",
        proofs(claiming(SIGNER.verification_method)),
        MISMATCH,
    ),
    Attack("a stranger's proof, right in itself", proofs(by_the_stranger()), WRONG_KEY),
    Attack(
        "signed under a stranger's name, then the issuer's written on it",
        intact(under_a_strangers_key),
        WRONG_KEY,
    ),
    Attack(
        "the issuer's name replaced by the stranger's",
        intact(lambda: credential(issuer=STRANGER.verification_method.partition("#")[0])),
        WRONG_KEY,
    ),
    Attack(
        "the issuer's proof, and a stranger's beside it that holds",
        proofs(proof_of(credential()), by_the_stranger()),
        PASSED,
    ),
    Attack(
        "the issuer's proof, and one beside it that does not hold",
        proofs(proof_of(credential()), changed(by_the_stranger(), created="2026-06-02T08:00:01Z")),
        MISMATCH,
    ),
    Attack(
        "the holder's proof in place of the issuer's",
        intact(lambda: bare() | {"proof": with_options(signer=HOLDER)["proof"]}),
        WRONG_KEY,
    ),
    # Chains
    Attack("a proof that stands on one that is not there", proof(previousProof="urn:x:a"), INVALID),
    Attack("a proof that stands on itself", chain(("urn:x:a", "urn:x:a")), INVALID),
    Attack(
        "two proofs that stand on each other", chain(("urn:x:a", "urn:x:b"), ("urn:x:b", "urn:x:a")), INVALID
    ),
    Attack(
        "eight proofs in a circle",
        chain(*((f"urn:x:{number}", f"urn:x:{(number + 1) % 8}") for number in range(8))),
        INVALID,
    ),
    Attack(
        "eight proofs that all stand on all before",
        chain(*((f"urn:x:{number}", [f"urn:x:{each}" for each in range(number)]) for number in range(8))),
        MISMATCH,
    ),
    Attack("two proofs with one id", chain(("urn:x:a", None), ("urn:x:a", None)), failed("model.invalid")),
    Attack(
        "previousProof that names one twice", chain(("urn:x:a", None), ("urn:x:b", ["urn:x:a"] * 2)), MISMATCH
    ),
    Attack("previousProof that is an object", proof(previousProof={"id": "urn:x:a"}), INVALID),
    Attack("ids of proofs that are lists", chain((["urn:x:a"], None)), INVALID),  # type: ignore[arg-type] -- wrong on purpose
)
