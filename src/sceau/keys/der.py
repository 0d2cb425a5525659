"""The little of DER that `cryptography` does not read or write for us: short structures, by element."""

from __future__ import annotations

from sceau.errors import KeyFormatError

INTEGER, BIT_STRING, OCTET_STRING, OBJECT_IDENTIFIER, SEQUENCE = 0x02, 0x03, 0x04, 0x06, 0x30
_MAX_CHILDREN = 64


def read(data: bytes) -> tuple[int, bytes, bytes]:
    """
    The first element.

    Returns:
        Its tag, its content, and the bytes that follow it.

    Raises:
        KeyFormatError: Cut short, a length not written in the shortest way, or a tag of several bytes.
    """
    if len(data) < 2 or data[0] & 0x1F == 0x1F:
        raise KeyFormatError(f"expected an element of DER, met {data[:8].hex() or 'nothing'}")
    length, start = data[1], 2
    if length >= 0x80:
        start += length & 0x7F
        length = int.from_bytes(data[2:start], "big")
        if start not in (3, 4, 5) or len(data) < start or length < 0x80 or not data[2]:
            raise KeyFormatError(f"expected a length of DER, met {data[1:6].hex()}")
    if len(data) < start + length:
        raise KeyFormatError(f"expected {length} bytes of DER, met {len(data) - start}")
    return data[0], data[start : start + length], data[start + length :]


def only(data: bytes, tag: int) -> bytes:
    """
    The content of the one element that *data* is.

    Raises:
        KeyFormatError: Another element, or more than one.
    """
    met, content, rest = read(data)
    if met != tag or rest:
        raise KeyFormatError(f"expected one element {tag:#04x} of DER, met {met:#04x} and {len(rest)} bytes")
    return content


def children(content: bytes) -> list[tuple[int, bytes]]:
    """
    Tag and content of each element inside a sequence.

    Raises:
        KeyFormatError: Not DER, or more than 64 of them.
    """
    found: list[tuple[int, bytes]] = []
    while content:
        if len(found) == _MAX_CHILDREN:
            raise KeyFormatError(f"expected at most {_MAX_CHILDREN} elements of DER, met more")
        tag, inner, content = read(content)
        found.append((tag, inner))
    return found


def write(tag: int, *contents: bytes) -> bytes:
    """An element."""
    content = b"".join(contents)
    if len(content) < 0x80:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def write_integer(number: int) -> bytes:
    """A whole number, not negative."""
    return write(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))
