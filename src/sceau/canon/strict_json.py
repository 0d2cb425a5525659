"""Reading JSON from strangers: in bounded time and memory, and only what every reader would read alike."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from sceau.errors import (
    DuplicateKeyError,
    TooDeepError,
    TooLargeError,
    UnreadableError,
)

MAX_BYTES = 2_000_000
MAX_DEPTH = 64
MAX_VALUES = 1_000_000
"""Counted before parsing: each takes up to a hundred bytes of memory, and two letters to write."""
MAX_SAFE_INTEGER = 2**53 - 1
"""Beyond it JavaScript and Python read different numbers."""

_MAX_NUMBER_LENGTH = 40
_SURROGATE = re.compile("[\ud800-\udfff]")


def read(data: bytes | str, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Any:
    """
    Parse one JSON value.

    Numbers without a fractional part come out as int, as JSON-LD asks (`4.0` is the integer 4).

    Raises:
        TooLargeError: More than *max_bytes* once encoded as UTF-8, or more values than `MAX_VALUES`.
        TooDeepError: Objects and arrays nested deeper than *max_depth*.
        DuplicateKeyError: An object that says a key twice.
        UnreadableError: Not UTF-8, not JSON, NaN, Infinity, a number that loses digits, a lone surrogate.

    Source:
        RFC 7493 (I-JSON), section 2.
    """
    text = _text(data, max_bytes)
    if len(text) > MAX_VALUES and sum(text.count(mark) for mark in ",[{") > MAX_VALUES:
        raise TooLargeError(f"expected at most {MAX_VALUES} values, met more")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_fraction,
            parse_int=_integer,
            parse_constant=_constant,
        )
    except RecursionError:
        raise TooDeepError(f"expected JSON nested at most {max_depth} deep, met far more") from None
    except json.JSONDecodeError as error:
        raise UnreadableError(f"expected JSON, met {error.msg} at character {error.pos}") from None
    _check(value, max_depth)
    return value


def read_object(
    data: bytes | str, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH
) -> dict[str, Any]:
    """
    Parse one JSON object.

    Raises:
        UnreadableError: As `read`, and for any other JSON value.
    """
    value = read(data, max_bytes=max_bytes, max_depth=max_depth)
    if not isinstance(value, dict):
        raise UnreadableError(f"expected a JSON object, met a {type(value).__name__}")
    return value


def write(value: Any) -> bytes:
    """UTF-8 JSON without spaces; the order of keys is kept."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _text(data: bytes | str, max_bytes: int) -> str:
    if len(data) > max_bytes:
        raise TooLargeError(f"expected at most {max_bytes} bytes, met {len(data)}")
    if isinstance(data, bytes):
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UnreadableError(f"expected UTF-8, met another byte at {error.start}") from None
    try:
        size = len(data.encode())
    except UnicodeEncodeError as error:
        raise UnreadableError(f"expected Unicode text, met a lone surrogate at {error.start}") from None
    if size > max_bytes:
        raise TooLargeError(f"expected at most {max_bytes} bytes, met {size}")
    return data.removeprefix("\ufeff")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise DuplicateKeyError(f"expected each key once, met {key[:80]!a} twice")
            seen.add(key)
    return result


def _integer(digits: str) -> int:
    if len(digits) > _MAX_NUMBER_LENGTH or abs(int(digits)) > MAX_SAFE_INTEGER:
        raise UnreadableError(f"expected whole numbers up to 2^53 - 1, met {digits[:40]}")
    return int(digits)


def _fraction(digits: str) -> float | int:
    if len(digits) > _MAX_NUMBER_LENGTH:
        raise UnreadableError(
            f"expected numbers of at most {_MAX_NUMBER_LENGTH} characters, met {len(digits)}"
        )
    value = float(digits)
    if not math.isfinite(value) or abs(value) > MAX_SAFE_INTEGER:
        raise UnreadableError(f"expected numbers up to 2^53 - 1, met {digits}")
    return int(value) if value.is_integer() else value


def _constant(name: str) -> Any:
    raise UnreadableError(f"expected JSON, met {name}, which JSON does not have")


def _check(value: Any, max_depth: int) -> None:
    """Depth and lone surrogates, without recursion."""
    pending: list[tuple[Any, int]] = [(value, 0)]
    while pending:
        item, depth = pending.pop()
        if isinstance(item, str):
            _check_text(item)
        elif isinstance(item, (dict, list)):
            if depth >= max_depth:
                raise TooDeepError(f"expected JSON nested at most {max_depth} deep, met more")
            if isinstance(item, dict):
                for key in item:
                    _check_text(key)
                item = item.values()
            pending.extend((child, depth + 1) for child in item if isinstance(child, (str, dict, list)))


def _check_text(text: str) -> None:
    # An escape such as "\ud800" passes the JSON grammar, and verifiers disagree on what it becomes.
    if not text.isascii() and (met := _SURROGATE.search(text)):
        raise UnreadableError(f"expected Unicode text, met the lone surrogate U+{ord(met.group()):04X}")
