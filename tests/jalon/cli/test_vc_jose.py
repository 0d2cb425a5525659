"""`jalon vc-jose`: one word for each question of the suite, in a file, whatever happens."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.jalon.cli.conftest import Jalon, Ran

from sceau.canon import strict_json
from sceau.canon.contexts import CREDENTIALS_V2, EXAMPLES_V2
from sceau.did import did_key
from sceau.keys import jwk
from sceau.keys.jwk import base64url_encode
from sceau.keys.public import COORDINATE_LENGTHS, KeyType
from sceau.keys.signer import EcdsaSigner, Ed25519Signer
from sceau.ports import Signer
from sceau.proofs import jose

ISSUER = "https://example.issuer/vc-jose-cose"
KINDS = [KeyType.ED25519, KeyType.P256, KeyType.P384, KeyType.P521]


class Key:
    """A key file of the suite, and the signer that it stands for."""

    def __init__(self, kind: KeyType, number: int = 7) -> None:
        method = f"{ISSUER}#key-{number}"
        self.signer: Ed25519Signer | EcdsaSigner
        if kind is KeyType.ED25519:
            secret = number.to_bytes(32, "big")
            self.signer = Ed25519Signer(secret, method)
        else:
            secret = number.to_bytes(COORDINATE_LENGTHS[kind], "big")
            self.signer = EcdsaSigner.from_scalar(kind, secret, method)
        public = {**jwk.encode(self.signer.public_key), "alg": jose.algorithm_of(self.signer)}
        public["kid"] = jwk.thumbprint(self.signer.public_key)
        self.method: dict[str, Any] = {
            "id": method,
            "type": "JsonWebKey",
            "controller": ISSUER,
            "publicKeyJwk": public,
            "secretKeyJwk": {**public, "d": base64url_encode(secret)},
        }


def credential(**entries: Any) -> dict[str, Any]:
    return {
        "@context": [CREDENTIALS_V2, EXAMPLES_V2],
        "id": "http://university.example/credentials/1872",
        "type": ["VerifiableCredential", "ExampleAlumniCredential"],
        "issuer": ISSUER,
        "validFrom": "2010-01-01T19:23:24Z",
        "credentialSubject": {"id": "did:example:123", "degree": {"type": "BachelorDegree"}},
        **entries,
    }


def presentation(*ids: str, **entries: Any) -> dict[str, Any]:
    return {
        "@context": [CREDENTIALS_V2, EXAMPLES_V2],
        "type": "VerifiablePresentation",
        "holder": ISSUER,
        "verifiableCredential": [
            {"@context": CREDENTIALS_V2, "type": "EnvelopedVerifiableCredential", "id": own_id}
            for own_id in ids
        ],
        **entries,
    }


def token(document: dict[str, Any], signer: Signer, *, content: str = "vc", **header: Any) -> str:
    given = {"cty": content, "kid": jwk.thumbprint(signer.public_key), **header}  # type: ignore[attr-defined]  # the doubles here have it
    typ = given.pop("typ", f"{content}+jwt")
    return jose.sign(strict_json.write(document), signer=signer, typ=typ, header=given)


@pytest.fixture
def asked(jalon: Jalon, tmp_path: Path) -> Callable[..., tuple[str, str, Ran]]:
    """Runs the command; gives the word, what came with it, and what was said."""

    def ask(function: str, given: Any, key: Any, feature: str = "credential_jose") -> tuple[str, str, Ran]:
        text = given if isinstance(given, str) else json.dumps(given)
        (tmp_path / "input").write_text(text, encoding="utf-8")
        (tmp_path / "key").write_text(json.dumps(key), encoding="utf-8")
        ran = jalon(
            "vc-jose", function,
            "--input", tmp_path / "input", "--key", tmp_path / "key",
            "--feature", feature, "--output", tmp_path / "output",
        )  # fmt: skip
        found = json.loads((tmp_path / "output").read_text(encoding="utf-8"))
        assert set(found) == {"result", "data"}
        return found["result"], found["data"], ran

    return ask


Asked = Callable[..., tuple[str, str, Ran]]


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_signs_it_verifies(asked: Asked, kind: KeyType) -> None:
    key = Key(kind)

    result, data, ran = asked("issue", credential(), key.method)

    assert (result, ran.code) == ("success", 0)
    read = jose.parse(data)
    assert read.header["typ"] == "vc+jwt"
    assert read.header["kid"] == key.method["id"]
    assert read.claims() == credential()
    assert asked("verify", data + "\n", key.method)[0] == "success"
    assert asked("verify", data, Key(kind, 8).method)[0] == "failure"
    assert asked("verify", data, key.method, "presentation_jose")[0] == "failure"


def test_presentations_are_looked_at_for_their_shape(asked: Asked) -> None:
    key = Key(KeyType.P521)
    broken = (
        "data:application/vc+jwt,yJraWQi.e.e",
        "data:application/vc+sd-jwt,e y~",
        "data:x/y;base64,0oRD\n",
    )

    result, data, _ = asked("issue", presentation(*broken), key.method, "presentation_jose")

    assert result == "success"
    assert asked("verify", data, key.method, "presentation_jose")[0] == "success"
    assert asked("issue", presentation("not-a-credential"), key.method, "presentation_jose")[0] == "failure"
    bad = token(presentation("not-a-credential"), key.signer, content="vp")
    assert asked("verify", bad, key.method, "presentation_jose")[0] == "failure"


@pytest.mark.parametrize(
    "entries",
    [
        {"badExtension": {"huh": "what?"}},
        {"issuer": "https://example.issuer/other"},
        {"credentialSubject": {}},
        {"validFrom": "yesterday"},
        {"name": "a\u0007b"},
        {"@context": [CREDENTIALS_V2]},
        {"type": ["VerifiableCredential", "https ://not-a-url"]},
    ],
)
def test_what_it_does_not_sign(asked: Asked, entries: dict[str, Any]) -> None:
    result, data, ran = asked("issue", credential(**entries), Key(KeyType.P256).method)

    assert (result, ran.code) == ("failure", 1)
    assert data.startswith("expected")
    assert data in ran.err


@pytest.mark.parametrize(
    ("entries", "result"),
    [
        ({"iss": ISSUER, "jti": credential()["id"], "iat": "2010-01-01T19:23:24Z"}, "success"),
        ({"exp": 1734397450}, "success"),
        ({"nbf": 1734397450}, "success"),
        ({"nbf": 33_000_000_000}, "failure"),
        ({"nbf": "2010"}, "failure"),
        ({"iss": "https://example.issuer/other"}, "failure"),
        ({"jti": "urn:other"}, "failure"),
        ({"vc": "oops"}, "failure"),
        ({"vp": "nooo"}, "failure"),
        ({"issuer": "https://example.issuer/other"}, "failure"),
        ({"credentialSubject": {}}, "failure"),
        ({"type": ["VerifiableCredential", "https ://not-a-url"]}, "failure"),
        # Verifiers ignore what they do not know, as long as some context defines it.
        ({"badExtension": {"huh": "what?"}}, "success"),
    ],
)
def test_what_a_token_says(asked: Asked, entries: dict[str, Any], result: str) -> None:
    key = Key(KeyType.ED25519)

    assert asked("verify", token(credential(**entries), key.signer), key.method)[0] == result


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "bad+typ"},
        {"cty": "bad+cty"},
        {"kid": "other"},
        {"kid": 5},
        {"typ": "vp+jwt", "cty": "vp"},
        {"alg": "none"},
        {"alg": "HS256"},
        {"crit": ["b64"], "b64": False},
    ],
)
def test_headers_that_are_refused(asked: Asked, header: dict[str, Any]) -> None:
    key = Key(KeyType.ED25519)

    assert asked("verify", token(credential(), key.signer, **header), key.method)[0] == "failure"


@pytest.mark.parametrize(
    "given", ["", "x", "a.b.c", "{}", json.dumps(credential()), "é" * 100, "\u0000", "." * 1000]
)
def test_what_is_no_token(asked: Asked, given: str) -> None:
    assert asked("verify", given, Key(KeyType.ED25519).method)[0] == "failure"


def test_a_signature_that_was_touched(asked: Asked) -> None:
    key = Key(KeyType.ED25519)
    good = token(credential(), key.signer)
    head, payload, signature = good.split(".")
    swapped = ("B" if signature[0] == "A" else "A") + signature[1:]

    assert asked("verify", good, key.method)[0] == "success"
    assert asked("verify", f"{head}.{payload}.{swapped}", key.method)[0] == "failure"


@pytest.mark.parametrize(
    "change",
    [
        {"secretKeyJwk": None},
        {"secretKeyJwk": {"crv": "secp256k1", "d": "AAAA"}},
        {"secretKeyJwk": Key(KeyType.P256, 8).method["secretKeyJwk"] | {"d": "AAAA"}},
        {"controller": "https://example.issuer/other"},
    ],
)
def test_keys_that_do_not_sign(asked: Asked, change: dict[str, Any]) -> None:
    assert asked("issue", credential(), Key(KeyType.P256).method | change)[0] == "failure"


def test_a_feature_that_is_not_offered(asked: Asked) -> None:
    result, _, ran = asked("issue", credential(), Key(KeyType.P256).method, "credential_cose")

    assert (result, ran.code) == ("indeterminate", 3)


def test_a_file_that_is_not_there(jalon: Jalon, tmp_path: Path) -> None:
    jalon(
        "vc-jose", "verify", "--input", tmp_path / "none", "--key", tmp_path / "none",
        "--feature", "credential_jose", "--output", tmp_path / "output",
    )  # fmt: skip

    assert json.loads((tmp_path / "output").read_text())["result"] == "failure"


def test_a_did_key_is_a_controller_too(asked: Asked) -> None:
    public = Key(KeyType.P256).signer.public_key_multibase
    did = did_key.did(public)
    method = Key(KeyType.P256).method | {"id": did_key.verification_method(public), "controller": did}

    result, data, _ = asked("issue", credential(issuer={"id": did}), method)

    assert result == "success"
    assert asked("verify", data, method)[0] == "success"
