"""
Multikey: how a public key is written in a DID document, and base58btc, in which signatures are written too.
"""

from __future__ import annotations

from sceau.errors import KeyFormatError

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_MAX_BASE58 = 200
"""Decoding is quadratic; the longest text that is read here has 88 letters."""

_ED25519 = b"\xed\x01"
"""Multicodec ed25519-pub, 0xed, as a variable-length integer."""
_ED25519_LENGTH = 32


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


def encode_ed25519(public_key: bytes) -> str:
    """
    Multikey of an Ed25519 public key: ``z6Mk…``, 48 letters.

    Raises:
        KeyFormatError: Not 32 bytes.
    """
    if len(public_key) != _ED25519_LENGTH:
        raise KeyFormatError(f"expected an Ed25519 public key of 32 bytes, met {len(public_key)}")
    return multibase_encode(_ED25519 + public_key)


def decode_ed25519(multikey: object) -> bytes:
    """
    The 32 bytes of an Ed25519 public key.

    Raises:
        KeyFormatError: Another kind of key, or another length.
    """
    data = multibase_decode(multikey)
    if not data.startswith(_ED25519):
        raise KeyFormatError(f"expected an Ed25519 key (prefix ed01), met prefix {data[:2].hex()}")
    if len(data) != len(_ED25519) + _ED25519_LENGTH:
        raise KeyFormatError(f"expected an Ed25519 public key of 32 bytes, met {len(data) - len(_ED25519)}")
    return data[len(_ED25519) :]
