"""
The files attached to a PDF that a stranger gave, in bounded time and memory.

A PDF can ask for hours of work in a few kilobytes: it is read by a process of its own that the system stops.

    for attachment in pdf_attachments.read(data): …
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from base64 import b64decode, b64encode
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from jalon.foundation.errors import UnreadableFileError

MAX_ATTACHMENTS = 10
MAX_ATTACHMENT_BYTES = 2 * 1024 * 1024
SECONDS = 8
MEMORY_BYTES = 512 * 1024 * 1024
# What pypdf raises on broken objects, beyond its own errors.
_BROKEN = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, RecursionError)


@dataclass(frozen=True)
class Attachment:
    """One attached file. Its name is a stranger's text, and is no path."""

    name: str
    data: bytes


def read(data: bytes, *, seconds: float = SECONDS) -> tuple[Attachment, ...]:
    """
    The first `MAX_ATTACHMENTS` files attached to a PDF, those over `MAX_ATTACHMENT_BYTES` left out.

    Raises:
        UnreadableFileError: ``file.pdf_broken``, ``file.pdf_encrypted`` or ``file.pdf_too_heavy``.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "jalon.foundation.pdf_attachments"],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError("the PDF asks for too much time", code="file.pdf_too_heavy") from error
    if done.returncode != 0:
        raise UnreadableFileError("the PDF asks for too much work or memory", code="file.pdf_too_heavy")
    answer = json.loads(done.stdout)
    if answer["problem"]:
        raise UnreadableFileError("the PDF cannot be read", code=answer["problem"])
    return tuple(Attachment(name, b64decode(content)) for name, content in answer["attachments"])


def _extracted(data: bytes) -> dict[str, object]:
    """``{"problem": "", "attachments": [["attestation.json", "eyJA…"]]}``: what travels back."""
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"problem": "file.pdf_encrypted", "attachments": []}
        return {"problem": "", "attachments": _attachments(reader)}
    except (MemoryError, LimitReachedError):
        return {"problem": "file.pdf_too_heavy", "attachments": []}
    except _BROKEN:
        return {"problem": "file.pdf_broken", "attachments": []}


def _attachments(reader: PdfReader) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for number, file in enumerate(reader.attachment_list):
        if number >= MAX_ATTACHMENTS:
            break
        content = file.content
        if len(content) <= MAX_ATTACHMENT_BYTES:
            found.append((file.name.encode("utf-8", "replace").decode(), b64encode(content).decode()))
    return found


def _limit_this_process() -> None:
    """Let the system stop this process: it was started for one PDF."""
    logging.disable(logging.CRITICAL)
    try:
        import resource  # absent on some systems; the time limit of the caller remains
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit_this_process()
    sys.stdout.write(json.dumps(_extracted(sys.stdin.buffer.read())))
