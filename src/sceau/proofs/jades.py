"""
JAdES: the seal of an organisation, by the key of its certificate, on a payload that is signed as it stands.

    {"payload": "{\\"id\\":\\"urn:credential:…\\"}",
     "signatures": [{"protected": "<base64url of the signed header>",
                     "header": {"etsiU": ["<base64url of an unsigned component>"]},
                     "signature": "<base64url>"}]}

Written: baseline B-B, and B-T with a time-stamp. Read: the same; what B-LT and B-LTA add (certificates,
revocation values, archive time-stamps) is named, and of it only the certificates are made use of.

One seal for one payload: files with two are refused, and so is a payload in base64url, though JAdES allows
both, since European Digital Credentials have neither and each is one more way to be read in two ways.

Source:
    ETSI TS 119 182-1 v1.1.1 and v1.2.1; RFC 7515, section 7.2 (JSON serialisation); RFC 7797 (``b64``).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sceau.canon import strict_json
from sceau.errors import (
    CertificateError,
    DataModelError,
    KeyFormatError,
    MissingProofError,
    ProofError,
    SealCertificateError,
    SealedPayloadError,
    SeveralSealsError,
    SignatureMismatchError,
    UnreadableError,
    UnsupportedProofError,
    WrongKeyError,
)
from sceau.keys import timestamps, x509
from sceau.keys.jwk import base64url_decode, base64url_encode
from sceau.keys.timestamps import TimeStamp
from sceau.keys.x509 import Certificate
from sceau.model import moments
from sceau.ports import Signer, TimeStamper
from sceau.proofs import jose
from sceau.proofs.jose import Jws

ALGORITHMS = frozenset({"RS256", "ES256", "ES384", "ES512"})
"""Those that are read here; RSASSA-PSS is not."""
WRITTEN_ALGORITHMS = frozenset({"RS256", "ES256", "ES384"})
_UNDERSTOOD = frozenset({"b64", "sigT", "iat", "x5t#o", "sigX5ts", "adoTst"})
"""Critical members that are processed here."""
_SIGNED_TIME_IS_IAT = datetime(2025, 7, 15, tzinfo=UTC)
"""From here on ``iat`` is written, ``sigT`` no more (TS 119 182-1 v1.2.1, clause 6.3, requirement a)."""
_DIGESTS = {"S256": "sha256", "S384": "sha384", "S512": "sha512"}
_SIGNATURE_TIME, _CONTENT_TIME, _CERTIFICATES = "sigTst", "adoTst", "xVals"
_MAX_PROTECTED, _MAX_SIGNATURE, _MAX_COMPONENT = 200_000, 2_048, 1_000_000
_MAX_COMPONENTS, _MAX_TIME_STAMPS = 32, 8
_LAST_SECOND = 253_402_300_799  # of the year 9999


class Level(StrEnum):
    """The baseline levels, each holding the one before."""

    B = "B-B"
    T = "B-T"
    LT = "B-LT"
    LTA = "B-LTA"


@dataclass(frozen=True)
class Stamped:
    """
    A time-stamp of a seal, and not yet verified.

    Attributes:
        token: In DER.
        over: The bytes that it must be about.
        signs_seal: About the seal (``sigTst``), so the seal existed then; else about the payload alone
            (``adoTst``), so the seal is younger.
    """

    token: bytes
    over: bytes
    signs_seal: bool

    def parse(self) -> TimeStamp:
        """The token taken apart; raises as `sceau.keys.timestamps.parse`."""
        return timestamps.parse(self.token)


@dataclass(frozen=True)
class Jades:
    """
    A seal taken apart, and not yet verified.

    Attributes:
        payload: The exact bytes that are signed.
        header: The signed header; nothing in it is trusted.
        components: The unsigned components (``etsiU``), each a name and its value; anybody may have put them.
    """

    payload: bytes
    header: Mapping[str, Any]
    signature: bytes
    signing_input: bytes
    components: tuple[tuple[str, Any], ...]

    @property
    def algorithm(self) -> str:
        """``alg``, empty where it is not text."""
        value = self.header.get("alg")
        return value if isinstance(value, str) else ""

    @property
    def level(self) -> Level:
        """The level that the file has the components of; not that they hold."""
        names = {name for name, _ in self.components}
        if "arcTst" in names:
            return Level.LTA
        if names & {_CERTIFICATES, "rVals", "axVals", "arVals", "anyValData"}:
            return Level.LT
        return Level.T if _SIGNATURE_TIME in names else Level.B

    @property
    def unchecked(self) -> tuple[str, ...]:
        """
        Names of what it carries and nobody here checks: ``"rVals"``, ``"arcTst"``… Certificates of ``xVals``
        serve to find the chain, which is checked.
        """
        known = {_SIGNATURE_TIME, _CERTIFICATES}
        return tuple(sorted({name for name, _ in self.components} - known))

    def claims(self) -> dict[str, Any]:
        """
        The payload as a JSON object.

        Raises:
            UnreadableError: It is not one, or not one that every reader would read alike.
        """
        return strict_json.read_object(self.payload, max_bytes=len(self.payload) + 1)

    def certificates(self) -> tuple[Certificate, ...]:
        """
        The certificates of the signed header, the signer's first.

        Raises:
            SealCertificateError: None in it.
            CertificateError: Not certificates.
        """
        if "x5c" not in self.header:
            raise SealCertificateError("expected the certificate of the seal in x5c, met none")
        return x509.from_x5c(self.header["x5c"])

    def loose_certificates(self) -> tuple[Certificate, ...]:
        """Those beside the seal (``xVals``), in no order; what cannot be read is passed over."""
        found: list[Certificate] = []
        for name, value in self.components:
            for item in value if name == _CERTIFICATES and isinstance(value, list) else ():
                encoded = item.get("x509Cert") if isinstance(item, dict) else None
                try:
                    found.append(x509.parse(_value(encoded)))
                except (UnreadableError, CertificateError):
                    continue
        return tuple(found)[: x509.MAX_LOOSE_CERTIFICATES // 2]

    def claimed_time(self) -> datetime | None:
        """
        When the signer says that it was sealed: ``iat`` or ``sigT``; None where it does not.

        Raises:
            ProofError: Both, or not a moment.
        """
        if "iat" in self.header and "sigT" in self.header:
            raise ProofError("expected one signing time, met both iat and sigT")
        if "iat" in self.header:
            seconds = self.header["iat"]
            if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 <= seconds <= _LAST_SECOND:
                raise ProofError(f"expected iat to be seconds since 1970, met {str(seconds)[:40]!a}")
            return datetime.fromtimestamp(seconds, UTC)
        if "sigT" in self.header:
            try:
                return moments.read(self.header["sigT"])
            except DataModelError as error:
                raise ProofError(f"expected sigT to be a moment: {error}") from error
        return None

    def time_stamps(self) -> tuple[Stamped, ...]:
        """
        The time-stamps over the payload and over the seal, those that are signed first.

        Raises:
            UnreadableError: Not in the shape of any, or too many.
        """
        found = [Stamped(token, self.payload, False) for token in _tokens(self.header.get(_CONTENT_TIME))]
        over = base64url_encode(self.signature).encode()
        for name, value in self.components:
            if name == _SIGNATURE_TIME:
                found += [Stamped(token, over, True) for token in _tokens(value)]
        if len(found) > _MAX_TIME_STAMPS:
            raise UnreadableError(f"expected at most {_MAX_TIME_STAMPS} time-stamps, met {len(found)}")
        return tuple(found)


def recognises(document: Mapping[str, Any]) -> bool:
    """Whether a JSON object has the shape of a seal; never raises."""
    return "payload" in document and bool({"signatures", "signature"} & document.keys())


def parse(data: bytes | str, *, max_bytes: int = strict_json.MAX_BYTES) -> Jades:
    """
    Take a sealed file apart.

    Raises:
        UnreadableError: Not JSON, not a payload as text beside a seal, or not base64url.
        TooLargeError, TooDeepError, DuplicateKeyError: As `strict_json.read`.
        MissingProofError: The seal was taken off, or emptied.
        SeveralSealsError: A second seal.
    """
    document = strict_json.read_object(data, max_bytes=max_bytes)
    payload = document.get("payload")
    if not isinstance(payload, str):
        raise UnreadableError(f"expected a payload as text, met a {type(payload).__name__}")
    one = _the_one(document)
    if one.get("signature") == "":
        raise MissingProofError("expected a seal, met an empty one")
    try:
        protected = _text(one, "protected")
        header = strict_json.read_object(
            base64url_decode(protected, max_letters=_MAX_PROTECTED), max_bytes=_MAX_PROTECTED, max_depth=8
        )
        signature = base64url_decode(_text(one, "signature"), max_letters=_MAX_SIGNATURE)
    except KeyFormatError as error:
        raise UnreadableError(f"expected a seal in base64url: {error}") from error
    unsigned = one.get("header", {})
    if not isinstance(unsigned, dict):
        raise UnreadableError("expected the unsigned header to be an object, met something else")
    if twice := sorted(header.keys() & unsigned.keys()):
        raise UnreadableError(
            f"expected each member in one of the two headers, met {twice[0][:40]!a} in both"
        )
    return Jades(
        payload=payload.encode(),
        header=header,
        signature=signature,
        signing_input=protected.encode("ascii") + b"." + payload.encode(),
        components=_components(unsigned.get("etsiU", [])),
    )


def seal(
    payload: bytes,
    *,
    signer: Signer,
    certificates: Sequence[Certificate],
    at: datetime,
    time_stamper: TimeStamper | None = None,
    level: Level | None = None,
    content_type: str = "ld+json",
) -> bytes:
    """
    Seal a payload: baseline B-B, or B-T with a time-stamper.

    Args:
        payload: JSON in UTF-8; these bytes are signed, and stand in the file as text.
        certificates: The signer's first, each issued by the next; a root at the end is left out.
        at: Aware; the claimed signing time, in whole seconds.
        level: Asks for a level; by default what the time-stamper allows.
        content_type: ``cty``, without ``application/``.

    Returns:
        JWS in the general JSON serialisation, as the official samples have it.

    Raises:
        UnsupportedProofError: B-LT or B-LTA, which are not written here; a key that is not on RSA, P-256 or
            P-384.
        ProofError: B-T without a time-stamper.
        CertificateError: The certificate is not valid at that moment, not for signing, or weak.
        WrongKeyError: The certificate is of another key than the signer's.
        TimeStampError: The authority answered with something else than was asked for.
        UnreadableError: The payload is not a JSON object in UTF-8.
    """
    _check_level(level, time_stamper)
    algorithm = jose.algorithm_of(signer)
    if algorithm not in WRITTEN_ALGORITHMS:
        raise UnsupportedProofError(f"expected a key on RSA, P-256 or P-384 for a seal, met {algorithm}")
    if payload.startswith(b"\xef\xbb\xbf"):
        raise UnreadableError("expected UTF-8 without a byte order mark, met one")
    strict_json.read_object(payload, max_bytes=len(payload))
    if not certificates:
        raise SealCertificateError("expected the certificate of the signer, met none")
    leaf = certificates[0]
    x509.check_leaf(leaf, at=at)
    header: dict[str, Any] = {
        "alg": algorithm,
        "typ": "jose+json",
        "cty": content_type,
        "x5t#S256": leaf.thumbprint,
        "x5c": x509.to_x5c([leaf, *(one for one in certificates[1:] if not one.is_self_signed)]),
        "b64": False,
    }
    if at >= _SIGNED_TIME_IS_IAT:
        header |= {"iat": int(at.timestamp()), "crit": ["b64"]}
    else:
        header |= {"sigT": moments.write(at.replace(microsecond=0)), "crit": ["b64", "sigT"]}
    protected = base64url_encode(strict_json.write(header))
    signing_input = protected.encode() + b"." + payload
    signature = signer.sign(signing_input)
    _check_own(leaf, signature, signing_input)
    one: dict[str, Any] = {"protected": protected}
    if time_stamper is not None:
        one["header"] = {"etsiU": [_time_stamp(time_stamper, base64url_encode(signature).encode())]}
    one["signature"] = base64url_encode(signature)
    return strict_json.write({"payload": payload.decode(), "signatures": [one]})


def check(jades: Jades, *, algorithms: Collection[str] = ALGORITHMS) -> Certificate:
    """
    Whether a seal holds by the certificate that it brings; not whether that certificate is trusted.

    Args:
        algorithms: Those the caller accepts.

    Returns:
        The signer's certificate.

    Raises:
        MissingProofError, ProofError, UnsupportedProofError: The algorithm, as `jose.check_header`; a
            critical header that is not understood; two signing times, or one that cannot be read.
        SealedPayloadError: ``b64`` is missing, true, or not critical.
        SealCertificateError: No certificate, no signed reference to it, or one to another.
        CertificateError, KeyFormatError: The certificate cannot be read, or its key is too short or of a kind
            that is not read here.
        SignatureMismatchError: Another payload, or another key.
    """
    _check_header(jades, algorithms)
    leaf = jades.certificates()[0]
    x509.check_key(leaf)
    _check_reference(jades.header, leaf)
    jades.claimed_time()
    unencoded = {name: value for name, value in jades.header.items() if name not in ("b64", "crit")}
    jws = Jws(unencoded, jades.payload, jades.signature, jades.signing_input, token="")
    jose.verify(jws, leaf.public_key, algorithms=ALGORITHMS.intersection(algorithms))
    return leaf


def _check_header(jades: Jades, algorithms: Collection[str]) -> None:
    header = jades.header
    alone = Jws({"alg": header.get("alg")}, b"", b"", b"", token="")
    jose.check_header(alone, algorithms=ALGORITHMS.intersection(algorithms))
    critical = header.get("crit", [])
    if not isinstance(critical, list) or not all(isinstance(name, str) for name in critical):
        raise ProofError("expected crit to be a list of names, met something else")
    if len(set(critical)) != len(critical) or ("crit" in header and not critical):
        raise ProofError("expected crit to say each name once, and one at least, met another list")
    for name in critical:
        if name not in header:
            raise ProofError(
                f"expected what is critical to be in the signed header, met {name[:40]!a} nowhere"
            )
        if name not in _UNDERSTOOD:
            raise UnsupportedProofError(
                f"expected no critical header that is not understood, met {name[:40]!a}"
            )
    if "sigD" in header:
        raise UnsupportedProofError("expected the payload in the file, met a seal on something elsewhere")
    if header.get("b64") is not False:
        met = str(header["b64"])[:20] if "b64" in header else "none"
        raise SealedPayloadError(f"expected a payload that is signed as it stands (b64 false), met {met}")
    if "b64" not in critical:
        raise SealedPayloadError("expected b64 among the critical headers, met it elsewhere alone")


def _check_reference(header: Mapping[str, Any], leaf: Certificate) -> None:
    """
    The signed header must say by its hash which certificate it is, so that nobody can put another one with
    the same key.

    Source:
        ETSI TS 119 182-1 v1.2.1, clauses 5.1.7 and 5.2.2, and 6.3 (one of the three is compulsory).
    """
    references: list[tuple[object, object]] = []
    if "x5t#S256" in header:
        references.append(("S256", header["x5t#S256"]))
    if "x5t#o" in header:
        references.append(_reference(header["x5t#o"]))
    if "sigX5ts" in header:
        several = header["sigX5ts"]
        if not isinstance(several, list) or not 0 < len(several) <= x509.MAX_CERTIFICATES:
            raise SealCertificateError("expected sigX5ts to be a short list, met something else")
        references.append(_reference(several[0]))  # the others are of the chain
    if not references:
        raise SealCertificateError("expected a signed reference to the certificate, met none")
    for algorithm, digest in references:
        name = _DIGESTS.get(algorithm) if isinstance(algorithm, str) else None
        if name is None:
            raise SealCertificateError(f"expected a reference by SHA-2, met {str(algorithm)[:40]!a}")
        if digest != base64url_encode(hashlib.new(name, leaf.der).digest()):
            raise SealCertificateError("expected the certificate that the seal refers to, met another")


def _reference(value: object) -> tuple[object, object]:
    return (value.get("digAlg"), value.get("digVal")) if isinstance(value, dict) else (None, None)


def _check_level(level: Level | None, time_stamper: TimeStamper | None) -> None:
    if level in (Level.LT, Level.LTA):
        raise UnsupportedProofError(
            f"expected {Level.B} or {Level.T}, met {level}: values for the long term are not written here"
        )
    if level is Level.T and time_stamper is None:
        raise ProofError(f"expected a time-stamping authority for {Level.T}, met none")
    if level is Level.B and time_stamper is not None:
        raise ProofError(f"expected no time-stamping authority for {Level.B}, met one")


def _check_own(leaf: Certificate, signature: bytes, signing_input: bytes) -> None:
    try:
        leaf.public_key.check(signature, signing_input)
    except SignatureMismatchError as error:
        raise WrongKeyError("expected the certificate of the key that seals, met another's") from error


def _time_stamp(time_stamper: TimeStamper, over: bytes) -> str:
    token = time_stamper.time_stamp(hashlib.sha256(over).digest())
    timestamps.check(timestamps.parse(token), over)
    value = {_SIGNATURE_TIME: {"tstTokens": [{"val": base64.b64encode(token).decode()}]}}
    return base64url_encode(strict_json.write(value))


def _the_one(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The only seal, of either JSON serialisation."""
    if "signatures" not in document:
        if "signature" not in document:
            raise MissingProofError("expected a seal beside the payload, met none")
        return document
    if {"signature", "protected", "header"} & document.keys():
        raise UnreadableError("expected one form of JSON serialisation, met both at once")
    several = document["signatures"]
    if not isinstance(several, list):
        raise UnreadableError(f"expected a list of signatures, met a {type(several).__name__}")
    if not several:
        raise MissingProofError("expected a seal beside the payload, met none")
    if len(several) > 1:
        raise SeveralSealsError(f"expected one seal, met {len(several)}")
    if not isinstance(several[0], dict):
        raise UnreadableError("expected a seal to be an object, met something else")
    return several[0]


def _text(one: Mapping[str, Any], name: str) -> str:
    value = one.get(name)
    if not isinstance(value, str) or not value:
        raise UnreadableError(f"expected {name} in the seal, met none")
    return value


def _components(value: object) -> tuple[tuple[str, Any], ...]:
    """
    Each of ``etsiU``: an object of one member, plain or in base64url.

    Source:
        ETSI TS 119 182-1, clause 5.3.1.
    """
    if not isinstance(value, list) or len(value) > _MAX_COMPONENTS:
        raise UnreadableError(f"expected etsiU to be a list of at most {_MAX_COMPONENTS}, met something else")
    found: list[tuple[str, Any]] = []
    for item in value:
        if isinstance(item, str):
            try:
                data = base64url_decode(item, max_letters=_MAX_COMPONENT)
            except KeyFormatError as error:
                raise UnreadableError(f"expected etsiU in base64url: {error}") from error
            item = strict_json.read_object(data, max_depth=16)
        if not isinstance(item, dict) or len(item) != 1:
            raise UnreadableError("expected each of etsiU to be an object of one member, met another")
        found += item.items()
    return tuple(found)


def _tokens(value: object) -> list[bytes]:
    """The tokens of ``{"tstTokens": [{"val": "<base64>"}]}``."""
    if value is None:
        return []
    several = value.get("tstTokens") if isinstance(value, dict) else None
    if not isinstance(several, list) or not 0 < len(several) <= _MAX_TIME_STAMPS:
        raise UnreadableError("expected a short list of time-stamps, met something else")
    return [_value(one) for one in several]


def _value(encoded: object) -> bytes:
    """The bytes of ``{"val": "<base64>"}`` in DER, which is what is meant where no encoding is named."""
    text = encoded.get("val") if isinstance(encoded, dict) else None
    if not isinstance(text, str) or len(text) > 2 * timestamps.MAX_BYTES:
        raise UnreadableError("expected base64 of a bounded size, met something else")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableError(f"expected base64, met {text[:20]!a}") from None
