from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from sceau.errors import KeyFormatError
from sceau.keys import jwk, multikey
from sceau.keys.public import KeyType, PublicKey
from sceau.keys.signer import EcdsaSigner, Ed25519Signer

RFC_7638_RSA = {
    "kty": "RSA",
    "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWK"
    "RXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMic"
    "AtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3"
    "XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
    "e": "AQAB",
    "alg": "RS256",
    "kid": "2011-04-29",
}
RFC_8037_PRIVATE = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
RFC_8037_PUBLIC = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
RFC_7515_A3 = {
    "kty": "EC",
    "crv": "P-256",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
}


def test_thumbprint_of_rfc_7638() -> None:
    assert jwk.thumbprint(jwk.decode(RFC_7638_RSA)) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_keys_and_thumbprint_of_rfc_8037() -> None:
    """Appendices A.1 (private key), A.2 (public key), A.3 (thumbprint)."""
    signer = Ed25519Signer(jwk.base64url_decode(RFC_8037_PRIVATE), "did:example:a#1")
    key = jwk.decode(RFC_8037_PUBLIC)

    assert signer.public_key == key
    assert jwk.encode(key) == RFC_8037_PUBLIC
    assert jwk.thumbprint(key) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_signature_of_rfc_8037() -> None:
    """Appendices A.4 and A.5."""
    signed = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
    signature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    signer = Ed25519Signer(jwk.base64url_decode(RFC_8037_PRIVATE), "did:example:a#1")

    assert jwk.base64url_encode(signer.sign(signed)) == signature
    jwk.decode(RFC_8037_PUBLIC).check(jwk.base64url_decode(signature), signed)


def test_signature_of_rfc_7515_with_es256() -> None:
    """Appendix A.3."""
    signed = (
        b"eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQog"
        b"Imh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    )
    signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    scalar = jwk.base64url_decode("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI")
    key = jwk.decode(RFC_7515_A3)

    key.check(jwk.base64url_decode(signature), signed)
    assert EcdsaSigner.from_scalar(KeyType.P256, scalar, "").public_key == key
    assert jwk.encode(key) == RFC_7515_A3


# Whole and its parts, by turns


@st.composite
def _keys(draw: st.DrawFn) -> PublicKey:
    kind = draw(st.sampled_from([KeyType.ED25519, KeyType.P256, KeyType.P384, KeyType.P521]))
    scalar = draw(st.binary(min_size=32, max_size=32).filter(lambda data: 0 < data[0] < 255))
    if kind is KeyType.ED25519:
        return Ed25519Signer(scalar, "").public_key
    return EcdsaSigner.from_scalar(kind, scalar, "").public_key


@given(_keys())
def test_a_key_is_the_same_in_each_writing(key: PublicKey) -> None:
    as_multikey, as_jwk = multikey.encode(key), jwk.encode(key)

    assert multikey.decode(as_multikey) == key
    assert jwk.decode(as_jwk) == key
    assert multikey.encode(jwk.decode(as_jwk)) == as_multikey
    assert jwk.encode(multikey.decode(as_multikey)) == as_jwk
    assert PublicKey.of(key.native) == key


@given(_keys())
def test_a_thumbprint_does_not_depend_on_what_else_is_said(key: PublicKey) -> None:
    plain = jwk.encode(key)
    adorned = {"kid": "a", "use": "sig", "key_ops": ["verify"]} | dict(reversed(plain.items()))

    assert jwk.thumbprint(jwk.decode(adorned)) == jwk.thumbprint(key)
    assert len(jwk.base64url_decode(jwk.thumbprint(key))) == 32


def test_an_rsa_key_is_the_same_in_each_writing() -> None:
    key = PublicKey.of(rsa.generate_private_key(65_537, 2_048).public_key())

    assert jwk.decode(jwk.encode(key)) == key
    with pytest.raises(KeyFormatError):
        multikey.encode(key)


@given(st.binary(max_size=300))
def test_base64url_round_trip(data: bytes) -> None:
    assert jwk.base64url_decode(jwk.base64url_encode(data)) == data


@pytest.mark.parametrize(
    "text", ["A", "AA=", "AB", "AAB", "A A", "AA\n", "A+", "A/", "é", "A" * 2_049, None, b"AA", 5]
)
def test_base64url_has_one_text_for_one_sequence_of_bytes(text: object) -> None:
    with pytest.raises(KeyFormatError):
        jwk.base64url_decode(text)


# Refusals


@pytest.mark.parametrize(
    ("member", "value"),
    [(name, "AQAB") for name in ("d", "p", "q", "dp", "dq", "qi", "k")] + [("oth", []), ("d", None)],
)
def test_a_key_with_its_private_part_is_refused(member: str, value: object) -> None:
    for key in (RFC_8037_PUBLIC, RFC_7515_A3, RFC_7638_RSA):
        with pytest.raises(KeyFormatError, match="private part"):
            jwk.decode({**key, member: value})


def test_the_private_part_is_not_repeated() -> None:
    with pytest.raises(KeyFormatError) as caught:
        jwk.decode({**RFC_8037_PUBLIC, "d": RFC_8037_PRIVATE})

    assert RFC_8037_PRIVATE not in str(caught.value)


@pytest.mark.parametrize("use", ["enc", "", None, 5, ["sig"], "SIG"])
def test_a_key_for_another_use_is_refused(use: object) -> None:
    assert jwk.decode({**RFC_7515_A3, "use": "sig"})
    with pytest.raises(KeyFormatError):
        jwk.decode({**RFC_7515_A3, "use": use})


@pytest.mark.parametrize("operations", [[], ["sign"], ["encrypt"], "verify", None, 5, {"verify": 1}])
def test_a_key_that_is_not_to_verify_with_is_refused(operations: object) -> None:
    assert jwk.decode({**RFC_7515_A3, "key_ops": ["sign", "verify"]})
    with pytest.raises(KeyFormatError):
        jwk.decode({**RFC_7515_A3, "key_ops": operations})


@pytest.mark.parametrize(
    ("key", "own"),
    [(RFC_8037_PUBLIC, {"EdDSA", "Ed25519"}), (RFC_7515_A3, {"ES256"}), (RFC_7638_RSA, {"RS256"})],
)
def test_an_algorithm_that_does_not_go_with_the_key_is_refused(key: dict[str, str], own: set[str]) -> None:
    known = [
        "EdDSA",
        "Ed25519",
        "ES256",
        "ES256K",
        "ES384",
        "RS256",
        "PS256",
        "RS1",
        "HS256",
        "none",
        "",
        5,
        [],
    ]

    for algorithm in known:
        adorned: dict[str, Any] = {**key, "alg": algorithm}
        if isinstance(algorithm, str) and algorithm in own:
            assert jwk.decode(adorned)
        else:
            with pytest.raises(KeyFormatError):
                jwk.decode(adorned)


def test_a_huge_exponent_of_rsa_is_refused() -> None:
    exponent = jwk.base64url_encode((2**2_000 + 1).to_bytes(251, "big"))

    with pytest.raises(KeyFormatError, match="exponent"):
        jwk.decode({**RFC_7638_RSA, "e": exponent})


@pytest.mark.parametrize("exponent", ["", "AA", "AQ", "Ag", "AQAA"])
def test_exponents_with_which_rsa_proves_nothing_are_refused(exponent: str) -> None:
    """0, 1, 2 and 65,536."""
    with pytest.raises(KeyFormatError):
        jwk.decode({**RFC_7638_RSA, "e": exponent})


@pytest.mark.parametrize("bits", [8, 1_024, 2_047, 8_200])
def test_rsa_keys_out_of_bounds_are_refused(bits: int) -> None:
    modulus = ((1 << bits - 1) + 1).to_bytes(bits // 8 + 1, "big").lstrip(b"\0")

    with pytest.raises(KeyFormatError):
        jwk.decode({"kty": "RSA", "e": "AQAB", "n": jwk.base64url_encode(modulus)})


def test_a_point_that_is_not_on_the_curve_is_refused() -> None:
    swapped = {**RFC_7515_A3, "x": RFC_7515_A3["y"], "y": RFC_7515_A3["x"]}
    origin = {**RFC_7515_A3, "x": "A" * 43, "y": "A" * 43}

    for wrong in (swapped, origin, {**RFC_7515_A3, "crv": "P-384"}):
        with pytest.raises(KeyFormatError):
            jwk.decode(wrong)


@pytest.mark.parametrize(
    "changed",
    [
        {"kty": "oct"},
        {"kty": "OKP"},
        {"kty": "ec"},
        {"kty": None},
        {"kty": ["EC"]},
        {"crv": "secp256k1"},
        {"crv": ["P-256"]},
        {"crv": "Ed25519"},
        {"x": None},
        {"x": 5},
        {"x": "AA" + RFC_7515_A3["x"]},
        {"x": RFC_7515_A3["x"][:-2]},
        {"y": RFC_7515_A3["y"] + "="},
        {"y": ""},
    ],
)
def test_other_shapes_are_refused(changed: dict[str, object]) -> None:
    with pytest.raises(KeyFormatError):
        jwk.decode({**RFC_7515_A3, **changed})


def test_members_that_are_missing_are_refused() -> None:
    for key in (RFC_8037_PUBLIC, RFC_7515_A3, RFC_7638_RSA):
        for name in set(key) - {"alg", "kid"}:
            with pytest.raises(KeyFormatError):
                jwk.decode({other: value for other, value in key.items() if other != name})
    with pytest.raises(KeyFormatError):
        jwk.decode({})


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_an_ed25519_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(KeyFormatError):
        jwk.decode({**RFC_8037_PUBLIC, "x": jwk.base64url_encode(b"\x07" * length)})


def test_an_ed25519_key_of_low_order_is_refused() -> None:
    with pytest.raises(KeyFormatError, match="low order"):
        jwk.decode({**RFC_8037_PUBLIC, "x": jwk.base64url_encode(b"\x01" + bytes(31))})


def test_x25519_is_no_key_to_verify_with() -> None:
    with pytest.raises(KeyFormatError):
        jwk.decode({**RFC_8037_PUBLIC, "crv": "X25519"})


def test_public_keys_in_pem() -> None:
    key = ec.derive_private_key(5, ec.SECP256R1()).public_key()
    pem = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    assert jwk.from_pem(pem) == PublicKey.of(key)
    for wrong in (b"", pem[:-40], b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"):
        with pytest.raises(KeyFormatError):
            jwk.from_pem(wrong)
