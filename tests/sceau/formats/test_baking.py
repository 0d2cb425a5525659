from __future__ import annotations

import time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sceau.errors import NothingFoundError, TooLargeError, UnreadableError
from sceau.formats import baking
from sceau.issuing import issue
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle r="3"/></svg>'
NS = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {NS}>{inside}</svg>'.encode()


def test_a_signed_credential_comes_out_as_it_went_in() -> None:
    data = issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT)

    baked = baking.bake_svg(DRAWING, data)

    assert baking.unbake_svg(baked.encode()) == data
    assert "<openbadges:credential " in baked
    assert "<![CDATA[{" in baked
    assert "<circle" in baked


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1
    ).filter(str.strip)
)
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    assert baking.unbake_svg(baking.bake_svg(DRAWING, text.strip()).encode()) == text.strip().encode()


@pytest.mark.parametrize("text", ["]]>", "a]]>b]]>c", "<![CDATA[x]]>", "&amp;<b>", "]]]]>>"])
def test_texts_that_would_end_the_section(text: str) -> None:
    assert baking.unbake_svg(baking.bake_svg(DRAWING, text).encode()) == text.encode()


@pytest.mark.parametrize(
    "before",
    [
        "<?xml version='1.0' encoding='UTF-8'?>\n",
        "<!-- <svg a='b'> -->\n",
        "<?xml version='1.0'?><!-- a --><!-- <svg> -->",
        "\n ",
    ],
)
def test_what_stands_before_the_drawing_stays(before: str) -> None:
    drawing = before + DRAWING if before.strip() else DRAWING
    baked = baking.bake_svg(drawing, "{}")

    assert baking.unbake_svg(baked.encode()) == b"{}"
    assert ElementTree.fromstring(baked)[0].tag == "{https://purl.imsglobal.org/ob/v3p0}credential"


def test_a_tag_whose_attributes_hold_brackets() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" data-a="1>2" data-b=\'">\'><g/></svg>'

    assert baking.unbake_svg(baking.bake_svg(drawing, "{}").encode()) == b"{}"


def test_a_drawing_is_baked_once() -> None:
    with pytest.raises(UnreadableError):
        baking.bake_svg(baking.bake_svg(DRAWING, "{}"), "{}")


@pytest.mark.parametrize(
    "drawing", ["", "text", "<html/>", '<svg xmlns="http://www.w3.org/2000/svg"/>', "<svg>"]
)
def test_what_is_not_a_drawing_is_not_baked(drawing: str) -> None:
    with pytest.raises(UnreadableError):
        baking.bake_svg(drawing, "{}")


@pytest.mark.parametrize(
    "inside",
    ["", "<circle/>", "<openbadges:credential/>", "<openbadges:credential> </openbadges:credential>"],
)
def test_a_drawing_without_a_credential(inside: str) -> None:
    with pytest.raises(NothingFoundError):
        baking.unbake_svg(svg(inside))


def test_two_credentials_in_one_picture_are_none() -> None:
    with pytest.raises(NothingFoundError):
        baking.unbake_svg(svg("<openbadges:credential>{}</openbadges:credential>" * 2))


def test_an_open_badge_2_is_not_taken_for_one() -> None:
    with pytest.raises(NothingFoundError):
        baking.unbake_svg(
            b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">'
            b'<openbadges:assertion verify="x"/></svg>'
        )


def test_a_token_is_taken_out_as_well() -> None:
    token = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"

    assert baking.unbake_svg(svg(f'<openbadges:credential verify="{token}"/>')) == token.encode()
    with pytest.raises(UnreadableError):
        baking.unbake_svg(svg(f'<openbadges:credential verify="{token}">{{}}</openbadges:credential>'))


@pytest.mark.parametrize(
    "script",
    [
        "<script>alert(1)</script>",
        '<script href="https://evil.example/x.js"/>',
        '<a href="javascript:alert(1)"><circle r="3" onclick="alert(1)"/></a>',
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='alert(1)'/></foreignObject>",
        "<style>@import url(https://evil.example/x.css);</style>",
    ],
)
def test_a_drawing_with_a_script_still_gives_its_credential(script: str) -> None:
    """It is read as data: nothing here, nor on any page, runs or draws it."""
    drawing = svg(f"{script}<openbadges:credential>{{}}</openbadges:credential>{script}")

    assert baking.unbake_svg(drawing) == b"{}"
    assert baking.unbake(drawing) == baking.Baked(b"{}", baking.Kind.OPEN_BADGES_3)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg",
        b"\x89PNG\r\n",
        b"<html/>",
        f'<!DOCTYPE svg [<!ENTITY l0 "lol">{LAUGHS}]><svg>&l11;</svg>'.encode(),
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg/>',
        b"<?xml version='1.0' encoding='nonsense'?><svg/>",
        b"<svg>\xff</svg>",
        b"<svg>&undefined;</svg>",
        b"<svg>" * 200_000,
        b"<svg>" * 200_000 + b"</svg>" * 200_000,
    ],
)
def test_hostile_pictures_are_refused_in_bounded_time(data: bytes) -> None:
    started = time.perf_counter()
    with pytest.raises(UnreadableError):
        baking.unbake_svg(data)

    assert time.perf_counter() - started < 3


@pytest.mark.parametrize(
    "data", [b"<svg>" + b" " * 50_000_000 + b"</svg>", b"<svg>" + b"<g/>" * 200_000 + b"</svg>"]
)
def test_large_pictures_are_refused(data: bytes) -> None:
    with pytest.raises(TooLargeError):
        baking.unbake_svg(data)
