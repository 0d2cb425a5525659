"""Time-stamps, by an authority made here and by OpenSSL's: each rule is kept by one and broken by another."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509 as crypto
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given
from hypothesis import strategies as st
from tests.sceau.keys.test_x509 import NOW, YEAR, key, root, rsa_key
from tests.sceau.keys.time_authority import FOR_TIME_STAMPS, ROOT, TimeAuthority, time_authority

from sceau import errors
from sceau.errors import SceauError, TimeStampError, TimeStampMismatchError, UnsupportedTimeStampError
from sceau.keys import der, timestamps
from sceau.keys.x509 import Certificate

DATA = b"une signature"
DIGEST = hashlib.sha256(DATA).digest()
CLOCK = time_authority()
OTHER = time_authority(number=23)
LATER = NOW + timedelta(days=30)
OPENSSL = shutil.which("openssl")


def verified(token: bytes, *, at: datetime = LATER, anchor: Certificate | None = None) -> datetime:
    stamp = timestamps.parse(token)
    found = timestamps.verify(stamp, DATA, anchors=[anchor or ROOT.certificate], at=at)
    return found.time


def asked(**changes: object) -> bytes:
    return dataclasses.replace(CLOCK, **changes).time_stamp(DIGEST)  # type: ignore[arg-type] # a mixed dict


# What holds


def test_a_time_that_somebody_trusted_says() -> None:
    assert verified(CLOCK.time_stamp(DIGEST)) == NOW


def test_what_a_token_says_before_anybody_trusts_it() -> None:
    stamp = timestamps.parse(asked(nonce=2**70))

    assert stamp.time == NOW
    assert (stamp.hash_name, stamp.imprint) == ("sha256", DIGEST)
    assert stamp.nonce == 2**70
    assert stamp.certificates == (CLOCK.certificate,)
    assert timestamps.check(stamp, DATA) == CLOCK.certificate


@pytest.mark.parametrize("name", ["sha384", "sha512"])
def test_other_sound_hashes(name: str) -> None:
    clock = dataclasses.replace(CLOCK, hash_name=name, digest_name=name, signature_name=name, reference=name)

    assert verified(clock.time_stamp(hashlib.new(name, DATA).digest())) == NOW


@pytest.mark.parametrize("name", ["", "sha256"])
def test_an_authority_on_rsa(name: str) -> None:
    clock = time_authority(key=rsa_key(2_048), signature_name=name)

    assert verified(clock.time_stamp(DIGEST)) == NOW


def test_a_chain_whose_certificates_come_in_no_order() -> None:
    above = ROOT.authority("Service du temps (fictif)", 24)
    clock = dataclasses.replace(
        time_authority(above), others=(ROOT.certificate, CLOCK.certificate, above.certificate)
    )

    assert verified(clock.time_stamp(DIGEST)) == NOW
    assert verified(clock.time_stamp(DIGEST), anchor=above.certificate) == NOW


def test_a_certificate_that_cannot_be_read_is_no_reason_to_refuse_the_time() -> None:
    token = dataclasses.replace(CLOCK, unreadable=der.write(der.SEQUENCE)).time_stamp(DIGEST)

    assert verified(token) == NOW


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        (b"20260602080000.5Z", datetime(2026, 6, 2, 8, 0, 0, 500_000, tzinfo=UTC)),
        (b"20260602080000.000125Z", datetime(2026, 6, 2, 8, 0, 0, 125, tzinfo=UTC)),
    ],
)
def test_fractions_of_a_second(written: bytes, moment: datetime) -> None:
    assert verified(asked(moment=written)) == moment


# What does not hold


NOT_ONE = {
    "nothing": b"",
    "text": b"not a time-stamp",
    "a sequence": der.write(der.SEQUENCE),
    "a sequence of numbers": der.write(der.SEQUENCE, der.write_integer(1), der.write_integer(2)),
    "another kind of CMS": CLOCK.time_stamp(DIGEST).replace(
        bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d010703"), 1
    ),
    "too large": b"\x30" * (timestamps.MAX_BYTES + 1),
    "cut short": CLOCK.time_stamp(DIGEST)[:-1],
    "something after it": CLOCK.time_stamp(DIGEST) + b"\x00",
    "another content": asked(content=bytes.fromhex("2a864886f70d010701")),
    "another version": asked(version=2),
    "no signer": asked(signers=0),
    "two signers": asked(signers=2),
    "too many certificates": asked(others=(CLOCK.certificate,) * timestamps.MAX_CERTIFICATES),
    "no zone": asked(moment=b"20260602080000"),
    "a day that does not exist": asked(moment=b"20260631080000Z"),
    "a short hash": CLOCK.time_stamp(DIGEST[:-1]),
}


@pytest.mark.parametrize("name", NOT_ONE)
def test_what_is_no_time_stamp(name: str) -> None:
    with pytest.raises(TimeStampError) as met:
        timestamps.parse(NOT_ONE[name])

    assert met.value.code == "time_stamp.invalid"


UNSOUND = {
    "MD5 of the data": dataclasses.replace(CLOCK, hash_name="md5").time_stamp(hashlib.md5(DATA).digest()),
    "SHA-1 of the data": dataclasses.replace(CLOCK, hash_name="sha1").time_stamp(hashlib.sha1(DATA).digest()),
    "SHA-1 of what is said": asked(digest_name="sha1"),
    "RSASSA-PSS": time_authority(key=rsa_key(2_048), signature_name="pss").time_stamp(DIGEST),
    "a critical extension": asked(
        extension=der.write(
            der.SEQUENCE,
            der.write(der.OBJECT_IDENTIFIER, bytes.fromhex("2a0304")),
            der.write(0x01, b"\xff"),
            der.write(der.OCTET_STRING, b""),
        )
    ),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_algorithms_that_are_not_accepted(name: str) -> None:
    with pytest.raises(UnsupportedTimeStampError):
        timestamps.parse(UNSOUND[name])


def test_a_certificate_referred_to_by_sha_1_alone_is_not_accepted() -> None:
    with pytest.raises(UnsupportedTimeStampError, match="by SHA-2"):
        verified(asked(reference=""))


def test_an_extension_that_is_not_critical_is_passed_over() -> None:
    extension = der.write(
        der.SEQUENCE, der.write(der.OBJECT_IDENTIFIER, bytes.fromhex("2a0304")), der.write(0x04, b"")
    )

    assert verified(asked(extension=extension)) == NOW


def test_a_time_stamp_about_other_bytes() -> None:
    stamp = timestamps.parse(CLOCK.time_stamp(DIGEST))

    with pytest.raises(TimeStampMismatchError):
        timestamps.verify(stamp, b"une autre signature", anchors=[ROOT.certificate], at=LATER)


def test_a_time_that_was_altered() -> None:
    token = CLOCK.time_stamp(DIGEST).replace(b"20260602080000Z", b"20200602080000Z")

    with pytest.raises(TimeStampMismatchError, match="the time that was signed"):
        verified(token)


BROKEN = {
    "another content than was signed for": (asked(signed_content=bytes.fromhex("2a0304")), TimeStampError),
    "another digest": (asked(signed_digest=bytes(32)), TimeStampMismatchError),
    "two digests": (asked(twice=bytes(32)), TimeStampError),
    "signed by another key": (asked(key=key(23)), TimeStampMismatchError),
    "signed with another kind of key": (
        asked(key=rsa_key(2_048)),
        UnsupportedTimeStampError,
    ),
    "another certificate than was signed for": (
        asked(others=(OTHER.certificate,), referred=OTHER.certificate),
        TimeStampMismatchError,
    ),
    "a certificate that is not there": (asked(referred=OTHER.certificate), TimeStampError),
    "the number of another certificate": (asked(serial_number=4), TimeStampError),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_was_put_together(name: str) -> None:
    token, error = BROKEN[name]

    with pytest.raises(error):
        verified(token)


def test_a_signature_with_one_bit_changed() -> None:
    token = bytearray(CLOCK.time_stamp(DIGEST))
    token[-1] ^= 1

    with pytest.raises(TimeStampMismatchError, match="what the authority signed"):
        verified(bytes(token))


@pytest.mark.parametrize(
    "extensions",
    [
        [],
        [(FOR_TIME_STAMPS[0], False)],
        [(crypto.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), True)],
        [
            (
                crypto.ExtendedKeyUsage(
                    [ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING]
                ),
                True,
            )
        ],
    ],
    ids=["for any use", "not critical", "for code", "for code as well"],
)
def test_a_certificate_that_is_not_for_time_stamps_alone(extensions: list[object]) -> None:
    clock = time_authority(extensions=extensions)

    with pytest.raises(errors.CertificateUseError):
        verified(clock.time_stamp(DIGEST))


def test_an_authority_that_nobody_trusts() -> None:
    with pytest.raises(errors.UnknownAnchorError):
        verified(CLOCK.time_stamp(DIGEST), anchor=root(25, "Autre racine").certificate)
    with pytest.raises(errors.UnknownAnchorError):
        timestamps.verify(timestamps.parse(CLOCK.time_stamp(DIGEST)), DATA, anchors=[], at=LATER)


def test_an_authority_whose_certificate_has_ended_since() -> None:
    token = time_authority(until=NOW + timedelta(days=10)).time_stamp(DIGEST)

    assert verified(token, at=NOW + timedelta(days=9)) == NOW
    with pytest.raises(errors.CertificateExpiredError):
        verified(token)


def test_a_time_before_the_certificate_of_the_authority() -> None:
    clock = time_authority(since=NOW - timedelta(days=10), at=NOW - timedelta(days=11))

    with pytest.raises(errors.CertificateNotYetError):
        verified(clock.time_stamp(DIGEST))


@given(st.integers(0, 800), st.integers(1, 255))
def test_a_token_with_any_byte_changed_is_refused_by_name(position: int, change: int) -> None:
    token = bytearray(CLOCK.time_stamp(DIGEST))
    token[position] ^= change
    try:
        time = verified(bytes(token))
    except SceauError:
        return

    assert time == NOW  # version numbers and the like, which nothing signs


# Asking for one


def test_a_request_and_its_answer() -> None:
    body = response(asked(nonce=5))

    assert timestamps.from_response(body, DIGEST, nonce=5) == asked_token(body)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", TimeStampError),
        (b"<html>", TimeStampError),
        (der.write(der.SEQUENCE, der.write(der.SEQUENCE, der.write_integer(2))), TimeStampError),
        (der.write(der.SEQUENCE, der.write(der.SEQUENCE, der.write_integer(0))), TimeStampError),
    ],
    ids=["nothing", "a page", "refused", "granted and left out"],
)
def test_an_answer_without_a_token(body: bytes, error: type[SceauError]) -> None:
    with pytest.raises(error):
        timestamps.from_response(body, DIGEST, nonce=5)


@pytest.mark.parametrize(
    ("digest", "nonce"), [(DIGEST, 6), (DIGEST, None), (bytes(32), 5)], ids=["nonce", "no nonce", "digest"]
)
def test_an_answer_to_another_question(digest: bytes, nonce: int | None) -> None:
    token = dataclasses.replace(CLOCK, nonce=nonce).time_stamp(digest)

    with pytest.raises(TimeStampMismatchError):
        timestamps.from_response(response(token), DIGEST, nonce=5)


def response(token: bytes, status: int = 0) -> bytes:
    return der.write(der.SEQUENCE, der.write(der.SEQUENCE, der.write_integer(status)), token)


def asked_token(body: bytes) -> bytes:
    return der.write(*der.children(der.only(body, der.SEQUENCE))[1])


# OpenSSL, in both directions


openssl = pytest.mark.skipif(OPENSSL is None, reason="no openssl command here")
CONFIGURATION = """
[tsa]
default_tsa = clock
[clock]
serial = {folder}/serial
default_policy = 1.2.3.4
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
accuracy = secs:1
"""


def run(*arguments: object) -> str:
    command = [str(OPENSSL), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def pem(*certificates: bytes) -> bytes:
    lines = [
        b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(one) + b"-----END CERTIFICATE-----\n"
        for one in certificates
    ]
    return b"".join(lines)


@openssl
def test_openssl_answers_our_request(tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    above = root(26, "Racine d’OpenSSL (fictive)", since=now - YEAR, until=now + YEAR)
    clock = time_authority(above, since=now - YEAR, until=now + YEAR)
    written(tmp_path, clock)
    (tmp_path / "query").write_bytes(timestamps.request(DIGEST, nonce=2**63 + 1))

    run(
        *("ts", "-reply", "-config", tmp_path / "conf", "-queryfile", tmp_path / "query"),
        *("-signer", tmp_path / "clock.pem", "-inkey", tmp_path / "key.pem", "-out", tmp_path / "answer"),
    )

    token = timestamps.from_response((tmp_path / "answer").read_bytes(), DIGEST, nonce=2**63 + 1)
    time = verified(token, at=now, anchor=above.certificate)
    assert abs(time - now) < timedelta(minutes=5)


@openssl
def test_openssl_verifies_our_token(tmp_path: Path) -> None:
    written(tmp_path, CLOCK)
    (tmp_path / "token").write_bytes(CLOCK.time_stamp(DIGEST))
    (tmp_path / "data").write_bytes(DATA)

    said = run(
        *("ts", "-verify", "-data", tmp_path / "data", "-in", tmp_path / "token", "-token_in"),
        *("-CAfile", tmp_path / "root.pem", "-attime", int(NOW.timestamp())),
    )

    assert "Verification: OK" in said


def written(folder: Path, clock: TimeAuthority) -> None:
    secret = clock.key.private_bytes(  # type: ignore[attr-defined] # each private key has it
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "conf").write_text(CONFIGURATION.format(folder=folder))
    (folder / "serial").write_text("01\n")
    (folder / "clock.pem").write_bytes(pem(clock.certificate.der))
    (folder / "root.pem").write_bytes(pem(ROOT.certificate.der))
    (folder / "key.pem").write_bytes(secret)
