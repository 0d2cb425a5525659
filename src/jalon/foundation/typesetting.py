"""
Typst, kept at arm's length: data in, a tagged archival PDF or a picture out, and no sign of a name that can
stop it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import typst

STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
PLACEHOLDER = "▯"

# What an archival PDF refuses: a sign that no face can draw, or that must not be written at all.
_SIGN_REFUSED = re.compile(r"could not be displayed|disallowed codepoint|contains the codepoint|private use")
_DIRECTION_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_JOINERS = frozenset("\u200c\u200d\u00ad")
# Signs that the shipped faces are known to draw: Latin, French quotes and dashes.
_SAFE = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA1, 0x180), 0xA0, *b"\n"])) | frozenset(
    "‘’“”„–—…•€‹›"
)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folder = resources.files("jalon.foundation") / "fonts"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


@lru_cache(maxsize=16)
def template(package: str, name: str) -> bytes:
    """The template *name* that lies in *package*: ``"jalon.awarding.documents"``, ``"certificate.typ"``."""
    return (resources.files(package) / name).read_bytes()


def _compile(source: bytes, inputs: dict[str, str], made_at: datetime | None = None) -> bytes:
    made = typst.Compiler(source, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs).compile(
        format="pdf", pdf_standards=[*STANDARDS], timestamp=made_at
    )
    if not isinstance(made, bytes):
        raise TypeError(f"expected one PDF from Typst, met {type(made).__name__}")
    return made


def pdf(
    source: bytes, data: Mapping[str, Any], *, made_at: datetime, note: str = "", document: str = ""
) -> bytes:
    """
    Typeset *source* with *data*.

    Signs that no face can draw (some scripts, pictures) are printed as ``▯``, and `data["note"]`
    becomes *note*, so a person reads why. Marks that turn reading order around, controls and private
    signs are left out.

    Args:
        source: Of a `template`.
        data: JSON values only; reaches Typst as data, never as markup.
        made_at: Aware; the date inside the PDF, so that the same credential gives the same bytes.
        document: The text to attach, where the template attaches one; never altered.

    Returns:
        A PDF that declares PDF/A-3a and PDF/UA-1.
    """
    clean = {key: _without_controls(value) for key, value in data.items()}
    made_at = made_at.astimezone(UTC).replace(microsecond=0)
    inputs = {"data": json.dumps(clean, ensure_ascii=False), "document": document}
    try:
        return _compile(source, inputs, made_at)
    except typst.TypstError as error:
        if not _SIGN_REFUSED.search(str(error)):
            raise
    refused = {sign for sign in set(inputs["data"]) - _SAFE if not drawable(sign)}
    if not refused:
        raise ValueError("expected a sign that no face can draw, met none")
    shown = {key: _with_placeholders(value, refused) for key, value in clean.items()}
    inputs["data"] = json.dumps({**shown, "note": note}, ensure_ascii=False)
    return _compile(source, inputs, made_at)


def png(source: bytes, data: Mapping[str, Any], *, dots_per_inch: int) -> bytes:
    """
    Draw *source* with *data*, on one page; a sign that no face can draw is drawn as an empty rectangle.

    Args:
        data: As `pdf`.
    """
    clean = {key: _without_controls(value) for key, value in data.items()}
    inputs = {"data": json.dumps(clean, ensure_ascii=False)}
    compiler = typst.Compiler(source, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)
    made = compiler.compile(format="png", ppi=dots_per_inch)
    if not isinstance(made, bytes):
        raise TypeError(f"expected one picture from Typst, met {type(made).__name__}")
    return made


@lru_cache(maxsize=8192)
def drawable(sign: str) -> bool:
    """Whether the faces at hand can draw *sign*. A few milliseconds the first time, then known."""
    try:
        _compile(
            b'#set document(title: "?")\n#set text(font: ("Atkinson Hyperlegible Next", "Libertinus Serif", '
            b'"DejaVu Sans Mono"))\n#sys.inputs.sign *#sys.inputs.sign*',
            {"sign": f"a{sign}"},
        )
    except typst.TypstError:
        return False
    return True


def _without_controls(value: Any) -> Any:
    """*value* without controls, private, unassigned or direction-turning signs, and with composed accents."""
    if isinstance(value, str):
        return "".join(sign for sign in unicodedata.normalize("NFC", value) if _may_stay(sign))
    if isinstance(value, Mapping):
        return {key: _without_controls(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_controls(inner) for inner in value]
    return value


def _may_stay(sign: str) -> bool:
    if sign in _DIRECTION_MARKS:
        return False
    return (
        sign == "\n" or sign in _JOINERS or unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
    )


def _with_placeholders(value: Any, refused: set[str]) -> Any:
    if isinstance(value, str):
        return re.sub(
            f"[{re.escape(''.join(sorted(refused)))}][\u200c\u200d\ufe0e\ufe0f]*", PLACEHOLDER, value
        )
    if isinstance(value, Mapping):
        return {key: _with_placeholders(inner, refused) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_with_placeholders(inner, refused) for inner in value]
    return value
