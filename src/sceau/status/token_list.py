"""
Token Status List: the status list of the IETF, for SD-JWT VC and other tokens.

    {"status_list": {"bits": 1, "lst": "eNrbuRgAAhcBXQ"}}

It differs from the W3C's in what looks alike: values of 1, 2, 4 or 8 bits from the *least* significant bit of
the first byte on, ZLIB and not GZIP, base64url without a prefix. Its CBOR and CWT forms are not read here.

Source:
    IETF draft-ietf-oauth-status-list-17, «Status List» and «Status Types».
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from sceau.errors import StatusListError, UnsupportedStatusError
from sceau.status import packing

SIZES = (1, 2, 4, 8)
MAX_BYTES = packing.MAX_BYTES
TOKEN_TYPE = "statuslist+jwt"  # noqa: S105 -- a media type, no secret
MEDIA_TYPE = "application/statuslist+jwt"
CLAIM = "status_list"
_MAX_URI = 2_000


class Status(IntEnum):
    """The values that have a meaning for everybody; the others belong to an application, or to the future."""

    VALID = 0
    INVALID = 1
    SUSPENDED = 2


@dataclass(frozen=True)
class StatusList:
    """
    A list, inflated.

    Attributes:
        data: The values, that of index 0 in the least significant bits of the first byte.
        size: Bits of one value.
    """

    data: bytes
    size: int = 1

    def __len__(self) -> int:
        return len(self.data) * 8 // self.size

    def value(self, index: int) -> int:
        """
        The value of one token.

        Raises:
            StatusIndexError: Outside the list.
        """
        packing.check_index(index, len(self))
        byte, position = divmod(index, 8 // self.size)
        return self.data[byte] >> position * self.size & (1 << self.size) - 1


@dataclass(frozen=True)
class Reference:
    """The place in a list that a token names: ``{"status_list": {"idx": 0, "uri": "https://…"}}``."""

    uri: str
    index: int


def build(values: Mapping[int, int], *, length: int, size: int = 1) -> StatusList:
    """
    A list of *length* values, or a few more to fill the last byte: those given by index, 0 elsewhere.

    Raises:
        StatusIndexError: An index outside.
        StatusListError: A value that does not fit, or a size other than 1, 2, 4 and 8.
    """
    _check_size(size)
    data = bytearray(packing.room(length, size))
    for index, given in values.items():
        packing.check_index(index, length)
        packing.check_value(given, size)
        byte, position = divmod(index, 8 // size)
        shift = position * size
        data[byte] = data[byte] & ~(((1 << size) - 1) << shift) | given << shift
    return StatusList(bytes(data), size)


def encode(found: StatusList) -> dict[str, Any]:
    """
    The claim ``status_list``: ``{"bits": 1, "lst": "eNrbuRgAAhcBXQ"}``; one list always gives one text.

    Raises:
        StatusListError: A size other than 1, 2, 4 and 8.

    Source:
        «Status List in JSON Format».
    """
    _check_size(found.size)
    return {"bits": found.size, "lst": packing.deflate(found.data, packing.ZLIB)}


def decode(claim: object, *, max_bytes: int = MAX_BYTES) -> StatusList:
    """
    The inverse of `encode`, for what strangers write.

    Raises:
        StatusListError: Not such a claim, or larger than *max_bytes* once inflated.
    """
    if not isinstance(claim, dict):
        raise StatusListError(f"expected {CLAIM} to be an object, met {str(claim)[:40]!a}")
    size, text = claim.get("bits"), claim.get("lst")
    if isinstance(size, bool) or not isinstance(size, int):
        raise StatusListError(f"expected bits to be a whole number, met {str(size)[:40]!a}")
    _check_size(size)
    if not isinstance(text, str):
        raise StatusListError(f"expected lst to be text, met {str(text)[:40]!a}")
    return StatusList(packing.inflate(text, packing.ZLIB, max_bytes=max_bytes), size)


def read_reference(status: object) -> Reference:
    """
    The place that the claim ``status`` of a token names. Another mechanism beside it tells the same status in
    another way, and is left alone.

    Raises:
        UnsupportedStatusError: It names no Token Status List.
        StatusListError: An ``idx`` that is not a whole number from 0 on, or a ``uri`` that is no address.

    Source:
        «Status Claim», «Referenced Token in JOSE».
    """
    if not isinstance(status, dict) or CLAIM not in status:
        raise UnsupportedStatusError(f"expected a status with a {CLAIM}, met {str(status)[:80]!a}")
    place = status[CLAIM]
    index, uri = (place.get("idx"), place.get("uri")) if isinstance(place, dict) else (None, None)
    if isinstance(index, bool) or not isinstance(index, int) or index < 0:
        raise StatusListError(f"expected idx to be a whole number from 0 on, met {str(index)[:40]!a}")
    if not isinstance(uri, str) or not uri.isprintable() or ":" not in uri or len(uri) > _MAX_URI:
        raise StatusListError(f"expected uri to be an address, met {str(uri)[:120]!a}")
    return Reference(uri, index)


def _check_size(size: int) -> None:
    if size not in SIZES:
        raise StatusListError(f"expected values of 1, 2, 4 or 8 bits, met {size}")
