"""The reference pages that come from the code: `python tools/reference.py` writes, `--check` compares."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))


def environment_page() -> str:
    """docs/reference/environment.md, from `jalon.config.environment`."""
    from jalon.config.environment import VARIABLES

    rows = []
    for variable in VARIABLES:
        default = f"`{variable.default}`" if variable.default else "–"
        secret = " Secret." if variable.secret else ""
        rows.append(f"| `{variable.name}` | {default} | {variable.help}{secret} |")
    return "\n".join(
        [
            "# Environment variables",
            "",
            "Made from `jalon.config.environment` by `python tools/reference.py`. All may be left unset.",
            "",
            "| Variable | Default | What it does |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


PAGES = {ROOT / "docs" / "reference" / "environment.md": environment_page}


def main(check: bool) -> int:
    stale = []
    for path, make in PAGES.items():
        if check and (not path.exists() or path.read_text(encoding="utf-8") != make()):
            stale.append(path)
        elif not check:
            path.write_text(make(), encoding="utf-8")
    for path in stale:
        print(f"{path.relative_to(ROOT)} is not up to date: python tools/reference.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
