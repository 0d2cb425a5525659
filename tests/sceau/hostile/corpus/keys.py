"""Attacks by keys and DID documents: keys under which anybody can sign, documents of others, too many."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.sceau.hostile.good import (
    PASSED,
    SIGNER,
    WEB_DID,
    Answer,
    Ask,
    Attack,
    attempt,
    by_web,
    failed,
    intact,
    raises,
    refused,
    signed_blindly,
    unknown,
    web_document,
    with_proof,
)

from sceau.did import did_jwk, did_web
from sceau.did.resolver import Resolver
from sceau.errors import KeyFormatError, ResolutionError, UnsupportedMethodError
from sceau.keys import jwk, multikey
from sceau.keys.multikey import multibase_encode
from sceau.keys.public import KeyType, PublicKey

ED, P256, SECP256K1 = b"\xed\x01", b"\x80\x24", b"\xe7\x01"
RESOLVED = refused(ResolutionError)
FORMAT = refused(KeyFormatError)
UNRESOLVED, WRONG_KEY = unknown("did.unresolved"), failed("proof.wrong_key")
GOOD_JWK = jwk.encode(SIGNER.public_key)


def did_key(data: bytes) -> Ask:
    return raises(lambda: Resolver().resolve("did:key:" + multibase_encode(data)))


def did_of_jwk(**members: Any) -> Ask:
    return raises(
        lambda: Resolver().resolve(did_jwk.PREFIX + jwk.base64url_encode(json.dumps(members).encode()))
    )


def as_jwk(**members: Any) -> Ask:
    return raises(lambda: jwk.decode(members))


def address(identifier: str) -> Ask:
    return raises(lambda: did_web.document_url(identifier))


def signed_with_a_key_of_low_order(point: bytes) -> Ask:
    """With such a key, R of the same point and S of zero holds for many messages."""

    def make() -> dict[str, Any]:
        did = "did:key:" + multibase_encode(ED + point)
        document = signed_blindly(issuer=did)
        return with_proof(
            document,
            verificationMethod=f"{did}#{did.removeprefix('did:key:')}",
            proofValue=multibase_encode(point + bytes(32)),
        )

    return intact(make)


def documents(make: Callable[[], dict[str, Any] | bytes]) -> Ask:
    """The DID document of the issuer, as the attacker has it."""
    return lambda: attempt(lambda: by_web(make())())


def method(**changes: Any) -> Ask:
    def make() -> dict[str, Any]:
        document = web_document()
        methods = document["verificationMethod"]
        assert isinstance(methods, list)
        return document | {"verificationMethod": [{**methods[0], **changes}]}

    return documents(make)


def weak_rsa(bits: int) -> Ask:
    """A modulus of that many bits; never a key of anybody."""

    def ask() -> Answer:
        n = jwk.base64url_encode((2 ** (bits - 1) + 1).to_bytes(bits // 8, "big"))
        jwk.decode({"kty": "RSA", "n": n, "e": "AQAB"})
        return PASSED

    return raises(ask)


def many(count: int) -> dict[str, Any]:
    entry = {"id": f"{WEB_DID}#key-0", "type": "Multikey", "controller": WEB_DID, "publicKeyMultibase": "z"}
    return web_document(
        verificationMethod=[{**entry, "id": f"{WEB_DID}#a{number}"} for number in range(count)]
    )


LOW_ORDER = {
    "zero": bytes(32),
    "one": b"\1" + bytes(31),
    "of order 8": bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    "of order 8, the other": bytes.fromhex(
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
    ),
    "minus one": bytes.fromhex("ec" + "ff" * 30 + "7f"),
    "zero written as the prime": bytes.fromhex("ed" + "ff" * 30 + "7f"),
    "one written as the prime plus one": bytes.fromhex("ee" + "ff" * 30 + "7f"),
    "one with the sign set": b"\1" + bytes(30) + b"\x80",
}

ATTACKS = (
    Attack("the DID document as it is", documents(web_document), PASSED),
    *(
        Attack(f"a key of low order: {name}", did_key(ED + point), RESOLVED)
        for name, point in LOW_ORDER.items()
    ),
    *(
        Attack(f"signed with a key of low order: {name}", signed_with_a_key_of_low_order(point), UNRESOLVED)
        for name, point in LOW_ORDER.items()
    ),
    Attack("a did:key of no key", did_key(b""), RESOLVED),
    Attack("a did:key of secp256k1", did_key(SECP256K1 + b"\2" * 33), RESOLVED),
    Attack("a did:key a byte short", did_key(ED + SIGNER.public_key.data[:-1]), RESOLVED),
    Attack("a did:key a byte long", did_key(ED + SIGNER.public_key.data + b"\0"), RESOLVED),
    Attack("a did:key of a point that is not on P-256", did_key(P256 + b"\2" + b"\xff" * 32), RESOLVED),
    Attack("a did:key of the point at infinity", did_key(P256 + bytes(33)), RESOLVED),
    Attack("a did:key of P-256 that is not compressed", did_key(P256 + b"\4" + bytes(64)), RESOLVED),
    Attack(
        "a did:key of 100,000 letters",
        raises(lambda: Resolver().resolve("did:key:z" + "2" * 100_000)),
        RESOLVED,
    ),
    Attack("a did:key in base64url", raises(lambda: Resolver().resolve("did:key:u7QE")), RESOLVED),
    Attack("a did:jwk with its private half", did_of_jwk(**GOOD_JWK, d="AA"), RESOLVED),
    Attack("a did:jwk of a shared secret", did_of_jwk(kty="oct", k="AA"), RESOLVED),
    Attack(
        "a did:jwk with a key twice",
        raises(lambda: Resolver().resolve("did:jwk:" + jwk.base64url_encode(b'{"kty":"OKP","kty":"EC"}'))),
        RESOLVED,
    ),
    Attack("a did:jwk of 2 MB", raises(lambda: Resolver().resolve("did:jwk:" + "A" * 2_000_000)), RESOLVED),
    Attack(
        "a DID of a method that nobody knows",
        raises(lambda: Resolver().resolve("did:example:1")),
        refused(UnsupportedMethodError),
    ),
    Attack("no DID at all", raises(lambda: Resolver().resolve("")), refused(UnsupportedMethodError)),
    Attack("a JWK for encryption", as_jwk(**GOOD_JWK, use="enc"), FORMAT),
    Attack("a JWK that only signs", as_jwk(**GOOD_JWK, key_ops=["sign"]), FORMAT),
    Attack("a JWK of another algorithm", as_jwk(**GOOD_JWK, alg="HS256"), FORMAT),
    Attack("a JWK with padding", as_jwk(**{**GOOD_JWK, "x": GOOD_JWK["x"] + "="}), FORMAT),
    Attack("a JWK of low order", as_jwk(kty="OKP", crv="Ed25519", x=jwk.base64url_encode(bytes(32))), FORMAT),
    Attack("a JWK of X25519", as_jwk(**{**GOOD_JWK, "crv": "X25519"}), FORMAT),
    Attack(
        "a JWK off its curve", as_jwk(kty="EC", crv="P-256", x="AA" * 21 + "A", y="AA" * 21 + "A"), FORMAT
    ),
    Attack("a JWK with short coordinates", as_jwk(kty="EC", crv="P-256", x="AA", y="AA"), FORMAT),
    Attack("a JWK of a curve that is a list", as_jwk(kty="EC", crv=["P-256"], x="AA", y="AA"), FORMAT),
    Attack("a JWK of RSA with 1,024 bits", weak_rsa(1_024), FORMAT),
    Attack("a JWK of RSA with 9,000 bits", weak_rsa(9_000), FORMAT),
    Attack("a JWK of RSA with a modulus of 0", as_jwk(kty="RSA", n="AA", e="AQAB"), FORMAT),
    Attack("a JWK of RSA with an exponent of 1", as_jwk(kty="RSA", n="_" * 342, e="AQ"), FORMAT),
    Attack("a JWK of RSA with an exponent of 500 bytes", as_jwk(kty="RSA", n="_" * 342, e="_" * 664), FORMAT),
    Attack("an empty JWK", as_jwk(), FORMAT),
    Attack("a Multikey that is no text", raises(lambda: multikey.decode(5)), FORMAT),
    Attack(
        "a key type with the bytes of another",
        raises(lambda: PublicKey(KeyType.P256, bytes(32)).native),
        FORMAT,
    ),
    Attack("a did:web that is an address of a machine", address("did:web:127.0.0.1"), RESOLVED),
    Attack("a did:web that is such an address, in other writing", address("did:web:0x7f.1"), RESOLVED),
    Attack("a did:web that is one number", address("did:web:2130706433"), RESOLVED),
    Attack("a did:web that climbs", address("did:web:example.org:..:secret"), RESOLVED),
    Attack("a did:web that climbs, escaped", address("did:web:example.org:%2e%2e"), RESOLVED),
    Attack("a did:web with a user before its host", address("did:web:user@example.org"), RESOLVED),
    Attack("a did:web with a slash", address("did:web:example.org/a"), RESOLVED),
    Attack("a did:web with a line feed", address("did:web:example.org\nHost"), RESOLVED),
    Attack("a did:web with port 70000", address("did:web:example.org%3A70000"), RESOLVED),
    Attack("a did:web in Greek letters that look Latin", address("did:web:еxample.org"), RESOLVED),
    Attack("a did:web of 100,000 letters", address("did:web:" + "a." * 50_000), RESOLVED),
    Attack("no DID document", documents(lambda: b""), UNRESOLVED),
    Attack("a DID document that is HTML", documents(lambda: b"<html>"), UNRESOLVED),
    Attack(
        "a DID document of another DID", documents(lambda: web_document(id="did:web:example.org")), UNRESOLVED
    ),
    Attack("a DID document with a key twice", documents(lambda: b'{"id":"a","id":"b"}'), UNRESOLVED),
    Attack("a DID document 10,000 deep", documents(lambda: b"[" * 10_000), UNRESOLVED),
    Attack(
        "a DID document in UTF-16", documents(lambda: json.dumps(web_document()).encode("utf-16")), UNRESOLVED
    ),
    Attack("a DID document of 1 MB", documents(lambda: web_document(note="a" * 1_000_000)), UNRESOLVED),
    Attack("a DID document with 10,000 keys", documents(lambda: many(10_000)), UNRESOLVED),
    Attack("a DID document with 201 keys", documents(lambda: many(201)), UNRESOLVED),
    Attack("a DID document with 200 other keys", documents(lambda: many(200)), WRONG_KEY),
    Attack("a DID document without keys", documents(lambda: web_document(verificationMethod=[])), WRONG_KEY),
    Attack("keys that are not in a list", documents(lambda: web_document(verificationMethod={})), UNRESOLVED),
    Attack("a key for showing alone", documents(lambda: web_document(assertionMethod=[])), WRONG_KEY),
    Attack("a key that another controls", method(controller="did:web:example.org"), WRONG_KEY),
    Attack("a key that nobody controls", method(controller=None), WRONG_KEY),
    Attack("a key that was withdrawn", method(revoked="2026-06-02T08:30:00Z"), WRONG_KEY),
    Attack("a key that has ended", method(expires="2026-06-02T09:00:00Z"), WRONG_KEY),
    Attack("a key that ends at a moment that is none", method(expires="never"), unknown("key.invalid")),
    Attack("a key of a type that nobody knows", method(type="Key"), unknown("key.invalid")),
    Attack(
        "another key under the same name",
        method(publicKeyMultibase=SIGNER.public_key_multibase.replace("z6Mkj", "z6Mkk")),
        failed("proof.mismatch"),
    ),
)
