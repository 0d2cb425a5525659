"""Each template is drawn by something, and none asks for what the security policy refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "jalon"
TEMPLATES = SOURCE / "web" / "templates"
NAMES = sorted(p.relative_to(TEMPLATES).as_posix() for p in TEMPLATES.rglob("*.*") if p.is_file())
# Drawn by allauth under these very names.
BY_A_LIBRARY = re.compile(r"^((account|allauth|usersessions|mfa|socialaccount)/|429\.html$)")
# Named by their number.
BY_NUMBER = re.compile(r"^faults/\d{3}\.html$")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def everything_said() -> str:
    texts = [_text(p) for p in SOURCE.rglob("*.py")]
    texts += [_text(TEMPLATES / name) for name in NAMES]
    return "\n".join(texts)


@pytest.mark.parametrize("name", [n for n in NAMES if not BY_A_LIBRARY.match(n) and not BY_NUMBER.match(n)])
def test_template_is_used(name: str, everything_said: str) -> None:
    assert re.search(rf"""["']{re.escape(name)}["']""", everything_said)


@pytest.mark.parametrize(
    "name", [n for n in NAMES if n.endswith(".html") and not n.startswith("account/email/")]
)
def test_template_keeps_to_the_security_policy(name: str) -> None:
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", _text(TEMPLATES / name), flags=re.DOTALL)

    assert not re.search(r"\sstyle\s*=", text), "no style attribute: use a class"
    assert not re.search(r"\son\w+\s*=\s*[\"']", text), "no inline handler"
    assert "javascript:" not in text
    if name != "base.html":
        assert "<style" not in text
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or "application/ld+json" in script
    assert not re.search(r"(?:src|<link[^>]*href)=[\"']https?://", text), "nothing from another site"
