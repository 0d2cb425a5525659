"""The stone: the drawn image of a micro-certification, the same in the credential, on screen and on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

INK = "#10231b"
_OUTLINE = "M8 476V176C8 72 90 8 200 8s192 64 192 168v300z"

# Caps of the road stones, one colour and one drawing per domain. Drawings: Lucide (ISC), 24 × 24.
_CAPS = {"terre": "#ffc928", "foret": "#6fbf73", "bati": "#d0b892", "soin": "#f08a7c", "numer": "#7cc4ea"}
_DRAWINGS = {
    "terre": "M2 22 16 8M3.5 12.5 5 11l1.5 1.5a3.5 3.5 0 0 1 0 5L5 19l-1.5-1.5a3.5 3.5 0 0 1 0-5Z"
    "M7.5 8.5 9 7l1.5 1.5a3.5 3.5 0 0 1 0 5L9 15l-1.5-1.5a3.5 3.5 0 0 1 0-5Z"
    "M11.5 4.5 13 3l1.5 1.5a3.5 3.5 0 0 1 0 5L13 11l-1.5-1.5a3.5 3.5 0 0 1 0-5Z"
    "M20 2h2v2a4 4 0 0 1-4 4h-2V6a4 4 0 0 1 4-4Z"
    "M11.5 17.5 13 19l-1.5 1.5a3.5 3.5 0 0 1-5 0L5 19l1.5-1.5a3.5 3.5 0 0 1 5 0Z"
    "M15.5 13.5 17 15l-1.5 1.5a3.5 3.5 0 0 1-5 0L9 15l1.5-1.5a3.5 3.5 0 0 1 5 0Z"
    "M19.5 9.5 21 11l-1.5 1.5a3.5 3.5 0 0 1-5 0L13 11l1.5-1.5a3.5 3.5 0 0 1 5 0Z",
    "foret": "M10 10v.2A3 3 0 0 1 8.9 16H5a3 3 0 0 1-1-5.8V10a3 3 0 0 1 6 0ZM7 16v6M13 19v3"
    "M12 19h8.3a1 1 0 0 0 .7-1.7L18 14h.3a1 1 0 0 0 .7-1.7L16 9h.2a1 1 0 0 0 .8-1.7L13 3l-1.4 1.5",
    "bati": "m15 12-9.4 9.4a1 1 0 0 1-3-3L12 9M18 15l4-4M21.5 11.5l-1.9-1.9A2 2 0 0 1 19 8.2V7l-2.3-2.3"
    "A6 6 0 0 0 12.5 3H9l.9.8A6.2 6.2 0 0 1 12 8.4V10l2 2h1.2a2 2 0 0 1 1.4.6l1.9 1.9",
    "soin": "M19.4 14.4C21 12.8 22 11.5 22 9.5a5.5 5.5 0 0 0-9.6-3.7.6.6 0 0 1-.8 0A5.5 5.5 0 0 0 2 9.5"
    "c0 2.3 1.5 4 3 5.5l5.5 5.4a2 2 0 0 0 2.9 0 2.1 2.1 0 0 0 0-3 2.1 2.1 0 1 0 3-3 2.1 2.1 0 0 0 3 0"
    " 2 2 0 0 0 0-2.8l-1.9-1.9a2.4 2.4 0 0 0-3.4 0l-1.7 1.7a2 2 0 0 1-2.8 0 2 2 0 0 1 0-2.8l2.8-2.8",
    "numer": "M18 5a2 2 0 0 1 2 2v8.5a2 2 0 0 0 .2.9l1.1 2.1a1 1 0 0 1-.9 1.5H3.6a1 1 0 0 1-.9-1.5"
    "l1.1-2.1a2 2 0 0 0 .2-.9V7a2 2 0 0 1 2-2zM20 16H4",
}
# A medal, for a domain that has no drawing of its own.
_OTHER_DRAWING = (
    "m15.5 12.9 1.5 8.5a.5.5 0 0 1-.8.5l-3.6-2.7a1 1 0 0 0-1.2 0l-3.6 2.7a.5.5 0 0 1-.8-.5l1.5-8.5"
    "M18 8A6 6 0 1 1 6 8a6 6 0 0 1 12 0Z"
)

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Marks that turn the direction of the text around them: a title or a name needs none to read right.
_DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")

_ROOM = 336
# How much narrower a face is in regular than in bold, at least.
_THIN = 0.92


@dataclass(frozen=True)
class _Line:
    y: int
    size: int
    text: str


def stone_svg(
    *,
    title: str,
    organisation: str,
    hours: str,
    level: str = "",
    domain: str = "",
    reference: str = "",
    date: str = "",
) -> str:
    """
    Draw the stone of one micro-certification.

    Args:
        hours: As people read it, without the unit: ``"35"``, ``"17,5"``.
        level: ``"1"`` … ``"8"``, or empty where there is none: then no staff is drawn.
        domain: Key of `design.rules.vocabularies.DOMAINS`; any other gets a plain cap and a medal.
        reference, date: Of one award, as people read them; empty for the image of the specification itself.

    Returns:
        A standalone SVG document of at most 3 KB, with title and description; no font, script or link in it.
    """
    title, organisation = _plain(title), _plain(organisation)
    told = [f"Micro-certification délivrée par {organisation}" + (f" le {_plain(date)}" if date else "")]
    if level:
        told.append(f"niveau {_plain(level)} sur 8")
    told.append(f"{_plain(hours)} heures")
    cap = _CAPS.get(domain, "#bcd9ae")
    drawing = _DRAWINGS.get(domain, _OTHER_DRAWING)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 484" role="img" aria-labelledby="t d">'
        f'<title id="t">{escape(_cut(title, 100))}</title>'
        f'<desc id="d">{escape(_cut(", ".join(told), 150))}.</desc>'
        f'<clipPath id="c"><path d="{_OUTLINE}"/></clipPath>'
        '<g clip-path="url(#c)"><path fill="#fff" d="M0 0h400v484H0z"/>'
        f'<path fill="{cap}" d="M0 0h400v150H0z"/>'
        f'<path fill="none" stroke="{INK}" stroke-opacity=".16" stroke-width="2" '
        'd="M-10 130q90-70 200-50t230-40M-10 100q90-60 200-44t230-44M-10 160q90-80 200-56t230-36'
        'M60 20q120 40 260-10"/>'
        f'<path fill="{INK}" fill-opacity=".1" d="M366 0h40v484h-40z"/></g>'
        f'<path fill="none" stroke="{INK}" stroke-width="6" d="{_OUTLINE}"/>'
        f'<path stroke="{INK}" stroke-width="5" d="M8 150h384"/>'
        f'<path fill="none" stroke="{INK}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
        f'transform="translate(164 50) scale(3)" d="{drawing}"/>'
        f'<g text-anchor="middle" fill="{INK}" font-family="Bricolage Grotesque,Arial Narrow,sans-serif" '
        f'font-weight="700">{"".join(map(_text, _title_lines(title)))}'
        f"{_text(_Line(355, 72, _plain(hours) + ' h'))}</g>"
        f'<g text-anchor="middle" fill="{INK}" font-family="Atkinson Hyperlegible Next,Arial,sans-serif">'
        f"{''.join(map(_text, _organisation_lines(organisation)))}"
        f"{_text(_Line(384, 19, f'niveau {_plain(level)} sur 8')) if level else ''}"
        f"{_text(_Line(458, 17, _plain(reference))) if reference else ''}</g>"
        f"{_staff(level)}</svg>"
    )


def printable(svg: str) -> str:
    """
    A stone for the typesetter, which finds no face for mixed scripts inside a picture.

    The lines of text that hold more than Latin are left out; the page says the same words next to the stone.
    """
    return re.sub(r"<text [^>]*>[^<]*[^\x20-\x7e\xa0-\u017f‘’“”–—…€][^<]*</text>", "", svg)


def _plain(text: str) -> str:
    """*text* on one line, without the signs that XML refuses or that turn reading order around."""
    return " ".join(_DIRECTION_MARKS.sub("", _NOT_XML.sub("", text)).split())


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _text(line: _Line) -> str:
    return f'<text x="194" y="{line.y}" font-size="{line.size}">{escape(line.text)}</text>'


def _width(text: str) -> float:
    """
    How wide *text* is at most, in em of a bold face.

    A badge holds no font: without ours, a reader sees its own, and the widest of the usual ones (DejaVu Sans,
    Verdana) are a third wider than ours.
    """
    return sum(map(_sign_width, text))


def _sign_width(sign: str) -> float:
    if ord(sign) > 0x2E7F:
        return 1.0
    if sign in " ijl.,:;!|'’":
        return 0.38
    if sign in "frt()-":
        return 0.49
    if sign in "mwMWœæŒÆ@%":
        return 1.06
    return 0.8 if sign.isupper() else 0.71


def _shortened(text: str, room: float) -> str:
    """*text* cut so that it takes at most *room* em, the sign of the cut included."""
    if _width(text) <= room:
        return text
    while text and _width(text) + 0.8 > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _organisation_lines(organisation: str) -> Sequence[_Line]:
    """The organisation on one line, made smaller to fit, else on two; cut if it fits on neither."""
    for size in (19, 18, 17, 16, 15):
        if _width(organisation) * _THIN * size <= _ROOM:
            return [_Line(283, size, organisation)]
    room = _ROOM / (14 * _THIN)
    half = _width(organisation) / 2
    even = (min(room, half + step) for step in range(int(room) + 1))
    lines = next((found for found in (_wrapped(organisation, each) for each in even) if len(found) <= 2), [])
    if not lines:
        lines = _wrapped(organisation, room)
        lines = [lines[0], _shortened(" ".join(lines[1:3]), room)]
    return [_Line(y, 14, text) for y, text in zip((274, 290), lines, strict=False)]


def _title_lines(title: str) -> Sequence[_Line]:
    """The title on at most three lines, at the largest size at which it fits; cut if it fits at none."""
    for size, rows in (
        (38, (228,)),
        (34, (208, 246)),
        (30, (208, 244)),
        (28, (192, 223, 254)),
        (24, (192, 221, 250)),
    ):
        lines = _wrapped(title, _ROOM / size)
        if len(lines) <= len(rows):
            return [_Line(y, size, text) for y, text in zip(rows, lines, strict=False)]
    lines = _wrapped(title, _ROOM / 20)
    if len(lines) > 3:
        lines = [*lines[:2], _shortened(" ".join(lines[2:4]), _ROOM / 20)]
    return [_Line(y, 20, text) for y, text in zip((192, 220, 248), lines, strict=False)]


def _wrapped(text: str, room: float) -> list[str]:
    """Break *text* between words into lines of at most *room* em; a longer word is broken inside."""
    lines: list[str] = []
    for word in text.split():
        while _width(word) > room:
            head = max(1, next(n for n in range(1, len(word) + 1) if _width(word[:n]) > room) - 1)
            lines.append(word[:head])
            word = word[head:]
        if lines and _width(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        elif word:
            lines.append(word)
    return lines


def _staff(level: str) -> str:
    """The surveyor's staff: eight bands, as many of them painted as the level."""
    if level not in set("12345678"):
        return ""
    height = int(level)
    red = "".join(f"M{band * 30} 1.5h30v19h-30z" for band in range(0, height, 2))
    rest = f'<path fill="#c4d2c3" d="M{height * 30} 1.5H240v19H{height * 30}z"/>' if height < 8 else ""
    return (
        '<g transform="translate(74 400)"><path fill="#fff" d="M0 0h240v22H0z"/>'
        f'<path fill="#d92a1c" d="{red}"/>{rest}'
        f'<path fill="none" stroke="{INK}" stroke-width="3" d="M0 0h240v22H0z"/></g>'
    )
