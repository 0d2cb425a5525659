from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sceau.errors import KeyFormatError
from sceau.keys import multikey
from sceau.keys.public import KeyType, PublicKey


@pytest.mark.parametrize(
    ("data", "text"),
    [  # draft-msporny-base58, section 5
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (bytes.fromhex("0000287fb4cd"), "11233QC4"),
        (b"", ""),
        (b"\0", "1"),
    ],
)
def test_base58_published_examples(data: bytes, text: str) -> None:
    assert multikey.base58_encode(data) == text
    assert multikey.base58_decode(text) == data


@given(st.binary(max_size=100))
def test_base58_round_trip(data: bytes) -> None:
    assert multikey.base58_decode(multikey.base58_encode(data)) == data


@given(st.binary(min_size=32, max_size=32))
def test_keys_round_trip(key: bytes) -> None:
    text = multikey.encode(PublicKey(KeyType.ED25519, key))

    assert text.startswith("z6Mk")
    assert multikey.decode(text) == PublicKey(KeyType.ED25519, key)


@pytest.mark.parametrize("letter", "0OIl+/ é")
def test_letters_outside_the_alphabet_are_refused(letter: str) -> None:
    with pytest.raises(KeyFormatError):
        multikey.base58_decode("2NEpo" + letter)


@pytest.mark.parametrize(
    "text",
    [
        None,
        5,
        "",
        "z",
        "6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
        "u7QEAAA",
        "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU216",
        "z" + multikey.base58_encode(b"\xed\x01" + bytes(31)),
        "z" + multikey.base58_encode(b"\xed\x01" + bytes(33)),
        "z" + "2" * 1_000_000,
    ],
)
def test_other_keys_are_refused(text: object) -> None:
    with pytest.raises(KeyFormatError):
        multikey.decode(text)


def test_a_public_key_of_another_length_is_not_written() -> None:
    with pytest.raises(KeyFormatError):
        multikey.encode(PublicKey(KeyType.ED25519, bytes(31)))
