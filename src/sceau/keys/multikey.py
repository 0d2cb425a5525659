"""
Multikey: how a public key is written in a DID document, and base58btc, in which signatures are written too.
"""

from __future__ import annotations

from sceau.errors import KeyFormatError
from sceau.keys.public import KeyType, PublicKey

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_MAX_BASE58 = 200
"""Decoding is quadratic; the longest text that is read here, a P-521 signature, has 181 letters."""

_PREFIXES = {
    KeyType.ED25519: b"\xed\x01",
    KeyType.P256: b"\x80\x24",
    KeyType.P384: b"\x81\x24",
    KeyType.P521: b"\x82\x24",
}
"""Multicodecs ed25519-pub, p256-pub, p384-pub and p521-pub, as variable-length integers."""
_LENGTHS = {KeyType.ED25519: 32, KeyType.P256: 33, KeyType.P384: 49, KeyType.P521: 67}


def base58_encode(data: bytes) -> str:
    """Base58 in Bitcoin's alphabet: a leading zero byte is a ``1``."""
    number = int.from_bytes(data, "big")
    letters = []
    while number:
        number, rest = divmod(number, 58)
        letters.append(_ALPHABET[rest])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(letters))


def base58_decode(text: str) -> bytes:
    """
    The inverse of `base58_encode`.

    Raises:
        KeyFormatError: A letter outside the alphabet, or a text too long for a key or signature.
    """
    if len(text) > _MAX_BASE58:
        raise KeyFormatError(f"expected at most {_MAX_BASE58} base58 letters, met {len(text)}")
    number = 0
    for letter in text:
        if letter not in _VALUES:
            raise KeyFormatError(f"expected a base58 letter, met {letter!a}")
        number = number * 58 + _VALUES[letter]
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def multibase_encode(data: bytes) -> str:
    """Multibase base58btc: ``"z"`` and the letters."""
    return "z" + base58_encode(data)


def multibase_decode(text: object) -> bytes:
    """
    Read multibase base58btc.

    Raises:
        KeyFormatError: Another base, or not text.
    """
    if not isinstance(text, str) or not text.startswith("z"):
        raise KeyFormatError(f"expected multibase base58btc, which starts with z, met {str(text)[:20]!a}")
    return base58_decode(text[1:])


def encode(key: PublicKey) -> str:
    """
    Multikey of a public key: ``z6Mk…`` for Ed25519, ``zDna…`` for P-256, ``z82L…`` for P-384.

    Raises:
        KeyFormatError: A kind that has no Multikey (RSA), or another length.
    """
    if key.type not in _PREFIXES:
        raise KeyFormatError(f"expected a key that has a Multikey, met one of {key.type}")
    if len(key.data) != _LENGTHS[key.type]:
        raise KeyFormatError(f"expected a {key.type} key of {_LENGTHS[key.type]} bytes, met {len(key.data)}")
    return multibase_encode(_PREFIXES[key.type] + key.data)


def decode(multikey: object) -> PublicKey:
    """
    The public key of a Multikey.

    Raises:
        KeyFormatError: Another kind of key, or another length.
    """
    data = multibase_decode(multikey)
    for kind, prefix in _PREFIXES.items():
        if data.startswith(prefix):
            key = data[len(prefix) :]
            if len(key) != _LENGTHS[kind]:
                raise KeyFormatError(f"expected a {kind} key of {_LENGTHS[kind]} bytes, met {len(key)}")
            return PublicKey(kind, key)
    known = ", ".join(f"{prefix.hex()} for {kind}" for kind, prefix in _PREFIXES.items())
    raise KeyFormatError(f"expected a key with prefix {known}, met prefix {data[:2].hex()}")
