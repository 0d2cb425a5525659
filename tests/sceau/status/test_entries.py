"""What a credential says of its place in a list: every MUST of section 2.1, and nothing guessed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sceau.errors import StatusListError
from sceau.status import entries
from sceau.status.entries import Entry, Purpose

LIST = "https://example.org/status/1"
PLAIN: dict[str, Any] = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "94567",
    "statusListCredential": LIST,
}
TWO_BITS = [
    {"status": "0x0", "message": "pending_review"},
    {"status": "0x1", "message": "accepted"},
    {"status": "0x2", "message": "rejected"},
    {"status": "0x3", "message": "undefined"},
]


def test_a_plain_entry() -> None:
    entry = entries.read(PLAIN)

    assert entry == Entry(LIST, 94_567, Purpose.REVOCATION)
    assert [entry.message(value) for value in (0, 1)] == ["unset", "set"]


def test_an_entry_with_messages_and_references() -> None:
    # W3C Bitstring Status List v1.0, example 2, with the fourth message that it leaves out.
    read = entries.read(
        PLAIN
        | {
            "id": "https://example.org/status/1#94567",
            "statusPurpose": "message",
            "statusSize": 2,
            "statusMessage": TWO_BITS,
            "statusReference": "https://example.org/status-dictionary/",
        }
    )

    assert read.size == 2
    assert read.message(2) == "rejected"
    assert read.references == ("https://example.org/status-dictionary/",)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"type": "1EdTechRevocationList"}, "status.unsupported"),
        ({"type": None}, "status.unsupported"),
        ({"type": ["BitstringStatusListEntry", "Other"]}, "status.invalid"),
        ({"statusPurpose": "gossip"}, "status.unsupported"),
        ({"statusPurpose": ["revocation"]}, "status.invalid"),
        ({"statusPurpose": ""}, "status.invalid"),
        ({"statusPurpose": None}, "status.invalid"),
        ({"statusListIndex": 94_567}, "status.invalid"),
        ({"statusListIndex": True}, "status.invalid"),
        ({"statusListIndex": "-1"}, "status.invalid"),
        ({"statusListIndex": "+1"}, "status.invalid"),
        ({"statusListIndex": "007"}, "status.invalid"),
        ({"statusListIndex": "1.0"}, "status.invalid"),
        ({"statusListIndex": "1e3"}, "status.invalid"),
        ({"statusListIndex": " 1"}, "status.invalid"),
        ({"statusListIndex": "1\n"}, "status.invalid"),
        ({"statusListIndex": "٣"}, "status.invalid"),
        ({"statusListIndex": ""}, "status.invalid"),
        ({"statusListIndex": "seven"}, "status.invalid"),
        ({"statusListIndex": "9" * 10_000}, "status.index"),
        ({"statusListCredential": None}, "status.invalid"),
        ({"statusListCredential": "status/1"}, "status.invalid"),
        ({"statusListCredential": "https ://example.org"}, "status.invalid"),
        ({"statusListCredential": [LIST]}, "status.invalid"),
        ({"id": LIST}, "status.invalid"),
        ({"statusSize": 0}, "status.invalid"),
        ({"statusSize": -1}, "status.invalid"),
        ({"statusSize": True}, "status.invalid"),
        ({"statusSize": "1"}, "status.invalid"),
        ({"statusSize": 1.5}, "status.invalid"),
        ({"statusSize": 9}, "status.unsupported"),
        ({"statusSize": 2}, "status.invalid"),
        ({"statusSize": 2, "statusMessage": TWO_BITS[:3]}, "status.invalid"),
        ({"statusSize": 2, "statusMessage": [*TWO_BITS, TWO_BITS[0]]}, "status.invalid"),
        ({"statusSize": 2, "statusMessage": [*TWO_BITS[:3], TWO_BITS[0]]}, "status.invalid"),
        (
            {"statusSize": 2, "statusMessage": [*TWO_BITS[:3], {"status": "0x4", "message": "x"}]},
            "status.invalid",
        ),
        (
            {"statusSize": 2, "statusMessage": [*TWO_BITS[:3], {"status": 3, "message": "x"}]},
            "status.invalid",
        ),
        (
            {"statusSize": 2, "statusMessage": [*TWO_BITS[:3], {"status": "3", "message": "x"}]},
            "status.invalid",
        ),
        ({"statusSize": 2, "statusMessage": [*TWO_BITS[:3], {"status": "0x3"}]}, "status.invalid"),
        ({"statusSize": 2, "statusMessage": [*TWO_BITS[:3], "0x3"]}, "status.invalid"),
        ({"statusMessage": TWO_BITS}, "status.invalid"),
        ({"statusMessage": None}, "status.invalid"),
        ({"statusMessage": {"0x0": "fine"}}, "status.invalid"),
        ({"statusReference": "dictionary"}, "status.invalid"),
        ({"statusReference": None}, "status.invalid"),
        ({"statusReference": [LIST, 5]}, "status.invalid"),
        ({"statusReference": [LIST] * 21}, "status.invalid"),
    ],
)
def test_entries_that_are_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(StatusListError) as raised:
        entries.read(PLAIN | change)

    assert raised.value.code == code
    assert len(str(raised.value)) < 400


@given(
    st.integers(1, 4).flatmap(
        lambda size: st.builds(
            Entry,
            list_url=st.just(LIST),
            index=st.integers(0, 10**17),
            purpose=st.sampled_from(Purpose),
            size=st.just(size),
            messages=st.lists(st.text(), min_size=1 << size, max_size=1 << size).map(
                lambda words: dict(enumerate(words))
            ),
            references=st.lists(st.just("https://example.org/a"), max_size=3).map(tuple),
        )
    )
)
def test_round_trip(entry: Entry) -> None:
    assert entries.read(entries.write(entry)) == entry


def test_a_plain_entry_is_written_plainly() -> None:
    assert entries.write(Entry(LIST, 94_567, Purpose.REVOCATION)) == PLAIN


def test_an_entry_that_would_not_be_read_is_not_written() -> None:
    with pytest.raises(StatusListError):
        entries.write(Entry(LIST, 7, Purpose.MESSAGE, size=2))
    with pytest.raises(StatusListError):
        entries.write(Entry(LIST, -7, Purpose.REVOCATION))
