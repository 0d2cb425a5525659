"""
What each measure counts for.

Source:
    A logistic choice among candidates, learnt by `benchmarks/bench_suggestions.py --learn` on 2026-11-24 from
    ESCO 1.2.0 with its development sets: 300 French competences, 354 English sentences of job advertisements,
    100 other names in each language that were kept out of the index, 60 job titles of ROME. Scores on the
    halves that were not learnt from: docs/reference/suggestions.md.
"""

from __future__ import annotations

from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = {
    "all_words": 1.45,
    "translated_words": 1.23,
    "signs": 4.0,
    "text_covered": -3.11,
    "label_covered": 2.75,
    "both_covered": -2.3,
    "sort": 0.11,
    "is_occupation": -0.25,
    "label": 3.13,
    "other_label": 1.45,
    "best_label": 3.97,
    "description": 5.21,
    "piece": 2.72,
}

# Where there is no model.
LEXICAL_WEIGHTS: Mapping[str, float] = {
    "all_words": 1.93,
    "translated_words": 2.64,
    "signs": 7.07,
    "text_covered": -2.64,
    "label_covered": 3.52,
    "both_covered": -0.75,
    "sort": 0.2,
    "is_occupation": -1.53,
}
