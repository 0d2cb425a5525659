"""
Time-stamps: somebody who is trusted says that some bytes existed at a moment.

Read here by our own hand, element by element and within bounds: a token comes from strangers, and one short
structure needs no library. BER that is not DER, SHA-1, RSASSA-PSS and the old reference to a certificate by
SHA-1 are refused; whether the authority's certificate was revoked is not checked.

Source:
    RFC 3161 with RFC 5816; CMS: RFC 5652, section 5; the reference to the certificate: RFC 5035, section 3.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography import x509 as native_x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from sceau.errors import (
    CertificateError,
    CertificateUseError,
    KeyFormatError,
    TimeStampError,
    TimeStampMismatchError,
    UnsupportedTimeStampError,
)
from sceau.keys import der, x509
from sceau.keys.public import HASHES
from sceau.keys.x509 import Certificate, VerifiedChain

MAX_BYTES = 65_536
"""Of a token; those of authorities that send their whole chain have about 8,000."""
MAX_CERTIFICATES = 16

_SET, _GENERALIZED_TIME, _BOOLEAN = 0x31, 0x18, 0x01
_FIRST, _SECOND = 0xA0, 0xA1  # [0] and [1], constructed
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_TIME_STAMP_INFO = bytes.fromhex("2a864886f70d0109100104")
_CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_SIGNING_CERTIFICATE = bytes.fromhex("2a864886f70d010910022f")  # of the second version, with any hash
_HASH_NAMES = {
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}
_IDENTIFIERS = {name: identifier for identifier, name in _HASH_NAMES.items()}
_RSA, _ECDSA = "RSA", "ECDSA"
_SIGNATURES: dict[bytes, tuple[str, str | None]] = {
    bytes.fromhex("2a864886f70d010101"): (_RSA, None),  # the hash is then that of the digest
    bytes.fromhex("2a864886f70d01010b"): (_RSA, "sha256"),
    bytes.fromhex("2a864886f70d01010c"): (_RSA, "sha384"),
    bytes.fromhex("2a864886f70d01010d"): (_RSA, "sha512"),
    bytes.fromhex("2a8648ce3d040302"): (_ECDSA, "sha256"),
    bytes.fromhex("2a8648ce3d040303"): (_ECDSA, "sha384"),
    bytes.fromhex("2a8648ce3d040304"): (_ECDSA, "sha512"),
}
_TIME = re.compile(r"(\d{14})(?:\.(\d{1,6}))?Z", re.ASCII)


@dataclass(frozen=True)
class TimeStamp:
    """
    A token taken apart; nothing in it is trusted before `verify`.

    Attributes:
        time: What it says: when the bytes existed; aware.
        hash_name: ``"sha256"``…, of the bytes that it is about.
        imprint: That hash.
        nonce: The number that whoever asked for it had sent, or None.
        certificates: Those that came with it, in no order.
        info: The bytes of what it says.
        signer: How it was signed.
    """

    time: datetime
    hash_name: str
    imprint: bytes
    nonce: int | None
    certificates: tuple[Certificate, ...]
    info: bytes = field(repr=False)
    signer: Signer = field(repr=False)


@dataclass(frozen=True)
class Signer:
    """How a token was signed, as it says itself."""

    serial_number: int | None
    hash_name: str
    attributes: bytes
    kind: str
    signature_hash: str
    signature: bytes


@dataclass(frozen=True)
class VerifiedTime:
    """
    Attributes:
        time: When the bytes existed, at the latest.
        chain: From the certificate of whoever says so to an anchor.
    """

    time: datetime
    chain: VerifiedChain


def request(digest: bytes, *, nonce: int) -> bytes:
    """
    What to send to an authority, as ``application/timestamp-query``.

    Args:
        digest: SHA-256 of what is to be stamped.
        nonce: A number that nobody can foretell, to be given to `from_response` too.

    Source:
        RFC 3161, section 2.4.1.
    """
    imprint = der.write(der.SEQUENCE, _algorithm("sha256"), der.write(der.OCTET_STRING, digest))
    with_certificate = der.write(_BOOLEAN, b"\xff")
    return der.write(der.SEQUENCE, der.write_integer(1), imprint, der.write_integer(nonce), with_certificate)


def from_response(body: bytes, digest: bytes, *, nonce: int) -> bytes:
    """
    The token in the answer of an authority (``application/timestamp-reply``).

    Raises:
        TimeStampError: Refused, or an answer to another question.

    Source:
        RFC 3161, section 2.4.2.
    """
    try:
        parts = der.children(der.only(body[: MAX_BYTES + 1], der.SEQUENCE))
        status = _integer(*der.children(_inside(parts[0], der.SEQUENCE))[0])
    except (KeyFormatError, IndexError) as error:
        raise TimeStampError(f"expected the answer of a time-stamping authority, met {error}") from error
    if status not in (0, 1) or len(parts) != 2:
        raise TimeStampError(f"expected the authority to grant a time-stamp, met status {status}")
    token = der.write(*parts[1])
    stamp = parse(token)
    if (stamp.hash_name, stamp.imprint, stamp.nonce) != ("sha256", digest, nonce):
        raise TimeStampMismatchError("expected a time-stamp for what was sent, met one for something else")
    return token


def parse(token: bytes) -> TimeStamp:
    """
    Take a token apart.

    Raises:
        TimeStampError: Not one, or too large.
        UnsupportedTimeStampError: SHA-1, MD5, RSASSA-PSS or another algorithm that is not accepted.
    """
    if len(token) > MAX_BYTES:
        raise TimeStampError(f"expected a time-stamp of at most {MAX_BYTES} bytes, met {len(token)}")
    try:
        return _parse(token)
    except KeyFormatError as error:
        raise TimeStampError(f"expected a time-stamp of RFC 3161: {error}") from error


def check(stamp: TimeStamp, data: bytes) -> Certificate:
    """
    Whether a token is about *data* and holds by the certificate it brings; not whether that is trusted.

    Returns:
        The certificate of whoever says so.

    Raises:
        TimeStampMismatchError: About other bytes, or altered.
        TimeStampError: Its certificate is missing, or another than the one that is signed for.
        CertificateUseError: The certificate is not for time-stamps alone.
        UnsupportedTimeStampError: The certificate's key is of a kind that is not read here.
    """
    if hashlib.new(stamp.hash_name, data).digest() != stamp.imprint:
        raise TimeStampMismatchError("expected a time-stamp about this signature, met one about other bytes")
    signer = stamp.signer
    attributes = _attributes(signer.attributes)
    if attributes.get(_CONTENT_TYPE) != (der.OBJECT_IDENTIFIER, _TIME_STAMP_INFO):
        raise TimeStampError("expected a signed content type of a time-stamp, met another")
    if attributes.get(_MESSAGE_DIGEST) != (
        der.OCTET_STRING,
        hashlib.new(signer.hash_name, stamp.info).digest(),
    ):
        raise TimeStampMismatchError("expected the time that was signed, met another")
    authority = _authority(stamp, attributes.get(_SIGNING_CERTIFICATE))
    _check_use(authority)
    _check_signature(authority, signer)
    return authority


def verify(stamp: TimeStamp, data: bytes, *, anchors: Sequence[Certificate], at: datetime) -> VerifiedTime:
    """
    Whether somebody who is trusted says when *data* existed.

    The authority's certificate must have been valid then, and must be valid still: once it has ended, its key
    may be in anybody's hands, and a time could be made up.

    Args:
        anchors: Authorities that are trusted for time-stamps.
        at: The moment of verification.

    Raises:
        TimeStampError: As `check`.
        CertificateError: As `sceau.keys.x509.verify_chain`: `UnknownAnchorError`, `CertificateExpiredError`…
    """
    authority = check(stamp, data)
    chain = x509.arranged(authority, stamp.certificates, anchors)
    for moment in (stamp.time, at):
        verified = x509.verify_chain(chain, anchors, at=moment)
    return VerifiedTime(stamp.time, verified)


def _parse(token: bytes) -> TimeStamp:
    outer = der.children(der.only(token, der.SEQUENCE))
    _expect(outer, 2, "a ContentInfo")
    if outer[0] != (der.OBJECT_IDENTIFIER, _SIGNED_DATA):
        raise KeyFormatError("expected signed data of CMS, met something else")
    parts = der.children(der.only(_inside(outer[1], _FIRST), der.SEQUENCE))
    _expect(parts, 4, "signed data")
    content = der.children(_inside(parts[2], der.SEQUENCE))
    _expect(content, 2, "the content of a time-stamp")
    if content[0] != (der.OBJECT_IDENTIFIER, _TIME_STAMP_INFO):
        raise KeyFormatError("expected the content of a time-stamp, met another")
    info = der.only(_inside(content[1], _FIRST), der.OCTET_STRING)
    signers = der.children(_inside(parts[-1], _SET))
    if len(signers) != 1:
        raise KeyFormatError(f"expected one signer of a time-stamp, met {len(signers)}")
    time, hash_name, imprint, nonce = _read_info(info)
    return TimeStamp(
        time=time,
        hash_name=hash_name,
        imprint=imprint,
        nonce=nonce,
        certificates=_certificates(parts[3:-1]),
        info=info,
        signer=_read_signer(_inside(signers[0], der.SEQUENCE)),
    )


def _certificates(parts: Sequence[tuple[int, bytes]]) -> tuple[Certificate, ...]:
    """Those that can be read; an old root among them is no reason to refuse the time."""
    found = [one for tag, content in parts if tag == _FIRST for one in der.children(content)]
    if len(found) > MAX_CERTIFICATES:
        raise KeyFormatError(f"expected at most {MAX_CERTIFICATES} certificates, met {len(found)}")
    readable: list[Certificate] = []
    for tag, content in found:
        try:
            readable.append(x509.parse(der.write(tag, content)))
        except CertificateError:
            continue
    return tuple(readable)


def _read_info(data: bytes) -> tuple[datetime, str, bytes, int | None]:
    """
    TSTInfo: SEQUENCE { version, policy, messageImprint, serialNumber, genTime, accuracy?, ordering?, nonce?,
    [0] tsa?, [1] extensions? }
    """
    parts = der.children(der.only(data, der.SEQUENCE))
    _expect(parts, 5, "what a time-stamp says")
    if _integer(*parts[0]) != 1:
        raise KeyFormatError("expected a time-stamp of version 1, met another")
    imprint = der.children(_inside(parts[2], der.SEQUENCE))
    _expect(imprint, 2, "a hash")
    hash_name = _hash_name(imprint[0])
    digest = _inside(imprint[1], der.OCTET_STRING)
    if len(digest) != hashlib.new(hash_name).digest_size:
        raise KeyFormatError(f"expected a {hash_name} of its length, met {len(digest)} bytes")
    nonce = None
    for tag, content in parts[5:]:
        if tag == der.INTEGER:
            nonce = _integer(tag, content)
        elif tag == _SECOND:
            _check_extensions(content)
    return _time(parts[4]), hash_name, digest, nonce


def _check_extensions(content: bytes) -> None:
    for extension in der.children(content):
        parts = der.children(_inside(extension, der.SEQUENCE))
        if (_BOOLEAN, b"\xff") in parts:
            raise UnsupportedTimeStampError("expected no critical extension of a time-stamp, met one")


def _read_signer(content: bytes) -> Signer:
    """
    SignerInfo: SEQUENCE { version, sid, digestAlgorithm, [0] signedAttrs, signatureAlgorithm, signature,
    [1] unsignedAttrs? }
    """
    parts = der.children(content)
    _expect(parts, 6, "a signer")
    hash_name = _hash_name(parts[2])
    attributes = _inside(parts[3], _FIRST)
    algorithm = der.children(_inside(parts[4], der.SEQUENCE))
    _expect(algorithm, 1, "an algorithm")
    if algorithm[0][1] not in _SIGNATURES:
        raise UnsupportedTimeStampError(
            f"expected a time-stamp signed with RSA or ECDSA and SHA-2, met {algorithm[0][1].hex()}"
        )
    kind, signature_hash = _SIGNATURES[algorithm[0][1]]
    serial = None
    if parts[1][0] == der.SEQUENCE:
        named = der.children(parts[1][1])
        _expect(named, 2, "the name of a certificate")
        serial = _integer(*named[1])
    return Signer(
        serial_number=serial,
        hash_name=hash_name,
        attributes=attributes,
        kind=kind,
        signature_hash=signature_hash or hash_name,
        signature=_inside(parts[5], der.OCTET_STRING),
    )


def _attributes(content: bytes) -> dict[bytes, tuple[int, bytes]]:
    """Each signed attribute of one value by its identifier."""
    found: dict[bytes, tuple[int, bytes]] = {}
    try:
        for attribute in der.children(content):
            parts = der.children(_inside(attribute, der.SEQUENCE))
            _expect(parts, 2, "an attribute")
            values = der.children(_inside(parts[1], _SET))
            if parts[0][1] in found or len(values) != 1:
                raise KeyFormatError("expected each signed attribute once and with one value")
            found[parts[0][1]] = values[0]
    except KeyFormatError as error:
        raise TimeStampError(f"expected signed attributes that can be read: {error}") from error
    return found


def _authority(stamp: TimeStamp, reference: tuple[int, bytes] | None) -> Certificate:
    """
    The certificate that the signer signed for:

        SigningCertificateV2: SEQUENCE { SEQUENCE OF ESSCertIDv2, policies? }
        ESSCertIDv2: SEQUENCE { hashAlgorithm DEFAULT SHA-256, certHash, issuerSerial? }
    """
    if reference is None:
        raise UnsupportedTimeStampError("expected a reference to the certificate by SHA-2, met none")
    try:
        references = der.children(_inside(reference, der.SEQUENCE))
        _expect(references, 1, "a reference")
        identifiers = der.children(_inside(references[0], der.SEQUENCE))
        _expect(identifiers, 1, "a reference")
        parts = der.children(_inside(identifiers[0], der.SEQUENCE))
        _expect(parts, 1, "a reference")
        name = _hash_name(parts.pop(0)) if parts[0][0] == der.SEQUENCE else "sha256"
        _expect(parts, 1, "a reference")
        digest = _inside(parts[0], der.OCTET_STRING)
    except KeyFormatError as error:
        raise TimeStampError(f"expected a reference to a certificate: {error}") from error
    for certificate in stamp.certificates:
        if hashlib.new(name, certificate.der).digest() == digest:
            if stamp.signer.serial_number not in (None, certificate.native.serial_number):
                raise TimeStampError("expected one certificate of the authority, met the number of another")
            return certificate
    raise TimeStampError("expected the certificate of the authority in the time-stamp, met none")


def _check_use(authority: Certificate) -> None:
    """
    Source:
        RFC 3161, section 2.3: extendedKeyUsage is critical and says timeStamping alone.
    """
    try:
        extension = authority.native.extensions.get_extension_for_class(native_x509.ExtendedKeyUsage)
    except native_x509.ExtensionNotFound:
        raise CertificateUseError("expected a certificate for time-stamps, met one for any use") from None
    if list(extension.value) != [ExtendedKeyUsageOID.TIME_STAMPING] or not extension.critical:
        raise CertificateUseError("expected a certificate for time-stamps alone, met one for other uses")


def _check_signature(authority: Certificate, signer: Signer) -> None:
    try:
        key = authority.public_key.native
    except KeyFormatError as error:
        raise UnsupportedTimeStampError(f"expected an authority whose key is read here: {error}") from error
    signed = der.write(_SET, signer.attributes)  # RFC 5652, section 5.4: tagged as a set, not as [0]
    algorithm = HASHES[signer.signature_hash]
    try:
        if isinstance(key, rsa.RSAPublicKey) and signer.kind == _RSA:
            key.verify(signer.signature, signed, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey) and signer.kind == _ECDSA:
            key.verify(signer.signature, signed, ec.ECDSA(algorithm))
        else:
            raise UnsupportedTimeStampError(f"expected a key for {signer.kind}, met another")
    except InvalidSignature:
        raise TimeStampMismatchError("expected what the authority signed, met something else") from None


def _time(element: tuple[int, bytes]) -> datetime:
    text = _inside(element, _GENERALIZED_TIME).decode("ascii", "replace")
    match = _TIME.fullmatch(text)
    if not match:
        raise KeyFormatError(f"expected a time as RFC 3161 writes it, met {text[:30]!a}")
    digits, fraction = match.groups()
    try:
        moment = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise KeyFormatError(f"expected a time, met {text[:30]!a}") from error
    return moment.replace(microsecond=int((fraction or "0").ljust(6, "0")))


def _hash_name(element: tuple[int, bytes]) -> str:
    parts = der.children(_inside(element, der.SEQUENCE))
    _expect(parts, 1, "an algorithm")
    name = _HASH_NAMES.get(parts[0][1])
    if name is None:
        raise UnsupportedTimeStampError(f"expected a time-stamp with SHA-2, met {parts[0][1][:20].hex()}")
    return name


def _algorithm(hash_name: str) -> bytes:
    identifier = der.write(der.OBJECT_IDENTIFIER, _IDENTIFIERS[hash_name])
    return der.write(der.SEQUENCE, identifier, bytes.fromhex("0500"))


def _integer(tag: int, content: bytes) -> int:
    if tag != der.INTEGER or not 0 < len(content) <= 64:
        raise KeyFormatError(f"expected a whole number of DER, met element {tag:#04x}")
    return int.from_bytes(content, "big", signed=True)


def _inside(element: tuple[int, bytes], tag: int) -> bytes:
    met, content = element
    if met != tag:
        raise KeyFormatError(f"expected an element {tag:#04x} of DER, met {met:#04x}")
    return content


def _expect(parts: Sequence[object], least: int, what: str) -> None:
    if len(parts) < least:
        raise KeyFormatError(f"expected {what} of {least} elements at least, met {len(parts)}")
