from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sceau.errors import KeyFormatError, PassphraseError, UnencryptedKeyError, UnsupportedKeyError
from sceau.keys import der, encrypted
from sceau.keys.public import KeyType
from sceau.keys.signer import EcdsaSigner, Ed25519Signer

METHOD = "did:web:example.org:o:atelier#key-1"
PASSPHRASE = "la haie épaisse du bocage"
SCALAR = bytes(range(1, 33))


def _signers() -> list[Ed25519Signer | EcdsaSigner]:
    return [
        Ed25519Signer(SCALAR, METHOD),
        EcdsaSigner.from_scalar(KeyType.P256, SCALAR, METHOD),
        EcdsaSigner.from_scalar(KeyType.P384, SCALAR, METHOD),
        EcdsaSigner.from_scalar(KeyType.P521, SCALAR, METHOD),
    ]


def _pem(key: object, passphrase: bytes | None = None, form: str = "PKCS8") -> bytes:
    protection = (
        serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    )
    return key.private_bytes(  # type: ignore[attr-defined,no-any-return] # each private key has it
        serialization.Encoding.PEM, getattr(serialization.PrivateFormat, form), protection
    )


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little work to open a file, where a test opens hundreds."""
    monkeypatch.setattr(encrypted, "SCRYPT_N", 2)
    monkeypatch.setattr(encrypted, "SCRYPT_P", 1)


@pytest.mark.parametrize("signer", _signers(), ids=lambda signer: signer.key_type)
def test_a_key_comes_back_from_its_file(signer: Ed25519Signer | EcdsaSigner) -> None:
    pem = encrypted.write(signer, PASSPHRASE)

    again = encrypted.read(pem, PASSPHRASE, METHOD)

    assert again.public_key == signer.public_key
    assert again.verification_method == METHOD
    again.public_key.check(again.sign(b"data"), b"data")
    assert again.sign(b"data") == signer.sign(b"data")


def test_the_file_says_which_key_it_is_and_nothing_of_the_secret() -> None:
    signer = Ed25519Signer(SCALAR, METHOD)
    first, second = encrypted.write(signer, PASSPHRASE), encrypted.write(signer, PASSPHRASE)

    assert first.startswith(
        b"Public key: " + signer.public_key_multibase.encode() + b"\n-----BEGIN ENCRYPTED"
    )
    assert first != second  # another salt, another vector
    assert SCALAR not in first
    assert max(map(len, first.splitlines())) <= 64


@pytest.mark.parametrize("signer", _signers(), ids=lambda signer: signer.key_type)
def test_other_software_reads_the_file(signer: Ed25519Signer | EcdsaSigner, tmp_path: Path) -> None:
    pem = encrypted.write(signer, "bocage")
    loaded = serialization.load_pem_private_key(pem, b"bocage")
    theirs = loaded.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    assert isinstance(loaded, Ed25519PrivateKey | ec.EllipticCurvePrivateKey)
    if not shutil.which("openssl"):
        pytest.skip("the command openssl is not here")
    (tmp_path / "key.pem").write_bytes(pem)
    command = ["openssl", "pkey", "-in", str(tmp_path / "key.pem"), "-passin", "pass:bocage", "-pubout"]
    assert subprocess.run(command, capture_output=True, check=True).stdout == theirs


@pytest.mark.parametrize(
    "key",
    [Ed25519PrivateKey.generate(), *map(ec.generate_private_key, (ec.SECP256R1(), ec.SECP384R1()))],
    ids=["Ed25519", "P-256", "P-384"],
)
def test_a_file_of_other_software_is_read(key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> None:
    signer = encrypted.read(_pem(key, b"bocage"), "bocage", METHOD)

    signature = signer.sign(b"data")

    signer.public_key.check(signature, b"data")
    assert signer.public_key.native.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    ) == key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def test_a_passphrase_is_the_same_from_each_keyboard() -> None:
    composed, decomposed = "épaisse", "e\u0301paisse"
    pem = encrypted.write(Ed25519Signer(SCALAR, METHOD), composed)

    assert encrypted.read(pem, decomposed, METHOD).sign(b"") == Ed25519Signer(SCALAR, METHOD).sign(b"")


@pytest.mark.parametrize("passphrase", ["bocage", PASSPHRASE.upper(), PASSPHRASE + " "])
def test_another_passphrase_is_refused_and_named_nowhere(passphrase: str) -> None:
    pem = encrypted.write(Ed25519Signer(SCALAR, METHOD), PASSPHRASE)

    with pytest.raises(PassphraseError) as caught:
        encrypted.read(pem, passphrase, METHOD)

    assert caught.value.code == "key.passphrase"
    assert passphrase not in repr(caught.value)
    assert PASSPHRASE not in repr(caught.value)
    assert "expected the passphrase of this key file" in str(caught.value)


@pytest.mark.parametrize("passphrase", ["", "x" * 1_024, "é" * 512, "\ud800"])
def test_a_passphrase_that_cannot_be_one(passphrase: str) -> None:
    signer = Ed25519Signer(SCALAR, METHOD)

    with pytest.raises(PassphraseError):
        encrypted.write(signer, passphrase)
    with pytest.raises(PassphraseError):
        encrypted.read(encrypted.write(signer, PASSPHRASE), passphrase, METHOD)


def test_no_passphrase_for_an_encrypted_file() -> None:
    pem = encrypted.write(Ed25519Signer(SCALAR, METHOD), PASSPHRASE)

    with pytest.raises(PassphraseError, match="met none"):
        encrypted.read(pem, None, METHOD, allow_unencrypted=True)


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_an_unencrypted_file_is_only_read_where_this_is_said(passphrase: str | None) -> None:
    pem = _pem(Ed25519PrivateKey.from_private_bytes(SCALAR))

    with pytest.raises(UnencryptedKeyError) as caught:
        encrypted.read(pem, passphrase, METHOD)
    read = encrypted.read(pem, passphrase, METHOD, allow_unencrypted=True)

    assert caught.value.code == "key.unencrypted"
    assert read.sign(b"") == Ed25519Signer(SCALAR, METHOD).sign(b"")


@pytest.mark.parametrize(
    "key",
    [
        rsa.generate_private_key(65_537, 2_048),
        X25519PrivateKey.generate(),
        ec.generate_private_key(ec.SECP256K1()),
    ],
    ids=["RSA", "X25519", "secp256k1"],
)
def test_other_kinds_of_key_are_refused(key: object) -> None:
    for pem in (_pem(key), _pem(key, b"bocage")):
        with pytest.raises(UnsupportedKeyError) as caught:
            encrypted.read(pem, "bocage", METHOD, allow_unencrypted=True)

        assert caught.value.code == "key.unsupported"


def test_older_forms_are_refused() -> None:
    key = ec.generate_private_key(ec.SECP256R1())

    for form in ("TraditionalOpenSSL", "OpenSSH"):
        pem = _pem(key, b"bocage" if form == "TraditionalOpenSSL" else None, form)
        with pytest.raises(KeyFormatError):
            encrypted.read(pem, "bocage", METHOD, allow_unencrypted=True)


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"\0" * 100,
        b"x" * 20_000,
        b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n-----END ENCRYPTED PRIVATE KEY-----\n",
        b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIG%\n-----END ENCRYPTED PRIVATE KEY-----\n",
        b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGj\n-----END ENCRYPTED PRIVATE KEY-----\n",
        b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n",
        b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGj\n-----END PRIVATE KEY-----\n",
        b"-----BEGIN PRIVATE KEY-----\nMIGj\n-----END PRIVATE KEY-----\n",
        b"-----BEGIN PUBLIC KEY-----\nMIGj\n-----END PUBLIC KEY-----\n",
    ],
)
def test_what_is_no_key_file_is_refused(pem: bytes) -> None:
    with pytest.raises(KeyFormatError):
        encrypted.read(pem, PASSPHRASE, METHOD, allow_unencrypted=True)


@pytest.mark.usefixtures("quick")
def test_two_keys_in_one_file_are_refused() -> None:
    one, other = (encrypted.write(signer, PASSPHRASE) for signer in _signers()[:2])

    with pytest.raises(KeyFormatError, match="one block"):
        encrypted.read(one + other, PASSPHRASE, METHOD)


@pytest.mark.usefixtures("quick")
def test_a_file_that_names_another_key_is_refused() -> None:
    pem = encrypted.write(Ed25519Signer(SCALAR, METHOD), PASSPHRASE)
    other = Ed25519Signer(bytes(32), METHOD).public_key_multibase.encode()
    lines = pem.splitlines()

    with pytest.raises(KeyFormatError, match="that the file names"):
        encrypted.read(b"\n".join([b"Public key: " + other, *lines[1:]]), PASSPHRASE, METHOD)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("signer", _signers(), ids=lambda signer: signer.key_type)
def test_each_damaged_letter_is_met_or_does_no_harm(signer: Ed25519Signer | EcdsaSigner) -> None:
    pem = encrypted.write(signer, PASSPHRASE)
    start = pem.index(b"KEY-----\n") + len(b"KEY-----\n")
    refused = 0

    for place in range(start, pem.index(b"\n-----END")):
        letter = b"B" if pem[place : place + 1] == b"A" else b"A"
        try:
            read = encrypted.read(pem[:place] + letter + pem[place + 1 :], PASSPHRASE, METHOD)
        except KeyFormatError:
            refused += 1
        else:
            assert read.public_key == signer.public_key

    assert refused > 200


@pytest.mark.usefixtures("quick")
def test_two_halves_that_do_not_go_together_are_refused() -> None:
    key, other = (ec.derive_private_key(number, ec.SECP256R1()) for number in (5, 6))
    form = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    mixed = plain.replace(key.public_key().public_bytes(*form), other.public_key().public_bytes(*form))
    assert mixed != plain
    pem = b"-----BEGIN PRIVATE KEY-----\n" + base64.encodebytes(mixed) + b"-----END PRIVATE KEY-----\n"

    with pytest.raises(KeyFormatError):
        encrypted.read(pem, None, METHOD, allow_unencrypted=True)


@pytest.mark.parametrize(
    ("n", "r", "p"), [(2**30, 8, 1), (2**14, 2**20, 1), (2**14, 8, 2**20), (2, 1, 2**400)]
)
def test_a_file_that_asks_for_too_much_work_is_refused(n: int, r: int, p: int) -> None:
    salt = der.write(0x04, bytes(16))
    costs = b"".join(map(der.write_integer, (n, r, p)))
    derivation = encrypted._algorithm(encrypted._SCRYPT, der.write(0x30, salt, costs))

    with pytest.raises(UnsupportedKeyError, match="bounded work"):
        encrypted.read(_file(derivation), PASSPHRASE, METHOD)


@pytest.mark.parametrize(("n", "r", "p"), [(0, 8, 1), (1, 8, 1), (3, 8, 1), (2**14, 0, 1), (2**400, 8, 1)])
def test_numbers_that_scrypt_cannot_work_with_are_refused(n: int, r: int, p: int) -> None:
    salt = der.write(0x04, bytes(16))
    costs = b"".join(map(der.write_integer, (n, r, p)))

    with pytest.raises(KeyFormatError, match="numbers that scrypt"):
        encrypted.read(
            _file(encrypted._algorithm(encrypted._SCRYPT, der.write(0x30, salt, costs))), PASSPHRASE, METHOD
        )


def test_too_many_rounds_and_unknown_ways_are_refused() -> None:
    salt = der.write(0x04, bytes(16))
    rounds = der.write_integer(2**31)
    much = encrypted._algorithm(encrypted._PBKDF2, der.write(0x30, salt, rounds))
    unknown = encrypted._algorithm(b"\x2a\x03", der.write(0x30, salt, rounds))

    with pytest.raises(UnsupportedKeyError, match="bounded work"):
        encrypted.read(_file(much), PASSPHRASE, METHOD)
    with pytest.raises(UnsupportedKeyError, match="scrypt or PBKDF2"):
        encrypted.read(_file(unknown), PASSPHRASE, METHOD)
    with pytest.raises(UnsupportedKeyError, match="PBES2"):  # pbeWithMD5AndDES-CBC
        encrypted.read(_file(much, scheme=bytes.fromhex("2a864886f70d010503")), PASSPHRASE, METHOD)


def _file(derivation: bytes, *, scheme: bytes = encrypted._PBES2) -> bytes:
    cipher = encrypted._algorithm(encrypted._AES_256_CBC, der.write(0x04, bytes(16)))
    protection = encrypted._algorithm(scheme, der.write(0x30, derivation, cipher))
    data = der.write(0x30, protection, der.write(0x04, bytes(64)))
    return (
        b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
        + base64.encodebytes(data)
        + b"-----END ENCRYPTED PRIVATE KEY-----\n"
    )


def test_a_signer_does_not_show_its_key() -> None:
    signer = encrypted.read(encrypted.write(_signers()[1], PASSPHRASE), PASSPHRASE, METHOD)

    assert repr(signer) == f"EcdsaSigner({METHOD!r})"
    assert str(int.from_bytes(SCALAR, "big")) not in str(vars(signer))
