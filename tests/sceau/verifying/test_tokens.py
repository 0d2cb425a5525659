"""Credentials as tokens: what verifies, and everything that must not."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509 as crypto
from tests.sceau.keys import test_x509 as authorities

from sceau.canon import strict_json
from sceau.canon.contexts import CREDENTIALS_V2
from sceau.did import did_jwk, did_key
from sceau.did import document as did_document
from sceau.did.resolver import Resolver
from sceau.errors import (
    DataModelError,
    SceauError,
    TooLargeError,
    UnreadableError,
    UnsupportedFormatError,
    UnsupportedProofError,
    WrongKeyError,
)
from sceau.formats import baking, open_badges_3
from sceau.issuing import enveloped, issue_token, secure_token
from sceau.keys import jwk, x509
from sceau.keys.public import KeyType
from sceau.keys.signer import EcdsaSigner, Ed25519Signer
from sceau.ports import Signer
from sceau.proofs import jose
from sceau.testing import (
    EXAMPLE_MOMENT,
    MemoryDocuments,
    MemoryFetcher,
    example_credential,
    key_signer,
    web_signer,
)
from sceau.verifying.policy import ALGORITHMS, Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

NOW = EXAMPLE_MOMENT + timedelta(hours=1)
DID = "did:web:example.org:o:atelier"


def ecdsa(kind: KeyType, number: int = 5) -> EcdsaSigner:
    bare = EcdsaSigner.from_scalar(kind, number.to_bytes(32, "big"), "")
    method = did_key.verification_method(bare.public_key_multibase)
    return EcdsaSigner.from_scalar(kind, number.to_bytes(32, "big"), method)


SIGNERS: dict[str, Signer] = {
    "EdDSA": key_signer(),
    "ES256": ecdsa(KeyType.P256),
    "ES384": ecdsa(KeyType.P384),
    "ES512": ecdsa(KeyType.P521),
}


def token(signer: Signer | None = None) -> str:
    signer = signer or key_signer()
    issuer = did_document.did_of(signer.verification_method)
    return issue_token(example_credential(issuer_id=issuer), signer=signer, created=EXAMPLE_MOMENT)


def report_of(data: bytes | str, **policy: Any) -> Report:
    policy.setdefault("resolver", Resolver())
    return verify(data, at=NOW, policy=Policy(**policy))


def signed(
    *, header: dict[str, Any] | None = None, signer: Signer | None = None, typ: str = "vc+jwt", **changes: Any
) -> str:
    """A token signed rightly over whatever a test put into it; a claim of None is left out."""
    signer = signer or key_signer()
    issuer = did_document.did_of(signer.verification_method)
    document = open_badges_3.to_document(example_credential(issuer_id=issuer))
    payload = {name: value for name, value in {**document, **changes}.items() if value is not None}
    return jose.sign(strict_json.write(payload), signer=signer, typ=typ, header=header)


def outcome(data: bytes | str, **policy: Any) -> tuple[Outcome, str]:
    report = report_of(data, **policy)
    return report.answer(Question.INTACT), report.reasons(Question.INTACT)[0].code


@pytest.mark.parametrize("algorithm", SIGNERS)
def test_a_token_is_read_and_verified_whole(algorithm: str) -> None:
    signer = SIGNERS[algorithm]

    report = report_of(token(signer))

    assert report.answer(Question.INTACT) is Outcome.PASSED
    assert report.answer(Question.VALID) is Outcome.PASSED
    assert report.credential == example_credential(issuer_id=did_document.did_of(signer.verification_method))
    (proof,) = [check for check in report.checks if check.name == "proof"]
    assert proof.facts == {"algorithm": algorithm, "verification_method": signer.verification_method}


def test_what_a_token_says_of_itself() -> None:
    jws = jose.parse(token())
    claims = jws.claims()

    assert jws.header == {
        "alg": "EdDSA",
        "typ": "vc+jwt",
        "kid": key_signer().verification_method,
        "cty": "vc",
    }
    assert {name: claims[name] for name in ("iss", "jti", "sub", "nbf", "iat", "exp")} == {
        "iss": claims["issuer"]["id"],
        "jti": claims["id"],
        "sub": claims["credentialSubject"]["id"],
        "nbf": int(EXAMPLE_MOMENT.timestamp()),
        "iat": int(EXAMPLE_MOMENT.timestamp()),
        "exp": int(example_credential().valid_until.timestamp()),  # type: ignore[union-attr] -- it ends
    }
    assert "vc" not in claims


@pytest.mark.parametrize(
    "wrap",
    [
        lambda text: text,
        lambda text: text.encode(),
        lambda text: f"\ufeff  {text}\n".encode(),
        lambda text: json.dumps(text),
        lambda text: json.dumps(enveloped(text)),
        lambda text: json.dumps({**enveloped(text), "@context": [CREDENTIALS_V2]}),
        lambda text: (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">'
            f'<openbadges:credential verify="{text}"/></svg>'
        ),
    ],
    ids=["text", "bytes", "blanks", "quoted", "enveloped", "context as a list", "baked"],
)
def test_in_whatever_it_comes(wrap: Callable[[str], bytes | str]) -> None:
    assert report_of(wrap(token())).answer(Question.INTACT) is Outcome.PASSED


def test_a_token_can_be_baked_as_text() -> None:
    baked = baking.bake_svg('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', token())

    assert report_of(baked).answer(Question.INTACT) is Outcome.PASSED


# — Signatures —


@pytest.mark.parametrize("algorithm", SIGNERS)
def test_any_changed_letter_is_noticed(algorithm: str) -> None:
    text = token(SIGNERS[algorithm])
    header, payload, signature = text.split(".")
    middle = len(payload) // 2
    changed = payload[:middle] + ("A" if payload[middle] != "A" else "B") + payload[middle + 1 :]

    for data in (f"{header}.{changed}.{signature}", f"{header}.{payload}.{signature[::-1]}"):
        with contextlib.suppress(UnreadableError):  # the change broke the JSON or the base64url
            assert report_of(data).answer(Question.INTACT) is Outcome.FAILED


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"alg": "none"}, (Outcome.FAILED, "proof.missing")),
        ({"alg": "None"}, (Outcome.FAILED, "proof.missing")),
        ({"alg": "HS256"}, (Outcome.FAILED, "proof.invalid")),
        ({"alg": "ES256"}, (Outcome.FAILED, "proof.invalid")),
        ({"alg": "RS256"}, (Outcome.FAILED, "proof.invalid")),
        ({"alg": "PS256"}, (Outcome.INDETERMINATE, "proof.unsupported")),
        ({"alg": None}, (Outcome.INDETERMINATE, "proof.unsupported")),
        ({"alg": ["EdDSA"]}, (Outcome.INDETERMINATE, "proof.unsupported")),
        ({"crit": ["exp"]}, (Outcome.INDETERMINATE, "proof.unsupported")),
        ({"crit": []}, (Outcome.INDETERMINATE, "proof.unsupported")),
        ({"b64": False}, (Outcome.INDETERMINATE, "proof.unsupported")),
        ({"typ": "vp+jwt"}, (Outcome.INDETERMINATE, "proof.unsupported")),
        ({"typ": "statuslist+jwt"}, (Outcome.INDETERMINATE, "proof.unsupported")),
        ({"cty": "vp"}, (Outcome.INDETERMINATE, "proof.unsupported")),
        ({"cty": ["vc"]}, (Outcome.INDETERMINATE, "proof.unsupported")),
        ({"kid": 5}, (Outcome.FAILED, "proof.invalid")),
        ({"kid": key_signer(2).verification_method}, (Outcome.FAILED, "proof.wrong_key")),
        ({"kid": "https://example.org/key"}, (Outcome.FAILED, "proof.wrong_key")),
        ({"kid": "another"}, (Outcome.FAILED, "proof.wrong_key")),
        ({"kid": ""}, (Outcome.PASSED, "")),
        ({"kid": jwk.thumbprint(key_signer().public_key)}, (Outcome.PASSED, "")),
        ({"kid": "#" + key_signer().public_key_multibase}, (Outcome.PASSED, "")),
        ({"kid": None, "jwk": jwk.encode(key_signer().public_key)}, (Outcome.PASSED, "")),
        ({"kid": None, "jwk": jwk.encode(key_signer(2).public_key)}, (Outcome.FAILED, "proof.wrong_key")),
        ({"kid": None, "jwk": "key"}, (Outcome.FAILED, "proof.wrong_key")),
        ({"typ": "JWT"}, (Outcome.PASSED, "")),
        ({"typ": "application/VC+JWT"}, (Outcome.PASSED, "")),
        ({"jku": "https://example.org/keys", "x5u": "https://example.org/c"}, (Outcome.PASSED, "")),
    ],
)
def test_headers(header: dict[str, Any], expected: tuple[Outcome, str]) -> None:
    clean = {name: value for name, value in header.items() if value is not None}
    data = signed(header=clean)
    if None in header.values():
        data = without(data, [name for name, value in header.items() if value is None])

    assert outcome(data) == expected


def without(text: str, names: list[str]) -> str:
    """The same token with members of its header left out, signed again."""
    jws = jose.parse(text)
    header = {name: value for name, value in jws.header.items() if name not in names}
    first = f"{jwk.base64url_encode(strict_json.write(header))}.{text.split('.')[1]}"
    return f"{first}.{jwk.base64url_encode(key_signer().sign(first.encode()))}"


def test_a_public_key_taken_for_a_shared_secret_is_refused() -> None:
    import hashlib
    import hmac

    header = jwk.base64url_encode(strict_json.write({"alg": "HS256", "typ": "vc+jwt"}))
    first = f"{header}.{token().split('.')[1]}"
    secret = key_signer().public_key.data
    signature = hmac.new(secret, first.encode(), hashlib.sha256).digest()

    assert outcome(f"{first}.{jwk.base64url_encode(signature)}") == (Outcome.FAILED, "proof.invalid")


def test_the_verifier_chooses_the_algorithms() -> None:
    accepted = ALGORITHMS - {"EdDSA"}

    assert outcome(token(), algorithms=accepted) == (Outcome.INDETERMINATE, "proof.unsupported")
    assert outcome(token(SIGNERS["ES256"]), algorithms=accepted)[0] is Outcome.PASSED
    assert outcome(token(), algorithms=frozenset())[0] is Outcome.INDETERMINATE


def test_a_key_of_the_issuer_that_is_only_for_showing_is_refused() -> None:
    signer = web_signer(DID)
    document = did_document.build(DID, [(signer.verification_method, signer.public_key_multibase)])
    document["assertionMethod"] = []

    assert outcome(token(signer), resolver=Resolver(documents=[MemoryDocuments(document)])) == (
        Outcome.FAILED,
        "proof.wrong_key",
    )


def test_an_issuer_out_of_reach_is_not_known() -> None:
    assert outcome(token(web_signer(DID))) == (Outcome.INDETERMINATE, "did.unresolved")


def test_did_jwk_issues_tokens_as_well() -> None:
    bare = Ed25519Signer(bytes(31) + b"\7", "")
    did = did_jwk.did(bare.public_key)
    signer = Ed25519Signer(bytes(31) + b"\7", did_jwk.verification_method(did))

    assert outcome(token(signer)) == (Outcome.PASSED, "")


class AtWebAddress:
    """A signer whose key is a JWK at an https address, as issuers of badges have it."""

    key_type = "Ed25519"
    public_key_multibase = key_signer().public_key_multibase

    def __init__(self, address: str) -> None:
        self.verification_method = address

    def sign(self, data: bytes) -> bytes:
        return key_signer().sign(data)


@pytest.mark.parametrize(
    ("kid", "expected"),
    [
        ("https://issuer.example/key.json", (Outcome.PASSED, "")),
        ("https://issuer.example/missing.json", (Outcome.INDETERMINATE, "did.unresolved")),
        ("https://elsewhere.example/key.json", (Outcome.FAILED, "proof.wrong_key")),
        ("http://issuer.example/key.json", (Outcome.FAILED, "proof.wrong_key")),
        ("https://issuer.example:8443/key.json", (Outcome.FAILED, "proof.wrong_key")),
        ("https://issuer.example@elsewhere.example/key.json", (Outcome.FAILED, "proof.wrong_key")),
    ],
)
def test_an_issuer_that_is_a_web_address_has_its_key_on_its_own_site(
    kid: str, expected: tuple[Outcome, str]
) -> None:
    key = strict_json.write(jwk.encode(key_signer().public_key))
    pages = {"https://issuer.example/key.json": key, "https://elsewhere.example/key.json": key}
    document = open_badges_3.to_document(example_credential(issuer_id="https://issuer.example/profile"))

    data = secure_token(document, signer=AtWebAddress(kid))

    assert outcome(data, resolver=Resolver(fetcher=MemoryFetcher(pages))) == expected


ADDRESS = "https://issuer.example/profile"


class Certified(AtWebAddress):
    """A signer with the key of the certificates that `tests/sceau/keys/test_x509.py` makes."""

    key_type = "P-256"

    def sign(self, data: bytes) -> bytes:
        return EcdsaSigner(authorities.key(9), "").sign(data)


def certified(*names: crypto.GeneralName, by: authorities.Authority | None = None) -> str:
    extensions = ((crypto.SubjectAlternativeName(names), False),) if names else ()
    leaf = (by or authorities.root()).issue(extensions=extensions)
    document = open_badges_3.to_document(example_credential(issuer_id=ADDRESS))
    payload = strict_json.write(document)
    return jose.sign(
        payload, signer=Certified(""), typ="vc+jwt", header={"kid": "1", "x5c": x509.to_x5c([leaf])}
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((crypto.DNSName("issuer.example"),), (Outcome.PASSED, "")),
        ((crypto.UniformResourceIdentifier(ADDRESS),), (Outcome.PASSED, "")),
        ((crypto.DNSName("elsewhere.example"),), (Outcome.FAILED, "proof.wrong_key")),
        ((), (Outcome.FAILED, "proof.wrong_key")),
    ],
)
def test_a_certificate_counts_where_it_names_the_issuer(
    names: tuple[crypto.GeneralName, ...], expected: tuple[Outcome, str]
) -> None:
    assert outcome(certified(*names), anchors=(authorities.root().certificate,)) == expected


def test_a_certificate_of_an_authority_that_nobody_trusts_leaves_it_unknown() -> None:
    token = certified(crypto.DNSName("issuer.example"))

    assert outcome(token) == (Outcome.INDETERMINATE, "certificate.unknown_anchor")
    other = authorities.root(2, "Autre racine").certificate
    assert outcome(token, anchors=(other,)) == (Outcome.INDETERMINATE, "certificate.unknown_anchor")


# — What the token says beside the credential —


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"iss": "did:web:example.org"}, (Outcome.FAILED, "proof.claims")),
        ({"jti": "urn:uuid:other"}, (Outcome.FAILED, "proof.claims")),
        ({"sub": "did:key:other"}, (Outcome.FAILED, "proof.claims")),
        ({"nbf": 4_000_000_000}, (Outcome.FAILED, "proof.not_yet")),
        ({"iat": 4_000_000_000}, (Outcome.FAILED, "proof.not_yet")),
        ({"exp": 1_000_000_000}, (Outcome.FAILED, "proof.expired")),
        ({"exp": "tomorrow"}, (Outcome.FAILED, "proof.invalid")),
        ({"exp": True}, (Outcome.FAILED, "proof.invalid")),
        ({"nbf": -1}, (Outcome.FAILED, "proof.invalid")),
        ({"exp": 4_000_000_000_000_000}, (Outcome.PASSED, "")),
        ({"exp": 4_000_000_000, "nbf": 0, "iat": 1.5}, (Outcome.PASSED, "")),
        ({"aud": "somebody", "cnf": {"jwk": {}}}, (Outcome.PASSED, "")),
        ({"note": "no context defines it"}, (Outcome.FAILED, "context.undefined_term")),
        (
            {"@context": [CREDENTIALS_V2, "https://example.org/v1"]},
            (Outcome.INDETERMINATE, "context.unknown"),
        ),
        ({"type": ["OpenBadgeCredential"]}, (Outcome.FAILED, "model.invalid")),
    ],
)
def test_claims(claims: dict[str, Any], expected: tuple[Outcome, str]) -> None:
    assert outcome(signed(**claims)) == expected


def test_a_token_does_not_stretch_the_credential_it_holds() -> None:
    report = report_of(signed(validUntil="2026-06-02T08:30:00Z", exp=4_000_000_000))

    assert report.answer(Question.INTACT) is Outcome.PASSED
    assert report.answer(Question.VALID) is Outcome.FAILED


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ("eyJhbGciOiJFZERTQSJ9..c2ln", UnreadableError),
        ("eyJhbGciOiJFZERTQSJ9.e30=.c2ln", UnreadableError),
        ("eyJhbGciOiJFZERTQSJ9.eyJ2YyI6e319.c2ln", UnsupportedFormatError),
        ("eyJhbGciOiJFZERTQSJ9.W10.c2ln", UnreadableError),
        ("bm90IGpzb24gYXQgYWxs.e30.c2ln", UnreadableError),
        (f"{'eyJhbGciOiJFZERTQSJ9'}.{'A' * 3_000_000}.c2ln", TooLargeError),
        ("eyJhbGciOiJFZERTQSJ9.eyJhIjoxLCJhIjoyfQ.c2ln", UnreadableError),
        (json.dumps({**enveloped("a.b.c"), "id": "https://example.org/vc"}), UnreadableError),
        (json.dumps({**enveloped(token()), "type": ["EnvelopedVerifiableCredential", "X"]}), UnreadableError),
        (json.dumps({**enveloped(token()), "@context": "https://example.org"}), UnreadableError),
        (json.dumps({**enveloped(token()), "validUntil": "2030-01-01T00:00:00Z"}), UnreadableError),
        (
            json.dumps(
                {**enveloped(token()), "id": "data:application/vc+sd-jwt,eyJhbGciOiJFZERTQSJ9.e30.c~"}
            ),
            UnsupportedFormatError,
        ),
    ],
)
def test_what_is_no_token_is_refused(data: str, error: type[SceauError]) -> None:
    with pytest.raises(error):
        report_of(data)


def test_a_second_way_to_write_the_same_bytes_is_refused() -> None:
    text = token()
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".index(text[-1])
    twin = text[:-1] + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[last ^ 1]

    with pytest.raises(UnreadableError):
        report_of(twin)


# — Signing —


def test_what_must_not_be_signed_is_not() -> None:
    document = open_badges_3.to_document(example_credential())

    with pytest.raises(DataModelError):
        secure_token({**document, "type": ["OpenBadgeCredential"]}, signer=key_signer())
    with pytest.raises(WrongKeyError):
        issue_token(example_credential(), signer=key_signer(2), created=EXAMPLE_MOMENT)
    with pytest.raises(UnsupportedProofError):
        jose.algorithm_of(OtherKey("did:example:a#1"))


class OtherKey(AtWebAddress):
    key_type = "secp256k1"
