"""
How well concepts are suggested, measure by measure, and the weights of `suggesting_weights.py`.

    JALON_DATA_DIR=… python benchmarks/bench_suggestions.py FR.jsonl EN.jsonl [--names 300] [--learn]

The data folder holds an installation with ESCO imported and its vectors computed. Each set is cut in two by
the hash of its ids; weights are learnt on one half and told of the other, both ways. Two sets more are made
of other names of concepts, which are kept out of the index: text that nobody tuned on. Weights are learnt
from all of the given files, and from 100 of the other names in each language.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

DEPTH = 60
LEARNT_FROM_NAMES = 100
L2 = 0.05
ROUNDS = 300


@dataclass(frozen=True)
class Case:
    """A query, the rows worth looking at, their measures, and which of them are right."""

    id: str
    rows: np.ndarray
    measures: np.ndarray
    right: np.ndarray
    same_name: np.ndarray
    gold: int

    @property
    def half(self) -> int:
        return sha256(self.id.encode()).digest()[0] & 1


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--names", type=int, default=300, help="other names kept out, per language")
    parser.add_argument("--learn", action="store_true", help="print weights learnt from everything")
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
    import django

    django.setup()
    from jalon.frameworks.rules.suggesting import LEXICAL, SEMANTIC

    sets = cases(args.files, args.names)
    names = (*LEXICAL, *SEMANTIC)
    print(f"{'':20}", *(f"{name:>22}" for name in sets))
    print(f"{'':20}", *(f"{'MRR   R@5   R@10':>22}" for _ in sets))
    for name in names:
        tell(name, {key: scored(some, names, (name,), np.ones(1)) for key, some in sets.items()})
    ablations = {
        "words": LEXICAL,
        "meaning": SEMANTIC,
        "all": names,
        **{f"all but {name}": tuple(n for n in names if n != name) for name in names},
    }
    for title, kept in ablations.items():
        tell(title, crossed(sets, names, kept))
    if args.learn:
        for title, kept in (("WEIGHTS", names), ("LEXICAL_WEIGHTS", LEXICAL)):
            weights = learnt([c for key, some in sets.items() for c in _taught(key, some)], names, kept)
            print(title, {name: round(float(w), 2) for name, w in zip(kept, weights, strict=True)})
    return 0


def cases(files: Sequence[Path], names: int) -> dict[str, list[Case]]:
    """The sets, with the measures of each query's nearest rows, from an index without the names kept out."""
    from jalon.cli.frameworks_evaluate import Query, read_queries
    from jalon.frameworks import index
    from jalon.frameworks.queries.suggestions import _seen
    from jalon.frameworks.rules import suggesting, suggesting_index
    from jalon.frameworks.rules.kinds import ConceptKind

    texts = index.concept_texts(suggested_only=True)
    chance = random.Random(2)
    sets: dict[str, list[Query]] = {path.stem[:20]: read_queries(path) for path in files}
    for language in ("fr", "en"):
        pool = [
            (row, name)
            for row, text in enumerate(texts)
            if text.kind is not ConceptKind.OCCUPATION
            for name in text.alt_labels.get(language, ())
        ]
        taken = chance.sample(pool, min(names, len(pool)))
        sets[f"names {language}"] = [
            Query(f"{language}-{number}", name, language, (texts[row].uri,))
            for number, (row, name) in enumerate(taken)
        ]
        for row, name in taken:
            kept = tuple(n for n in texts[row].alt_labels[language] if n != name)
            texts[row] = replace(texts[row], alt_labels={**texts[row].alt_labels, language: kept})
    looked_in = suggesting_index.built(texts)
    vectors = index.concept_vectors() if len(index.suggestion_index()) == len(texts) else None
    if vectors is None:
        raise SystemExit("compute the vectors first: jalon frameworks evaluate …")
    place = {text.uri: row for row, text in enumerate(texts)}
    usable = np.flatnonzero(looked_in.sorts != suggesting_index.OCCUPATION)
    wanted = (*suggesting.LEXICAL, *suggesting.SEMANTIC)
    made: dict[str, list[Case]] = {}
    for key, queries in sets.items():
        made[key] = []
        for query in queries:
            seen = _seen([query.text])
            assert seen is not None
            measures = suggesting.lexical_measures(looked_in, query.text, query.lang)
            measures |= suggesting.semantic_measures(looked_in, vectors, seen[0], query.lang)
            near = [usable[np.argpartition(-measures[n][usable], DEPTH)[:DEPTH]] for n in wanted]
            rows = np.unique(np.concatenate(near))
            gold = {place[uri] for uri in query.gold if uri in place}
            made[key].append(
                Case(
                    query.id,
                    rows,
                    np.stack([measures[n][rows] for n in wanted], axis=1).astype(float),
                    np.isin(rows, list(gold)),
                    suggesting.has_name(looked_in, query.text)[rows],
                    len(query.gold),
                )
            )
        print(f"{key}: {len(queries)} queries", file=sys.stderr)
    return made


def _taught(key: str, some: list[Case]) -> list[Case]:
    return some[:LEARNT_FROM_NAMES] if key.startswith("names") else some


def learnt(some: Sequence[Case], names: Sequence[str], kept: Sequence[str]) -> np.ndarray:
    """Weights under which the right rows are the likeliest choice (logistic, L2, Adam)."""
    columns = [names.index(name) for name in kept]
    taught = [(case.measures[:, columns], case.right) for case in some if case.right.any()]
    spread = np.concatenate([x for x, _ in taught]).std(axis=0) + 1e-6
    weights, first, second = (np.zeros(len(columns)) for _ in range(3))
    for turn in range(1, ROUNDS + 1):
        slope = L2 * weights
        for x, right in taught:
            score = (x / spread) @ weights
            likely = np.exp(score - score.max())
            likely /= likely.sum()
            wished = likely * right
            wished /= wished.sum() + 1e-12
            slope = slope + (x / spread).T @ (likely - wished) / len(taught)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights = weights - 0.1 * (first / (1 - 0.9**turn)) / (np.sqrt(second / (1 - 0.99**turn)) + 1e-8)
    found: np.ndarray = weights / spread
    return found


def crossed(sets: dict[str, list[Case]], names: Sequence[str], kept: Sequence[str]) -> dict[str, np.ndarray]:
    """Scores of each half under weights that the other halves taught."""
    found: dict[str, list[np.ndarray]] = {key: [] for key in sets}
    for half in (0, 1):
        taught = [c for key, some in sets.items() for c in _taught(key, some) if c.half == half]
        weights = learnt(taught, names, kept)
        for key, some in sets.items():
            found[key].append(scored([c for c in some if c.half != half], names, kept, weights, mean=False))
    return {key: np.concatenate(parts).mean(axis=0) for key, parts in found.items()}


def scored(
    some: Sequence[Case], names: Sequence[str], kept: Sequence[str], weights: np.ndarray, *, mean: bool = True
) -> np.ndarray:
    """Reciprocal rank, recall at 5 and at 10; of each, or their mean."""
    columns = [names.index(name) for name in kept]
    told = []
    for case in some:
        total = case.measures[:, columns] @ weights + 100 * case.same_name * (len(kept) > 2)
        ranks = np.flatnonzero(case.right[np.argsort(-total, kind="stable")][:50]) + 1
        told.append(
            [1 / ranks[0] if len(ranks) else 0, *(sum(ranks <= k) / max(case.gold, 1) for k in (5, 10))]
        )
    rows = np.array(told)
    return rows.mean(axis=0) if mean else rows


def tell(title: str, found: dict[str, np.ndarray]) -> None:
    print(f"{title:20}", *(f"{a:>10.3f} {b:.3f} {c:.3f}" for a, b, c in found.values()), flush=True)


if __name__ == "__main__":
    sys.exit(main())
