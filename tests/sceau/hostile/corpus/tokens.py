"""Attacks on tokens: what signs them, what their headers and payloads say, how they are written."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from tests.sceau.hostile.good import (
    ISSUER,
    PASSED,
    SIGNER,
    STRANGER,
    Ask,
    Attack,
    bare,
    compact,
    ecdsa,
    failed,
    intact,
    presented_token,
    refused,
    token,
    unknown,
)

from sceau.canon import strict_json
from sceau.did import document as did_document
from sceau.errors import (
    DuplicateKeyError,
    NothingFoundError,
    TooDeepError,
    TooLargeError,
    UnreadableError,
    UnsupportedFormatError,
)
from sceau.issuing import enveloped
from sceau.keys import jwk
from sceau.keys.jwk import base64url_decode, base64url_encode
from sceau.keys.public import _ORDERS, KeyType

MISSING, INVALID, MISMATCH, WRONG_KEY, CLAIMS = (
    failed(f"proof.{name}") for name in ("missing", "invalid", "mismatch", "wrong_key", "claims")
)
UNSUPPORTED = unknown("proof.unsupported")
UNREADABLE, OTHER_FORMAT = refused(UnreadableError), refused(UnsupportedFormatError)
TWICE, DEEP = refused(DuplicateKeyError), refused(TooDeepError)
KEY_ID = SIGNER.verification_method


def header(**members: Any) -> Ask:
    """A token signed rightly under a header with other members."""
    return intact(lambda: token(header=members))


def claim(**claims: Any) -> Ask:
    """A token signed rightly over other claims."""
    return intact(lambda: token(**claims))


def parts(change: Callable[[str, str, str], str]) -> Ask:
    """The three parts of a good token, put together in another way."""
    return intact(lambda: change(*token().split(".")))


def header_bytes(data: bytes) -> Ask:
    return intact(lambda: compact(data, strict_json.write(bare())))


def payload_bytes(make: Callable[[], bytes]) -> Ask:
    return intact(lambda: token(payload=make()))


def payload_text() -> str:
    return strict_json.write(bare()).decode()


def hmac_token(secret: bytes) -> str:
    """Signed with the public key as if it were a shared secret."""
    protected = base64url_encode(strict_json.write({"alg": "HS256", "typ": "vc+jwt", "kid": KEY_ID}))
    signing_input = f"{protected}.{base64url_encode(strict_json.write(bare()))}"
    return f"{signing_input}.{base64url_encode(hmac.digest(secret, signing_input.encode(), hashlib.sha256))}"


def pem() -> bytes:
    return SIGNER.public_key.native.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def es256(change: Callable[[int, int], bytes] = lambda r, s: raw(r, s)) -> Ask:
    """A token of P-256 with another signature, made from its r and s."""

    def make() -> str:
        issuer = did_document.did_of(ecdsa().verification_method)
        document = bare()
        document["issuer"]["id"] = issuer
        good = token(signer=ecdsa(), payload=strict_json.write(document))
        signing_input, _, signature = good.rpartition(".")
        data = base64url_decode(signature)
        value = change(int.from_bytes(data[:32], "big"), int.from_bytes(data[32:], "big"))
        return f"{signing_input}.{base64url_encode(value)}"

    return intact(make)


def raw(r: int, s: int) -> bytes:
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def envelope(**members: Any) -> Ask:
    return intact(lambda: {**enveloped(token()), **members})


def twin(text: str) -> str:
    """The same bytes in another writing: bits of the last letter that mean nothing."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return text[:-1] + alphabet[alphabet.index(text[-1]) ^ 1]


N = _ORDERS[KeyType.P256]

ATTACKS = (
    Attack("a token as it is", intact(token), PASSED),
    Attack("a token with ES256", es256(), PASSED),
    # Algorithms
    *(Attack(f"alg {name}", header(alg=name), MISSING) for name in ("none", "None", "NONE", "nOnE")),
    Attack(
        "alg none, without signature",
        intact(lambda: token(header={"alg": "none"}).rpartition(".")[0] + "."),
        MISSING,
    ),
    Attack("the signature taken away", parts(lambda head, body, _: f"{head}.{body}."), MISMATCH),
    Attack(
        "HS256 with the public key's bytes as the secret",
        intact(lambda: hmac_token(SIGNER.public_key.data)),
        INVALID,
    ),
    Attack("HS256 with the public key's PEM as the secret", intact(lambda: hmac_token(pem())), INVALID),
    Attack("HS256 with an empty secret", intact(lambda: hmac_token(b"")), INVALID),
    Attack("ES256 said of a key of Ed25519", header(alg="ES256"), INVALID),
    Attack("RS256 said of a key of Ed25519", header(alg="RS256"), INVALID),
    Attack("PS256", header(alg="PS256"), UNSUPPORTED),
    Attack("ES256K", header(alg="ES256K"), UNSUPPORTED),
    Attack("dir, of encryption", header(alg="dir", enc="A256GCM"), UNSUPPORTED),
    Attack("no alg", header(alg=None), UNSUPPORTED),
    Attack("alg that is empty", header(alg=""), UNSUPPORTED),
    Attack("alg in other letters", header(alg="eddsa"), UNSUPPORTED),
    Attack("alg that is a list", header(alg=["EdDSA"]), UNSUPPORTED),
    Attack("alg that is null", header_bytes(b'{"alg":null}'), UNSUPPORTED),
    Attack(
        "an algorithm that this verifier does not accept",
        intact(token, algorithms=frozenset({"ES256"})),
        UNSUPPORTED,
    ),
    # Signatures
    Attack("ES256 in DER", es256(encode_dss_signature), MISMATCH),
    Attack("ES256, r and s of zero", es256(lambda r, s: bytes(64)), MISMATCH),
    Attack("ES256, r of the order", es256(lambda r, s: raw(N, s)), MISMATCH),
    Attack("ES256, an empty signature", es256(lambda r, s: b""), MISMATCH),
    Attack(
        "ES256, s as order minus s: the same signature by its nature",
        es256(lambda r, s: raw(r, N - s)),
        PASSED,
    ),
    Attack(
        "a signature of another token",
        parts(lambda head, body, _: f"{head}.{body}.{token(note='x').split('.')[2]}"),
        MISMATCH,
    ),
    Attack(
        "a payload of another token",
        parts(lambda head, _, sign: f"{head}.{token(name='Autre').split('.')[1]}.{sign}"),
        MISMATCH,
    ),
    Attack(
        "a header of another token",
        parts(lambda _, body, sign: f"{token(typ='JWT').split('.')[0]}.{body}.{sign}"),
        MISMATCH,
    ),
    Attack(
        "a signature of 1 MB", parts(lambda head, body, _: f"{head}.{body}.{'A' * 1_000_000}"), UNREADABLE
    ),
    # Headers
    Attack("a critical header that nobody knows", header(crit=["x"], x=1), UNSUPPORTED),
    Attack("a critical header that is known", header(crit=["exp"]), UNSUPPORTED),
    Attack("crit that is empty", header(crit=[]), UNSUPPORTED),
    Attack("crit that is text", header(crit="x"), UNSUPPORTED),
    Attack("a payload that is not encoded: b64", header(b64=False, crit=["b64"]), UNSUPPORTED),
    Attack("the type of a presentation", header(typ="vp+jwt"), UNSUPPORTED),
    Attack("the type of a status list", header(typ="statuslist+jwt"), UNSUPPORTED),
    Attack("the type of a key binding", header(typ="kb+jwt"), UNSUPPORTED),
    Attack("the type of a proof of possession", header(typ="openid4vci-proof+jwt"), UNSUPPORTED),
    Attack("the content of a presentation", header(cty="vp"), UNSUPPORTED),
    Attack("a content that is a list", header(cty=["vc"]), UNSUPPORTED),
    Attack("kid of a stranger", header(kid=STRANGER.verification_method), WRONG_KEY),
    Attack("kid that is a number", header(kid=5), INVALID),
    Attack("kid that is an object", header(kid={"a": 1}), INVALID),
    Attack("kid that is another address", header(kid="https://example.org/key"), WRONG_KEY),
    Attack("kid that is a path", header(kid="../../../../dev/null"), WRONG_KEY),
    Attack("kid that looks like SQL", header(kid="x' UNION SELECT 'key"), WRONG_KEY),
    Attack(
        "kid that is no address, of an issuer that is none",
        intact(lambda: token(header={"kid": "https://["}, issuer="https://[")),
        WRONG_KEY,
    ),
    Attack(
        "a key that the token brings: a stranger's",
        intact(lambda: token(signer=STRANGER, header={"kid": None, "jwk": jwk.encode(STRANGER.public_key)})),
        WRONG_KEY,
    ),
    Attack(
        "a key that the token brings, with its private half",
        header(kid=None, jwk={**jwk.encode(SIGNER.public_key), "d": "AA"}),
        unknown("key.invalid"),
    ),
    Attack("a key that the token brings: text", header(kid=None, jwk="x"), WRONG_KEY),
    Attack(
        "addresses of keys, which nobody follows",
        header(jku="https://evil.example", x5u="https://evil.example"),
        PASSED,
    ),
    Attack(
        "signed by a stranger under the issuer's kid",
        intact(lambda: token(signer=STRANGER, header={"kid": KEY_ID})),
        MISMATCH,
    ),
    Attack(
        "signed by a stranger, kid left out",
        intact(lambda: token(signer=STRANGER, header={"kid": None})),
        MISMATCH,
    ),
    Attack("a header of 1 MB", header(x="a" * 1_000_000), UNREADABLE),
    Attack("a header with a key twice", header_bytes(b'{"alg":"none","alg":"EdDSA"}'), TWICE),
    Attack(
        "a header with a key twice, once as an escape",
        header_bytes(b'{"alg":"EdDSA","al\\u0067":"none"}'),
        TWICE,
    ),
    Attack("a header that is a list", header_bytes(b'["EdDSA"]'), UNREADABLE),
    Attack("a header that is no JSON", header_bytes(b"alg: EdDSA"), UNREADABLE),
    Attack("a header 10,000 deep", header_bytes(b'{"alg":' + b"[" * 10_000), DEEP),
    Attack("a header in UTF-16", header_bytes('{"alg":"EdDSA"}'.encode("utf-16")), UNREADABLE),
    Attack("a header with a lone surrogate", header_bytes(b'{"alg":"EdDSA","x":"\\ud800"}'), UNREADABLE),
    Attack(
        "a header with a number of 10,000 digits",
        header_bytes(b'{"alg":"EdDSA","x":' + b"9" * 10_000 + b"}"),
        UNREADABLE,
    ),
    # How it is written
    Attack("two parts", parts(lambda head, body, _: f"{head}.{body}"), UNREADABLE),
    Attack("four parts", parts(lambda *each: ".".join([*each, "x"])), UNREADABLE),
    Attack("five parts, as if encrypted", parts(lambda *each: ".".join([*each, "x", "y"])), UNREADABLE),
    Attack("100 parts", parts(lambda *each: ".".join(each * 34)[:-40]), UNREADABLE),
    Attack("a million dots", intact(lambda: "." * 1_000_000), UNREADABLE),
    Attack("no header", parts(lambda _, body, sign: f".{body}.{sign}"), UNREADABLE),
    Attack("no payload", parts(lambda head, _, sign: f"{head}..{sign}"), UNREADABLE),
    Attack("padding behind a part", parts(lambda head, body, sign: f"{head}.{body}=.{sign}"), UNREADABLE),
    Attack(
        "a blank within", parts(lambda head, body, sign: f"{head}.{body[:9]} {body[9:]}.{sign}"), UNREADABLE
    ),
    Attack(
        "the letters of plain base64", parts(lambda head, body, sign: f"{head}.{body}.{'+' * 86}"), UNREADABLE
    ),
    Attack("the signature in another writing of the same bytes", intact(lambda: twin(token())), UNREADABLE),
    Attack("3 MB", parts(lambda head, _, sign: f"{head}.{'A' * 3_000_000}.{sign}"), refused(TooLargeError)),
    Attack(
        "as JSON, general",
        parts(
            lambda head, body, sign: json.dumps(
                {"payload": body, "signatures": [{"protected": head, "signature": sign}]}
            )
        ),
        failed("model.invalid"),
    ),
    Attack(
        "as JSON, flattened",
        parts(lambda head, body, sign: json.dumps({"payload": body, "protected": head, "signature": sign})),
        failed("model.invalid"),
    ),
    Attack(
        "as JSON, with two signatures",
        intact(lambda: json.dumps({"payload": payload_text(), "signatures": [{}, {}]})),
        failed("seal.several"),
    ),
    Attack(
        "as JSON, with an empty list of signatures",
        intact(lambda: json.dumps({"payload": payload_text(), "signatures": []})),
        failed("proof.missing"),
    ),
    # Payloads
    Attack(
        "a payload with a key twice",
        payload_bytes(lambda: payload_text()[:-1].encode() + b',"name":"x"}'),
        TWICE,
    ),
    Attack(
        "a payload with a key twice, far inside",
        payload_bytes(
            lambda: payload_text().replace('"hashed":false', '"hashed":true,"hashed":false').encode()
        ),
        TWICE,
    ),
    Attack("a payload in UTF-16", payload_bytes(lambda: payload_text().encode("utf-16")), UNREADABLE),
    Attack(
        "a payload with the mark of UTF-8",
        payload_bytes(lambda: b"\xef\xbb\xbf" + payload_text().encode()),
        PASSED,
    ),
    Attack("a payload 10,000 deep", payload_bytes(lambda: b"[" * 10_000), DEEP),
    Attack("a payload that is a list", payload_bytes(lambda: b"[]"), UNREADABLE),
    Attack(
        "a payload with a lone surrogate",
        payload_bytes(lambda: payload_text().replace("Camille", "\\ud800").encode()),
        UNREADABLE,
    ),
    Attack(
        "a payload of a number of 10,000 digits",
        payload_bytes(lambda: b'{"a":' + b"9" * 10_000 + b"}"),
        UNREADABLE,
    ),
    Attack(
        "a credential in vc, as VC 1.1 had it", payload_bytes(lambda: b'{"vc":{},"iss":"x"}'), OTHER_FORMAT
    ),
    Attack("a second credential in vc beside the first", claim(vc=bare()), OTHER_FORMAT),
    Attack("a token in a token", payload_bytes(lambda: token().encode()), UNREADABLE),
    Attack("a token of a presentation", intact(presented_token), OTHER_FORMAT),
    Attack("a word that no context defines", claim(mention="x"), failed("context.undefined_term")),
    Attack(
        "an unknown context",
        claim(**{"@context": [*bare()["@context"], "https://x.example"]}),
        unknown("context.unknown"),
    ),
    Attack("a relative id", claim(id="a"), failed("model.invalid")),
    # Claims
    Attack("iss of another", claim(iss="did:web:example.org"), CLAIMS),
    Attack("jti of another", claim(jti="urn:uuid:other"), CLAIMS),
    Attack("sub of another", claim(sub="did:key:other"), CLAIMS),
    Attack("the issuer of another", claim(issuer={"id": "did:web:example.org"}, iss=ISSUER), CLAIMS),
    Attack("nbf to come", claim(nbf=4_000_000_000), failed("proof.not_yet")),
    Attack("iat to come", claim(iat=4_000_000_000), failed("proof.not_yet")),
    Attack("exp that is past", claim(exp=1_000_000_000), failed("proof.expired")),
    Attack("exp that is text", claim(exp="4000000000"), INVALID),
    Attack("exp that is true", claim(exp=True), INVALID),
    Attack("exp that is a list", claim(exp=[4_000_000_000]), INVALID),
    Attack("nbf before 1970", claim(nbf=-1), INVALID),
    Attack("exp after the year 9999", claim(exp=9_000_000_000_000_000), PASSED),
    Attack("iat after the year 9999", claim(iat=9_000_000_000_000_000), failed("proof.not_yet")),
    # Envelopes
    Attack("in an envelope", envelope(), PASSED),
    Attack("in an envelope that says more", envelope(validUntil="2099-01-01T00:00:00Z"), UNREADABLE),
    Attack("in an envelope of two types", envelope(type=["EnvelopedVerifiableCredential", "X"]), UNREADABLE),
    Attack("in an envelope of another context", envelope(**{"@context": "https://example.org"}), UNREADABLE),
    Attack("in an envelope without a token", envelope(id="https://example.org/vc"), UNREADABLE),
    Attack(
        "in an envelope of another kind of token", envelope(id="data:application/vc+cose,AA"), OTHER_FORMAT
    ),
    Attack("in an envelope as base64", envelope(id="data:application/vc+jwt;base64,AA"), UNREADABLE),
    Attack("in an envelope with 100 parts", envelope(id="data:application/vc+jwt," + "a." * 100), UNREADABLE),
    Attack(
        "in an envelope of a presentation", envelope(type="EnvelopedVerifiablePresentation"), OTHER_FORMAT
    ),
    Attack(
        "an envelope in a token",
        payload_bytes(lambda: json.dumps(enveloped(token())).encode()),
        refused(NothingFoundError),
    ),
)
