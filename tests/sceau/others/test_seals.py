"""Seals of ours, read by joserfc (Python) and jose (Node); their chain and their time-stamp by OpenSSL."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509 as crypto
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from joserfc import errors, jws
from joserfc.jwk import ECKey, RSAKey
from tests.sceau.hostile.corpus.seals import NAME, NUMBER
from tests.sceau.keys.test_x509 import YEAR, root
from tests.sceau.keys.time_authority import time_authority
from tests.sceau.others.peers import Peer

from sceau.canon import strict_json
from sceau.formats import european
from sceau.keys.signer import EcdsaSigner, RsaSigner
from sceau.ports import Signer
from sceau.proofs import jades
from sceau.testing import EXAMPLE_MOMENT, example_credential

# OpenSSL knows no other moment than its own.
NOW = datetime.now(UTC).replace(microsecond=0)
ROOT = root(31, "Racine (fictive)", since=NOW - YEAR, until=NOW + YEAR)
CLOCK = replace(time_authority(ROOT, 32, since=NOW - YEAR, until=NOW + YEAR), at=NOW - timedelta(minutes=1))
KEYS: dict[str, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey] = {
    "ES256": ec.derive_private_key(41, ec.SECP256R1()),
    "ES384": ec.derive_private_key(42, ec.SECP384R1()),
    "RS256": rsa.generate_private_key(65_537, 2_048),
}
OPENSSL = shutil.which("openssl")
openssl = pytest.mark.skipif(OPENSSL is None, reason="no openssl command here")


def signer(algorithm: str) -> Signer:
    key = KEYS[algorithm]
    return RsaSigner(key, "") if isinstance(key, rsa.RSAPrivateKey) else EcdsaSigner(key, "")


def sealed(algorithm: str) -> dict[str, Any]:
    """A European credential of ours, sealed and dated."""
    oid = crypto.oid.NameOID
    parts = {oid.COUNTRY_NAME: "FR", oid.ORGANIZATION_NAME: NAME, oid.ORGANIZATION_IDENTIFIER: NUMBER}
    subject = crypto.Name([crypto.NameAttribute(kind, value) for kind, value in parts.items()])
    certificate = ROOT.issue(subject, KEYS[algorithm], since=NOW - YEAR, until=NOW + YEAR)
    document = european.for_seal(
        european.to_document(example_credential(), pictures={}),
        identifier=NUMBER,
        country_code="FR",
        sealed_at=EXAMPLE_MOMENT,
    )
    made = jades.seal(
        strict_json.write(document),
        signer=signer(algorithm),
        certificates=[certificate],
        at=NOW - timedelta(minutes=2),
        time_stamper=CLOCK,
    )
    read: dict[str, Any] = json.loads(made)
    return read


def one(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["signatures"][0]
    return found


def certificate_of(document: dict[str, Any]) -> crypto.Certificate:
    """The signer's, by the library *cryptography* alone."""
    protected = one(document)["protected"]
    header = json.loads(base64.urlsafe_b64decode(protected + "=" * (-len(protected) % 4)))
    return crypto.load_der_x509_certificate(base64.b64decode(header["x5c"][0]))


def with_joserfc(document: dict[str, Any], algorithm: str) -> bytes:
    key_type = RSAKey if algorithm == "RS256" else ECKey
    key = key_type.import_key(certificate_of(document).public_bytes(Encoding.PEM))
    registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    registry.max_header_length = 20_000
    registry.max_payload_length = 1_000_000
    bare = {name: value for name, value in one(document).items() if name != "header"}
    read = jws.deserialize_json({**document, "signatures": [bare]}, key, registry=registry)  # type: ignore[arg-type] # read JSON
    return bytes(read.payload or b"")


def other_payload(document: dict[str, Any]) -> None:
    document["payload"] = document["payload"].replace("Camille", "Camilla")


def other_signature(document: dict[str, Any]) -> None:
    signature = one(document)["signature"]
    one(document)["signature"] = signature[:10] + ("A" if signature[10] != "A" else "B") + signature[11:]


SPOILERS: dict[str, Callable[[dict[str, Any]], None]] = {
    "another payload": other_payload,
    "another signature": other_signature,
    "another header": lambda document: one(document).update(protected=one(sealed("ES256"))["protected"][:-8]),
}


@pytest.mark.parametrize("algorithm", KEYS)
def test_joserfc_reads_our_seal(algorithm: str) -> None:
    document = sealed(algorithm)

    assert with_joserfc(document, algorithm) == document["payload"].encode()


@pytest.mark.parametrize("way", ["another payload", "another signature"])
@pytest.mark.parametrize("algorithm", KEYS)
def test_joserfc_refuses_our_seal_spoilt(algorithm: str, way: str) -> None:
    document = sealed(algorithm)
    SPOILERS[way](document)

    with pytest.raises(errors.JoseError):
        with_joserfc(document, algorithm)


def ask(peer: Peer, document: dict[str, Any], algorithm: str) -> dict[str, Any]:
    bare = {name: value for name, value in one(document).items() if name != "header"}
    return peer.ask(ask="sealed", payload=document["payload"], signature=bare, algorithms=[algorithm])


@pytest.mark.parametrize("algorithm", KEYS)
def test_jose_reads_our_seal_by_its_certificate(algorithm: str, jose_for_node: Peer) -> None:
    document = sealed(algorithm)

    met = ask(jose_for_node, document, algorithm)

    assert met == {"verified": True, "payload": document["payload"]}


@pytest.mark.parametrize("way", SPOILERS)
@pytest.mark.parametrize("algorithm", KEYS)
def test_jose_refuses_our_seal_spoilt(algorithm: str, way: str, jose_for_node: Peer) -> None:
    document = sealed(algorithm)
    SPOILERS[way](document)

    assert ask(jose_for_node, document, algorithm)["verified"] is False


# — OpenSSL —


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(OPENSSL), *map(str, arguments)], capture_output=True, text=True)


def anchors(folder: Path) -> Path:
    (folder / "anchors.pem").write_bytes(ROOT.certificate.native.public_bytes(Encoding.PEM))
    return folder / "anchors.pem"


@openssl
@pytest.mark.parametrize("algorithm", KEYS)
def test_openssl_finds_the_chain_of_our_seal(algorithm: str, tmp_path: Path) -> None:
    leaf = tmp_path / "leaf.pem"
    leaf.write_bytes(certificate_of(sealed(algorithm)).public_bytes(Encoding.PEM))
    other = root(33, "Autre racine (fictive)", since=NOW - YEAR, until=NOW + YEAR)
    (tmp_path / "other.pem").write_bytes(other.certificate.native.public_bytes(Encoding.PEM))

    assert run("verify", "-CAfile", anchors(tmp_path), leaf).returncode == 0
    assert run("verify", "-CAfile", tmp_path / "other.pem", leaf).returncode != 0


@openssl
def test_openssl_verifies_the_time_stamp_of_our_seal(tmp_path: Path) -> None:
    document = sealed("ES256")
    (component,) = one(document)["header"]["etsiU"]
    component = json.loads(base64.urlsafe_b64decode(component + "=" * (-len(component) % 4)))
    token = base64.b64decode(component["sigTst"]["tstTokens"][0]["val"])
    (tmp_path / "token").write_bytes(token)
    (tmp_path / "clock.pem").write_bytes(CLOCK.certificate.native.public_bytes(Encoding.PEM))
    # ETSI TS 119 182-1, section 5.3.4: over the signature in base64url.
    (tmp_path / "over").write_text(one(document)["signature"])
    (tmp_path / "else").write_text(one(sealed("ES384"))["signature"])

    def verified(data: str) -> subprocess.CompletedProcess[str]:
        return run(
            *("ts", "-verify", "-token_in", "-in", tmp_path / "token", "-data", tmp_path / data),
            *("-CAfile", anchors(tmp_path), "-untrusted", tmp_path / "clock.pem"),
        )

    assert "Verification: OK" in verified("over").stdout + verified("over").stderr
    assert verified("else").returncode != 0
