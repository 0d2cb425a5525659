"""
What each measure counts for.

Source:
    A logistic choice among candidates, learnt by `benchmarks/bench_suggestions.py --learn` on 2026-11-24 from
    the skills and knowledge of ESCO 1.2.0: 300 French competences, 354 English sentences of job
    advertisements, 100 other names in each language that were kept out of the index. Scores on the halves
    that were not learnt from: docs/reference/suggestions.md.
"""

from __future__ import annotations

from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = {
    "all_words": 2.28,
    "translated_words": 1.01,
    "signs": 4.51,
    "text_covered": -4.03,
    "label_covered": 3.25,
    "both_covered": -2.68,
    "label": 3.29,
    "other_label": 1.5,
    "best_label": 3.92,
    "description": 4.09,
    "piece": 3.31,
}

# Where there is no model.
LEXICAL_WEIGHTS: Mapping[str, float] = {
    "all_words": 3.21,
    "translated_words": 2.59,
    "signs": 7.74,
    "text_covered": -3.48,
    "label_covered": 3.91,
    "both_covered": -1.13,
}
