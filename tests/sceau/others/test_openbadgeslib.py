"""openbadgeslib for Python: Data Integrity with eddsa-rdfc-2022, and status lists."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from openbadgeslib import ob3
from tests.sceau.others.documents import KINDS, NOW, WAYS_TO_SPOIL, example, spoilt, whole, written

from sceau.did import did_key
from sceau.did.document import did_of
from sceau.did.resolver import Resolver
from sceau.keys import multikey
from sceau.keys.public import PublicKey
from sceau.status import bitstring
from sceau.testing import EXAMPLE_MOMENT, key_signer
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question
from sceau.verifying.verify import verify

EDDSA_RDFC = KINDS[0]


def public_pem(number: int = 1) -> bytes:
    key = Ed25519PrivateKey.from_private_bytes(key_signer(number).private_bytes())
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def with_one_proof(document: dict[str, Any]) -> dict[str, Any]:
    """It takes a single proof, not a list."""
    (proof,) = document["proof"]
    return {**document, "proof": proof}


def test_it_accepts_our_proof() -> None:
    ob3.verify_data_integrity_proof(with_one_proof(example(EDDSA_RDFC)), public_pem())


def test_it_accepts_our_badge() -> None:
    """Its structure, its issuer by did:key, and its validity too, by the clock of the machine."""
    document = with_one_proof(example(EDDSA_RDFC, valid_until=None))

    met = ob3.OB3LdpVerifier().verify(document)

    assert met.id == document["id"]


@pytest.mark.parametrize("way", [way for way in WAYS_TO_SPOIL if not way.endswith(("proof", "proofs"))])
def test_it_refuses_our_badge_spoilt(way: str) -> None:
    document = spoilt(example(EDDSA_RDFC, valid_until=None), way, EDDSA_RDFC)

    with pytest.raises(ob3.OB3VerificationError):
        ob3.OB3LdpVerifier().verify(with_one_proof(document))


def test_it_refuses_another_key() -> None:
    with pytest.raises(ob3.OB3VerificationError):
        ob3.verify_data_integrity_proof(with_one_proof(example(EDDSA_RDFC)), public_pem(2))


def test_what_it_signs_holds_here() -> None:
    key = Ed25519PrivateKey.generate()
    multibase = multikey.encode(PublicKey.of(key.public_key()))
    method = did_key.verification_method(multibase)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    document = ob3.add_data_integrity_proof(whole(did_of(method)), pem, method, created=EXAMPLE_MOMENT)
    altered = spoilt({**document, "proof": [document["proof"]]}, "another letter", EDDSA_RDFC)

    report = verify(written(document), at=NOW, policy=Policy(resolver=Resolver()))
    met = verify(written(altered), at=NOW, policy=Policy(resolver=Resolver()))

    assert report.answer(Question.INTACT) is Outcome.PASSED, report.reasons(Question.INTACT)
    assert met.reasons(Question.INTACT)[0].code == "proof.mismatch"


def test_each_reads_the_list_that_the_other_compresses() -> None:
    chosen = [0, 7, 8, 1_234, 131_071]
    bits = bytes(bitstring.MINIMUM_LENGTH // 8)
    for index in chosen:
        bits = bitstring.with_bit(bits, index, True)

    assert ob3.decode_encoded_list(bitstring.encode(bits)) == bits
    assert bitstring.decode(ob3.encode_bitstring(chosen)) == bits
