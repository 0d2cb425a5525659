"""What we sign holds for a verifier that others wrote, and what they sign holds for us."""

from __future__ import annotations

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sceau.issuing import issue
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer

ob3 = pytest.importorskip("openbadgeslib.ob3")


def public_pem() -> bytes:
    key = Ed25519PrivateKey.from_private_bytes(key_signer().private_bytes())
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def test_openbadgeslib_accepts_our_proof() -> None:
    document = json.loads(issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT))
    # It takes a single proof, not a list.
    (document["proof"],) = document["proof"]

    ob3.verify_data_integrity_proof(document, public_pem())

    document["name"] = "Un autre titre"
    with pytest.raises(ob3.OB3VerificationError):
        ob3.verify_data_integrity_proof(document, public_pem())
