"""What a person gives a command to look at: a file, the standard input or an https address; and its bytes."""

from __future__ import annotations

import os
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from jalon.cli.verifying_sources import NoNetwork
from jalon.foundation.errors import UnreadableFileError
from jalon.foundation.labels import sentence as foundation_sentence
from jalon.verification.rules import MAX_BYTES, Form, recognise
from sceau.errors import FetchError, NothingFoundError
from sceau.ports import Fetcher

_NOT_READ = {
    Form.EMPTY: "reading.empty",
    Form.PICTURE: "reading.nothing_found",
    Form.HTML: "reading.html",
}


class Refused(Exception):
    """One input that cannot be read: a French or English message, and a stable code."""

    def __init__(self, code: str, message: str = "", **facts: Any) -> None:
        super().__init__(message or code)
        self.code, self.message, self.facts = code, message, facts


def language_of_system() -> str:
    """French unless the system clearly speaks English."""
    chosen = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return "en" if chosen.lower().startswith("en") else "fr"


def fetcher_for(*, offline: bool) -> Fetcher:
    """The guarded one, or none at all."""
    if offline:
        return NoNetwork()
    from jalon.foundation.fetching import GuardedFetcher

    return GuardedFetcher()


def document_of(given: str, fetcher: Fetcher, language: str) -> bytes:
    """The bytes to verify, out of whatever wraps them."""
    is_address = "://" in given[:10]
    data = _fetched(given, fetcher, language) if is_address else _read(given)
    form = recognise(data)
    if is_address and form is Form.HTML and (signed := _signed_file_named_by(data, given)):
        data = _fetched(signed, fetcher, language)
        form = recognise(data)
    if form in _NOT_READ:
        raise Refused(_NOT_READ[form])
    return _attached(data) if form is Form.PDF else data


def _read(given: str) -> bytes:
    if given == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        try:
            with Path(given).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except IsADirectoryError as error:
            raise Refused("reading.folder", detail=str(error)) from error
        except OSError as error:
            raise Refused("reading.missing", detail=str(error)) from error
    if len(data) > MAX_BYTES:
        raise Refused("reading.too_large")
    return data


def _fetched(url: str, fetcher: Fetcher, language: str) -> bytes:
    try:
        return fetcher.fetch(url, max_bytes=MAX_BYTES).body
    except FetchError as error:
        facts = getattr(error, "facts", {})
        message = (
            str(error) if language == "en" else foundation_sentence(error.code, {"url": url[:120], **facts})
        )
        raise Refused(error.code, message, detail=str(error)) from error


def _attached(data: bytes) -> bytes:
    """The first file attached to a PDF that is JSON, else the first that is a token."""
    from jalon.foundation import pdf_attachments

    try:
        found = pdf_attachments.read(data)
    except UnreadableFileError as error:
        raise Refused("reading.pdf", detail=str(error)) from error
    for form in (Form.JSON, Form.JWT, Form.SD_JWT):
        for attachment in found:
            if recognise(attachment.data) is form:
                return attachment.data
    raise NothingFoundError("expected a signed file attached to the PDF, met none")


class _SignedFileFinder(HTMLParser):
    """Finds ``<link rel="alternate" type="application/vc" href="…">``."""

    def __init__(self) -> None:
        super().__init__()
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "link" and not self.href and values.get("type") == "application/vc":
            self.href = values.get("href", "")


def _signed_file_named_by(page: bytes, url: str) -> str:
    """The address of the signed file that a page of the same site names, else ``""``."""
    finder = _SignedFileFinder()
    finder.feed(page[:65_536].decode("utf-8", "replace"))
    try:
        found = urljoin(url, finder.href) if finder.href else ""
        return found if found and urlsplit(found)[:2] == urlsplit(url)[:2] else ""
    except ValueError:
        return ""


def calm(text: str) -> str:
    """A stranger's text for a terminal: one line, and no sign that commands it or turns it around."""
    kept = "".join(
        " " if sign.isspace() else sign
        for sign in text
        if sign.isspace() or unicodedata.category(sign) != "Cc"
    )
    return "".join(
        sign for sign in kept if unicodedata.category(sign) not in {"Cf", "Cs"} or sign == "\u200d"
    )[:500]
