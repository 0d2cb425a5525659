"""A time-stamping authority of our own, which can also be asked for tokens that break one rule each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509 as crypto
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from tests.sceau.keys.test_x509 import NOW, Authority, key, root

from sceau.keys import der
from sceau.keys.public import HASHES
from sceau.keys.x509 import Certificate

FOR_TIME_STAMPS = (crypto.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
ROOT = root(21, "Racine du temps (fictive)")
SET = 0x31
HASH_OIDS = {
    "md5": bytes.fromhex("2a864886f70d0205"),
    "sha1": bytes.fromhex("2b0e03021a"),
    "sha256": bytes.fromhex("608648016503040201"),
    "sha384": bytes.fromhex("608648016503040202"),
    "sha512": bytes.fromhex("608648016503040203"),
}
ECDSA_OIDS = {
    "sha256": bytes.fromhex("2a8648ce3d040302"),
    "sha384": bytes.fromhex("2a8648ce3d040303"),
    "sha512": bytes.fromhex("2a8648ce3d040304"),
}
RSA_OIDS = {
    "": bytes.fromhex("2a864886f70d010101"),
    "sha256": bytes.fromhex("2a864886f70d01010b"),
    "pss": bytes.fromhex("2a864886f70d01010a"),
}
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
INFO = bytes.fromhex("2a864886f70d0109100104")
CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
REFERENCE = bytes.fromhex("2a864886f70d010910022f")


def oid(content: bytes) -> bytes:
    return der.write(der.OBJECT_IDENTIFIER, content)


def algorithm(identifier: bytes) -> bytes:
    return der.write(der.SEQUENCE, oid(identifier))


def octets(content: bytes) -> bytes:
    return der.write(der.OCTET_STRING, content)


@dataclass(frozen=True)
class TimeAuthority:
    """
    Implements `sceau.ports.TimeStamper`.

    The attributes from `hash_name` on are the rules that a token may be asked to break.
    """

    certificate: Certificate
    key: object
    at: datetime = NOW
    others: tuple[Certificate, ...] = ()
    hash_name: str = "sha256"
    digest_name: str = "sha256"
    signature_name: str = "sha256"
    version: int = 1
    moment: bytes = b""
    nonce: int | None = None
    extension: bytes = b""
    content: bytes = INFO
    signed_content: bytes = INFO
    signed_digest: bytes = b""
    reference: str = "sha256"
    referred: Certificate | None = None
    serial_number: int | None = None
    signers: int = 1
    twice: bytes = b""
    unreadable: bytes = b""

    def time_stamp(self, digest: bytes) -> bytes:
        """The token, in DER."""
        info = self.info(digest)
        attributes = self.attributes(info)
        sid = der.write(
            der.SEQUENCE,
            self.certificate.native.issuer.public_bytes(),
            der.write_integer(self.serial_number or self.certificate.native.serial_number),
        )
        signer = der.write(
            der.SEQUENCE,
            der.write_integer(1),
            sid,
            algorithm(HASH_OIDS[self.digest_name]),
            der.write(0xA0, attributes),
            *self.signature(der.write(SET, attributes)),
        )
        data = der.write(
            der.SEQUENCE,
            der.write_integer(3),
            der.write(SET, algorithm(HASH_OIDS[self.digest_name])),
            der.write(der.SEQUENCE, oid(self.content), der.write(0xA0, octets(info))),
            der.write(0xA0, self.unreadable, *(one.der for one in (*self.others, self.certificate))),
            der.write(SET, *[signer] * self.signers),
        )
        return der.write(der.SEQUENCE, oid(SIGNED_DATA), der.write(0xA0, data))

    def info(self, digest: bytes) -> bytes:
        stamp = self.moment or self.at.strftime("%Y%m%d%H%M%SZ").encode()
        parts = [
            der.write_integer(self.version),
            oid(bytes.fromhex("2a0304")),
            der.write(der.SEQUENCE, algorithm(HASH_OIDS[self.hash_name]), octets(digest)),
            der.write_integer(7),
            der.write(0x18, stamp),
            der.write(der.SEQUENCE, der.write_integer(1)),
        ]
        if self.nonce is not None:
            parts.append(der.write_integer(self.nonce))
        if self.extension:
            parts.append(der.write(0xA1, self.extension))
        return der.write(der.SEQUENCE, *parts)

    def attributes(self, info: bytes) -> bytes:
        digest = self.signed_digest or hashlib.new(self.digest_name, info).digest()
        found = [
            self.attribute(CONTENT_TYPE, oid(self.signed_content)),
            self.attribute(MESSAGE_DIGEST, octets(digest)),
        ]
        if self.reference:
            referred = hashlib.new(self.reference, (self.referred or self.certificate).der).digest()
            named = [] if self.reference == "sha256" else [algorithm(HASH_OIDS[self.reference])]
            identifier = der.write(der.SEQUENCE, *named, octets(referred))
            found.append(
                self.attribute(REFERENCE, der.write(der.SEQUENCE, der.write(der.SEQUENCE, identifier)))
            )
        if self.twice:
            found.append(self.attribute(MESSAGE_DIGEST, octets(self.twice)))
        return b"".join(found)

    @staticmethod
    def attribute(identifier: bytes, value: bytes) -> bytes:
        return der.write(der.SEQUENCE, oid(identifier), der.write(SET, value))

    def signature(self, data: bytes) -> tuple[bytes, bytes]:
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            made = self.key.sign(data, ec.ECDSA(HASHES[self.signature_name]))
            return algorithm(ECDSA_OIDS[self.signature_name]), octets(made)
        assert isinstance(self.key, rsa.RSAPrivateKey)
        made = self.key.sign(data, padding.PKCS1v15(), HASHES["sha256"])
        return algorithm(RSA_OIDS[self.signature_name]), octets(made)


def time_authority(issuer: Authority = ROOT, number: int = 22, **options: object) -> TimeAuthority:
    """An authority whose certificate *issuer* made; `extensions`, `since`, `until`… go to the certificate."""
    own = {name: options.pop(name) for name in list(options) if name in TimeAuthority.__annotations__}
    options = {"extensions": [FOR_TIME_STAMPS]} | options
    mine = own.pop("key", key(number))
    certificate = issuer.issue("Horloge (fictive)", mine, **options)  # type: ignore[arg-type] # a mixed dict
    return TimeAuthority(certificate, mine, **own)  # type: ignore[arg-type] # a mixed dict


CLOCK_OF_TESTS = time_authority()
