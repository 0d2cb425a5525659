"""
Official files at an address: fetched a stretch at a time into a file, for the time of one import.

The register weighs more than half a gigabyte: it is never held in memory.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jalon.foundation import clock
from jalon.foundation.fetching import GuardedFetcher, GuardedFetchError
from jalon.frameworks.errors import ImportFileError
from jalon.frameworks.importers.files import MEBIBYTE

# The XML flow of the RNCP weighs 620 MB unpacked, the official downloads of ESCO 60 to 120 MB.
MAX_BYTES = 2048 * MEBIBYTE
SECONDS = 3600.0
_PREFIX = "download-"
# What a killed import left behind; none lasts that long.
_STALE_SECONDS = 24 * 3600

Told = Callable[[int], None]


@contextmanager
def downloaded(
    url: str,
    folder: Path,
    *,
    fetcher: GuardedFetcher | None = None,
    max_bytes: int = MAX_BYTES,
    expect: Told = lambda _bytes: None,
    advance: Told = lambda _bytes: None,
) -> Iterator[Path]:
    """
    The file at *url*, under its own name, for the time of a ``with`` block.

    Args:
        folder: Made where it is not there; what killed downloads left in it a day ago goes.
        expect: Told once how many bytes the server says there are, where it says so.
        advance: Told each stretch of bytes that came.

    Raises:
        GuardedFetchError: The address is not followed, or does not answer.
        ImportFileError: ``download_too_large``, ``no_room``.
    """
    fetcher = fetcher or GuardedFetcher(deadline_seconds=SECONDS)
    with _place_in(folder) as place:
        path = place / _name(url)
        try:
            with path.open("wb") as stream:
                fetcher.download(url, into=stream, max_bytes=max_bytes, expect=expect, advance=advance)
        except GuardedFetchError as error:
            if error.code == "fetch.too_large":
                raise ImportFileError(
                    "download_too_large", str(error), url=url, limit=max_bytes // MEBIBYTE
                ) from error
            raise
        except OSError as error:
            raise ImportFileError("no_room", str(error), name=str(folder)) from error
        yield path


@contextmanager
def _place_in(folder: Path) -> Iterator[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        place = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
    except OSError as error:
        raise ImportFileError("no_room", str(error), name=str(folder)) from error
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _sweep(folder: Path) -> None:
    long_ago = clock.now().timestamp() - _STALE_SECONDS
    for left in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if left.stat().st_mtime < long_ago:
                shutil.rmtree(left, ignore_errors=True)


def _name(url: str) -> str:
    """The name that the address ends in: the edition is often said there."""
    last = unquote(urlsplit(url).path.rstrip("/")).rpartition("/")[2]
    clean = "".join(sign for sign in last if sign.isprintable() and sign not in "/\\").lstrip(".")
    return clean.encode()[-200:].decode(errors="ignore") or "fichier"
