from __future__ import annotations

import pytest

from sceau.did import did_key
from sceau.errors import KeyFormatError, SignatureMismatchError
from sceau.keys.multikey import decode
from sceau.keys.signer import Ed25519Signer
from sceau.ports import Signer


def test_rfc_8032_first_test_vector() -> None:
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    signer = Ed25519Signer(seed, "did:example:a#1")

    assert decode(signer.public_key_multibase).data.hex() == (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    )
    assert signer.sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b"
    )


def test_a_new_signer_knows_its_method_and_can_be_kept() -> None:
    signer: Signer = Ed25519Signer.generate(did_key.verification_method)
    assert isinstance(signer, Ed25519Signer)

    again = Ed25519Signer(signer.private_bytes(), signer.verification_method)

    assert again.public_key_multibase == signer.public_key_multibase
    assert signer.verification_method == did_key.verification_method(signer.public_key_multibase)
    assert Ed25519Signer.generate(did_key.verification_method).private_bytes() != signer.private_bytes()


def test_the_private_key_is_not_shown() -> None:
    signer = Ed25519Signer(bytes(range(32)), "did:example:a#1")

    assert repr(signer) == "Ed25519Signer('did:example:a#1')"


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_private_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(KeyFormatError):
        Ed25519Signer(bytes(length), "did:example:a#1")


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(64), bytes(65), b"\xff" * 64])
def test_another_signature_does_not_verify(signature: bytes) -> None:
    signer = Ed25519Signer(bytes(32), "did:example:a#1")

    with pytest.raises(SignatureMismatchError):
        signer.public_key.check(signature, b"data")


def test_a_signature_verifies_over_its_own_data_only() -> None:
    signer = Ed25519Signer(bytes(32), "did:example:a#1")
    key = decode(signer.public_key_multibase)

    key.check(signer.sign(b"data"), b"data")
    with pytest.raises(SignatureMismatchError):
        key.check(signer.sign(b"data"), b"date")
