"""
What the worst attacks cost: `python -m tests.sceau.hostile.worst` measures all of them, `… 5` the five worst.

Each runs in a process of its own, so that its peak of memory is its own; making the input is part of it.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.sceau.hostile.corpus.vectors import VECTORS
from tests.sceau.hostile.good import Answer, bare, credential, proof_of, shown, valid
from tests.sceau.hostile.table import CHAPTERS

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Cost:
    """
    Attributes:
        seconds: Of the processor.
        megabytes: Above what the process had before.
    """

    name: str
    seconds: float
    megabytes: float
    answer: tuple[str, str]


def measured(name: str, ask: Callable[[], Answer]) -> Cost:
    """In a child process, which leaves nothing behind."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code = 1
        try:
            before = _resident()
            started = time.process_time()
            answer = ask()
            seconds = time.process_time() - started
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024
            os.write(writing, json.dumps([seconds, (peak - before) / MEBIBYTE, answer]).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    if not said:
        raise RuntimeError(f"{name}: the process was lost")
    seconds, megabytes, answer = json.loads(said)
    return Cost(name, seconds, max(0.0, megabytes), tuple(answer))


def _resident() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def heavy_credential(objects: int, proofs: int) -> dict[str, object]:
    """As many objects and proofs as are looked at, each proof over all of it."""
    document = credential()
    alike = [{"type": ["Alignment"], "targetName": str(number)} for number in range(objects)]
    document["credentialSubject"]["achievement"]["alignment"] = alike
    return document | {"proof": [proof_of(credential())] * proofs}


def heavy_presentation(count: int, objects: int, proofs: int) -> dict[str, object]:
    heavy = heavy_credential(objects, proofs)
    return {
        "@context": bare()["@context"][:1],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [heavy] * count,
    }


EXTRA: dict[str, Callable[[], Answer]] = {
    "900 objects under 8 proofs": valid(lambda: heavy_credential(850, 8)),
    "a presentation of 3 credentials of 850 objects under 8 proofs": shown(
        lambda: heavy_presentation(3, 850, 8), challenge=None, domain=None
    ),
}


def everything() -> list[tuple[str, Callable[[], Answer]]]:
    found = [
        (f"{chapter.partition(':')[0]}: {attack.name}", attack.ask)
        for chapter, attacks in CHAPTERS.items()
        for attack in attacks
        if not attack.vector or (VECTORS / attack.vector).exists()
    ]
    return [*found, *EXTRA.items()]


def main(arguments: list[str]) -> None:
    """Names give their costs as JSON; a number, or nothing, a table."""
    if arguments and not arguments[0].isdecimal():
        asks = dict(everything())
        print(json.dumps([[cost.name, cost.megabytes] for cost in (measured(n, asks[n]) for n in arguments)]))
        return
    at_most = int(arguments[0]) if arguments else 10_000
    costs = [measured(name, ask) for name, ask in everything()]
    for title, key in (("Time", "seconds"), ("Memory", "megabytes")):
        print(f"{title}, the worst of {len(costs)}:")
        for cost in sorted(costs, key=lambda cost: -getattr(cost, key))[:at_most]:
            print(f"  {cost.seconds:7.2f} s {cost.megabytes:7.1f} MB  {cost.name} → {' '.join(cost.answer)}")


if __name__ == "__main__":
    main(sys.argv[1:])
