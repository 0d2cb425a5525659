"""What is not ours is what its register says it is."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REGISTER = (ROOT / "vendor" / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"`(src/[^`]+)` \| `([0-9a-f]{64})`", REGISTER)


@pytest.mark.parametrize(("path", "expected"), ROWS)
def test_file_has_the_hash_of_its_register(path: str, expected: str) -> None:
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == expected


def test_every_font_is_registered() -> None:
    fonts = (p for p in (ROOT / "src").rglob("fonts/*") if p.suffix in {".woff2", ".ttf", ".otf"})
    served = {p.relative_to(ROOT).as_posix() for p in fonts}

    assert served == {path for path, _ in ROWS if "/fonts/" in path}


def test_no_icon_is_asked_for_that_the_sprite_lacks() -> None:
    source = ROOT / "src" / "jalon" / "web"
    there = set(
        re.findall(r'<symbol id="([^"]+)"', (source / "static/img/icones.svg").read_text(encoding="utf-8"))
    )

    asked = set()
    for template in (source / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        asked |= set(re.findall(r'{% icon "([^"]+)"', text)) | set(
            re.findall(r'{% borne [^%]*icon="([^"]+)"', text)
        )

    assert asked - there == set()
