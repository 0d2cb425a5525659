"""Baking into a PNG, with pictures made by hand: no pixel is ever read."""

from __future__ import annotations

import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sceau.errors import NothingFoundError, TooLargeError, UnreadableError, UnsupportedFormatError
from sceau.formats import baking
from sceau.formats.baking import Baked, Kind
from sceau.issuing import issue, issue_token
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer

TOKEN = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


HEADER = chunk(b"IHDR", bytes.fromhex("0000000100000001" + "0806000000"))
DRAWN = chunk(b"IDAT", zlib.compress(b"\0\x80\x80\x80\xff"))
END = chunk(b"IEND")


def png(*more: bytes) -> bytes:
    """A picture of one grey point, with chunks between its header and what is drawn."""
    return b"\x89PNG\r\n\x1a\n" + HEADER + b"".join(more) + DRAWN + END


def itxt(text: bytes, keyword: bytes = b"openbadgecredential", *, compressed: bool = False) -> bytes:
    flags = b"\1\0" if compressed else b"\0\0"
    return chunk(b"iTXt", keyword + b"\0" + flags + b"\0\0" + (zlib.compress(text) if compressed else text))


def test_a_signed_credential_comes_out_as_it_went_in() -> None:
    data = issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT)

    baked = baking.bake_png(png(), data)

    assert baking.unbake_png(baked) == Baked(data, Kind.OPEN_BADGES_3)
    assert baking.unbake(baked) == Baked(data, Kind.OPEN_BADGES_3)
    assert baked == png(itxt(data))


def test_a_token_comes_out_as_it_went_in() -> None:
    token = issue_token(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT)

    assert baking.unbake_png(baking.bake_png(png(), token)).content == token.encode()


def test_others_read_what_is_baked_here_and_the_other_way_round() -> None:
    other = pytest.importorskip("openbadgeslib.baking")
    ours = baking.bake_png(png(), TOKEN)
    theirs = other.bake_png(png(), TOKEN, keyword=other.ITXT_KEYWORD_OB3)
    old = other.bake_png(png(), TOKEN)

    # Its reader inflates whatever is marked as compressed, and returns text.
    assert other.extract_png(ours, keyword=other.ITXT_KEYWORD_OB3) in (TOKEN, TOKEN.encode())
    assert baking.unbake_png(theirs) == Baked(TOKEN.encode(), Kind.OPEN_BADGES_3)
    assert baking.unbake_png(old) == Baked(TOKEN.encode(), Kind.OPEN_BADGES_2)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(
    str.strip
)
chunks = st.builds(
    chunk, st.sampled_from([b"tEXt", b"iTXt", b"acTL", b"fcTL", b"fdAT", b"pHYs"]), st.binary(max_size=40)
)


@given(texts, st.lists(chunks, max_size=4))
def test_any_text_comes_out_as_it_went_in(text: str, around: list[bytes]) -> None:
    baked = baking.bake_png(png(*around), text)

    assert baking.unbake_png(baked) == Baked(text.encode(), Kind.OPEN_BADGES_3)
    assert baked.replace(itxt(text.encode()), b"", 1) == png(*around)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for picture in (data, b"\x89PNG\r\n\x1a\n" + data, png(data), png(chunk(b"iTXt", data))):
        try:
            baking.unbake(picture)
        except UnreadableError:
            continue


@given(st.data())
@settings(max_examples=200)
def test_a_changed_byte_is_noticed_or_says_the_same(data: st.DataObject) -> None:
    whole = png(itxt(TOKEN.encode()))
    at, to = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 255))
    changed = whole[:at] + bytes([to]) + whole[at + 1 :]

    try:
        assert baking.unbake(changed).content == TOKEN.encode()
        assert changed == whole
    except UnreadableError:
        assert changed != whole


# Open Badges 2 and 1.


@pytest.mark.parametrize(
    "said",
    [
        itxt(b'{"type": "Assertion"}', b"openbadges"),
        itxt(TOKEN.encode(), b"openbadges"),
        itxt(b"https://badges.example.org/1", b"openbadges"),
        chunk(b"tEXt", b"openbadges\0https://badges.example.org/1"),
    ],
)
def test_an_older_badge_says_that_it_is_one(said: bytes) -> None:
    met = baking.unbake_png(png(said))

    assert met.kind is Kind.OPEN_BADGES_2
    assert said[:-4].endswith(b"\0" + met.content)


@pytest.mark.parametrize(
    ("inside", "content"),
    [
        (f'<o:assertion verify="{TOKEN}"/>', TOKEN),
        ('<o:assertion verify="https://badges.example.org/1"/>', "https://badges.example.org/1"),
        ('<o:assertion><![CDATA[{"id": "a"}]]></o:assertion>', '{"id": "a"}'),
        (
            '<o:assertion verify="https://badges.example.org/1"><![CDATA[{"id": "a"}]]></o:assertion>',
            '{"id": "a"}',
        ),
    ],
)
def test_an_older_badge_as_a_drawing(inside: str, content: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="http://openbadges.org">{inside}</svg>'

    assert baking.unbake(drawing.encode()) == Baked(content.encode(), Kind.OPEN_BADGES_2)


# A picture carries one credential.


@pytest.mark.parametrize(
    "said",
    [
        [itxt(b'{"id": "urn:x:%d"}' % number) for number in range(10)],
        [itxt(b"{}")] * 2,
        [itxt(b"{}"), itxt(b"{}", b"openbadges")],
        [itxt(b"{}"), chunk(b"tEXt", b"openbadges\0https://example.org/1")],
        [itxt(b"{}"), itxt(b"{}", compressed=True)],
        [chunk(b"tEXt", b"openbadges\0https://example.org/%d" % number) for number in range(3)],
        [],
        [chunk(b"tEXt", b"Comment\0openbadgecredential")],
        [itxt(b"{}", b"OpenBadgeCredential")],
        [itxt(b"{}", b"openbadgecredentials")],
        [itxt(b"")],
        [itxt(b" \n")],
    ],
    ids=lambda said: f"{len(said)}_{zlib.crc32(b''.join(said)):x}",
)
def test_none_or_several_credentials_are_none(said: list[bytes]) -> None:
    with pytest.raises(NothingFoundError):
        baking.unbake_png(png(*said))


def test_a_second_generation_beside_it_in_a_drawing_is_refused() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:a="https://purl.imsglobal.org/ob/v3p0" '
        f'xmlns:b="http://openbadges.org"><a:credential verify="{TOKEN}"/>'
        f'<b:assertion verify="{TOKEN}"/></svg>'
    )

    with pytest.raises(NothingFoundError):
        baking.unbake(drawing.encode())


def test_what_follows_the_end_of_the_picture_is_not_part_of_it() -> None:
    baked = baking.bake_png(png() + itxt(b'{"other": 1}') + b"trailing", "{}")

    assert baking.unbake_png(baked + itxt(b'{"other": 1}')).content == b"{}"
    assert baked == png(itxt(b"{}"))


# What is refused.


@pytest.mark.parametrize(
    "said",
    [
        itxt(b"{}" * 1_000_000, compressed=True),
        chunk(b"zTXt", b"openbadgecredential\0\0" + zlib.compress(b"{}")),
        chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"{}")),
        chunk(b"tEXt", b"openbadgecredential\0{}"),
    ],
    ids=["inflating", "zTXt", "zTXt of Open Badges 2", "tEXt"],
)
def test_a_credential_in_another_chunk_than_the_standard_says(said: bytes) -> None:
    with pytest.raises(UnsupportedFormatError):
        baking.unbake_png(png(said))


BAKED = png(itxt(b"{}"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\r" + BAKED[8:],
        BAKED[:-1],
        BAKED[:-12],
        BAKED.replace(b"{}", b"[]"),
        b"\x89PNG\r\n\x1a\n" + itxt(b"{}") + HEADER + DRAWN + END,
        png(itxt(b"{}"), HEADER),
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"short") + itxt(b"{}") + END,
        png(b"\xff\xff\xff\xffiTXt{}\0\0\0\0"),
        png(b"\x7f\xff\xff\xffiTXt{}\0\0\0\0"),
        png(chunk(b"1234", b"{}"), itxt(b"{}")),
        png(chunk(b"iTXt", b"openbadgecredential\0\0\0only a language\0")),
        png(chunk(b"iTXt", b"openbadgecredential\0\0")),
        png(itxt(b"\xff\xfe{}")),
        png(itxt(b"{}\0{}")),
        b"\x89PNG\r\n\x1a\n" + b"\0" * 1_000_000,
    ],
    ids=lambda data: f"{len(data)}_{zlib.crc32(data):x}",
)
def test_hostile_pictures_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        baking.unbake_png(data)


@pytest.mark.parametrize(
    "more",
    [
        chunk(b"tEXt", b"openbadges\0x") * 200_000,
        chunk(b"tEXt", b"Comment\0x") * 200_000,
        chunk(b"fdAT") * 400_000,
        chunk(b"IDAT", b"\0" * 5_000_000),
    ],
    ids=["credentials", "texts", "frames", "bytes"],
)
def test_floods_are_refused_in_bounded_time(more: bytes) -> None:
    started = time.perf_counter()
    with pytest.raises(TooLargeError):
        baking.unbake_png(png(more))

    assert time.perf_counter() - started < 2


def test_an_animation_keeps_its_credential() -> None:
    frames = chunk(b"acTL", bytes(8)) + (chunk(b"fcTL", bytes(26)) + chunk(b"fdAT", b"\0" * 100)) * 200

    assert baking.unbake_png(baking.bake_png(png(frames), "{}")).content == b"{}"


@pytest.mark.parametrize(
    "picture",
    [
        b"<svg/>",
        png()[:-1],
        png(itxt(b"{}")),
        png(itxt(b"{}", b"openbadges")),
        b"\x89PNG\r\n\x1a\n" + HEADER + END,
    ],
    ids=["a drawing", "cut short", "baked already", "baked already as 2", "nothing drawn"],
)
def test_what_is_not_baked(picture: bytes) -> None:
    with pytest.raises(UnreadableError):
        baking.bake_png(picture, "{}")


@pytest.mark.parametrize("document", ["", " ", "a\0b", b"\xff", "x" * 5_000_000])
def test_what_is_no_credential_is_not_baked(document: bytes | str) -> None:
    with pytest.raises(UnreadableError):
        baking.bake_png(png(), document)
