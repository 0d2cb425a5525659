"""
Which rows hold a term and how much it weighs there, as arrays that can be kept in files and shared.

Terms are known by a 64-bit hash, so that an index needs no dictionary in memory: two terms out of a million
meet in one hash with a chance of one in forty million.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
Hashes = NDArray[np.uint64]

# Okapi BM25, as Robertson and Zaragoza (2009) recommend it.
_K1 = 1.2
_B = 0.75


@lru_cache(maxsize=200_000)
def term_hash(term: str) -> int:
    """The number a term is known by, the same on every machine."""
    return int.from_bytes(blake2b(term.encode("utf-8", "replace"), digest_size=8).digest(), "little")


@dataclass(frozen=True)
class Postings:
    """
    For each term the rows that hold it.

    Attributes:
        hashes: Of the terms, rising.
        starts: Where a term's rows begin in `rows`; one more than there are terms.
        rows, weights: The rows of each term and its weight in them.
        rarity: Of each term: its inverse document frequency.
        size: Number of rows.
    """

    hashes: Hashes
    starts: NDArray[np.int64]
    rows: Integers
    weights: Floats
    rarity: Floats
    size: int

    def position(self, term: int) -> int:
        """Where the term of that hash is, or -1."""
        wanted = np.uint64(term)
        place = int(np.searchsorted(self.hashes, wanted))
        return place if place < len(self.hashes) and self.hashes[place] == wanted else -1

    def rarity_of(self, term: int) -> float:
        """How rare a term is; one that is nowhere is rarest."""
        place = self.position(term)
        return float(self.rarity[place]) if place >= 0 else math.log(1 + self.size / 0.5)

    def score(self, query: Mapping[int, float]) -> Floats:
        """For each row the sum of the weights of the terms of *query* it holds, times theirs in the query."""
        rows: list[Integers] = []
        weights: list[Floats] = []
        for term in sorted(query):
            place = self.position(term)
            if place >= 0:
                part = slice(int(self.starts[place]), int(self.starts[place + 1]))
                rows.append(self.rows[part])
                weights.append(self.weights[part] * np.float32(query[term]))
        if not rows:
            return np.zeros(self.size, np.float32)
        summed = np.bincount(np.concatenate(rows), np.concatenate(weights), minlength=self.size)
        return summed.astype(np.float32)


def build(documents: Sequence[Mapping[str, float]], weigh: str) -> Postings:
    """
    Postings of *documents* (term → how often, weighted).

    Args:
        weigh: ``"bm25"`` (a row's score is BM25), ``"cosine"`` (a row's score is the product with a vector of
            length one; give `cosine_query`), ``"count"`` (weights as given).
    """
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row, document in enumerate(documents):
        for term, count in document.items():
            places[term].append((row, count))
    ordered = sorted(((term_hash(term), held) for term, held in places.items()), key=lambda each: each[0])
    counts = np.array([len(held) for _, held in ordered], np.int64)
    rows = np.fromiter((row for _, held in ordered for row, _ in held), np.int32, int(counts.sum()))
    tf = np.fromiter((count for _, held in ordered for _, count in held), np.float32, len(rows))
    size = len(documents)
    rarity = np.log1p((size - counts + 0.5) / (counts + 0.5)).astype(np.float32)
    of_row = np.repeat(rarity, counts)
    weights: NDArray[np.floating]
    if weigh == "bm25":
        lengths = np.array([sum(document.values()) for document in documents], np.float32)
        average = float(lengths[lengths > 0].mean()) if (lengths > 0).any() else 1.0
        weights = of_row * tf * (_K1 + 1) / (tf + _K1 * (1 - _B + _B * lengths[rows] / average))
    elif weigh == "cosine":
        weights = of_row * (1 + np.log(np.maximum(tf, 1)))
        squares = np.bincount(rows, weights.astype(np.float64) ** 2, minlength=size)
        weights = weights / np.sqrt(np.maximum(squares, 1e-12))[rows]
    else:
        weights = tf
    return Postings(
        hashes=np.array([number for number, _ in ordered], np.uint64),
        starts=np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]),
        rows=rows,
        weights=weights.astype(np.float32),
        rarity=rarity,
        size=size,
    )


def cosine_query(postings: Postings, counts: Counter[str]) -> dict[int, float]:
    """The weights of a query for postings weighed by ``"cosine"``: together a vector of length one."""
    hashed = {term_hash(term): count for term, count in counts.items()}
    weights = {term: (1 + math.log(count)) * postings.rarity_of(term) for term, count in hashed.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def largest_by(owners: Integers, values: Floats, size: int) -> Floats:
    """For each of *size* owners the largest of its values, 0 where it has none; *owners* rise."""
    largest = np.zeros(size, np.float32)
    if len(owners):
        firsts = np.flatnonzero(np.diff(owners, prepend=-1))
        largest[owners[firsts]] = np.maximum.reduceat(values, firsts)
    return largest


def repeated(terms: Iterable[str], weight: float, into: dict[str, float]) -> None:
    """Count *terms* into *into*, each worth *weight*."""
    for term in terms:
        into[term] = into.get(term, 0.0) + weight
