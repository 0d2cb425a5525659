"""
The indexes in use: built from the database when it changed, else taken from their files, lazily.

    state = signature()
    search_index()       SearchIndex of all current concepts
    suggestion_index()   SuggestionIndex of those that are suggested
    concept_vectors()    ConceptVectors of the same, or None: no model, or not computed yet
"""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, TypeVar

import numpy as np
from django.db.models import Count, Max

from jalon.frameworks import embeddings, index_files
from jalon.frameworks.models import Concept, Edition, TextVector
from jalon.frameworks.rules import searching, suggesting_index, suggesting_vectors
from jalon.frameworks.rules.concept_texts import (
    MOST_ALT_LABELS,
    MOST_DESCRIPTION_SIGNS,
    MOST_HIDDEN_SIGNS,
    SUGGESTED,
    ConceptText,
    opening,
    short,
)
from jalon.frameworks.rules.kinds import ConceptKind, ConceptStatus, EditionState
from jalon.frameworks.rules.postings import Floats
from jalon.frameworks.rules.searching import SearchIndex
from jalon.frameworks.rules.stemming import LANGUAGES
from jalon.frameworks.rules.suggesting_index import SuggestionIndex
from jalon.frameworks.rules.suggesting_vectors import ConceptVectors

T = TypeVar("T")

# Raised when what an index holds or how it is computed changes: files of another number are not read.
_FORMAT = 3
# So few are looked at one by one at each question; of more, editions and numbers tell that something changed.
_FEW = 500

_lock = threading.RLock()
_loaded: dict[str, tuple[str, Any]] = {}


def signature() -> str:
    """What the indexes were built from: another one when concepts came, changed or left."""
    facts = Concept.objects.aggregate(count=Count("pk"), last=Max("pk"))
    editions = list(Edition.objects.order_by("pk").values_list("pk", "state", "finished_at"))
    told: list[Any] = [_FORMAT, facts, editions]
    if facts["count"] <= _FEW:
        told.append(list(Concept.objects.order_by("pk").values_list("uri", "status", "changed_at", "labels")))
    else:
        told.append(Concept.objects.order_by("-pk").values_list("uri", "changed_at").first())
    return sha256(repr(told).encode()).hexdigest()[:24]


def is_importing() -> bool:
    """Whether an edition is being read, so that what is there changes all the time."""
    return Edition.objects.filter(state=EditionState.IMPORTING).exists()


def search_index() -> SearchIndex:
    """The index of all current concepts' names."""
    return _current("search", SearchIndex, lambda: searching.built(concept_texts()))


def suggestion_index() -> SuggestionIndex:
    """The index of the words of the concepts that may be suggested."""
    return _current(
        "words", SuggestionIndex, lambda: suggesting_index.built(concept_texts(suggested_only=True))
    )


def concept_vectors() -> ConceptVectors | None:
    """The vectors of the rows of `suggestion_index`; None until they are all computed, or without a model."""
    held = _loaded.get("words")
    name = f"vectors-{held[0]}" if held else ""
    if not name or embeddings.embedder() is None:
        return None
    with _lock:
        if _loaded.get("vectors", ("", None))[0] != name:
            if not index_files.has(name):
                return None
            _loaded["vectors"] = (name, index_files.read(name, ConceptVectors))
        vectors: ConceptVectors = _loaded["vectors"][1]
        return vectors


def keep_vectors() -> None:
    """Place the vectors in the database beside the words, for `concept_vectors`."""
    suggestion_index()
    name = f"vectors-{_loaded['words'][0]}"
    if not index_files.has(name):
        index_files.keep(name, _vectors(concept_texts(suggested_only=True)))


def forget() -> None:
    """Let go of what this process has loaded; the files stay."""
    with _lock:
        _loaded.clear()


def _current(kind: str, cls: type[T], build: Callable[[], T]) -> T:
    wanted = signature()
    name, value = _loaded.get(kind, ("", None))
    if name == wanted:
        return value  # type: ignore[no-any-return]  # kept under its kind, whose class is cls
    with _lock:
        name, value = _loaded.get(kind, ("", None))
        if name == wanted or (value is not None and len(value) > _FEW and is_importing()):
            return value  # type: ignore[no-any-return]  # as above
        loaded = _loaded_or_built(f"{kind}-{wanted}", cls, build)
        _loaded[kind] = (wanted, loaded)
        return loaded


def _loaded_or_built(name: str, cls: type[T], build: Callable[[], T]) -> T:
    if index_files.has(name):
        try:
            return index_files.read(name, cls)
        except (OSError, ValueError, KeyError, EOFError):
            index_files.drop(name)  # damaged: built anew
    with _one_builder():
        if not index_files.has(name):
            made = build()
            if len(made) <= _FEW:  # type: ignore[arg-type]  # both indexes have a length
                return made
            index_files.keep(name, made)
    return index_files.read(name, cls)


@contextmanager
def _one_builder() -> Iterator[None]:
    """Of all processes on this machine one builds; the others wait, then read its files."""
    index_files.folder().mkdir(parents=True, exist_ok=True)
    with (index_files.folder() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def concept_texts(*, suggested_only: bool = False) -> list[ConceptText]:
    """What current concepts say, in the order of their addresses whatever the database sorts by."""
    rows = Concept.objects.filter(status=ConceptStatus.CURRENT).order_by()
    if suggested_only:
        rows = rows.filter(kind__in=SUGGESTED)
    fields = ("pk", "uri", "framework_id", "kind", "labels", "alt_labels", "code")
    more = ("hidden_labels", "descriptions") if suggested_only else ("hidden_labels",)
    found = [_text(dict(zip((*fields, *more), row, strict=True))) for row in _values(rows, (*fields, *more))]
    return sorted(found, key=lambda text: text.uri)


def _values(rows: Any, fields: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    yield from rows.values_list(*fields).iterator(chunk_size=2_000)


def _text(row: dict[str, Any]) -> ConceptText:
    hidden = {lang: " ".join(names)[:MOST_HIDDEN_SIGNS] for lang, names in row["hidden_labels"].items()}
    return ConceptText(
        id=row["pk"],
        uri=row["uri"],
        framework=row["framework_id"],
        kind=ConceptKind(row["kind"]),
        labels={lang: text for lang, text in row["labels"].items() if text},
        alt_labels={lang: tuple(names[:MOST_ALT_LABELS]) for lang, names in row["alt_labels"].items()},
        hidden=hidden,
        descriptions={
            lang: text[:MOST_DESCRIPTION_SIGNS] for lang, text in row.get("descriptions", {}).items() if text
        },
        code=row["code"],
    )


def wanted_texts(concepts: list[ConceptText]) -> list[str]:
    """
    The texts that vectors are made of, each once, the most useful first.

    Labels in French and English; then descriptions, in English where there is one, else in French. Not other
    names: ESCO has 43,000, which would double the time and bring nothing that could be measured.
    """
    labels = (short(c.labels.get(lang, "")) for lang in LANGUAGES for c in concepts)
    descriptions = (opening(_description(c)[1]) for c in concepts)
    return [text for text in dict.fromkeys([*labels, *descriptions]) if text]


def _description(concept: ConceptText) -> tuple[str, str]:
    language = "en" if concept.descriptions.get("en") else "fr"
    return language, concept.descriptions.get(language, "")


def text_digest(text: str) -> str:
    """What a text's vector is kept under: the model is part of it."""
    return sha256(f"{embeddings.MODEL}\n{text}".encode("utf-8", "replace")).hexdigest()[:32]


def _vectors(concepts: list[ConceptText]) -> ConceptVectors:
    known = dict(TextVector.objects.values_list("digest", "vector").iterator(chunk_size=5_000))

    def vector(text: str) -> Floats | None:
        found = known.get(text_digest(text))
        return None if found is None else np.frombuffer(found, np.float16).astype(np.float32)

    labels = {lang: np.zeros((len(concepts), embeddings.WIDTH), np.float32) for lang in LANGUAGES}
    for row, concept in enumerate(concepts):
        for lang in LANGUAGES:
            found = vector(short(concept.labels[lang])) if concept.labels.get(lang) else None
            if found is not None:
                labels[lang][row] = found
    descriptions: list[tuple[int, str, Floats]] = []
    for row, concept in enumerate(concepts):
        language, text = _description(concept)
        found = vector(opening(text)) if text else None
        if found is not None:
            descriptions.append((row, language, found))
    return suggesting_vectors.built(labels, descriptions)
