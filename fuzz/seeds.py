"""Good input of each kind, small and always the same."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from sceau.did import did_jwk
from sceau.did import document as did_document
from sceau.formats import baking, open_badges_3
from sceau.issuing import enveloped, issue, issue_token, present, presentation, secure_token
from sceau.keys import jwk
from sceau.keys.public import KeyType
from sceau.keys.signer import EcdsaSigner
from sceau.proofs import sd_jwt
from sceau.status import bitstring, token_list
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer, web_signer

SIGNER = key_signer()
DID = "did:web:example.org:o:atelier"


def _credential() -> bytes:
    return issue(example_credential(), signer=SIGNER, created=EXAMPLE_MOMENT)


def _token() -> str:
    return issue_token(example_credential(), signer=SIGNER, created=EXAMPLE_MOMENT)


def _drawing() -> bytes:
    return baking.bake_svg('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', _credential()).encode()


def _presentation() -> bytes:
    shown = present(
        [json.loads(_credential())], signer=SIGNER, created=EXAMPLE_MOMENT, challenge="c", domain="d"
    )
    return json.dumps(shown).encode()


def _presentation_token() -> bytes:
    holder = SIGNER.verification_method.partition("#")[0]
    document = presentation([enveloped(_token())], holder=holder)
    return secure_token(document, signer=SIGNER, claims={"nonce": "c", "aud": "d"}).encode()


def _entry() -> bytes:
    return (
        b'{"type":"BitstringStatusListEntry","statusPurpose":"message","statusListIndex":"7","statusSize":1,'
        b'"statusListCredential":"https://example.org/s/1","statusMessage":[{"status":"0x0","message":"a"},'
        b'{"status":"0x1","message":"b"}],"statusReference":"https://example.org/r"}'
    )


def _token_list() -> bytes:
    return json.dumps(token_list.encode(token_list.build({7: 1}, length=1_024))).encode()


def _did_document() -> bytes:
    signer = web_signer(DID)
    return json.dumps(
        did_document.build(DID, [(signer.verification_method, signer.public_key_multibase)])
    ).encode()


def _certificate() -> x509.Certificate:
    key = Ed25519PrivateKey.from_private_bytes(bytes(31) + b"\1")
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Atelier du bocage")])
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, begins, begins + timedelta(days=900))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("example.org")]), False)
    return builder.sign(key, None)


def _png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    header = chunk(b"IHDR", bytes.fromhex("00000001000000010800000000"))
    picture = baking.SIGNATURE + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return baking.bake_png(picture, _credential())


def _sd_jwt() -> bytes:
    numbers = iter(range(100))
    claims = {
        "vct": "https://example.org/vct",
        "given_name": sd_jwt.Disclosable("Camille"),
        "languages": [sd_jwt.Disclosable("fr"), sd_jwt.Disclosable({"tag": sd_jwt.Disclosable("oc")})],
    }
    return sd_jwt.issue(
        claims, signer=SIGNER, typ="dc+sd-jwt", random=lambda size: next(numbers).to_bytes(size, "big")
    ).encode()


def _seal() -> bytes:
    protected = jwk.base64url_encode(
        b'{"alg":"ES256","b64":false,"crit":["b64"],"sigT":"2026-06-02T08:00:00Z"}'
    )
    one = {
        "protected": protected,
        "signature": "AA",
        "header": {"etsiU": [{"sigTst": {"tstTokens": [{"val": "AA=="}]}}]},
    }
    return json.dumps({"payload": _credential().decode(), "signatures": [one]}).encode()


SEEDS: dict[str, Callable[[], bytes]] = {
    "credential": _credential,
    "unsigned": lambda: json.dumps(open_badges_3.to_document(example_credential())).encode(),
    "token": lambda: _token().encode(),
    "envelope": lambda: json.dumps(enveloped(_token())).encode(),
    "drawing": _drawing,
    "png": _png,
    "sd_jwt": _sd_jwt,
    "seal": _seal,
    "presentation": _presentation,
    "presentation_token": _presentation_token,
    "bits": lambda: bitstring.encode(bitstring.build({7: 1})).encode(),
    "entry": _entry,
    "token_list": _token_list,
    "reference": lambda: (
        b'{"status_list":{"idx":7,"uri":"https://example.org/s/1"},"bits":1,"lst":"eNoDAAAAAAE"}'
    ),
    "multikey": lambda: SIGNER.public_key_multibase.encode(),
    "jwk": lambda: json.dumps(jwk.encode(SIGNER.public_key)).encode(),
    "jwk_ec": lambda: json.dumps(
        jwk.encode(EcdsaSigner.from_scalar(KeyType.P256, b"\5", "").public_key)
    ).encode(),
    "did_web": lambda: DID.encode(),
    "did_key": lambda: SIGNER.verification_method.partition("#")[0].encode(),
    "did_jwk": lambda: did_jwk.did(SIGNER.public_key).encode(),
    "did_document": _did_document,
    "certificate": lambda: _certificate().public_bytes(serialization.Encoding.DER),
    "pem": lambda: _certificate().public_bytes(serialization.Encoding.PEM),
}
