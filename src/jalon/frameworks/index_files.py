"""
Indexes kept as files of plain arrays, that every process of a machine maps and shares.

    DATA_DIR/index/<signature>/search.words.txt, search.starts.npy, …, complete

A folder is made beside and renamed whole, so nobody ever reads half of one. It can be deleted at any time:
it is made again from the database. No pickles: an array file holds numbers only.
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_type_hints

import numpy as np
from django.conf import settings

T = TypeVar("T")

_TEXTS = "texts.json"
_KEPT = 3


def folder() -> Path:
    """Where all indexes are."""
    return Path(settings.DATA_DIR) / "index"


def has(name: str) -> bool:
    """Whether that index is there, whole."""
    return (folder() / name / _TEXTS).is_file()


def keep(name: str, value: Any) -> None:
    """Write *value* (a dataclass of arrays, tuples of texts, and such dataclasses) under *name*."""
    folder().mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".making-", dir=folder()))
    try:
        texts: dict[str, list[str]] = {}
        _write(made, "", value, texts)
        (made / _TEXTS).write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        try:
            os.replace(made, folder() / name)
        except OSError:
            if not has(name):  # else another process was quicker, and its index is the same
                raise
    finally:
        shutil.rmtree(made, ignore_errors=True)
    _forget_old_ones()


def drop(name: str) -> None:
    """Delete that index; it is built anew when it is wanted."""
    shutil.rmtree(folder() / name, ignore_errors=True)


def read(name: str, cls: type[T]) -> T:
    """
    What was kept under *name*, its arrays mapped and not read.

    Raises:
        OSError, ValueError, KeyError, EOFError: It is not there, or not whole.
    """
    place = folder() / name
    texts = json.loads((place / _TEXTS).read_text(encoding="utf-8"))
    value: T = _read(place, "", cls, texts)
    return value


def _write(place: Path, prefix: str, value: Any, texts: dict[str, list[str]]) -> None:
    for field in dataclasses.fields(value):
        held, key = getattr(value, field.name), f"{prefix}{field.name}"
        if isinstance(held, np.ndarray):
            np.save(place / f"{key}.npy", held, allow_pickle=False)
        elif dataclasses.is_dataclass(held):
            _write(place, f"{key}.", held, texts)
        elif isinstance(held, Mapping):
            texts[key] = list(held)
            for part, inner in held.items():
                if isinstance(inner, np.ndarray):
                    np.save(place / f"{key}.{part}.npy", inner, allow_pickle=False)
                else:
                    _write(place, f"{key}.{part}.", inner, texts)
        elif isinstance(held, int):
            texts[key] = [str(held)]
        elif held is not None:
            texts[key] = list(held)


def _read(place: Path, prefix: str, cls: Any, texts: Mapping[str, list[str]]) -> Any:
    values: dict[str, Any] = {}
    for name, hint in get_type_hints(cls).items():
        key = f"{prefix}{name}"
        origin = getattr(hint, "__origin__", None)
        if dataclasses.is_dataclass(hint):
            values[name] = _read(place, f"{key}.", hint, texts)
        elif origin is tuple:
            values[name] = tuple(texts[key])
        elif hint is int:
            values[name] = int(texts[key][0])
        elif origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
            inner = hint.__args__[1]
            values[name] = {
                part: _read(place, f"{key}.{part}.", inner, texts)
                if dataclasses.is_dataclass(inner)
                else _array(place / f"{key}.{part}.npy")
                for part in texts[key]
            }
        elif isinstance(hint, UnionType):
            raise TypeError(f"{cls.__name__}.{name}: an index has no optional parts")
        else:
            values[name] = _array(place / f"{key}.npy")
    return cls(**values)


def _array(path: Path) -> np.ndarray:
    try:
        array: np.ndarray = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError:
        array = np.load(path, allow_pickle=False)  # an empty array cannot be mapped
    return array


def _forget_old_ones() -> None:
    """Keep the latest few: another process may still be opening the one before. What is mapped stays."""
    made = [path for path in folder().iterdir() if (path / _TEXTS).is_file()]
    by_kind: dict[str, list[Path]] = {}
    for path in sorted(made, key=lambda each: (each / _TEXTS).stat().st_mtime, reverse=True):
        by_kind.setdefault(path.name.partition("-")[0], []).append(path)
    for paths in by_kind.values():
        for path in paths[_KEPT:]:
            shutil.rmtree(path, ignore_errors=True)
