"""
How fast official files are imported on one core, and in how much memory: ESCO in all languages given,
and an RNCP flow of full size, made by repeating real fiches under numbers of their own.

    python benchmarks/bench_imports.py --esco ESCO-en.zip ESCO-fr.zip --rncp extract.xml [--megabytes 600]

Each import runs in a process and a SQLite database of its own; rates are per second of processor time, the
time by the clock beside them. Peak memory is what the system says of the process (`ru_maxrss`).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MEGABYTE = 1_000_000


def main() -> None:
    """Run what was asked for, one line of figures each."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0] if __doc__ else "")
    parser.add_argument("--esco", nargs="*", default=[])
    parser.add_argument("--rncp", default="")
    parser.add_argument("--megabytes", type=int, default=600)
    parser.add_argument("--inside", nargs="+", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        _inside(args.inside[0], [Path(path) for path in args.inside[1:]])
        return
    with tempfile.TemporaryDirectory(prefix="jalon-bench-") as folder:
        if args.esco:
            _run("esco", args.esco, Path(folder) / "esco")
        if args.rncp:
            for megabytes in sorted({args.megabytes // 10, args.megabytes}):
                grown = (
                    Path(folder) / f"export_fiches_RNCP_V4_1_2026-08-{16 + (megabytes == args.megabytes)}.xml"
                )
                grow(Path(args.rncp), grown, megabytes)
                _run("rncp", [str(grown)], Path(folder) / f"rncp-{megabytes}")
                grown.unlink()


def grow(extract: Path, grown: Path, megabytes: int) -> None:
    """Repeat the fiches of *extract* under new numbers until the file has its size."""
    text = extract.read_text(encoding="utf-8")
    fiches = re.findall(r"  <FICHE>.*?</FICHE>\n", text, re.DOTALL)
    numbers = [re.findall(r"<NUMERO_FICHE>(\w+)<", fiche)[0] for fiche in fiches]
    written, count = 0, 1000
    with grown.open("w", encoding="utf-8") as out:
        out.write(text[: text.index("  <FICHE>")])
        while written < megabytes * MEGABYTE:
            for number, fiche in zip(numbers, fiches, strict=True):
                written += out.write(fiche.replace(number, f"RNCP{count}").replace("\n", "\n"))
                count += 1
        out.write("</FICHES>\n")


def _run(name: str, paths: list[str], folder: Path) -> None:
    folder.mkdir()
    environment = os.environ | {
        "JALON_DATA_DIR": str(folder),
        "JALON_SECRET_KEY": "benchmark",
        "DJANGO_SETTINGS_MODULE": "jalon.config.settings",
    }
    for turn in ("first", "again"):
        command = [sys.executable, __file__, "--inside", name, *paths]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        said = json.loads(done.stdout)
        size = sum(Path(path).stat().st_size for path in paths) / MEGABYTE
        print(
            f"{name:5} {turn:6} {size:7.1f} MB  {said['read']:>7} concepts  {said['relations']:>7} links  "
            f"{said['processor']:6.1f} s processor ({said['clock']:6.1f} s clock)  "
            f"{said['unpacked'] / MEGABYTE / said['processor']:6.1f} MB/s unpacked  "
            f"peak {said['peak'] / 1024:6.0f} MB",
            flush=True,
        )


def _inside(name: str, paths: list[Path]) -> None:
    """In the process that is measured: an import, and its figures as JSON."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from jalon.frameworks.actions.importing import import_edition
    from jalon.frameworks.importers import registry
    from jalon.frameworks.importers.files import opened
    from jalon.frameworks.importers.protocol import FrameworkImporter, Wanted

    chosen = registry.importer(name)
    assert isinstance(chosen, FrameworkImporter)
    clock, processor = time.perf_counter(), time.process_time()
    with opened(paths) as files:
        registry.check_files(chosen, files)
        imported = import_edition(importer=chosen, files=files, wanted=Wanted())
        unpacked = files.meter.bytes_read
    figures = {
        **imported.report.counts,
        "unpacked": unpacked,
        "clock": time.perf_counter() - clock,
        "processor": time.process_time() - processor,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
