"""Seals: how they are written and read, and every way to put one together that must not pass."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from joserfc import errors as other_errors
from joserfc import jwk as other_jwk
from joserfc import jws as other_jws
from tests.sceau.keys.test_x509 import ISSUING, NOW, ROOT, YEAR, rsa_key
from tests.sceau.keys.time_authority import CLOCK_OF_TESTS as CLOCK

from sceau import errors
from sceau.canon import strict_json
from sceau.errors import SceauError
from sceau.keys import jwk
from sceau.keys.public import KeyType
from sceau.keys.signer import EcdsaSigner, Ed25519Signer, RsaSigner
from sceau.keys.x509 import Certificate
from sceau.ports import Signer
from sceau.proofs import jades, jose
from sceau.proofs.jades import Level

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PAYLOAD = '{"id":"urn:credential:1","title":"Tailler une haie — \\"niveau 3\\"","points":3}'.encode()


def signer_of(kind: str) -> Signer:
    if kind == "RSA":
        return RsaSigner(rsa_key(2_048))
    return EcdsaSigner(
        ec.derive_private_key(77, {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1()}[kind]), ""
    )


def certified(signer: Any, **options: Any) -> Certificate:
    return ISSUING.issue("Cachet de l’atelier", signer.private_key(), **options)


SIGNER = signer_of("P-256")
LEAF = certified(SIGNER)
CHAIN = (LEAF, ISSUING.certificate, ROOT.certificate)


def sealed(payload: bytes = PAYLOAD, **options: Any) -> dict[str, Any]:
    """A sealed file as JSON."""
    given = {"signer": SIGNER, "certificates": CHAIN, "at": NOW} | options
    document: dict[str, Any] = json.loads(jades.seal(payload, **given))
    return document


def resealed(
    change: Callable[[dict[str, Any]], object],
    *,
    payload: str = PAYLOAD.decode(),
    signed: bytes | None = None,
) -> dict[str, Any]:
    """A seal whose signed header is another one, and signed well."""
    document = sealed()
    header = header_of(document)
    change(header)
    protected = jwk.base64url_encode(json.dumps(header).encode())
    signing_input = protected.encode() + b"." + (payload.encode() if signed is None else signed)
    one = {"protected": protected, "signature": jwk.base64url_encode(SIGNER.sign(signing_input))}
    return {"payload": payload, "signatures": [one]}


def header_of(document: dict[str, Any]) -> dict[str, Any]:
    protected = document["signatures"][0]["protected"]
    read: dict[str, Any] = json.loads(jwk.base64url_decode(protected, max_letters=99_999))
    return read


def checked(document: dict[str, Any] | bytes, **options: Any) -> Certificate:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return jades.check(jades.parse(data), **options)


# Written and read


@pytest.mark.parametrize(("kind", "algorithm"), [("RSA", "RS256"), ("P-256", "ES256"), ("P-384", "ES384")])
def test_a_seal_holds_by_its_own_certificate(kind: str, algorithm: str) -> None:
    signer = signer_of(kind)
    leaf = certified(signer)

    data = jades.seal(PAYLOAD, signer=signer, certificates=[leaf], at=NOW)

    read = jades.parse(data)
    assert jades.check(read) == leaf
    assert read.payload == PAYLOAD
    assert read.algorithm == algorithm
    assert read.claims()["points"] == 3


def test_the_shape_is_that_of_the_official_samples() -> None:
    document = sealed()

    assert list(document) == ["payload", "signatures"]
    assert document["payload"] == PAYLOAD.decode()
    assert header_of(document) == {
        "alg": "ES256",
        "typ": "jose+json",
        "cty": "ld+json",
        "x5t#S256": LEAF.thumbprint,
        "x5c": [base64.b64encode(one.der).decode() for one in CHAIN[:2]],
        "b64": False,
        "iat": int(NOW.timestamp()),
        "crit": ["b64"],
    }


def test_another_library_reads_the_seal() -> None:
    document = sealed()
    key = other_jwk.import_key(jwk.encode(LEAF.public_key))
    registry = other_jws.JWSRegistry(algorithms=["ES256"], strict_check_header=False)
    registry.max_header_length = 10_000

    read = other_jws.deserialize_json(document, key, registry=registry)  # type: ignore[arg-type] # read JSON

    assert read.payload == PAYLOAD
    with pytest.raises(other_errors.BadSignatureError):
        other_jws.deserialize_json(
            document | {"payload": "{}"},  # type: ignore[arg-type] # read JSON
            key,
            registry=registry,
        )


def test_the_signing_time_before_and_after_the_middle_of_2025() -> None:
    before = datetime(2025, 7, 14, 23, 59, 59, 999_999, tzinfo=UTC)
    after = datetime(2025, 7, 15, tzinfo=UTC)
    leaf = certified(SIGNER, since=NOW - 2 * YEAR)

    old = header_of(sealed(certificates=[leaf], at=before))
    new = header_of(sealed(certificates=[leaf], at=after))

    assert (old["sigT"], old["crit"], "iat" in old) == ("2025-07-14T23:59:59Z", ["b64", "sigT"], False)
    assert (new["iat"], new["crit"], "sigT" in new) == (1_752_537_600, ["b64"], False)
    for moment in (before, after):
        read = jades.parse(json.dumps(sealed(certificates=[leaf], at=moment)))
        assert read.claimed_time() == moment.replace(microsecond=0)


def test_a_seal_with_its_time_stamp() -> None:
    document = sealed(time_stamper=CLOCK)

    read = jades.parse(json.dumps(document))
    (stamped,) = read.time_stamps()
    assert read.level is Level.T
    assert stamped.signs_seal
    assert stamped.over == document["signatures"][0]["signature"].encode()
    assert stamped.parse().time == NOW


def test_the_flattened_form_is_read_too() -> None:
    document = sealed(time_stamper=CLOCK)
    flattened = {"payload": document["payload"], **document["signatures"][0]}

    assert checked(flattened) == LEAF
    assert jades.parse(json.dumps(flattened)).level is Level.T


@given(st.dictionaries(TEXT, TEXT))
def test_any_payload_is_kept_to_the_byte(content: dict[str, str]) -> None:
    payload = json.dumps(content, ensure_ascii=False, indent=1).encode()

    data = jades.seal(payload, signer=SIGNER, certificates=CHAIN, at=NOW)

    read = jades.parse(data)
    assert read.payload == payload
    assert jades.check(read) == LEAF


@pytest.mark.parametrize("name", ["x5t#o", "sigX5ts"])
@pytest.mark.parametrize("algorithm", ["S256", "S384", "S512"])
def test_the_other_references_to_a_certificate(name: str, algorithm: str) -> None:
    assert checked(resealed(lambda header: refer(header, name, algorithm, LEAF))) == LEAF


def refer(header: dict[str, Any], name: str, algorithm: str, leaf: Certificate) -> None:
    digest = hashlib.new(f"sha{algorithm[1:]}", leaf.der).digest()
    value = {"digAlg": algorithm, "digVal": jwk.base64url_encode(digest)}
    del header["x5t#S256"]
    header[name] = [value] if name == "sigX5ts" else value
    header["crit"].append(name)


# What is not written


@pytest.mark.parametrize("level", [Level.LT, Level.LTA])
def test_the_long_term_levels_are_refused(level: Level) -> None:
    with pytest.raises(errors.UnsupportedProofError, match="long term"):
        sealed(level=level, time_stamper=CLOCK)


def test_a_level_goes_with_the_time_stamper() -> None:
    with pytest.raises(errors.ProofError, match="expected a time-stamping authority"):
        sealed(level=Level.T)
    with pytest.raises(errors.ProofError, match="expected no time-stamping authority"):
        sealed(level=Level.B, time_stamper=CLOCK)


REFUSED: dict[str, tuple[dict[str, Any], type[SceauError]]] = {
    "no certificate": ({"certificates": []}, errors.SealCertificateError),
    "the certificate of another key": (
        {"certificates": [certified(signer_of("P-384"))]},
        errors.WrongKeyError,
    ),
    "a certificate that has ended": ({"at": NOW + 2 * YEAR}, errors.CertificateExpiredError),
    "a certificate of later": ({"at": NOW - 2 * YEAR}, errors.CertificateNotYetError),
    "a certificate of an authority": ({"certificates": [ISSUING.certificate]}, errors.CertificateUseError),
    "a certificate that is not for signing": (
        {"certificates": [certified(SIGNER, usages=("key_encipherment",))]},
        errors.CertificateUseError,
    ),
    "a certificate for no use": (
        {"certificates": [certified(SIGNER, usages=None)]},
        errors.CertificateUseError,
    ),
    "a key that certificates of seals do not have": (
        {"signer": Ed25519Signer(bytes(32), "")},
        errors.UnsupportedProofError,
    ),
    "a curve that is not written": (
        {"signer": EcdsaSigner(ec.derive_private_key(7, ec.SECP521R1()), "")},
        errors.UnsupportedProofError,
    ),
    "a naive moment": ({"at": NOW.replace(tzinfo=None)}, errors.DataModelError),
    "a payload that is not JSON": ({"payload": b"{"}, errors.UnreadableError),
    "a payload that is a list": ({"payload": b"[]"}, errors.UnreadableError),
    "a payload in another encoding": ({"payload": '{"é":1}'.encode("latin-1")}, errors.UnreadableError),
    "a payload with a mark": ({"payload": b"\xef\xbb\xbf{}"}, errors.UnreadableError),
    "a payload that says a key twice": ({"payload": b'{"a":1,"a":2}'}, errors.DuplicateKeyError),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_sealed(name: str) -> None:
    options, error = REFUSED[name]

    with pytest.raises(error):
        sealed(**options)


def test_a_time_stamp_of_something_else_is_not_taken() -> None:
    class Confused:
        def time_stamp(self, digest: bytes) -> bytes:
            return CLOCK.time_stamp(bytes(32))

    with pytest.raises(errors.TimeStampMismatchError):
        sealed(time_stamper=Confused())


# What is not read


def altered(change: Callable[[dict[str, Any]], object], **options: Any) -> dict[str, Any]:
    document = sealed(**options)
    change(document)
    return document


def one_of(document: dict[str, Any]) -> dict[str, Any]:
    one: dict[str, Any] = document["signatures"][0]
    return one


UNREADABLE: dict[str, tuple[object, type[SceauError]]] = {
    "nothing": (b"", errors.UnreadableError),
    "a list": (b"[]", errors.UnreadableError),
    "no payload": (altered(lambda d: d.pop("payload")), errors.UnreadableError),
    "a payload that is an object": (altered(lambda d: d.update(payload={})), errors.UnreadableError),
    "no seal": (altered(lambda d: d.pop("signatures")), errors.MissingProofError),
    "an empty list of seals": (altered(lambda d: d.update(signatures=[])), errors.MissingProofError),
    "a second seal": (altered(lambda d: d["signatures"].append(one_of(sealed()))), errors.SeveralSealsError),
    "the same seal twice": (altered(lambda d: d["signatures"].append(one_of(d))), errors.SeveralSealsError),
    "both forms at once": (altered(lambda d: d.update(one_of(d))), errors.UnreadableError),
    "seals that are no list": (altered(lambda d: d.update(signatures={})), errors.UnreadableError),
    "a seal that is no object": (altered(lambda d: d.update(signatures=["x"])), errors.UnreadableError),
    "no signed header": (altered(lambda d: one_of(d).pop("protected")), errors.UnreadableError),
    "no signature": (altered(lambda d: one_of(d).pop("signature")), errors.UnreadableError),
    "an empty signature": (altered(lambda d: one_of(d).update(signature="")), errors.MissingProofError),
    "a padded signature": (
        altered(lambda d: one_of(d).update(signature=one_of(d)["signature"] + "==")),
        errors.UnreadableError,
    ),
    "a member in both headers": (
        altered(lambda d: one_of(d).update(header={"alg": "none"})),
        errors.UnreadableError,
    ),
    "an unsigned header that is a list": (
        altered(lambda d: one_of(d).update(header=[])),
        errors.UnreadableError,
    ),
    "etsiU that is no list": (
        altered(lambda d: one_of(d).update(header={"etsiU": {}})),
        errors.UnreadableError,
    ),
    "too much in etsiU": (
        altered(lambda d: one_of(d).update(header={"etsiU": [{"a": 1}] * 33})),
        errors.UnreadableError,
    ),
    "two names in one of etsiU": (
        altered(lambda d: one_of(d).update(header={"etsiU": [{"a": 1, "b": 2}]})),
        errors.UnreadableError,
    ),
    "etsiU that is not base64url": (
        altered(lambda d: one_of(d).update(header={"etsiU": ["="]})),
        errors.UnreadableError,
    ),
    "a key twice": (
        json.dumps(sealed()).replace('{"payload"', '{"payload":"{}","payload"', 1).encode(),
        errors.DuplicateKeyError,
    ),
    "a key twice in the signed header": (
        altered(lambda d: one_of(d).update(protected=jwk.base64url_encode(b'{"alg":"ES256","alg":"none"}'))),
        errors.DuplicateKeyError,
    ),
    "very deep": (b'{"payload":' + b"[" * 100_000, errors.UnreadableError),
    "too large": (b'{"payload":"' + b"a" * strict_json.MAX_BYTES + b'"}', errors.TooLargeError),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_files_that_are_refused(name: str) -> None:
    document, error = UNREADABLE[name]

    with pytest.raises(error):
        jades.parse(document if isinstance(document, bytes) else json.dumps(document).encode())


def test_shapes_are_recognised_and_never_raise() -> None:
    assert jades.recognises(sealed())
    assert jades.recognises({"payload": 3, "signature": []})
    assert not jades.recognises({"payload": "{}"})
    assert not jades.recognises({})


# What does not hold


ENCODED = jwk.base64url_encode(PAYLOAD)
OTHER = certified(EcdsaSigner(ec.derive_private_key(78, ec.SECP256R1()), ""))


def encoded(certificate: Certificate) -> str:
    return base64.b64encode(certificate.der).decode()


FORGED: dict[str, tuple[dict[str, Any], str]] = {
    "another payload": (altered(lambda d: d.update(payload='{"id":"urn:credential:2"}')), "proof.mismatch"),
    "the payload with a space more": (
        altered(lambda d: d.update(payload=d["payload"].replace(":", ": ", 1))),
        "proof.mismatch",
    ),
    "the payload in base64url": (altered(lambda d: d.update(payload=ENCODED)), "proof.mismatch"),
    "the payload of another seal": (
        altered(lambda d: d.update(payload=sealed(b'{"id":"2"}')["payload"])),
        "proof.mismatch",
    ),
    "the signature of another seal": (
        altered(lambda d: one_of(d).update(signature=one_of(sealed(b"{}"))["signature"])),
        "proof.mismatch",
    ),
    "no b64": (resealed(lambda h: h.update(crit=["iat"]) or h.pop("b64")), "seal.payload"),
    "no b64, payload encoded": (
        resealed(lambda h: (h.pop("b64"), h.pop("crit")), payload=ENCODED),
        "seal.payload",
    ),
    "b64 true": (resealed(lambda h: h.update(b64=True)), "seal.payload"),
    "b64 true, payload encoded": (resealed(lambda h: h.update(b64=True), payload=ENCODED), "seal.payload"),
    "b64 as a number": (resealed(lambda h: h.update(b64=0)), "seal.payload"),
    "b64 as text": (resealed(lambda h: h.update(b64="false")), "seal.payload"),
    "b64 not critical": (resealed(lambda h: h.update(crit=["iat"])), "seal.payload"),
    "b64 without crit": (resealed(lambda h: h.pop("crit")), "seal.payload"),
    "b64 false over the encoded payload": (
        resealed(lambda h: None, signed=ENCODED.encode()),
        "proof.mismatch",
    ),
    "crit that is not understood": (
        resealed(lambda h: h.update(crit=["b64", "sigPId"], sigPId={"id": "1.2.3"})),
        "proof.unsupported",
    ),
    "crit about something that is not there": (
        resealed(lambda h: h.update(crit=["b64", "sigT"])),
        "proof.invalid",
    ),
    "crit that is empty": (resealed(lambda h: h.update(crit=[])), "proof.invalid"),
    "crit that says a name twice": (resealed(lambda h: h.update(crit=["b64", "b64"])), "proof.invalid"),
    "crit that is no list": (resealed(lambda h: h.update(crit="b64")), "proof.invalid"),
    "crit with a number": (resealed(lambda h: h.update(crit=["b64", 1])), "proof.invalid"),
    "a payload elsewhere": (
        resealed(lambda h: h.update(sigD={"mId": "http://uri.etsi.org/19182/HttpHeaders"})),
        "proof.unsupported",
    ),
    "no algorithm": (resealed(lambda h: h.pop("alg")), "proof.unsupported"),
    "the algorithm none": (resealed(lambda h: h.update(alg="none")), "proof.missing"),
    "a shared secret": (resealed(lambda h: h.update(alg="HS256")), "proof.invalid"),
    "the algorithm of another key": (resealed(lambda h: h.update(alg="RS256")), "proof.invalid"),
    "RSASSA-PSS": (resealed(lambda h: h.update(alg="PS256")), "proof.unsupported"),
    "EdDSA": (resealed(lambda h: h.update(alg="EdDSA")), "proof.unsupported"),
    "no certificate": (resealed(lambda h: h.pop("x5c")), "seal.certificate"),
    "no reference to the certificate": (resealed(lambda h: h.pop("x5t#S256")), "seal.certificate"),
    "a reference to another certificate": (
        resealed(lambda h: h.update({"x5t#S256": ROOT.certificate.thumbprint})),
        "seal.certificate",
    ),
    "another certificate of the same key": (
        resealed(lambda h: h.update(x5c=[encoded(certified(SIGNER, until=NOW + 9 * YEAR))])),
        "seal.certificate",
    ),
    "one reference of two to another": (
        resealed(lambda h: h.update({"sigX5ts": [{"digAlg": "S256", "digVal": "AAAA"}]})),
        "seal.certificate",
    ),
    "a reference by SHA-1": (
        resealed(lambda h: (h.pop("x5t#S256"), h.update({"x5t#o": {"digAlg": "S1", "digVal": "AAAA"}}))),
        "seal.certificate",
    ),
    "a reference that is no object": (
        resealed(lambda h: (h.pop("x5t#S256"), h.update({"x5t#o": "S256"}))),
        "seal.certificate",
    ),
    "an empty list of references": (
        resealed(lambda h: (h.pop("x5t#S256"), h.update({"sigX5ts": []}))),
        "seal.certificate",
    ),
    "another certificate and its reference": (
        resealed(lambda h: h.update({"x5t#S256": OTHER.thumbprint, "x5c": [encoded(OTHER)]})),
        "proof.mismatch",
    ),
    "x5c that is no certificate": (resealed(lambda h: h.update(x5c=["AAAA"])), "certificate.invalid"),
    "x5c of nine": (resealed(lambda h: h.update(x5c=h["x5c"][:1] * 9)), "certificate.invalid"),
    "two signing times": (
        resealed(lambda h: h.update(sigT="2026-06-02T08:00:00Z")),
        "proof.invalid",
    ),
    "a signing time that is none": (
        resealed(lambda h: (h.pop("iat"), h.update(sigT="yesterday"))),
        "proof.invalid",
    ),
    "iat as text": (resealed(lambda h: h.update(iat="1780387200")), "proof.invalid"),
    "iat far beyond": (resealed(lambda h: h.update(iat=2**52)), "proof.invalid"),
}


@pytest.mark.parametrize("name", FORGED)
def test_seals_that_do_not_hold(name: str) -> None:
    document, code = FORGED[name]

    with pytest.raises(SceauError) as met:
        checked(document)

    assert met.value.code == code


def test_the_key_of_a_certificate_must_be_long_enough() -> None:
    short = rsa_key(1_024)
    leaf = ISSUING.issue("Cachet court", short)

    def change(header: dict[str, Any]) -> None:
        header |= {"alg": "RS256", "x5t#S256": leaf.thumbprint, "x5c": [encoded(leaf)]}

    with pytest.raises(errors.WeakCertificateError, match="2048 bits"):
        checked(resealed(change))
    with pytest.raises(errors.KeyFormatError, match="2048"):
        RsaSigner(short)


def test_the_caller_chooses_the_algorithms() -> None:
    assert checked(sealed(), algorithms={"ES256"}) == LEAF
    with pytest.raises(errors.UnsupportedProofError):
        checked(sealed(), algorithms={"RS256"})
    with pytest.raises(errors.UnsupportedProofError):
        checked(sealed(), algorithms=set())


@given(st.integers(0, 511), st.integers(0, 255))
def test_any_other_signature_does_not_hold(position: int, value: int) -> None:
    signature = bytearray(jwk.base64url_decode(one_of(SEALED)["signature"]))
    position %= len(signature)
    if signature[position] == value:
        return
    signature[position] = value

    with pytest.raises(errors.SignatureMismatchError):
        checked(altered_copy(signature=jwk.base64url_encode(bytes(signature))))


SEALED = sealed()


def altered_copy(**members: object) -> dict[str, Any]:
    return {"payload": SEALED["payload"], "signatures": [one_of(SEALED) | members]}


# What stands beside a seal


def test_what_is_carried_for_the_long_term_is_named() -> None:
    values = [{"xVals": []}, {"rVals": {"ocspVals": []}}, {"arcTst": {"tstTokens": []}}]
    document = altered(lambda d: one_of(d).update(header={"etsiU": values}))

    read = jades.parse(json.dumps(document))

    assert read.level is Level.LTA
    assert read.unchecked == ("arcTst", "rVals")
    assert jades.check(read) == LEAF


def test_certificates_beside_a_seal_that_cannot_be_read_are_passed_over() -> None:
    good = {"x509Cert": {"val": base64.b64encode(ROOT.certificate.der).decode()}}
    values = [{"xVals": [good, {"x509Cert": {"val": "AAAA"}}, {"otherCert": {}}, {"x509Cert": 3}, "x"]}]
    document = altered(lambda d: one_of(d).update(header={"etsiU": values}))

    assert jades.parse(json.dumps(document)).loose_certificates() == (ROOT.certificate,)


@pytest.mark.parametrize(
    "value",
    [3, {}, {"tstTokens": []}, {"tstTokens": ["x"]}, {"tstTokens": [{"val": "="}]}, {"tstTokens": [{}] * 9}],
    ids=["a number", "nothing", "none", "text", "not base64", "nine"],
)
def test_time_stamps_that_have_another_shape(value: object) -> None:
    document = altered(lambda d: one_of(d).update(header={"etsiU": [{"sigTst": value}]}))

    with pytest.raises(errors.UnreadableError):
        jades.parse(json.dumps(document)).time_stamps()


def test_many_time_stamps_are_refused() -> None:
    one = {"sigTst": {"tstTokens": [{"val": "AAAA"}] * 5}}
    document = altered(lambda d: one_of(d).update(header={"etsiU": [one, one]}))

    with pytest.raises(errors.UnreadableError, match="at most 8"):
        jades.parse(json.dumps(document)).time_stamps()


def test_a_key_on_rsa_has_no_multikey() -> None:
    signer = RsaSigner(rsa_key(2_048), "did:web:example.org#sceau")

    assert signer.key_type == "RSA" == KeyType.RSA
    assert signer.verification_method == "did:web:example.org#sceau"
    with pytest.raises(errors.KeyFormatError, match="Multikey"):
        signer.public_key_multibase  # noqa: B018 -- it raises


def test_a_signing_time_is_in_whole_seconds() -> None:
    read = jades.parse(json.dumps(sealed(at=NOW + timedelta(microseconds=999_999))))

    assert read.claimed_time() == NOW


def test_a_key_on_rsa_signs_tokens_too() -> None:
    signer = RsaSigner(rsa_key(2_048), "did:web:example.org#sceau")

    token = jose.parse(jose.sign(PAYLOAD, signer=signer, typ="vc+jwt"))

    assert token.algorithm == "RS256"
    jose.verify(token, signer.public_key, algorithms={"RS256"})
