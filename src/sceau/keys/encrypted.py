"""
A signing key as an encrypted file, in the form that OpenSSL and everybody else reads.

    Public key: z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2
    -----BEGIN ENCRYPTED PRIVATE KEY-----
    MIGr…
    -----END ENCRYPTED PRIVATE KEY-----

The cipher cannot tell damage from another key, so the public key stands above, in the open: what comes out
is held against it.

Source:
    PKCS #8: RFC 5958. PBES2: RFC 8018, section 6.2. scrypt in it: RFC 7914, section 7. PEM: RFC 7468,
    section 11; text before the first line: section 2.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import unicodedata

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives import padding, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from sceau.errors import KeyFormatError, PassphraseError, UnencryptedKeyError, UnsupportedKeyError
from sceau.keys import der
from sceau.keys.public import SIGNATURE_LENGTHS, PublicKey
from sceau.keys.signer import EcdsaSigner, Ed25519Signer

SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**14, 8, 5
"""
16 MiB, five times over. OWASP's Password Storage Cheat Sheet (2024) holds this equal to 2**17, 8, 1, with
which OpenSSL, limited to 32 MiB, would not open the file.
"""
MAX_BYTES = 16_384
_MAX_PASSPHRASE_BYTES = 1_023
_MAX_ITERATIONS = 10_000_000
_MAX_SCRYPT_MEMORY, _MAX_SCRYPT_WORK = 2**28, 2**24

_PBES2 = bytes.fromhex("2a864886f70d01050d")
_PBKDF2 = bytes.fromhex("2a864886f70d01050c")
_SCRYPT = bytes.fromhex("2b06010401da47040b")
_AES_256_CBC = bytes.fromhex("60864801650304012a")
_AES_CBC = frozenset(bytes.fromhex("6086480165030401") + bytes([last]) for last in (2, 22, 42))

_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,40})-----[ \t]*\r?\n([^-]*)-----END \1-----", re.ASCII)
_PUBLIC_KEY_LINE = re.compile(
    rb"^Public key: (z[1-9A-HJ-NP-Za-km-z]{1,100})[ \t]*\r?$", re.ASCII | re.MULTILINE
)
_ENCRYPTED, _PLAIN = b"ENCRYPTED PRIVATE KEY", b"PRIVATE KEY"


def write(signer: Ed25519Signer | EcdsaSigner, passphrase: str) -> bytes:
    """
    The key of a signer as a file.

    Args:
        passphrase: Taken in Unicode's form NFC, as UTF-8, so that each keyboard gives the same bytes.

    Returns:
        PEM: PKCS #8 under PBES2, scrypt (N=16384, r=8, p=5, salt of 16 bytes) and AES-256 in CBC.

    Raises:
        PassphraseError: Empty, or over 1,023 bytes.
    """
    secret = _secret(passphrase)
    if isinstance(signer, Ed25519Signer):
        key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey
        key = Ed25519PrivateKey.from_private_bytes(signer.private_bytes())
    else:
        key = signer.private_key()
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    salt, vector = os.urandom(16), os.urandom(16)
    derived = Scrypt(salt=salt, length=32, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P).derive(secret)
    padder = padding.PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES(derived), modes.CBC(vector)).encryptor()
    encrypted = encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()
    numbers = (der.write_integer(number) for number in (SCRYPT_N, SCRYPT_R, SCRYPT_P))
    derivation = _algorithm(_SCRYPT, der.write(der.SEQUENCE, der.write(der.OCTET_STRING, salt), *numbers))
    cipher = _algorithm(_AES_256_CBC, der.write(der.OCTET_STRING, vector))
    protection = _algorithm(_PBES2, der.write(der.SEQUENCE, derivation, cipher))
    body = base64.b64encode(der.write(der.SEQUENCE, protection, der.write(der.OCTET_STRING, encrypted)))
    lines = [body[start : start + 64] for start in range(0, len(body), 64)]
    return b"\n".join(
        (
            b"Public key: " + signer.public_key_multibase.encode(),
            b"-----BEGIN " + _ENCRYPTED + b"-----",
            *lines,
            b"-----END " + _ENCRYPTED + b"-----",
            b"",
        )
    )


def read(
    pem: bytes, passphrase: str | None, verification_method: str, *, allow_unencrypted: bool = False
) -> Ed25519Signer | EcdsaSigner:
    """
    The signer whose key a file holds.

    Args:
        pem: PKCS #8, as `write` or OpenSSL make it; PBES2 with scrypt or PBKDF2.
        passphrase: None only for a file that is not encrypted.
        verification_method: Full DID URL under which the public key is found.
        allow_unencrypted: Say so explicitly where a file without encryption is wanted: for tests, or where
            something else keeps the file secret. A passphrase is then of no use and is ignored.

    Raises:
        PassphraseError: Another passphrase, or damage that cannot be told from one.
        UnencryptedKeyError: Not encrypted, and not allowed.
        UnsupportedKeyError: A key of another kind, as RSA; a protection other than PBES2, or one that asks
            for more work than is done here.
        KeyFormatError: Not such a file, damaged, or the key is not the one that is named above it.
    """
    label, data = _block(pem)
    if label == _PLAIN:
        if not allow_unencrypted:
            raise UnencryptedKeyError("expected an encrypted key file, met one that anybody can open")
        signer = _signer(_load(data, None), verification_method)
    elif label == _ENCRYPTED:
        if passphrase is None:
            raise PassphraseError("expected the passphrase of an encrypted key file, met none")
        _check_protection(data)
        signer = _signer(_load(data, _secret(passphrase)), verification_method)
    else:
        raise UnsupportedKeyError(
            f"expected a file of PKCS #8 ({_ENCRYPTED.decode()}), met one of {label.decode()}"
        )
    named = _PUBLIC_KEY_LINE.search(pem)
    if named is not None and named[1].decode() != signer.public_key_multibase:
        raise KeyFormatError(
            f"expected the key {named[1].decode()} that the file names, met {signer.public_key_multibase}"
        )
    return signer


def _algorithm(identifier: bytes, parameters: bytes) -> bytes:
    return der.write(der.SEQUENCE, der.write(der.OBJECT_IDENTIFIER, identifier), parameters)


def _secret(passphrase: str) -> bytes:
    try:
        secret = unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError:
        raise PassphraseError("expected a passphrase of whole characters, met half a one") from None
    if not 0 < len(secret) <= _MAX_PASSPHRASE_BYTES:
        raise PassphraseError(
            f"expected a passphrase of 1 to {_MAX_PASSPHRASE_BYTES} bytes, met {len(secret)}"
        )
    return secret


def _block(pem: bytes) -> tuple[bytes, bytes]:
    """Label and content of the one block of a PEM file."""
    if len(pem) > MAX_BYTES:
        raise KeyFormatError(f"expected a key file of at most {MAX_BYTES} bytes, met {len(pem)}")
    blocks = _BLOCK.findall(pem)
    if len(blocks) != 1 or pem.count(b"-----BEGIN ") != 1:
        raise KeyFormatError(f"expected a key file with one block of PEM, met {len(blocks)}")
    label, body = blocks[0]
    if label not in (_ENCRYPTED, _PLAIN):
        return label, b""  # other forms have headers inside the block
    try:
        return label, base64.b64decode(b"".join(body.split()), validate=True)
    except binascii.Error:
        raise KeyFormatError("expected base64 in a key file, met something else") from None


def _check_protection(data: bytes) -> None:
    """The file says itself how much work opening it is: keep that within bounds, and weak ciphers out."""
    (_, protection), *_ = _pair(der.only(data, der.SEQUENCE))
    (_, scheme), (_, parameters) = _pair(protection)
    if scheme != _PBES2:
        raise UnsupportedKeyError(f"expected a key file under PBES2, met scheme {scheme.hex()[:40]}")
    (_, derivation), (_, cipher) = _pair(parameters)
    (_, algorithm), (_, vector) = _pair(cipher)
    if algorithm not in _AES_CBC or len(vector) != 16:
        raise UnsupportedKeyError(f"expected a key file under AES in CBC, met cipher {algorithm.hex()[:40]}")
    (_, function), (_, costs) = _pair(derivation)
    numbers = [int.from_bytes(content, "big") for tag, content in der.children(costs) if tag == der.INTEGER]
    if function == _PBKDF2 and numbers:
        within = 0 < numbers[0] <= _MAX_ITERATIONS
    elif function == _SCRYPT and len(numbers) >= 3:
        n, r, p = numbers[:3]
        if n < 2 or n & (n - 1) or n.bit_length() > 16 * r:
            raise KeyFormatError(f"expected numbers that scrypt can work with, met {str(numbers)[:80]}")
        within = 128 * n * r <= _MAX_SCRYPT_MEMORY and 0 < n * r * p <= _MAX_SCRYPT_WORK
    else:
        raise UnsupportedKeyError(f"expected scrypt or PBKDF2, met function {function.hex()[:40]}")
    if not within:
        raise UnsupportedKeyError(f"expected a bounded work to open the key file, met {str(numbers)[:80]}")


def _pair(content: bytes) -> list[tuple[int, bytes]]:
    found = der.children(content)
    if len(found) != 2:
        raise KeyFormatError(f"expected two elements in the protection of a key file, met {len(found)}")
    return found


def _load(data: bytes, secret: bytes | None) -> object:
    try:
        return serialization.load_der_private_key(data, secret)
    except (ValueError, TypeError, InternalError) as error:  # the last for some kinds that OpenSSL lacks
        if secret is None:
            raise KeyFormatError("expected a private key in PKCS #8, met something else") from error
        raise PassphraseError("expected the passphrase of this key file, met another, or damage") from None
    except UnsupportedAlgorithm as error:
        raise UnsupportedKeyError(f"expected a key that can be read here, met {error}") from None


def _signer(key: object, verification_method: str) -> Ed25519Signer | EcdsaSigner:
    if isinstance(key, Ed25519PrivateKey):
        return Ed25519Signer(key.private_bytes_raw(), verification_method)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise UnsupportedKeyError(
            f"expected a key of Ed25519, P-256, P-384 or P-521 in the file, met {type(key).__name__}"
        )
    try:
        stated = PublicKey.of(key.public_key())
    except KeyFormatError as error:
        raise UnsupportedKeyError(str(error)) from error
    scalar = key.private_numbers().private_value.to_bytes(SIGNATURE_LENGTHS[stated.type] // 2, "big")
    signer = EcdsaSigner.from_scalar(stated.type, scalar, verification_method)
    if signer.public_key != stated:  # the file holds both halves
        raise KeyFormatError("expected the two halves of the key in a file to go together, met two keys")
    return signer
