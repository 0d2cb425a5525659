"""The page of hostile input, from the corpus: `python tools/hostile.py` writes, `--check` compares."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
PAGE = ROOT / "docs" / "reference" / "hostile.md"

OPENING = """\
# Hostile input and what is answered

Made from the corpus in `tests/sceau/hostile/` by `python tools/hostile.py`: {count} attacks, each a test of
its own. A code is stable (`sceau.errors`); a name that ends in Error is the exception raised, where there is
nothing to report about. *Passed* stands where a change means nothing, or is the good thing itself.

What the worst of them cost: `python -m tests.sceau.hostile.worst`. Whatever no one thought of: `make fuzz`.
"""
FLIPS = """\
## Flipped bits

One bit at a time, in each of these; not one goes unnoticed.

| Part | Bytes | Bits |
| --- | --- | --- |
"""


def page() -> str:
    """docs/reference/hostile.md."""
    from tests.sceau.hostile.flips import PARTS
    from tests.sceau.hostile.table import CHAPTERS

    lines = [OPENING.format(count=sum(map(len, CHAPTERS.values())))]
    for title, attacks in CHAPTERS.items():
        lines += [f"## {title}", "", "| Attack | Answer | Code |", "| --- | --- | --- |"]
        for attack in attacks:
            code = f"`{attack.expected.code}`" if attack.expected.code else ""
            lines.append(f"| {_cell(attack.name)} | {attack.expected.outcome} | {code} |")
        lines.append("")
    lines.append(FLIPS.rstrip("\n"))
    for part in PARTS:
        bytes_ = "each" if part.step == 1 else f"one in {part.step}"
        lines.append(f"| {_cell(part.name)} | {bytes_} | {'all eight' if part.bits else 'one, in turn'} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def main(check: bool) -> int:
    made = page()
    if not check:
        PAGE.write_text(made, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != made:
        print(f"{PAGE.relative_to(ROOT)} is not up to date: python tools/hostile.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
