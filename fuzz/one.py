"""One target under the fuzzer, in a process of its own: `python -m fuzz.one NAME SECONDS FOLDER SCRATCH`."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

from fuzz.__main__ import MAX_LENGTH, MEGABYTES, SLOWEST

with atheris.instrument_imports(include=["sceau"], enable_loader_override=False):
    from fuzz.targets import TARGETS, dictionary, start_from


def main(name: str, seconds: str, folder: str, scratch: str) -> None:
    good = Path(scratch) / "good"
    good.mkdir()
    for seed, data in start_from(name).items():
        (good / seed).write_bytes(data)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={MAX_LENGTH}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-timeout={SLOWEST}",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
    ]
    if words := dictionary(name):
        (Path(scratch) / "words").write_text(words)
        options.append(f"-dict={scratch}/words")
    atheris.Setup([sys.argv[0], *options, folder, str(good)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
