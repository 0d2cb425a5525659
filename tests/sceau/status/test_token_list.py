"""
The IETF's lists: least significant bit first, ZLIB, base64url without a prefix.

The CBOR and CWT vectors are not among these: that form is not read here.
"""

from __future__ import annotations

import base64
import json
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sceau.status.test_bitstring import inflating_to_a_gigabyte

from sceau.errors import StatusIndexError, StatusListError, UnsupportedStatusError
from sceau.status import packing, token_list
from sceau.status.token_list import Reference, StatusList

# draft-ietf-oauth-status-list, «Test vectors for Status List encoding»: a list of 2^20 tokens.
LONG_1 = dict.fromkeys((0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345), 1)
LONG_2 = LONG_1 | {1993: 2, 159495: 3, 645645: 2, 934534: 2, 1000345: 3}
LONG_4 = {
    0: 1,
    1993: 2,
    35460: 3,
    459495: 4,
    595669: 5,
    754353: 6,
    845645: 7,
    923232: 8,
    924445: 9,
    934534: 10,
    1004534: 11,
    1000345: 12,
    1030203: 13,
    1030204: 14,
    1030205: 15,
}


def published(vectors: Path, name: str) -> dict[str, Any]:
    """The claim of a vector, which is printed over several lines."""
    text = (vectors / "token-status-list" / f"status_list_{name}_json.md").read_text(encoding="utf-8")
    lines = text[text.index("{") : text.rindex("}") + 1].splitlines()
    claim: dict[str, Any] = json.loads("".join(line.strip() for line in lines))
    return claim


def packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("name", "data", "values"),
    [
        ("encoding", "b9a3", [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]),
        ("encoding2", "c944f9", [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]),
    ],
)
def test_the_published_short_lists(vectors: Path, name: str, data: str, values: list[int]) -> None:
    claim = published(vectors, name)

    found = token_list.decode(claim)

    assert found.data == bytes.fromhex(data)
    assert [found.value(index) for index in range(len(found))] == values
    assert token_list.encode(found) == claim
    assert token_list.build(dict(enumerate(values)), length=len(values), size=found.size) == found


@pytest.mark.parametrize(
    ("name", "values"),
    [("encoding1_long", LONG_1), ("encoding2_long", LONG_2), ("encoding4", LONG_4), ("encoding8", None)],
)
def test_the_published_long_lists(vectors: Path, name: str, values: dict[int, int] | None) -> None:
    claim = published(vectors, name)

    found = token_list.decode(claim)

    assert len(found) == 1 << 20
    met = {index: value for index in range(len(found)) if (value := found.value(index))}
    if values is None:  # of 8 bits: every value but 0, once each
        assert sorted(met.values()) == list(range(1, 256))
        assert [met[index] for index in (1199, 4520, 6805, 13628)] == [121, 213, 112, 20]
    else:
        assert met == values
    assert token_list.encode(token_list.build(met, length=1 << 20, size=found.size)) == claim


@given(
    st.sampled_from(token_list.SIZES).flatmap(
        lambda size: st.tuples(
            st.just(size), st.dictionaries(st.integers(0, 9_999), st.integers(0, (1 << size) - 1))
        )
    )
)
@settings(deadline=None)
def test_round_trip(case: tuple[int, dict[int, int]]) -> None:
    size, values = case
    built = token_list.build(values, length=10_000, size=size)

    met = token_list.decode(json.loads(json.dumps(token_list.encode(built))))

    assert met == built
    assert {index: met.value(index) for index in values} == values


GOOD = packed(zlib.compress(b"\xb9\xa3"))


@pytest.mark.parametrize(
    "claim",
    [
        None,
        [],
        "eNrbuRgAAhcBXQ",
        {},
        {"bits": 1},
        {"lst": GOOD},
        {"bits": "1", "lst": GOOD},
        {"bits": True, "lst": GOOD},
        {"bits": 1.0, "lst": GOOD},
        {"bits": 0, "lst": GOOD},
        {"bits": 3, "lst": GOOD},
        {"bits": 16, "lst": GOOD},
        {"bits": -1, "lst": GOOD},
        {"bits": 1, "lst": None},
        {"bits": 1, "lst": ""},
        {"bits": 1, "lst": "u" + GOOD},
        {"bits": 1, "lst": GOOD + "=="},
        {"bits": 1, "lst": GOOD[:-4]},
        {"bits": 1, "lst": packed(b"\xb9\xa3")},
        {"bits": 1, "lst": packed(zlib.compress(b"\xb9\xa3") + b"\0")},
        {"bits": 1, "lst": packed(zlib.compress(b"\xb9\xa3", wbits=31))},  # GZIP
        {"bits": 1, "lst": packed(zlib.compress(b"\xb9\xa3", wbits=-15))},
    ],
)
def test_other_claims_are_refused(claim: object) -> None:
    with pytest.raises(StatusListError) as raised:
        token_list.decode(claim)

    assert raised.value.code == "status.invalid"


def test_a_text_longer_than_any_list_is_refused() -> None:
    with pytest.raises(StatusListError):
        token_list.decode({"bits": 1, "lst": "A" * (2 * packing.MAX_BYTES + 4)})


def test_a_list_that_inflates_to_a_gigabyte_is_refused_in_bounded_memory() -> None:
    endless = packed(b"\x78\xda" + inflating_to_a_gigabyte()[10:])
    tracemalloc.start()

    with pytest.raises(StatusListError, match="met a larger one"):
        token_list.decode({"bits": 1, "lst": endless})

    assert tracemalloc.get_traced_memory()[1] < 80_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("index", [-1, 16, 10**12])
def test_an_index_outside_is_refused(index: int) -> None:
    with pytest.raises(StatusIndexError):
        StatusList(b"\xb9\xa3").value(index)
    with pytest.raises(StatusIndexError):
        token_list.build({index: 1}, length=16)


@pytest.mark.parametrize("given", [-1, 4])
def test_a_value_that_does_not_fit_is_refused(given: int) -> None:
    with pytest.raises(StatusListError):
        token_list.build({0: given}, length=16, size=2)


def test_other_sizes_are_not_written() -> None:
    with pytest.raises(StatusListError):
        token_list.build({}, length=16, size=3)
    with pytest.raises(StatusListError):
        token_list.encode(StatusList(b"\0\0", 3))


def test_a_reference() -> None:
    uri = "https://example.com/statuslists/1"

    assert token_list.read_reference({"status_list": {"idx": 0, "uri": uri}}) == Reference(uri, 0)
    assert token_list.read_reference({"status_list": {"idx": 5, "uri": uri}, "other": {}}).index == 5


@pytest.mark.parametrize("status", [None, [], "x", {}, {"identifier_list": {"id": "x"}}])
def test_another_mechanism_is_not_read(status: object) -> None:
    with pytest.raises(UnsupportedStatusError):
        token_list.read_reference(status)


@pytest.mark.parametrize(
    "place",
    [
        None,
        [],
        {},
        {"idx": 0},
        {"uri": "https://example.com/1"},
        {"idx": "0", "uri": "https://example.com/1"},
        {"idx": True, "uri": "https://example.com/1"},
        {"idx": 1.5, "uri": "https://example.com/1"},
        {"idx": -1, "uri": "https://example.com/1"},
        {"idx": None, "uri": "https://example.com/1"},
        {"idx": 0, "uri": ""},
        {"idx": 0, "uri": "statuslists/1"},
        {"idx": 0, "uri": 5},
        {"idx": 0, "uri": "https://example.com/\n1"},
        {"idx": 0, "uri": "https://example.com/" + "1" * 2_000},
    ],
)
def test_other_references_are_refused(place: object) -> None:
    with pytest.raises(StatusListError) as raised:
        token_list.read_reference({"status_list": place})

    assert raised.value.code == "status.invalid"
