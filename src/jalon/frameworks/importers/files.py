"""
The files of an import: a folder, a ZIP, an XZ or GZIP file, plain files, all opened alike and all bounded.

What is read is counted as it comes out of the decompressor: what an archive says of itself is not believed.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import BinaryIO, cast

from jalon.frameworks.errors import ImportFileError

MEBIBYTE = 1024 * 1024
_DAMAGE = (zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError, gzip.BadGzipFile)


@dataclass(frozen=True)
class Limits:
    """
    What the files of one import may cost.

    Attributes:
        max_bytes: Of everything, unpacked.
        max_ratio: Unpacked to packed, looked at once more than *ratio_from* bytes came out. Texts of the
            registers are packed 6 to 15 times, never 100.
        max_members: Files in all.
        max_memory: That the decompressor of an XZ may ask for.
    """

    max_bytes: int = 4096 * MEBIBYTE
    max_ratio: int = 100
    ratio_from: int = 16 * MEBIBYTE
    max_members: int = 2_000
    max_memory: int = 256 * MEBIBYTE


DEFAULT_LIMITS = Limits()


@dataclass
class Meter:
    """How much came out of all files of an import: for the progress bar, and for the bound on the whole."""

    bytes_read: int = 0


@dataclass(frozen=True)
class Source:
    """A file as it was given: for the record of the edition."""

    name: str
    sha256: str
    size: int


class _Bounded(io.RawIOBase):
    """A stream that gives up where it costs too much, and says in our words when it is cut or damaged."""

    def __init__(self, stream: BinaryIO, member: Member, limits: Limits, meter: Meter) -> None:
        self._stream, self._member, self._limits, self._meter = stream, member, limits, meter
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._stream.read(len(view))
        except _DAMAGE as error:
            raise ImportFileError(
                "damaged", f"expected the whole of {self._member.name}, met {error}", name=self._member.name
            ) from error
        except OSError as error:
            raise not_readable(self._member.name, error) from error
        self._count(len(data))
        view[: len(data)] = data
        return len(data)

    def _count(self, size: int) -> None:
        self._read += size
        self._meter.bytes_read += size
        limits, packed = self._limits, max(self._member.packed_size, 1)
        inflated = self._read > limits.ratio_from and self._read > limits.max_ratio * packed
        if inflated or self._read > limits.max_bytes:
            raise too_heavy(self._member.name, limits)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


@dataclass(frozen=True)
class Member:
    """
    One readable file.

    Attributes:
        name: Without folders: ``"skills_fr.csv"``.
        size: Unpacked, as far as it is known; packed where it is not.
        packed_size: What it takes on the disk.
    """

    name: str
    size: int
    packed_size: int
    opener: Callable[[], BinaryIO] = field(repr=False)
    limits: Limits = field(repr=False, default=DEFAULT_LIMITS)
    meter: Meter = field(repr=False, default_factory=Meter)

    def open(self) -> io.BufferedReader:
        """
        The bytes, unpacked and bounded.

        Raises:
            ImportFileError: ``damaged``, ``encrypted``, ``not_readable``, ``bomb``; also while it is read.
        """
        try:
            stream = self.opener()
        except _DAMAGE as error:
            raise ImportFileError("damaged", f"expected {self.name}, met {error}", name=self.name) from error
        except (
            RuntimeError,
            NotImplementedError,
        ) as error:  # what zipfile says of a password or of odd packing
            raise ImportFileError("encrypted", f"{self.name}: {error}", name=self.name) from error
        except OSError as error:
            raise not_readable(self.name, error) from error
        return io.BufferedReader(_Bounded(stream, self, self.limits, self.meter), 256 * 1024)

    def start(self, size: int = 64 * 1024) -> bytes:
        """The first bytes, to see what it is; empty where it cannot be read."""
        before = self.meter.bytes_read
        try:
            with self.open() as stream:
                return stream.read(size)
        except (ImportFileError, OSError):
            return b""
        finally:
            self.meter.bytes_read = before


@dataclass(frozen=True)
class Files:
    """
    All that was given for one import.

    Attributes:
        folders: Names of the folders that were given: the official ZIP, unpacked, says its edition there.
    """

    members: tuple[Member, ...]
    sources: tuple[Source, ...]
    meter: Meter
    folders: tuple[str, ...] = ()

    def named(self, *patterns: str) -> tuple[Member, ...]:
        """Those whose name fits one of *patterns* (``"skills_??.csv"``), whatever their case."""
        return tuple(
            m for m in self.members if any(fnmatch(m.name.casefold(), p.casefold()) for p in patterns)
        )

    @property
    def names(self) -> tuple[str, ...]:
        """What the person gave, as the person calls it."""
        return tuple(source.name for source in self.sources)

    @property
    def fingerprint(self) -> str:
        """The same for the same files, in whatever order they are given."""
        return hashlib.sha256("".join(sorted(s.sha256 for s in self.sources)).encode()).hexdigest()


NO_FILES = Files((), (), Meter())


@contextmanager
def opened(paths: Iterable[Path], limits: Limits = DEFAULT_LIMITS) -> Iterator[Files]:
    """
    The files at *paths*, folders and archives opened one level deep, for the time of a ``with`` block.

    Raises:
        ImportFileError: ``missing``, ``not_readable``, ``damaged``, ``bomb``, ``too_many``, ``empty``.
    """
    meter, paths = Meter(), list(paths)
    with ExitStack() as stack:
        members: list[Member] = []
        sources: list[Source] = []
        for path in _flattened(paths, limits):
            try:
                sources.append(_source(path))
                members += _members(path, limits, meter, stack)
            except OSError as error:
                raise not_readable(str(path), error) from error
            if len(members) > limits.max_members:
                raise ImportFileError("too_many", f"expected fewer files than {limits.max_members}")
        members = [m for m in members if m.packed_size > 0]
        if not members:
            names = ", ".join(path.name or str(path) for path in paths[:5])
            raise ImportFileError("empty", f"expected files, met none in {names}", name=names)
        folders = tuple(path.resolve().name for path in paths if path.is_dir())
        yield Files(tuple(members), tuple(sources), meter, folders)


def _flattened(paths: Iterable[Path], limits: Limits) -> Iterator[Path]:
    for path in paths:
        try:
            is_folder, is_file = path.is_dir(), path.is_file()
        except (OSError, ValueError) as error:
            raise not_readable(str(path), error) from error
        if is_folder:
            inside = sorted(each for each in path.rglob("*") if each.is_file() and each.name[0] not in "._")
            if len(inside) > limits.max_members:
                raise ImportFileError("too_many", f"expected fewer files than {limits.max_members}")
            yield from inside
        elif is_file:
            yield path
        else:
            raise ImportFileError("missing", f"expected a file or folder at {path}", name=str(path))


def _source(path: Path) -> Source:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Source(path.name, digest, path.stat().st_size)


def _members(path: Path, limits: Limits, meter: Meter, stack: ExitStack) -> list[Member]:
    size = path.stat().st_size
    with path.open("rb") as stream:
        start = stream.read(6)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path, limits, meter, stack)
    if start.startswith(b"\xfd7zXZ\x00"):
        return [
            Member(
                path.name.removesuffix(".xz"), size, size, lambda: _unpacked_xz(path, limits), limits, meter
            )
        ]
    if start.startswith(b"\x1f\x8b"):
        return [
            Member(
                path.name.removesuffix(".gz"),
                size,
                size,
                lambda: cast(BinaryIO, gzip.open(path)),
                limits,
                meter,
            )
        ]
    return [Member(path.name, size, size, lambda: path.open("rb"), limits, meter)]


def _zipped(path: Path, limits: Limits, meter: Meter, stack: ExitStack) -> list[Member]:
    try:
        archive = stack.enter_context(zipfile.ZipFile(path))
    except (*_DAMAGE, ValueError, OverflowError) as error:
        raise ImportFileError("damaged", f"expected a ZIP, met {error}", name=path.name) from error
    entries = [e for e in archive.infolist() if not e.is_dir() and not _is_noise(e.filename)]
    if len(entries) > limits.max_members:
        raise ImportFileError("too_many", f"expected fewer files than {limits.max_members}", name=path.name)
    if sum(e.file_size for e in entries) > limits.max_bytes:
        raise too_heavy(path.name, limits)
    return [
        Member(
            e.filename.rpartition("/")[2],
            e.file_size,
            e.compress_size,
            # `e` is bound now: each member opens its own entry.
            lambda e=e: cast(BinaryIO, archive.open(e)),  # type: ignore[misc]  # e is bound here
            limits,
            meter,
        )
        for e in entries
    ]


def _is_noise(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith((".", "._"))


class _Xz(io.RawIOBase):
    """An XZ file whose decompressor may not ask for as much memory as the file says it needs."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._stream = path.open("rb")
        self._unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=limits.max_memory)

    def read(self, size: int = -1) -> bytes:
        while not self._unpacker.eof:
            packed = self._stream.read(64 * 1024) if self._unpacker.needs_input else b""
            if self._unpacker.needs_input and not packed:
                raise EOFError("the compressed file is cut")
            if data := self._unpacker.decompress(packed, size):
                return data
        return b""

    def close(self) -> None:
        self._stream.close()
        super().close()


def _unpacked_xz(path: Path, limits: Limits) -> BinaryIO:
    return cast(BinaryIO, _Xz(path, limits))


def not_readable(name: str, error: Exception) -> ImportFileError:
    """The refusal of what the system does not let us read."""
    return ImportFileError("not_readable", f"expected to read {name}, met {error}", name=name)


def too_heavy(name: str, limits: Limits = DEFAULT_LIMITS) -> ImportFileError:
    """The refusal of what unpacks to far more than it should."""
    return ImportFileError(
        "bomb",
        f"expected {name} to unpack to a reasonable size",
        name=name,
        limit=limits.max_bytes // (1024 * MEBIBYTE),
    )
