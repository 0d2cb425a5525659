"""
A dictionary between two languages learnt from labels that say the same thing in both.

The labels of a framework in several languages are a parallel corpus; counting which stems go together, with
each word explained by the others of its label, gives « haie → hedg », « souder → weld, solder » in a
quarter of a second.

Source:
    Brown, Della Pietra, Della Pietra, Mercer, «The Mathematics of Statistical Machine Translation» (1993),
    model 1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_ROUNDS = 6
_LEAST_CHANCE = 0.08
_MOST_TRANSLATIONS = 5
# Counted against a word seen only once or twice, whose translations are guesses.
_DOUBT = 0.5


def learnt(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> dict[str, list[tuple[str, float]]]:
    """
    The likeliest translations of each source stem, best first, with their chance.

    Args:
        pairs: The stems of a label in the source language and in the target language.
    """
    sources: dict[str, int] = {}
    targets: dict[str, int] = {}
    cells: list[tuple[int, int, int]] = []
    occurrence = 0
    for left, right in pairs:
        left_ids = [sources.setdefault(word, len(sources)) for word in left]
        for word in right:
            target = targets.setdefault(word, len(targets))
            cells.extend((source, target, occurrence) for source in left_ids)
            occurrence += 1
    if not cells:
        return {}
    table = np.array(cells, np.int64)
    keys, inverse = np.unique(table[:, 0] * len(targets) + table[:, 1], return_inverse=True)
    of_source = keys // len(targets)
    chance = np.ones(len(keys))
    for _ in range(_ROUNDS):
        each = chance[inverse]
        explained = np.bincount(table[:, 2], each, occurrence)
        counts = np.bincount(inverse, each / explained[table[:, 2]], len(keys))
        chance = counts / (np.bincount(of_source, counts, len(sources))[of_source] + _DOUBT)
    source_words, target_words = list(sources), list(targets)
    found: dict[str, list[tuple[str, float]]] = {}
    for place in np.argsort(-chance, kind="stable"):
        if chance[place] < _LEAST_CHANCE:
            break
        kept = found.setdefault(source_words[of_source[place]], [])
        if len(kept) < _MOST_TRANSLATIONS:
            kept.append((target_words[keys[place] % len(targets)], float(chance[place])))
    return found
