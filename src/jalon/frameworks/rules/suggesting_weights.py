"""What each measure counts for."""

from __future__ import annotations

from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = {"label_words": 1.0, "best_label": 5.0}
LEXICAL_WEIGHTS: Mapping[str, float] = {"label_words": 1.0, "signs": 2.0}
