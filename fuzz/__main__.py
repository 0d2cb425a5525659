"""
Fuzz the parsers: `python -m fuzz` for all of them, `python -m fuzz jose jwk` for two.

    FUZZ_SECONDS=600 python -m fuzz jsonld

Each runs for FUZZ_SECONDS (60 unless said otherwise), starting from good input and from what `var/fuzz/NAME`
holds of earlier runs. What makes a parser fail is kept there as crash-…, and `python -m fuzz NAME FILE` tries
it again.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

MISSING = "atheris is not installed: it has wheels for Linux on x86_64, up to Python 3.13"
KEPT = Path("var") / "fuzz"
MAX_LENGTH, MEGABYTES, SLOWEST = 20_000, 1_500, 20


def run(names: Sequence[str], seconds: int, kept: Path | None = None) -> Iterator[tuple[str, int, str]]:
    """
    Fuzz targets, one after the other.

    Yields:
        The name of each, how often it was run, and what went wrong; ``""`` where nothing did.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = kept or Path(scratch) / "found"
        command = [sys.executable, "-m", "fuzz.one", str(seconds), str(folder), scratch, *names]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        for name in names:
            said, status = (Path(scratch) / name / part for part in ("said", "status"))
            if not status.exists():
                yield name, 0, f"it did not run: {done.stderr[-4_000:]}"
                continue
            text = said.read_text(errors="replace")
            met = re.search(r"stat::number_of_executed_units: (\d+)", text)
            executed = int(met[1]) if met else 0
            ok = status.read_text() == "0" and executed
            yield name, executed, "" if ok else text[-4_000:] or "it said nothing"


def again(name: str, file: str) -> None:
    """Give a target one file."""
    from fuzz.targets import TARGETS

    TARGETS[name](Path(file).read_bytes())
    print(f"{name}: nothing escaped")


def main(arguments: list[str]) -> int:
    try:
        import atheris  # noqa: F401 -- to say it once
    except ImportError:
        print(MISSING)
        return 2
    if len(arguments) == 2 and Path(arguments[1]).is_file():
        again(*arguments)
        return 0
    from fuzz.targets import TARGETS

    seconds, failed = int(os.environ.get("FUZZ_SECONDS", "60")), 0
    for name in arguments or TARGETS:
        ((_, executed, wrong),) = run([name], seconds, KEPT)
        print(f"{name:16} {executed:>10,} runs  {'FAILED' if wrong else 'ok'}", flush=True)
        if wrong:
            failed += 1
            print(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
