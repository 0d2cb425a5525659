"""
A specification in a file, told by what it holds: our own JSON, a spreadsheet, a credential of any format, or
a specification of the European Learning Model, alone or in a catalogue of learning opportunities.

    {"specification": {…}, "title": "…", "owner": "…", "country": "FR", "address": "https://…"}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jalon.design.errors import ImportRefusedError
from jalon.design.rules import plain, spreadsheet
from jalon.design.rules.imports import Imported, from_micro_credential
from jalon.foundation import tables
from sceau.errors import SceauError
from sceau.formats import european, open_badges_3
from sceau.model.credential import Credential, Issuer
from sceau.model.micro_credential import MicroCredential

LARGEST_FILE = 5 * 1024 * 1024


def read_file(data: bytes, name: str = "") -> Imported:
    """
    Read the specification in *data*; the name is for messages only.

    Raises:
        ImportRefusedError: Too large, not readable, or nothing in it that we know.
        InvalidContentError: Our own shape or a spreadsheet, with values that cannot be read: every place.
        UnreadableFileError: A spreadsheet that is damaged, or another kind of file (`foundation.labels`).
    """
    if len(data) > LARGEST_FILE:
        raise ImportRefusedError("too_large", name, megabytes=LARGEST_FILE // 1024 // 1024)
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        return _from_json(_json(data, name), name)
    if start.startswith(b"---"):
        raise ImportRefusedError("not_known", name)
    if start.startswith(b"%PDF") or (data.startswith(b"PK") and b"word/document.xml" in data):
        raise ImportRefusedError("programme", name)
    return spreadsheet.read([row.cells for row in tables.read(data, name).rows], name)


def _json(data: bytes, name: str) -> object:
    try:
        found: object = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ImportRefusedError("not_readable", name) from error
    return found


def _no_constant(met: str) -> None:
    raise ValueError(f"expected JSON, met {met}")


def _from_json(document: object, name: str) -> Imported:
    if not isinstance(document, Mapping):
        return _from_specification(document, name)
    if isinstance(sealed := document.get("payload"), str) and (
        "signatures" in document or "signature" in document
    ):
        # The words are under a European seal (JAdES), as they stand.
        document = _json(sealed.encode(), name)
        if not isinstance(document, Mapping):
            raise ImportRefusedError("not_known", name)
    if isinstance(document.get("specification"), Mapping):
        content = plain.read(document["specification"])
        if not content.title and not content.learning_outcomes:
            raise ImportRefusedError("nothing_in_it", name)
        return Imported(
            content,
            _said(document, "title") or str(content.title) or name,
            _said(document, "owner"),
            _said(document, "country")[:2],
            _address(document),
        )
    credential = _credential(document, name)
    if credential is None:
        return _from_specification(document, name)
    return _imported(credential.micro_credential, credential.issuer, (), name)


def _credential(document: Mapping[str, Any], name: str) -> Credential | None:
    """What a credential says, whoever made it. Seals and proofs are not looked at: words are copied."""
    try:
        if european.recognises(document):
            return european.from_document(document)
        if open_badges_3.recognises(document):
            return open_badges_3.read_any(document)
    except SceauError as error:
        raise ImportRefusedError("not_readable", name) from error
    return None


def _from_specification(document: object, name: str) -> Imported:
    """A specification of the European Learning Model: ours, or one in somebody's catalogue."""
    if not european.specification.recognises(document):
        raise ImportRefusedError("not_known", name)
    try:
        found = european.specification.from_document(document)
    except SceauError as error:
        raise ImportRefusedError("not_readable", name) from error
    others = ("others",) if found.others else ()
    return _imported(found.micro_credential, next(iter(found.bodies), None), others, name)


def _imported(
    micro_credential: MicroCredential, body: Issuer | None, left: tuple[str, ...], name: str
) -> Imported:
    content, not_taken = from_micro_credential(micro_credential)
    if not content.title and not content.learning_outcomes:
        raise ImportRefusedError("nothing_in_it", name)
    # Whoever wrote it had other bounds than ours: what is too long or too many is told by its place.
    plain.read(plain.write(content))
    return Imported(
        content,
        " ".join(str(micro_credential.title).split())[:500],
        " ".join(body.name.split())[:500] if body else "",
        body.country_code[:2] if body else "",
        _web_address(micro_credential.url),
        (*left, *not_taken),
    )


def _said(document: Mapping[str, Any], key: str) -> str:
    value = document.get(key, "")
    return " ".join(value.split())[:500] if isinstance(value, str) else ""


def _address(document: Mapping[str, Any]) -> str:
    return _web_address(_said(document, "address"))


def _web_address(address: str) -> str:
    return address if address.startswith(("https://", "http://")) else ""
