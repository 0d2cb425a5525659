"""
Baking into a PNG: one uncompressed iTXt chunk right after the header. Pixels are neither read nor changed.

Source:
    1EdTech Open Badges Specification 3.0, section 5.3.1, PNG baking; Open Badges Baking Specification 2.0;
    W3C Portable Network Graphics (Third Edition), sections 5.3 and 11.3.3.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from sceau.errors import (
    NothingFoundError,
    SeveralFoundError,
    TooLargeError,
    UnreadableError,
    UnsupportedFormatError,
)
from sceau.formats.baking.baked import MAX_BYTES, Baked, Kind

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_CHUNKS = 10_000
"""An animation of a hundred pictures has some hundreds."""
_KEYWORDS = {b"openbadgecredential": Kind.OPEN_BADGES_3, b"openbadges": Kind.OPEN_BADGES_2}
_BEFORE_TEXT = 80
"""A keyword has at most 79 letters, and a zero byte after it."""


class _Chunk(NamedTuple):
    kind: bytes
    end: int
    body: memoryview


class _Said(NamedTuple):
    chunk: bytes
    keyword: bytes
    rest: bytes


def bake_png(png: bytes, document: bytes | str) -> bytes:
    """
    Put a signed credential into a picture.

    Args:
        png: A whole PNG without a credential; what follows its end is left out.
        document: The signed JSON or a compact token; it is kept sign for sign.

    Raises:
        TooLargeError: More than 5 MB, with the credential.
        UnreadableError: Not a PNG, one that already carries a credential, or a credential that is no text.
    """
    text = document.encode() if isinstance(document, str) else document
    chunks = list(_chunks(png))
    if any(_said(chunk) for chunk in chunks):
        raise UnreadableError("expected a picture without a credential, met one that carries it already")
    if not any(chunk.kind == b"IDAT" for chunk in chunks):
        raise UnreadableError("expected a picture, met one with nothing drawn")
    after_header = chunks[0].end
    body = (
        b"openbadgecredential\0" + b"\0\0" + b"\0" + b"\0" + text
    )  # not compressed, no language, no translation
    baked = png[:after_header] + _written(b"iTXt", body) + png[after_header : chunks[-1].end]
    if unbake_png(baked) != Baked(text, Kind.OPEN_BADGES_3):
        raise UnreadableError("expected a picture that gives its credential back, met one that does not")
    return baked


def unbake_png(data: bytes) -> Baked:
    """
    Take the credential out of a picture.

    Args:
        data: From a stranger: size and number of chunks are bounded, checksums are checked, nothing is
            inflated. What follows the end of the picture is not looked at.

    Raises:
        TooLargeError: More than 5 MB, or 10,000 chunks.
        NothingFoundError: A picture with no credential, or with more than one, even if they are the same.
        UnsupportedFormatError: A compressed one, which the standard forbids.
        UnreadableError: Not a PNG that may be read.
    """
    found = [said for chunk in _chunks(data) if (said := _said(chunk))]
    if len(found) > 1:
        raise SeveralFoundError(f"expected one credential in the picture, met {len(found)}")
    if not found:
        raise NothingFoundError("expected a credential in the picture, met none")
    kind = _KEYWORDS[found[0].keyword]
    content = _text(found[0], kind)
    if not content.strip():
        raise NothingFoundError("expected a credential in the picture, met an empty text")
    try:
        content.decode()
    except UnicodeDecodeError:
        raise UnreadableError("expected UTF-8 in the picture, met something else") from None
    if b"\0" in content:
        raise UnreadableError("expected text in the picture, met a zero byte")
    return Baked(content, kind)


def _said(chunk: _Chunk) -> _Said | None:
    """What a text chunk holds, where its keyword is one of ours."""
    if chunk.kind not in (b"iTXt", b"tEXt", b"zTXt"):
        return None
    keyword, ended, _ = bytes(chunk.body[:_BEFORE_TEXT]).partition(b"\0")
    if not ended or keyword not in _KEYWORDS:
        return None
    return _Said(chunk.kind, keyword, bytes(chunk.body[len(keyword) + 1 :]))


def _text(said: _Said, kind: Kind) -> bytes:
    if said.chunk == b"tEXt" and kind is Kind.OPEN_BADGES_2:
        return said.rest  # Open Badges 1.0: the address of the assertion
    if said.chunk == b"tEXt":
        raise UnsupportedFormatError("expected the credential in an iTXt chunk, met tEXt")
    if said.chunk == b"zTXt" or said.rest[:1] != b"\0":
        raise UnsupportedFormatError("expected a credential that is not compressed, met a compressed one")
    # After flag and method: language and translated keyword, each up to its zero byte.
    parts = said.rest[2:].split(b"\0", 2)
    if len(parts) != 3:
        raise UnreadableError("expected an iTXt chunk with its text, met one cut short")
    return parts[2]


def _chunks(png: bytes) -> Iterator[_Chunk]:
    """Each chunk from the header to the end, its checksum verified."""
    if len(png) > MAX_BYTES:
        raise TooLargeError(f"expected a picture of at most {MAX_BYTES} bytes, met {len(png)}")
    if not png.startswith(SIGNATURE):
        raise UnreadableError("expected a PNG, met something else")
    view = memoryview(png)
    position = len(SIGNATURE)
    for number in range(MAX_CHUNKS):
        length, kind = int.from_bytes(view[position : position + 4]), bytes(view[position + 4 : position + 8])
        end = position + 12 + length
        if position + 12 > len(png) or end > len(png):
            raise UnreadableError(f"expected a whole picture, met one cut short in chunk {number}")
        if not kind.isalpha():
            raise UnreadableError(f"expected the name of chunk {number}, met {kind!r}")
        if zlib.crc32(view[position + 4 : end - 4]) != int.from_bytes(view[end - 4 : end]):
            raise UnreadableError(f"expected chunk {number} to keep its checksum, met another")
        if (kind == b"IHDR") != (number == 0) or (kind == b"IHDR" and length != 13):
            raise UnreadableError(f"expected one header at the beginning, met {kind!r} as chunk {number}")
        yield _Chunk(kind, end, view[position + 8 : end - 4])
        if kind == b"IEND":
            return
        position = end
    raise TooLargeError(f"expected at most {MAX_CHUNKS} chunks in a picture, met more")


def _written(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)
