"""
An organisation's seal: its certificate and key as they are handed over, and whether it may seal with them.

A file of PKCS #12 (``.p12``, ``.pfx``) has both; PEM may come as one file, or as a chain and a key.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from math import prod

from cryptography import x509 as native_x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID

from jalon.awarding.errors import SealRefusedError
from sceau.errors import CertificateError, KeyFormatError, SceauError
from sceau.keys import der, x509
from sceau.keys.public import KeyType
from sceau.keys.signer import EcdsaSigner, RsaSigner
from sceau.keys.x509 import Certificate
from sceau.proofs.jades import Level
from sceau.verifying.report import Outcome
from sceau.verifying.seals import SealFacts, names_issuer

MAX_BYTES = 65_536
"""Of a file: a key and a few certificates take about 8,000."""
SOON = timedelta(days=30)
"""Before the end of a certificate, time to ask for the next one."""
_MAX_WORK = 2**24
_MAX_DEPTH = 12
_CONSTRUCTED = 0x20
_PEM_KEY = re.compile(rb"-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----", re.ASCII)
_ENCRYPTED = b"ENCRYPTED PRIVATE KEY"


@dataclass(frozen=True)
class SealMaterial:
    """
    What an organisation seals with.

    Attributes:
        private_key: PKCS #8 in DER, in the open: to be encrypted at once.
        certificates: The leaf first, each issued by the next; a root that signed itself is left out.
    """

    private_key: bytes = field(repr=False)
    certificates: tuple[Certificate, ...]

    @property
    def leaf(self) -> Certificate:
        """The certificate of the key."""
        return self.certificates[0]

    def signer(self, verification_method: str = "") -> EcdsaSigner | RsaSigner:
        """
        The signer of the key.

        Raises:
            SealRefusedError: A key on which nobody can seal here.
        """
        return signer_of(_loaded(self.private_key), verification_method)


def read(data: bytes, *, passphrase: str = "", key: bytes = b"") -> SealMaterial:
    """
    Read what was handed over.

    Args:
        data: PKCS #12, or PEM with the certificates and, unless *key* has it, the key.
        key: PEM with the key.

    Raises:
        SealRefusedError: Its code says why: ``"seal.too_large"``, ``"seal.unreadable"``,
            ``"seal.passphrase"``, ``"seal.no_key"``, ``"seal.no_certificate"``, ``"seal.key_mismatch"``,
            ``"seal.unsupported_key"``.
    """
    if len(data) > MAX_BYTES or len(key) > MAX_BYTES:
        raise SealRefusedError(code="seal.too_large", limit_kb=MAX_BYTES // 1024)
    if b"-----BEGIN " in data:
        private = _key_in_pem(key or data, passphrase)
        loose: Sequence[Certificate] = _certificates_in_pem(data)
    else:
        private, loose = _from_pkcs12(data, passphrase)
    signer = signer_of(private)
    leaf = next((one for one in loose if _is_of(one, signer)), None)
    if leaf is None:
        raise SealRefusedError(code="seal.key_mismatch")
    plain = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SealMaterial(plain, x509.arranged(leaf, [one for one in loose if one != leaf]))


def signer_of(key: PrivateKeyTypes, verification_method: str = "") -> EcdsaSigner | RsaSigner:
    """
    A signer with a key on RSA, P-256 or P-384.

    Raises:
        SealRefusedError: Another kind of key.
    """
    try:
        if isinstance(key, rsa.RSAPrivateKey):
            return RsaSigner(key, verification_method)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            signer = EcdsaSigner(key, verification_method)
            if signer.public_key.type in (KeyType.P256, KeyType.P384):
                return signer
    except KeyFormatError as error:
        raise SealRefusedError(str(error), code="seal.unsupported_key") from error
    raise SealRefusedError(
        f"expected a key on RSA, P-256 or P-384, met {type(key).__name__}", code="seal.unsupported_key"
    )


def check(leaf: Certificate, *, at: datetime) -> None:
    """
    Whether a certificate may seal today, whoever issued it.

    Raises:
        SealRefusedError: Expired, not valid yet, not for seals of an organisation, or weak; or without the
            number of the organisation, which goes into what is sealed.
    """
    dates = {"since": f"{leaf.not_before:%d/%m/%Y}", "until": f"{leaf.not_after:%d/%m/%Y}"}
    try:
        x509.check_leaf(leaf, at=at)
    except SceauError as error:
        code = _REFUSED.get(error.code, "seal.unreadable")
        raise SealRefusedError(str(error), code=code, **dates) from error
    if not leaf.organisation:
        raise SealRefusedError(
            "expected a certificate of an organisation, met one that names none",
            code="seal.no_organisation",
            name=leaf.common_name[:120],
        )
    if not leaf.organisation_identifier.strip() or not leaf.country:
        raise SealRefusedError(
            "expected an organizationIdentifier and a country, which the European profile asks for, met none",
            code="seal.no_identifier",
        )
    if _is_for_sites(leaf):
        raise SealRefusedError("expected a certificate for documents, met a site's", code="seal.use")


def check_owner(leaf: Certificate, *, legal_name: str, country_code: str, siret: str = "") -> str:
    """
    Whether a certificate is that organisation's, as far as its name and number tell.

    Returns:
        ``""`` where both agree, else the code of a remark: ``"seal.other_name"``.

    Raises:
        SealRefusedError: It is another organisation's.
    """
    numbers = [f"NTR{country_code}-{siret}"] if siret else []
    seen = SealFacts(Outcome.PASSED, "", Level.B, (), certificate=leaf)
    compared = names_issuer(seen, names=[legal_name], identifiers=numbers)
    if compared.outcome is Outcome.FAILED:
        raise SealRefusedError(
            compared.detail,
            code="seal.other_organisation",
            met=leaf.organisation[:120],
            expected=legal_name[:120],
        )
    return "" if compared.outcome is Outcome.PASSED else "seal.other_name"


def says_test(leaf: Certificate) -> bool:
    """Whether it says itself that it is a test."""
    return SealFacts(Outcome.PASSED, "", Level.B, (), certificate=leaf).says_test


def algorithm(leaf: Certificate) -> str:
    """``"RSA 3072"``, ``"P-256"``."""
    key = leaf.native.public_key()
    return f"RSA {key.key_size}" if isinstance(key, rsa.RSAPublicKey) else str(leaf.public_key.type)


_REFUSED = {
    "certificate.expired": "seal.expired",
    "certificate.not_yet": "seal.not_yet",
    "certificate.use": "seal.use",
    "certificate.weak": "seal.weak",
    "key.invalid": "seal.unsupported_key",
}


def _is_for_sites(leaf: Certificate) -> bool:
    """A certificate that proves the name of a web site is not for documents, whatever its key can do."""
    try:
        extension = leaf.native.extensions.get_extension_for_class(native_x509.ExtendedKeyUsage)
    except native_x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.SERVER_AUTH in extension.value


def _is_of(certificate: Certificate, signer: EcdsaSigner | RsaSigner) -> bool:
    try:
        return certificate.public_key == signer.public_key
    except KeyFormatError:
        return False  # of an authority, on a key that is not read here


def _loaded(private_key: bytes) -> PrivateKeyTypes:
    return serialization.load_der_private_key(private_key, None)


def _certificates_in_pem(data: bytes) -> tuple[Certificate, ...]:
    if b"-----BEGIN CERTIFICATE-----" not in data:
        raise SealRefusedError(code="seal.no_certificate")
    try:
        return x509.from_pem(data, at_most=x509.MAX_CERTIFICATES)
    except CertificateError as error:
        raise SealRefusedError(str(error), code="seal.unreadable") from error


def _key_in_pem(data: bytes, passphrase: str) -> PrivateKeyTypes:
    label, block = _key_block(data)
    try:
        if label == _ENCRYPTED:
            _check_work(base64.b64decode(b"".join(block.splitlines()[1:-1])))
        return serialization.load_pem_private_key(block, passphrase.encode() if passphrase else None)
    except TypeError:
        if passphrase:  # the key is not encrypted: a passphrase that is not needed does no harm
            return _key_in_pem(block, "")
        raise SealRefusedError(code="seal.passphrase_needed") from None
    except UnsupportedAlgorithm as error:
        raise SealRefusedError(str(error)[:200], code="seal.unsupported_key") from None
    except ValueError as error:
        code = "seal.passphrase" if passphrase else "seal.unreadable"
        raise SealRefusedError(str(error)[:200], code=code) from None


def _key_block(data: bytes) -> tuple[bytes, bytes]:
    """The label and the whole block of the first key in PEM."""
    begin = _PEM_KEY.search(data)
    if begin is None:
        raise SealRefusedError(code="seal.no_key")
    end = b"-----END " + begin.group(1) + b"-----"
    stop = data.find(end, begin.end())
    if stop < 0:
        raise SealRefusedError("expected the end of the key in PEM, met none", code="seal.unreadable")
    return begin.group(1), data[begin.start() : stop + len(end)]


def _from_pkcs12(data: bytes, passphrase: str) -> tuple[PrivateKeyTypes, list[Certificate]]:
    if data[:1] != b"\x30":
        raise SealRefusedError(code="seal.unreadable")
    _check_work(data)
    try:
        key, leaf, others = pkcs12.load_key_and_certificates(
            data, passphrase.encode() if passphrase else None
        )
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        # It cannot tell another passphrase from damage.
        code = "seal.passphrase" if passphrase else "seal.passphrase_needed"
        raise SealRefusedError(str(error)[:200], code=code) from None
    if key is None:
        raise SealRefusedError(code="seal.no_key")
    if leaf is None:
        raise SealRefusedError(code="seal.no_certificate")
    found = [leaf, *others]
    if len(found) > x509.MAX_CERTIFICATES:
        raise SealRefusedError(code="seal.unreadable")
    try:
        return key, [x509.parse(one.public_bytes(serialization.Encoding.DER)) for one in found]
    except CertificateError as error:
        raise SealRefusedError(str(error), code="seal.unreadable") from error


def _check_work(data: bytes) -> None:
    """
    A file says itself how often its passphrase is to be stirred: `salt` then numbers, in PBKDF2, scrypt, the
    old schemes of PKCS #12 and its MAC. Kept within bounds before anything is opened.

    Raises:
        SealRefusedError: A file that would keep the machine busy, or that is not DER.
    """
    try:
        _walk(data, 0)
    except KeyFormatError as error:
        raise SealRefusedError(str(error), code="seal.unreadable") from error


def _walk(data: bytes, depth: int) -> None:
    elements = der.children(data)
    for (tag, _), (following, number) in pairwise(elements):
        if tag == der.OCTET_STRING and following == der.INTEGER:
            _bound(elements, number)
    for tag, content in elements:
        if tag & _CONSTRUCTED and depth < _MAX_DEPTH:
            _walk(content, depth + 1)
        elif tag == der.OCTET_STRING and content[:1] == b"\x30" and depth < _MAX_DEPTH:
            _walk_inside(content, depth + 1)


def _walk_inside(content: bytes, depth: int) -> None:
    """What is wrapped in bytes is DER as well, or encrypted and none of our concern."""
    try:
        _walk(content, depth)
    except KeyFormatError:
        return


def _bound(elements: Sequence[tuple[int, bytes]], first: bytes) -> None:
    numbers = [int.from_bytes(content, "big") for tag, content in elements if tag == der.INTEGER]
    work = prod(numbers[:3]) if len(numbers) > 2 else int.from_bytes(first, "big")
    if work > _MAX_WORK:
        raise SealRefusedError(
            f"expected a bounded work to open the file, met {str(numbers)[:80]}", code="seal.too_much_work"
        )
