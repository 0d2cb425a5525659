from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sceau.canon import strict_json
from sceau.errors import DuplicateKeyError, TooDeepError, TooLargeError, UnreadableError


def test_reads_plain_json() -> None:
    assert strict_json.read(b'{"a": [1, 2.5, true, null, "\\u00e9"]}') == {"a": [1, 2.5, True, None, "é"]}


def test_a_byte_order_mark_is_stepped_over() -> None:
    assert strict_json.read(b"\xef\xbb\xbf{}") == {}
    assert strict_json.read("\ufeff{}") == {}


def test_a_number_without_fraction_is_whole() -> None:
    value = strict_json.read(b"4.0")

    assert value == 4
    assert isinstance(value, int)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b'{"a": 1',
        b"\xff\xfe{\x00}\x00",
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"1e999",
        b"9007199254740992",
        b"-9007199254740992",
        b"1e300",
        b"1" * 100_000,
        b"0." + b"1" * 100_000,
        b'"\\ud800"',
        b'"\\udc00\\ud800"',
        b'{"\\ud800": 1}',
        b'"\xed\xa0\x80"',
        b'"a\x00b"',
        b"{}{}",
        b"{'a': 1}",
        "\ud800",
        '"\ud800"',
    ],
)
def test_unreadable(text: bytes | str) -> None:
    with pytest.raises(UnreadableError):
        strict_json.read(text)


@pytest.mark.parametrize(
    "text", ['{"a": 1, "a": 1}', '{"b": {"a": 1, "c": 2, "a": 3}}', '[{"a": 1, "\\u0061": 2}]']
)
def test_a_key_said_twice_is_refused(text: str) -> None:
    with pytest.raises(DuplicateKeyError, match="'a' twice"):
        strict_json.read(text)


@pytest.mark.parametrize("depth", [65, 10_000, 500_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_refused(depth: int, opening: str, closing: str) -> None:
    text = opening * depth + "1" + closing * depth

    started = time.perf_counter()
    with pytest.raises((TooDeepError, TooLargeError)):
        strict_json.read(text)

    assert time.perf_counter() - started < 2


def test_the_deepest_allowed() -> None:
    assert strict_json.read("[" * 64 + "]" * 64)


@pytest.mark.parametrize("data", [b" " * 2_000_001, "é" * 1_500_000, b"[" * 50_000_000])
def test_too_large(data: bytes | str) -> None:
    with pytest.raises(TooLargeError):
        strict_json.read(data)


def test_an_object_is_asked_for() -> None:
    with pytest.raises(UnreadableError, match="list"):
        strict_json.read_object(b"[]")


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-strict_json.MAX_SAFE_INTEGER, strict_json.MAX_SAFE_INTEGER)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda children: (
        st.lists(children) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), children)
    ),
    max_leaves=20,
)


@given(values)
def test_what_is_written_reads_back(value: object) -> None:
    assert strict_json.read(strict_json.write(value)) == value


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_anything_is_read_or_refused_by_name(data: bytes | str) -> None:
    with contextlib.suppress(UnreadableError):
        strict_json.read(data)
