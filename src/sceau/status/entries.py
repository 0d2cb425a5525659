"""
The place in a Bitstring Status List that a credential names, and what each value there means.

    {"type": "BitstringStatusListEntry", "statusPurpose": "message", "statusListIndex": "492847",
     "statusListCredential": "https://example.com/credentials/status/8", "statusSize": 1,
     "statusMessage": [{"status": "0x0", "message": "pending"}, {"status": "0x1", "message": "accepted"}],
     "statusReference": "https://example.org/status-dictionary/"}

Source:
    W3C Bitstring Status List v1.0, section 2.1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sceau.errors import StatusIndexError, StatusListError, UnsupportedStatusError
from sceau.status.bitstring import MAX_SIZE

ENTRY = "BitstringStatusListEntry"
LIST = "BitstringStatusList"
LIST_CREDENTIAL = "BitstringStatusListCredential"

_INDEX = re.compile(r"0|[1-9][0-9]*", re.ASCII)
_MAX_DIGITS = 18
_STATUS = re.compile(r"0[xX]([0-9A-Fa-f]{1,4})", re.ASCII)
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f]+")
_MAX_REFERENCES = 20


class Purpose(StrEnum):
    """The purposes that the standard gives a meaning."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"
    MESSAGE = "message"
    REFRESH = "refresh"


@dataclass(frozen=True)
class Entry:
    """
    One place in one list.

    Attributes:
        size: Bits of one value, 1 to 8.
        messages: What each value means, in the issuer's words for software; empty where it does not say.
        references: URLs of what explains the values.
    """

    list_url: str
    index: int
    purpose: Purpose
    size: int = 1
    messages: Mapping[int, str] = field(default_factory=dict)
    references: tuple[str, ...] = ()

    def message(self, value: int) -> str:
        """The words for *value*; ``"unset"`` and ``"set"`` for a bit that has none of its own."""
        return self.messages.get(value) or ("set" if value else "unset")


def read(entry: Mapping[str, Any]) -> Entry:
    """
    Read a ``credentialStatus``.

    Raises:
        UnsupportedStatusError: Another kind of status, an unknown purpose, or values of more than 8 bits.
        StatusListError: An entry that does not keep a MUST of section 2.1.
        StatusIndexError: An index beyond any list.
    """
    types = entry.get("type")
    if ENTRY not in (types if isinstance(types, list) else [types]):
        raise UnsupportedStatusError(f"expected a {ENTRY}, met {str(types)[:60]!a}")
    if types not in (ENTRY, [ENTRY]):
        raise StatusListError(f"expected a {ENTRY} and nothing else, met {str(types)[:120]!a}")
    list_url = _url(entry.get("statusListCredential"), "statusListCredential")
    if entry.get("id", "") == list_url:
        raise StatusListError("expected the id of the entry not to be the URL of its list, met that URL")
    purpose = _purpose(entry.get("statusPurpose"))
    size = _size(entry.get("statusSize", 1))
    return Entry(
        list_url=list_url,
        index=_index(entry.get("statusListIndex")),
        purpose=purpose,
        size=size,
        messages=_messages(entry, size),
        references=_references(entry.get("statusReference", [])),
    )


def write(entry: Entry) -> dict[str, Any]:
    """
    The ``credentialStatus`` of an entry, as `read` takes it.

    Raises:
        StatusListError: An entry that `read` would refuse.
    """
    written: dict[str, Any] = {
        "type": ENTRY,
        "statusPurpose": str(entry.purpose),
        "statusListIndex": str(entry.index),
        "statusListCredential": entry.list_url,
    }
    if entry.size != 1:
        written["statusSize"] = entry.size
    if entry.messages:
        written["statusMessage"] = [
            {"status": hex(value), "message": words} for value, words in sorted(entry.messages.items())
        ]
    if entry.references:
        written["statusReference"] = list(entry.references)
    read(written)
    return written


def _purpose(purpose: object) -> Purpose:
    if not isinstance(purpose, str) or not purpose:
        raise StatusListError(f"expected statusPurpose to be text, met {str(purpose)[:60]!a}")
    try:
        return Purpose(purpose)
    except ValueError:
        known = ", ".join(Purpose)
        raise UnsupportedStatusError(f"expected a purpose among {known}, met {purpose[:60]!a}") from None


def _index(index: object) -> int:
    """
    Only text in base 10, written in one way: a number could be read as another beyond 2^53, and ``"07"`` and
    ``"7"`` would hide that they are one place.
    """
    if not isinstance(index, str) or not _INDEX.fullmatch(index):
        raise StatusListError(f"expected statusListIndex to be a number as text, met {str(index)[:40]!a}")
    if len(index) > _MAX_DIGITS:
        raise StatusIndexError(f"expected an index inside the list, met one of {len(index)} digits")
    return int(index)


def _size(size: object) -> int:
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        raise StatusListError(f"expected statusSize to be a whole number from 1 on, met {str(size)[:40]!a}")
    if size > MAX_SIZE:
        raise UnsupportedStatusError(f"expected values of at most {MAX_SIZE} bits, met {size}")
    return size


def _messages(entry: Mapping[str, Any], size: int) -> dict[int, str]:
    """One message for each possible value; they may be left out where a value is one bit."""
    if "statusMessage" not in entry:
        if size > 1:
            raise StatusListError(f"expected a statusMessage for values of {size} bits, met none")
        return {}
    listed = entry["statusMessage"]
    if not isinstance(listed, list) or len(listed) != 1 << size:
        raise StatusListError(f"expected statusMessage to hold {1 << size} messages, met another number")
    found: dict[int, str] = {}
    for item in listed:
        status, message = (
            (item.get("status"), item.get("message")) if isinstance(item, dict) else (None, None)
        )
        met = _STATUS.fullmatch(status) if isinstance(status, str) else None
        if met is None or not isinstance(message, str):
            raise StatusListError("expected a status such as 0x1 and a message in each, met something else")
        found[int(met[1], 16)] = message
    if set(found) != set(range(1 << size)):
        raise StatusListError("expected one message for each possible value, met one twice or another value")
    return found


def _references(references: object) -> tuple[str, ...]:
    found = references if isinstance(references, list) else [references]
    if len(found) > _MAX_REFERENCES:
        raise StatusListError(f"expected at most {_MAX_REFERENCES} in statusReference, met {len(found)}")
    return tuple(_url(each, "statusReference") for each in found)


def _url(value: object, where: str) -> str:
    if not isinstance(value, str) or not _URL.fullmatch(value):
        raise StatusListError(f"expected a URL in {where}, met {str(value)[:120]!a}")
    return value
