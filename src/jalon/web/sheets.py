"""
The style sheet as pages carry it: inlined on a first visit, linked afterwards, fonts left out on request.

A first visit on a slow network then needs one round trip instead of two. The hash of what is inlined goes
into the Content-Security-Policy, so nothing else can be.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static

SHEET = "jalon.css"
FONTS = "fonts.css"
COOKIE = "jalon_css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ADDRESS = re.compile(r"url\((?!/|data:|https?:|#)([^)]+)\)")


@dataclass(frozen=True)
class Sheets:
    """
    What a page may inline.

    Attributes:
        sheet, fonts: The two texts, with absolute addresses; `fonts` is inlined unless Save-Data asks not to.
        version: Changes with the sheet; the value of the cookie that says a browser has it.
        hashes: For ``style-src``: ``'sha256-…'`` of either text.
    """

    sheet: str
    fonts: str
    version: str
    hashes: tuple[str, str]


def _read(name: str) -> str:
    source = finders.find(name)
    if not isinstance(source, str):
        return ""
    text = _COMMENT.sub("", Path(source).read_text(encoding="utf-8"))
    lines = (line.strip() for line in text.splitlines())
    compact = "\n".join(line for line in lines if line)
    return _ADDRESS.sub(lambda found: f"url({static(found[1].strip(chr(34)))})", compact)


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii") + "'"


@lru_cache(maxsize=4)
def _sheets(manifest: str) -> Sheets:
    sheet, fonts = _read(SHEET), _read(FONTS)
    version = hashlib.sha256(sheet.encode()).hexdigest()[:10]
    return Sheets(sheet=sheet, fonts=fonts, version=version, hashes=(_hash(sheet), _hash(fonts)))


def sheets() -> Sheets:
    """The two sheets, read once for each set of collected files."""
    return _sheets(str(getattr(staticfiles_storage, "manifest_hash", "")))
