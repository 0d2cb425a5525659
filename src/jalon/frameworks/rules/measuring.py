"""
How good ranked suggestions are, against what people chose.

Source:
    Mean reciprocal rank and recall at k as in Manning, Raghavan, Schütze, «Introduction to Information
    Retrieval» (2008), chapter 8.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """
    Of one query, or the mean of several.

    Attributes:
        reciprocal_rank: 1 / rank of the first candidate that is right; 0 when none is.
        recall_5, recall_10: Share of what is right that is among the first 5, 10 candidates.
    """

    reciprocal_rank: float
    recall_5: float
    recall_10: float


def measured(candidates: Sequence[str], gold: Collection[str]) -> Measure:
    """
    One query. *gold* holds each address once and at least one; one that is nowhere counts as missed.
    """
    right = set(gold)
    ranks = [rank for rank, candidate in enumerate(candidates, 1) if candidate in right]
    return Measure(
        reciprocal_rank=1 / ranks[0] if ranks else 0.0,
        recall_5=sum(rank <= 5 for rank in ranks) / len(right),
        recall_10=sum(rank <= 10 for rank in ranks) / len(right),
    )


def mean(measures: Iterable[Measure]) -> Measure:
    """The mean over queries, each counting the same; zeros over none."""
    kept = list(measures)
    count = max(len(kept), 1)
    return Measure(
        sum(each.reciprocal_rank for each in kept) / count,
        sum(each.recall_5 for each in kept) / count,
        sum(each.recall_10 for each in kept) / count,
    )
