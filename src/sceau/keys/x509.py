"""
Certificates: what they say, and whether a chain leads to somebody who is trusted.

Whether a certificate was **revoked** (CRL, OCSP) is not checked: the engine opens no socket, and the answer
changes. `VerifiedChain.revocation_checked` says so, for whoever words the result.

Source:
    RFC 5280; `x5c` and `x5t#S256`: RFC 7515, sections 4.1.6 and 4.1.8; qualified seals: ETSI EN 319 412-5
    v2.4.1, sections 4.2.1 and 4.2.3.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.x509 import verification
from cryptography.x509.oid import NameOID

from sceau.errors import (
    BrokenChainError,
    CertificateError,
    CertificateExpiredError,
    CertificateNotYetError,
    CertificateUseError,
    KeyFormatError,
    UnknownAnchorError,
    WeakCertificateError,
)
from sceau.keys import der, jwk
from sceau.keys.public import PublicKey
from sceau.model import moments

MAX_CERTIFICATES = 8
"""In a chain: a leaf, and in practice one or two above it."""
MAX_CERTIFICATE_BYTES = 16_384
MAX_LOOSE_CERTIFICATES = 32
"""That came in no order, beside a signature."""
MAX_BUNDLE_CERTIFICATES = 4_000
"""In a PEM bundle, which may hold those of all trusted lists."""

_Extension = TypeVar("_Extension", bound=x509.ExtensionType)

_QC_STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
_QC_COMPLIANCE = bytes.fromhex("04008e460101")  # 0.4.0.1862.1.1
_QC_TYPE = bytes.fromhex("04008e460106")  # 0.4.0.1862.1.6
_QC_TYPE_SEAL = bytes.fromhex("04008e46010602")  # 0.4.0.1862.1.6.2
_KEY_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
)
_SOUND_HASHES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
_MIN_RSA_BITS, _MIN_CURVE_BITS = 2_048, 256
_UNREADABLE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    x509.InvalidVersion,
)


@dataclass(frozen=True)
class Certificate:
    """
    A certificate and what it says of itself; nobody has confirmed it before `verify_chain`.

    Attributes:
        der: The exact bytes; two certificates are equal where these are.
        common_name: Of the subject; empty where not stated, as with the others.
        organisation: ``organizationName``, the legal name.
        organisation_identifier: ``"VATFR-12345678901"``, ``"NTRFR-123456789"`` (ETSI EN 319 412-1).
        country: Two letters.
        issuer_name: The issuer's whole name: ``"CN=…,O=…,C=FR"``.
        serial_number: Hexadecimal.
        not_before: Aware.
        not_after: Aware; valid up to and including this moment.
        dns_names: Of the subject alternative name.
        uris: Of the subject alternative name, where a DID may stand.
        key_usages: ``"digital_signature"``, ``"content_commitment"`` (once called nonRepudiation),
            ``"key_cert_sign"``…; None where the certificate does not limit its use.
        is_ca: May issue certificates.
        is_self_signed: Its own key made its signature: it proves nothing about its name.
        says_qualified: Carries QcCompliance: it says that it is a qualified certificate of the EU. That it is
            one only a trusted list shows.
        says_seal: Carries QcType eseal: it says that it is for seals, of an organisation.
    """

    der: bytes
    common_name: str = field(compare=False)
    organisation: str = field(compare=False)
    organisation_identifier: str = field(compare=False)
    country: str = field(compare=False)
    issuer_name: str = field(compare=False)
    serial_number: str = field(compare=False)
    not_before: datetime = field(compare=False)
    not_after: datetime = field(compare=False)
    dns_names: tuple[str, ...] = field(compare=False)
    uris: tuple[str, ...] = field(compare=False)
    key_usages: frozenset[str] | None = field(compare=False)
    is_ca: bool = field(compare=False)
    is_self_signed: bool = field(compare=False)
    says_qualified: bool = field(compare=False)
    says_seal: bool = field(compare=False)

    @cached_property
    def native(self) -> x509.Certificate:
        """The object of `cryptography`."""
        return x509.load_der_x509_certificate(self.der)

    @cached_property
    def public_key(self) -> PublicKey:
        """
        The key that the certificate is about.

        Raises:
            KeyFormatError: A kind or size that is not read here, as those of some authorities.
        """
        try:
            key = PublicKey.of(self.native.public_key())
        except (ValueError, UnsupportedAlgorithm) as error:
            raise KeyFormatError(
                f"expected a certificate with a key that is read here, met {error}"
            ) from error
        key.native  # noqa: B018 -- refuses points of low order
        return key

    @property
    def thumbprint(self) -> str:
        """``x5t#S256``: SHA-256 of the bytes, in base64url."""
        return jwk.base64url_encode(hashlib.sha256(self.der).digest())


@dataclass(frozen=True)
class VerifiedChain:
    """
    A chain that leads to an anchor.

    Attributes:
        certificates: From the leaf to the anchor, both included; a leaf that is itself trusted stands alone.
        revocation_checked: Always false: a certificate may have been revoked since.
    """

    certificates: tuple[Certificate, ...]
    revocation_checked: bool = False

    @property
    def leaf(self) -> Certificate:
        """Whose key makes the signature."""
        return self.certificates[0]

    @property
    def anchor(self) -> Certificate:
        """The trusted certificate that was reached."""
        return self.certificates[-1]


def parse(data: bytes) -> Certificate:
    """
    Read a certificate in DER.

    Raises:
        CertificateError: Not one, too large, not of version 3, or an extension twice or not readable.
    """
    if len(data) > MAX_CERTIFICATE_BYTES:
        raise CertificateError(
            f"expected a certificate of at most {MAX_CERTIFICATE_BYTES} bytes, met {len(data)}"
        )
    try:
        native = x509.load_der_x509_certificate(data)
        if native.version is not x509.Version.v3:
            raise CertificateError(f"expected a certificate of version 3, met {native.version.name}")
        return _facts(data, native)
    except _UNREADABLE as error:
        raise CertificateError(f"expected a certificate in DER, met {str(error)[:200]}") from error


def from_x5c(value: object) -> tuple[Certificate, ...]:
    """
    The chain of an ``x5c`` header: the leaf first, each issued by the next.

    Args:
        value: ``["MIIC…", …]``, base64 (not base64url) of DER; from anybody.

    Raises:
        CertificateError: Not a list of 1 to 8 of them.
    """
    if not isinstance(value, list) or not 0 < len(value) <= MAX_CERTIFICATES:
        met = len(value) if isinstance(value, list) else type(value).__name__
        raise CertificateError(
            f"expected x5c to be a list of 1 to {MAX_CERTIFICATES} certificates, met {met}"
        )
    return tuple(parse(_base64(text)) for text in value)


def from_pem(pem: bytes, *, at_most: int = MAX_BUNDLE_CERTIFICATES) -> tuple[Certificate, ...]:
    """
    Every certificate of a PEM bundle, in its order.

    Raises:
        CertificateError: None in it, more than *at_most*, or one that cannot be read.
    """
    if len(pem) > at_most * MAX_CERTIFICATE_BYTES:
        raise CertificateError(f"expected a bundle of at most {at_most} certificates, met {len(pem)} bytes")
    count = pem.count(b"-----BEGIN CERTIFICATE-----")
    if not 0 < count <= at_most:
        raise CertificateError(f"expected 1 to {at_most} certificates in PEM, met {count}")
    try:
        loaded = x509.load_pem_x509_certificates(pem)
    except _UNREADABLE as error:
        raise CertificateError(f"expected certificates in PEM, met {str(error)[:200]}") from error
    return tuple(parse(one.public_bytes(serialization.Encoding.DER)) for one in loaded)


def to_x5c(chain: Sequence[Certificate]) -> list[str]:
    """The ``x5c`` header of a chain."""
    return [base64.b64encode(certificate.der).decode() for certificate in chain]


def arranged(
    leaf: Certificate, others: Sequence[Certificate], anchors: Collection[Certificate] = ()
) -> tuple[Certificate, ...]:
    """
    The chain of a leaf, out of certificates that came in no order: each issued by the next, up to an anchor
    or as far as they go. A root that is no anchor is left out, since its own signature would prove nothing.

    Args:
        others: At most `MAX_LOOSE_CERTIFICATES`; those that do not belong are passed over.

    Raises:
        CertificateError: Too many of them.
    """
    if len(others) > MAX_LOOSE_CERTIFICATES:
        raise CertificateError(f"expected at most {MAX_LOOSE_CERTIFICATES} certificates, met {len(others)}")
    chain = [leaf]
    while len(chain) < MAX_CERTIFICATES and chain[-1] not in anchors:
        last = chain[-1]
        if any(_issued(last, anchor) for anchor in anchors):
            break
        above = [one for one in others if one not in chain and not one.is_self_signed and _issued(last, one)]
        if not above:
            break
        chain.append(above[0])
    return tuple(chain)


def check_leaf(leaf: Certificate, *, at: datetime) -> None:
    """
    Whether a certificate may sign documents at a moment, whoever issued it.

    Raises:
        CertificateExpiredError, CertificateNotYetError, CertificateUseError, WeakCertificateError: As
            `verify_chain`.
        KeyFormatError: Its key is of a kind that is not read here.
        DataModelError: *at* is naive.
    """
    stamp = moments.write(at)
    _check_leaf(leaf)
    _check_moment(leaf, at, stamp)
    _check_strength(leaf, is_anchor=False)
    leaf.public_key  # noqa: B018 -- a leaf whose key cannot be used here is of no use


def verify_chain(
    chain: Sequence[Certificate], anchors: Sequence[Certificate], *, at: datetime
) -> VerifiedChain:
    """
    Whether a chain leads to an anchor, by RFC 5280: signatures, validity, who may issue, length of the path,
    constraints on names; an unknown critical extension refuses. Authorities must keep the profile of the
    CA/Browser Forum, so one on Ed25519 or without keyUsage is refused. Revocation is not checked.

    Args:
        chain: The leaf first, each issued by the next; the anchor itself may be left out.
        anchors: Those who are trusted: roots, or authorities below one, as trusted lists name them. A leaf
            that is among them needs nobody above it.
        at: Aware; each certificate, the anchor's too, must be valid then.

    Raises:
        CertificateExpiredError, CertificateNotYetError: One of them is not valid at that moment.
        CertificateUseError: The leaf may issue certificates, or may not sign; one above may not issue.
        WeakCertificateError: RSA under 2,048 bits, a curve under 256, DSA; SHA-1, MD5 or an unknown hash.
        BrokenChainError: One was not issued by the next.
        UnknownAnchorError: The last was issued by none of the anchors.
        CertificateError: Another rule is not kept, or the chain is empty or too long.
        KeyFormatError: The leaf's key is of a kind that is not read here.
        DataModelError: *at* is naive.
    """
    stamp = moments.write(at)
    if not 0 < len(chain) <= MAX_CERTIFICATES:
        raise CertificateError(f"expected a chain of 1 to {MAX_CERTIFICATES} certificates, met {len(chain)}")
    trusted = frozenset(anchors)
    _check_leaf(chain[0])
    for certificate in chain:
        _check_moment(certificate, at, stamp)
        _check_strength(certificate, is_anchor=certificate in trusted)
    chain[0].public_key  # noqa: B018 -- a leaf whose key cannot be used here is of no use
    for below, above in pairwise(chain):
        _check_issued(below, above)
    if not trusted:
        raise UnknownAnchorError("expected a chain to somebody who is trusted, met nobody who is")
    try:
        path = _verifier(trusted, at).verify(chain[0].native, [one.native for one in chain[1:]]).chain
    except verification.VerificationError as error:
        raise _diagnosis(chain[-1], trusted, at, stamp, error) from error
    return VerifiedChain(tuple(parse(one.public_bytes(serialization.Encoding.DER)) for one in path))


def _verifier(trusted: frozenset[Certificate], at: datetime) -> verification.ClientVerifier:
    """
    `cryptography`'s, with no demand on a leaf for names of hosts; «client» asks for no name, and for no
    extended use once the extensions of the leaf are our own affair.
    """
    leaf = verification.ExtensionPolicy.permit_all()
    authority = verification.ExtensionPolicy.webpki_defaults_ca()
    return (
        verification.PolicyBuilder()
        .store(verification.Store([one.native for one in trusted]))
        .time(at)
        .max_chain_depth(MAX_CERTIFICATES)
        .extension_policies(ca_policy=authority, ee_policy=leaf)
        .build_client_verifier()
    )


def _diagnosis(
    last: Certificate, trusted: frozenset[Certificate], at: datetime, stamp: str, error: Exception
) -> CertificateError:
    """Which of our errors it is, once the verifier has refused."""
    issuers = [one for one in trusted if one == last or _issued(last, one)]
    if not issuers:
        return UnknownAnchorError(
            f"expected {_name(last)} to be issued by somebody who is trusted, met {last.issuer_name[:200]!r}"
        )
    for issuer in issuers:
        try:
            _check_moment(issuer, at, stamp)
            _check_issuer(issuer)
            _check_strength(issuer, is_anchor=True)
        except CertificateError as met:
            return met
    return CertificateError(f"expected a chain by the rules of RFC 5280, met {str(error)[:300]}")


def _check_leaf(leaf: Certificate) -> None:
    if leaf.is_ca:
        raise CertificateUseError(
            f"expected {_name(leaf)} to sign documents, met one that issues certificates"
        )
    if not {"digital_signature", "content_commitment"} & (leaf.key_usages or frozenset()):
        met = ", ".join(sorted(leaf.key_usages or ())) or "none"
        raise CertificateUseError(
            f"expected {_name(leaf)} to be for digitalSignature or nonRepudiation, met {met}"
        )


def _check_moment(certificate: Certificate, at: datetime, stamp: str) -> None:
    if at > certificate.not_after:
        until = moments.write(certificate.not_after)
        raise CertificateExpiredError(
            f"expected {_name(certificate)} to be valid at {stamp}, met until {until}"
        )
    if at < certificate.not_before:
        since = moments.write(certificate.not_before)
        raise CertificateNotYetError(
            f"expected {_name(certificate)} to be valid at {stamp}, met from {since}"
        )


def _check_strength(certificate: Certificate, *, is_anchor: bool) -> None:
    """An anchor is trusted for itself, so the hash of its own signature plays no part."""
    check_key(certificate)
    try:
        algorithm = certificate.native.signature_hash_algorithm
    except (ValueError, UnsupportedAlgorithm) as error:
        raise WeakCertificateError(
            f"expected {_name(certificate)} with known algorithms, met {error}"
        ) from error
    if algorithm is not None and not isinstance(algorithm, _SOUND_HASHES) and not is_anchor:
        raise WeakCertificateError(f"expected {_name(certificate)} signed with SHA-2, met {algorithm.name}")


def check_key(certificate: Certificate) -> None:
    """
    Whether the key of a certificate is long enough that nobody else can sign with it.

    Raises:
        WeakCertificateError: RSA under 2,048 bits, a curve under 256, DSA, or a kind that is not known.
    """
    try:
        key = certificate.native.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise WeakCertificateError(f"expected {_name(certificate)} with a known key, met {error}") from error
    if isinstance(key, dsa.DSAPublicKey):
        raise WeakCertificateError(f"expected {_name(certificate)} with an RSA or EC key, met DSA")
    least = _MIN_RSA_BITS if isinstance(key, rsa.RSAPublicKey) else _MIN_CURVE_BITS
    if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey) and key.key_size < least:
        raise WeakCertificateError(
            f"expected {_name(certificate)} with a key of at least {least} bits, met {key.key_size}"
        )


def _check_issued(below: Certificate, above: Certificate) -> None:
    if not _issued(below, above):
        raise BrokenChainError(
            f"expected {_name(below)} to be issued by {_name(above)}, met {below.issuer_name[:200]!r}"
        )
    _check_issuer(above)


def _check_issuer(above: Certificate) -> None:
    if not above.is_ca or (above.key_usages is not None and "key_cert_sign" not in above.key_usages):
        raise CertificateUseError(f"expected {_name(above)} to be one that issues certificates, met another")


def _issued(below: Certificate, above: Certificate) -> bool:
    try:
        below.native.verify_directly_issued_by(above.native)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _facts(data: bytes, native: x509.Certificate) -> Certificate:
    extensions = native.extensions
    constraints = _extension(extensions, x509.BasicConstraints)
    usage = _extension(extensions, x509.KeyUsage)
    names = _extension(extensions, x509.SubjectAlternativeName)
    statements = _qc_statements(extensions)
    return Certificate(
        der=data,
        common_name=_attribute(native.subject, NameOID.COMMON_NAME),
        organisation=_attribute(native.subject, NameOID.ORGANIZATION_NAME),
        organisation_identifier=_attribute(native.subject, NameOID.ORGANIZATION_IDENTIFIER),
        country=_attribute(native.subject, NameOID.COUNTRY_NAME),
        issuer_name=native.issuer.rfc4514_string(),
        serial_number=f"{native.serial_number:x}",
        not_before=native.not_valid_before_utc,
        not_after=native.not_valid_after_utc,
        dns_names=tuple(names.get_values_for_type(x509.DNSName)) if names else (),
        uris=tuple(names.get_values_for_type(x509.UniformResourceIdentifier)) if names else (),
        key_usages=frozenset(name for name in _KEY_USAGES if getattr(usage, name)) if usage else None,
        is_ca=bool(constraints and constraints.ca),
        is_self_signed=_is_self_signed(native),
        says_qualified=_QC_COMPLIANCE in statements,
        says_seal=_QC_TYPE_SEAL in statements.get(_QC_TYPE, ()),
    )


def _is_self_signed(native: x509.Certificate) -> bool:
    try:
        native.verify_directly_issued_by(native)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _extension(extensions: x509.Extensions, kind: type[_Extension]) -> _Extension | None:
    try:
        return extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _qc_statements(extensions: x509.Extensions) -> dict[bytes, tuple[bytes, ...]]:
    """
    Each statement by its identifier, with the identifiers inside it:

        SEQUENCE OF SEQUENCE { identifier, information OPTIONAL }      QcType: SEQUENCE OF identifier
    """
    found: dict[bytes, tuple[bytes, ...]] = {}
    try:
        extension = extensions.get_extension_for_oid(_QC_STATEMENTS).value
    except x509.ExtensionNotFound:
        return found
    try:
        for tag, statement in der.children(der.only(extension.public_bytes(), der.SEQUENCE)):
            parts = der.children(statement) if tag == der.SEQUENCE else []
            if not parts or parts[0][0] != der.OBJECT_IDENTIFIER:
                raise KeyFormatError("expected a statement with its identifier, met another")
            inside: list[bytes] = []
            if parts[0][1] == _QC_TYPE and len(parts) == 2 and parts[1][0] == der.SEQUENCE:
                inside = [value for kind, value in der.children(parts[1][1]) if kind == der.OBJECT_IDENTIFIER]
            found[parts[0][1]] = tuple(inside)
    except KeyFormatError as error:
        raise CertificateError(f"expected QcStatements that can be read: {error}") from error
    return found


def _attribute(name: x509.Name, identifier: x509.ObjectIdentifier) -> str:
    for attribute in name.get_attributes_for_oid(identifier):
        if isinstance(attribute.value, str):
            return attribute.value
    return ""


def _base64(text: object) -> bytes:
    if not isinstance(text, str) or len(text) > 2 * MAX_CERTIFICATE_BYTES:
        raise CertificateError(
            "expected base64 of a certificate of a bounded size in x5c, met something else"
        )
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise CertificateError(f"expected base64 in x5c, met {text[:20]!a}") from None
    if base64.b64encode(data).decode() != text:
        raise CertificateError(f"expected base64 with no bits left over in x5c, met {text[-20:]!a}")
    return data


def _name(certificate: Certificate) -> str:
    shown = certificate.common_name or certificate.organisation or certificate.serial_number
    return f"certificate {shown[:80]!a}"
