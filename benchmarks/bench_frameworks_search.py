"""
How fast concepts are found as one types, on one core, beside a plain LIKE over the same table in one run.

    JALON_DATA_DIR=… python benchmarks/bench_frameworks_search.py [--queries 500]

The data folder holds an installation with ESCO imported. Queries are beginnings of labels in French and
English, a third of them with a letter left out. Times are of processor time; the wall's are told beside.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--queries", type=int, default=500)
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
    import django

    django.setup()
    from django.db.models import Q

    from jalon.frameworks import index
    from jalon.frameworks.models import Concept
    from jalon.frameworks.queries.search import search
    from jalon.frameworks.rules import searching

    began = time.process_time()
    built = searching.built(index.concept_texts())
    print(f"{len(built)} concepts, {len(built.name_owners)} names, {len(built.words)} words")
    print(f"index built in {time.process_time() - began:.1f} s")
    began = time.process_time()
    index.search_index()
    print(f"index opened from its files in {time.process_time() - began:.2f} s")

    typed = queries(args.queries)

    def like(text: str) -> object:
        asked = Q()
        for word in text.split():
            asked &= Q(labels__fr__icontains=word) | Q(labels__en__icontains=word)
        return list(Concept.objects.filter(asked)[:20])

    ours = spread("search", search, typed)
    plain = spread("LIKE", like, typed[:100])
    print(f"LIKE takes {plain / ours:.1f} times as long (p50), and forgives nothing")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return 0


def queries(count: int) -> list[str]:
    """Beginnings of labels, the same in each run."""
    from jalon.frameworks.models import Concept

    chance = random.Random(7)
    labels = sorted(
        text for labels in Concept.objects.values_list("labels", flat=True) for text in labels.values()
    )
    typed = []
    for label in chance.choices(labels, k=count):
        text = label[: chance.randrange(3, max(4, min(len(label), 40)))]
        if chance.random() < 1 / 3 and len(text) > 5:
            place = chance.randrange(1, len(text) - 1)
            text = text[:place] + text[place + 1 :]
        typed.append(text)
    return typed


def spread(name: str, work: Callable[[str], object], typed: list[str]) -> float:
    """Print p50 and p95 in milliseconds; the p50 of processor time comes back."""
    work(typed[0])
    walls, spent = [], []
    for text in typed:
        wall, processor = time.perf_counter(), time.process_time()
        work(text)
        walls.append(time.perf_counter() - wall)
        spent.append(time.process_time() - processor)
    walls.sort()
    spent.sort()
    middle, late = len(typed) // 2, len(typed) * 95 // 100
    print(
        f"{name}: p50 {spent[middle] * 1000:.1f} ms, p95 {spent[late] * 1000:.1f} ms of processor "
        f"(wall {walls[middle] * 1000:.1f}, {walls[late] * 1000:.1f})"
    )
    return spent[middle]


if __name__ == "__main__":
    sys.exit(main())
