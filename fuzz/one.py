"""
Targets under the fuzzer, one after the other: `python -m fuzz.one SECONDS FOLDER SCRATCH NAME…`.

The engine is instrumented once; each target then has a process of its own, since the fuzzer ends it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import atheris

from fuzz.__main__ import MAX_LENGTH, MEGABYTES, SLOWEST

with atheris.instrument_imports(include=["sceau"], enable_loader_override=False):
    from fuzz.targets import TARGETS, dictionary, start_from


def fuzz(name: str, seconds: str, found: Path, scratch: Path) -> None:
    """Never comes back."""
    good = scratch / "good"
    for folder in (found, good):
        folder.mkdir(parents=True, exist_ok=True)
    for seed, data in start_from(name).items():
        (good / seed).write_bytes(data)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={MAX_LENGTH}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-timeout={SLOWEST}",
        f"-artifact_prefix={found}/",
        "-print_final_stats=1",
    ]
    if words := dictionary(name):
        (scratch / "words").write_text(words)
        options.append(f"-dict={scratch}/words")
    atheris.Setup([sys.argv[0], *options, str(found), str(good)], TARGETS[name])
    atheris.Fuzz()


def main(seconds: str, folder: str, scratch: str, *names: str) -> None:
    for name in names:
        (Path(scratch) / name).mkdir()
        child = os.fork()
        if child == 0:
            said = os.open(Path(scratch) / name / "said", os.O_WRONLY | os.O_CREAT)
            os.dup2(said, 1)
            os.dup2(said, 2)
            fuzz(name, seconds, Path(folder) / name, Path(scratch) / name)
        _, status = os.waitpid(child, 0)
        (Path(scratch) / name / "status").write_text(str(os.waitstatus_to_exitcode(status)))


if __name__ == "__main__":
    main(*sys.argv[1:])
