"""
Vectors of concepts made comparable across languages and wordings.

A multilingual model puts two wordings of one thing near each other, yet not in the same place: some
directions tell the language or the style more than the meaning. The differences between the French and the
English label of the same concept show which ones; they are shrunk (within-class covariance normalisation).

Source:
    Hatch, Kajarekar, Stolcke, «Within-class covariance normalization for SVM-based speaker recognition»
    (2006). What it brings here is measured in docs/reference/suggestions.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jalon.frameworks.rules.postings import Floats, Integers, largest_by

# How far the covariance is drawn towards that of noise without direction: with few pairs, wholly.
_SHRINKING = 0.3
_ENOUGH_PAIRS = 1_000


@dataclass(frozen=True)
class ConceptVectors:
    """
    What closeness of meaning is read from.

    Attributes:
        means: By language, the mean of the vectors of labels, which is taken off.
        whitening: Square: makes the directions of mere wording count less.
        labels: By language, one row a concept, of length one; zeros where there is no label.
        description_owners, descriptions: The concept of each description, rising, and its vector.
    """

    means: Mapping[str, Floats]
    whitening: Floats
    labels: Mapping[str, Floats]
    description_owners: Integers
    descriptions: Floats

    def placed(self, vectors: Floats, language: str) -> Floats:
        """The vectors of texts in *language*, one a row, where those of concepts are."""
        return unit((vectors - self.means[language]) @ self.whitening)


def unit(vectors: NDArray[np.floating]) -> Floats:
    """Rows of length one; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Floats = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return scaled


def built(
    labels: Mapping[str, Floats],
    descriptions: Sequence[tuple[int, str, Floats]],
) -> ConceptVectors:
    """
    Place the vectors of a model.

    Args:
        labels: By language, one row a concept; zeros where there is no label.
        descriptions: The concept's row, rising; the language; the vector.
    """
    present = {language: np.abs(rows).sum(axis=1) > 0 for language, rows in labels.items()}
    width = next(iter(labels.values())).shape[1]
    means = {
        language: (
            rows[present[language]].mean(axis=0) if present[language].any() else np.zeros(width, np.float32)
        ).astype(np.float32)
        for language, rows in labels.items()
    }
    whitening = _whitening(labels["fr"], labels["en"], present["fr"] & present["en"])

    def placed(rows: Floats, language: str) -> Floats:
        return unit((rows - means[language]) @ whitening)

    owners = np.array([row for row, _, _ in descriptions], np.int32)
    described = np.zeros((0, width), np.float32)
    if descriptions:
        described = np.stack([vector - means[language] for _, language, vector in descriptions])
    return ConceptVectors(
        means=means,
        whitening=whitening,
        labels={
            language: placed(rows, language) * present[language][:, None] for language, rows in labels.items()
        },
        description_owners=owners,
        descriptions=unit(described @ whitening),
    )


def _whitening(french: Floats, english: Floats, both: Floats) -> Floats:
    width = french.shape[1]
    count = int(both.sum())
    if not count:
        return np.eye(width, dtype=np.float32)
    left, right = french[both].astype(np.float64), english[both].astype(np.float64)
    differences = (left - left.mean(axis=0)) - (right - right.mean(axis=0))
    covariance = differences.T @ differences / (2 * count)
    shrinking = max(_SHRINKING, 1 - count / _ENOUGH_PAIRS)
    noise = max(float(np.trace(covariance)) / width, 1e-12)
    mixed = (1 - shrinking) * covariance + shrinking * noise * np.eye(width)
    values, directions = np.linalg.eigh(mixed)
    whitening: Floats = (directions * values**-0.5 @ directions.T * noise**0.5).astype(np.float32)
    return whitening


def closest(owners: Integers, rows: Floats, query: Floats, size: int) -> Floats:
    """For each of *size* concepts the closeness of the nearest of its *rows*, 0 where it has none."""
    return largest_by(owners, (rows @ query).astype(np.float32), size)
