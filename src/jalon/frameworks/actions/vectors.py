"""
The vectors of concepts, computed text by text, kept batch by batch, so that a killed run loses one batch.

A text that has its vector is never computed again, whichever concept or edition it comes back with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from jalon.foundation.jobs.interruption import give_way
from jalon.foundation.jobs.progress import report_progress
from jalon.frameworks import embeddings, index
from jalon.frameworks.models import TextVector

PROGRESS = "frameworks:vectors"
_BATCH_TEXTS = 64
_ASKED_AT_ONCE = 500


@dataclass(frozen=True)
class Missing:
    """Texts that have no vector yet, the most useful first, of *total*."""

    texts: tuple[str, ...]
    total: int


def missing_vectors() -> Missing:
    """What is still to be computed for the concepts that may be suggested."""
    wanted = index.wanted_texts(index.concept_texts(suggested_only=True))
    digests = {index.text_digest(text): text for text in wanted}
    keys = list(digests)
    known: set[str] = set()
    for start in range(0, len(keys), _ASKED_AT_ONCE):
        asked = keys[start : start + _ASKED_AT_ONCE]
        known.update(TextVector.objects.filter(digest__in=asked).values_list("digest", flat=True))
    return Missing(tuple(text for digest, text in digests.items() if digest not in known), len(wanted))


def compute_vectors(advance: Callable[[int], None] = lambda _count: None) -> bool:
    """
    Compute what is missing, then place all of them for `index.concept_vectors`.

    Args:
        advance: Told how many more texts are done.

    Returns:
        False where there is no model here: nothing was done, words alone are compared.
    """
    model = embeddings.embedder()
    if model is None:
        return False
    missing = missing_vectors()
    done = missing.total - len(missing.texts)
    for start in range(0, len(missing.texts), _BATCH_TEXTS):
        give_way()
        some = missing.texts[start : start + _BATCH_TEXTS]
        _keep(some, model.passage(some))
        done += len(some)
        advance(len(some))
        report_progress(PROGRESS, done=done, total=missing.total)
    index.keep_vectors()
    return True


@transaction.atomic
def _keep(texts: Sequence[str], vectors: np.ndarray) -> None:
    halves = vectors.astype("<f2")
    rows = [
        TextVector(digest=index.text_digest(text), vector=half.tobytes())
        for text, half in zip(texts, halves, strict=True)
    ]
    TextVector.objects.bulk_create(rows, ignore_conflicts=True)


def forget_unused_vectors() -> int:
    """Delete the vectors of texts that no current concept has any more; how many."""
    wanted = {
        index.text_digest(text) for text in index.wanted_texts(index.concept_texts(suggested_only=True))
    }
    gone = [d for d in TextVector.objects.values_list("digest", flat=True).iterator() if d not in wanted]
    for start in range(0, len(gone), _ASKED_AT_ONCE):
        TextVector.objects.filter(digest__in=gone[start : start + _ASKED_AT_ONCE]).delete()
    return len(gone)
