from __future__ import annotations

import hashlib

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from sceau.errors import KeyFormatError, SignatureMismatchError
from sceau.keys import multikey
from sceau.keys.public import KeyType, PublicKey
from sceau.keys.signer import EcdsaSigner

FIELD_PRIME = 2**255 - 19
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
IDENTITY = b"\x01" + bytes(31)
ORDERS = {
    KeyType.P256: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    KeyType.P384: int(
        "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16
    ),
}


def _points_of_low_order() -> list[bytes]:
    """
    Every encoding, computed: y of the points whose order divides 8, also as y + p where 255 bits hold it,
    with the sign bit both ways.
    """
    p, d = FIELD_PRIME, -121665 * pow(121666, -1, FIELD_PRIME) % FIELD_PRIME
    root = pow(2, (p - 1) // 4, p)  # of -1
    heights = {0, 1, p - 1}
    # Order 8: x² = -y² with the curve -x² + y² = 1 + d x² y² gives d y⁴ + 2 y² - 1 = 0.
    inverse = pow(d, -1, p)
    inner = _square_root((1 + d) % p, root)
    assert inner is not None
    for sign in (1, -1):
        y = _square_root((-1 + sign * inner) * inverse % p, root)
        if y is not None:
            heights |= {y, p - y}
    assert len(heights) == 5
    every = heights | {y + p for y in heights if y + p < 2**255}
    return [(y | bit << 255).to_bytes(32, "little") for y in sorted(every) for bit in (0, 1)]


def _square_root(number: int, root_of_minus_one: int) -> int | None:
    candidate = pow(number, (FIELD_PRIME + 3) // 8, FIELD_PRIME)
    for root in (candidate, candidate * root_of_minus_one % FIELD_PRIME):
        if root * root % FIELD_PRIME == number:
            return root
    return None


LOW_ORDER = _points_of_low_order()


def _ecdsa(kind: KeyType) -> EcdsaSigner:
    return EcdsaSigner.from_scalar(kind, bytes(range(1, 33)), "did:example:a#1")


def test_there_are_fourteen_encodings_of_low_order() -> None:
    assert len(LOW_ORDER) == 14


@pytest.mark.parametrize("point", LOW_ORDER, ids=bytes.hex)
def test_a_key_of_low_order_is_refused(point: bytes) -> None:
    key = PublicKey(KeyType.ED25519, point)

    with pytest.raises(KeyFormatError):
        key.check(IDENTITY + bytes(32), b"data")
    with pytest.raises(KeyFormatError):
        key.native  # noqa: B018 -- that is the test


def test_what_the_refusal_of_such_keys_prevents() -> None:
    """The library alone takes this signature, which nobody made, for any message."""
    anybodys = Ed25519PublicKey.from_public_bytes(IDENTITY)

    anybodys.verify(IDENTITY + bytes(32), b"one thing")
    anybodys.verify(IDENTITY + bytes(32), b"another")


@pytest.mark.parametrize("point", LOW_ORDER, ids=bytes.hex)
def test_a_signature_whose_r_has_low_order_is_refused(point: bytes) -> None:
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    key = PublicKey.of(private.public_key())
    challenge = hashlib.sha512(point + key.data + b"data").digest()
    secret = bytearray(hashlib.sha512(bytes(range(32))).digest()[:32])
    secret[0] &= 248
    secret[31] = secret[31] & 63 | 64
    s = int.from_bytes(challenge, "little") * int.from_bytes(secret, "little") % GROUP_ORDER
    signature = point + s.to_bytes(32, "little")

    if point == IDENTITY:
        private.public_key().verify(signature, b"data")  # so there was something to refuse
    with pytest.raises(SignatureMismatchError):
        key.check(signature, b"data")


@pytest.mark.parametrize("y", range(FIELD_PRIME, 2**255))
@pytest.mark.parametrize("bit", [0, 1])
def test_a_key_that_is_not_written_in_the_one_way_is_refused(y: int, bit: int) -> None:
    """Source: RFC 8032, section 5.1.3, step 1."""
    with pytest.raises(KeyFormatError):
        PublicKey(KeyType.ED25519, (y | bit << 255).to_bytes(32, "little")).native  # noqa: B018 -- the test


def test_a_signature_of_ed25519_with_s_over_the_order_is_refused() -> None:
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    key = PublicKey.of(private.public_key())
    signature = private.sign(b"data")
    s = int.from_bytes(signature[32:], "little") + GROUP_ORDER

    key.check(signature, b"data")
    with pytest.raises(SignatureMismatchError):
        key.check(signature[:32] + s.to_bytes(32, "little"), b"data")


@pytest.mark.parametrize("kind", ORDERS)
def test_ecdsa_signatures_out_of_range_are_refused(kind: KeyType) -> None:
    signer, order = _ecdsa(kind), ORDERS[kind]
    good = signer.sign(b"data")
    half = len(good) // 2
    r, s = int.from_bytes(good[:half], "big"), int.from_bytes(good[half:], "big")
    top = 256**half - 1
    signer.public_key.check(good, b"data")

    for wrong in [
        (0, s),
        (r, 0),
        (0, 0),
        (order, s),
        (r, order),
        (r, top),
        (top, s),
        (order, order),
        (1, 1),
        (s, r),
    ]:
        with pytest.raises(SignatureMismatchError):
            signer.public_key.check(b"".join(part.to_bytes(half, "big") for part in wrong), b"data")


@pytest.mark.parametrize("kind", ORDERS)
def test_der_where_a_raw_signature_belongs_is_refused(kind: KeyType) -> None:
    signer = _ecdsa(kind)
    good = signer.sign(b"data")
    half = len(good) // 2
    der = encode_dss_signature(int.from_bytes(good[:half], "big"), int.from_bytes(good[half:], "big"))

    for wrong in (der, good + b"\0", good[:-1], b"", b"\0" + good, der.ljust(len(good), b"\0")[: len(good)]):
        with pytest.raises(SignatureMismatchError):
            signer.public_key.check(wrong, b"data")


@pytest.mark.parametrize("kind", ORDERS)
def test_a_point_that_is_not_on_the_curve_is_refused(kind: KeyType) -> None:
    size = len(_ecdsa(kind).public_key.data) - 1
    off = next(x for x in range(1, 100) if not _is_point(kind, b"\x02" + x.to_bytes(size, "big")))
    good = _ecdsa(kind).public_key.data
    wrong = [
        b"\x02" + off.to_bytes(size, "big"),
        b"\x02" + b"\xff" * size,  # over the field
        b"\x00" * (size + 1),
        b"\x00",  # the point at infinity
        b"\x04" + good[1:],
        b"\x05" + good[1:],
        good[:-1],
        good + b"\0",
        b"",
    ]

    for data in wrong:
        with pytest.raises(KeyFormatError):
            PublicKey(kind, data).native  # noqa: B018 -- that is the test


def _is_point(kind: KeyType, data: bytes) -> bool:
    try:
        PublicKey(kind, data).native  # noqa: B018 -- that is the question
    except KeyFormatError:
        return False
    return True


@pytest.mark.parametrize("data", [b"", bytes(31), bytes(33), b"\x07" * 31])
def test_an_ed25519_key_of_another_length_is_refused(data: bytes) -> None:
    with pytest.raises(KeyFormatError):
        PublicKey(KeyType.ED25519, data).native  # noqa: B018 -- that is the test


@pytest.mark.parametrize("bits", [1_024, 2_047, 8_200])
def test_rsa_keys_out_of_bounds_are_refused(bits: int) -> None:
    public = rsa.RSAPublicNumbers(65_537, (1 << bits - 1) + 1).public_key()

    with pytest.raises(KeyFormatError, match="2048 to 8192 bits"):
        PublicKey.of(public)


def test_rsa_signatures_verify_with_pkcs_1_5_and_sha_256_alone() -> None:
    private = rsa.generate_private_key(65_537, 2_048)
    key = PublicKey.of(private.public_key())
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)

    key.check(private.sign(b"data", padding.PKCS1v15(), hashes.SHA256()), b"data")
    for wrong in (
        private.sign(b"data", pss, hashes.SHA256()),
        private.sign(b"data", padding.PKCS1v15(), hashes.SHA512()),
        private.sign(b"date", padding.PKCS1v15(), hashes.SHA256()),
        bytes(256),
        b"",
    ):
        with pytest.raises(SignatureMismatchError):
            key.check(wrong, b"data")


def test_kinds_that_are_not_read_here() -> None:
    for native in (
        ec.generate_private_key(ec.SECP256K1()).public_key(),
        dsa.generate_private_key(2_048).public_key(),
        Ed25519PrivateKey.generate(),
        None,
        b"\0" * 32,
    ):
        with pytest.raises(KeyFormatError):
            PublicKey.of(native)


def test_a_key_of_another_kind_does_not_hide_in_the_der_of_rsa() -> None:
    with pytest.raises(KeyFormatError):
        PublicKey(KeyType.RSA, b"\x30\x00").native  # noqa: B018 -- that is the test


@given(st.sampled_from([KeyType.P256, KeyType.P384]), st.binary(max_size=64), st.data())
def test_no_other_signature_verifies(kind: KeyType, message: bytes, data: st.DataObject) -> None:
    signer = _ecdsa(kind)
    signature = bytearray(signer.sign(message))
    place = data.draw(st.integers(0, len(signature) - 1))
    signature[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(SignatureMismatchError):
        signer.public_key.check(bytes(signature), message)


def test_a_signature_does_not_pass_from_one_curve_to_another() -> None:
    for kind, other in ((KeyType.P256, KeyType.P384), (KeyType.P384, KeyType.P256)):
        with pytest.raises(SignatureMismatchError):
            _ecdsa(kind).public_key.check(_ecdsa(other).sign(b"data"), b"data")


def test_the_library_itself_refuses_a_changed_message() -> None:
    """Were it ever to answer without raising, everything here would pass."""
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))

    with pytest.raises(InvalidSignature):
        private.public_key().verify(private.sign(b"data"), b"date")
    assert multikey.encode(PublicKey.of(private.public_key())).startswith("z6Mk")
