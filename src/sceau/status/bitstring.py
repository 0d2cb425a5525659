"""
Bitstring Status List: one bit per credential, published for everybody, so that nobody learns which one is
looked up.

Source:
    W3C Bitstring Status List v1.0.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import zlib

from sceau.errors import StatusIndexError, StatusListError, StatusListTooShortError

MINIMUM_LENGTH = 131_072
"""Bits. A shorter list would single holders out (section 6.1, Group Privacy)."""
MAX_BYTES = 4_000_000
"""Of the bits once decompressed: 32 million credentials in one list."""

_GZIP = 16 + zlib.MAX_WBITS


def encode(bits: bytes) -> str:
    """
    Compress a status bit string for publication.

    Args:
        bits: One bit per credential, index 0 in the most significant bit of the first byte.

    Returns:
        Multibase base64url without padding: ``"u"`` + GZIP of *bits*. The same bits always give the same
        text.

    Raises:
        StatusListTooShortError: Under 16 KiB, holders could be singled out.

    Source:
        Section 3.3, Bitstring Generation Algorithm.
    """
    if len(bits) * 8 < MINIMUM_LENGTH:
        raise StatusListTooShortError(f"expected at least {MINIMUM_LENGTH} bits, met {len(bits) * 8}")
    packed = gzip.compress(bits, mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def decode(encoded: object, *, max_bytes: int = MAX_BYTES) -> bytes:
    """
    The inverse of `encode`.

    Args:
        max_bytes: Decompression stops there: a few kilobytes can inflate to gigabytes.

    Raises:
        StatusListError: Not ``u`` + base64url + GZIP, or larger than *max_bytes*.
        StatusListTooShortError: Fewer than 131,072 bits.

    Source:
        Section 3.4, Bitstring Expansion Algorithm.
    """
    if not isinstance(encoded, str) or not encoded.startswith("u"):
        raise StatusListError("expected encodedList to be multibase base64url, which starts with u")
    if len(encoded) > 2 * max_bytes:
        raise StatusListError(f"expected at most {2 * max_bytes} characters, met {len(encoded)}")
    inflater = zlib.decompressobj(wbits=_GZIP)
    try:
        packed = base64.b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4), altchars=b"-_", validate=True)
        bits = inflater.decompress(packed, max_bytes + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise StatusListError(f"expected base64url of GZIP data, met {error}") from error
    if len(bits) > max_bytes:
        raise StatusListError(f"expected a list of at most {max_bytes} bytes, met a larger one")
    if not inflater.eof:
        raise StatusListError("expected whole GZIP data, met a truncated list")
    if len(bits) * 8 < MINIMUM_LENGTH:
        raise StatusListTooShortError(f"expected at least {MINIMUM_LENGTH} bits, met {len(bits) * 8}")
    return bits


def bit(bits: bytes, index: int) -> bool:
    """
    The bit of one credential.

    Raises:
        StatusIndexError: Outside the list.
    """
    _check(bits, index)
    return bool(bits[index // 8] & (0x80 >> index % 8))


def with_bit(bits: bytes, index: int, value: bool) -> bytes:
    """
    A copy of *bits* with one bit changed.

    Raises:
        StatusIndexError: Outside the list.
    """
    _check(bits, index)
    changed = bytearray(bits)
    mask = 0x80 >> index % 8
    changed[index // 8] = changed[index // 8] | mask if value else changed[index // 8] & ~mask
    return bytes(changed)


def _check(bits: bytes, index: int) -> None:
    if not 0 <= index < len(bits) * 8:
        raise StatusIndexError(f"expected an index from 0 to {len(bits) * 8 - 1}, met {index}")
