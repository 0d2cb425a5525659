"""
The fiches of the XML flow of France compétences, one after the other: half a gigabyte in constant memory.

Expat is used directly: what it builds is one fiche at a time, as plain dictionaries, and any declaration of a
document type is refused, so that no entity can be declared, let alone expanded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from jalon.frameworks.errors import ImportFileError
from jalon.frameworks.importers.files import Member

Fiche = dict[str, list[Any]]
"""Tag → values in order; a value is a text, or again such a dictionary: ``{"INTITULE": ["…"]}``."""

# Not kept: two thirds of the flow, names of partners above all.
_LEFT_OUT = frozenset({"PARTENAIRES", "STATISTIQUES_PROMOTIONS", "PUBLICATION_DECRET_GENERAL",
                       "PUBLICATION_DECRET_CREATION", "PUBLICATION_DECRET_AUTRE"})  # fmt: skip
_CHUNK = 256 * 1024
MAX_DEPTH = 40
MAX_FICHE_SIGNS = 20_000_000
MAX_ELEMENTS = 500_000


def fiches(member: Member) -> Iterator[Fiche]:
    """
    Each FICHE of *member*, in order.

    Raises:
        ImportFileError: ``xml`` (not well formed, or cut; says the line), ``entities``, ``xml_bounds``,
            ``not_fiches`` (another root).
    """
    reader = _Reader(member.name)
    with member.open() as stream:
        while chunk := stream.read(_CHUNK):
            yield from reader.feed(chunk)
    yield from reader.feed(b"", last=True)


class _Reader:
    """Turns what expat reports into dictionaries."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.EntityDeclHandler = self._refuse_doctype
        self._depth = self._elements = self._signs = self._left_out = 0
        self._stack: list[Fiche] = []
        self._text: list[str] = []
        self._done: list[Fiche] = []

    def feed(self, chunk: bytes, *, last: bool = False) -> list[Fiche]:
        """What is complete after *chunk*."""
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise ImportFileError(
                "xml", f"{self._name}: {error}", name=self._name, row=getattr(error, "lineno", 0)
            ) from error
        done, self._done = self._done, []
        return done

    def _refuse_doctype(self, *_: object) -> None:
        raise ImportFileError("entities", f"expected no document type in {self._name}", name=self._name)

    def _start(self, tag: str, _attributes: object) -> None:
        self._depth += 1
        if self._depth == 1:
            if tag != "FICHES":
                raise ImportFileError(
                    "not_fiches", f"expected FICHES, met {tag[:40]}", name=self._name, met=tag[:40]
                )
            return
        if self._left_out or (tag in _LEFT_OUT and self._stack):
            self._left_out += 1
            self._parser.CharacterDataHandler = None
        elif self._stack or tag == "FICHE":
            self._begin()
        if self._depth > MAX_DEPTH:
            self._refuse_bounds()

    def _begin(self) -> None:
        if not self._stack:
            self._elements = self._signs = 0
            self._parser.CharacterDataHandler = self._characters
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            self._refuse_bounds()
        self._stack.append({})
        self._text.clear()

    def _characters(self, data: str) -> None:
        self._signs += len(data)
        if self._signs > MAX_FICHE_SIGNS:
            self._refuse_bounds()
        self._text.append(data)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._left_out:
            self._left_out -= 1
            if not self._left_out:
                self._parser.CharacterDataHandler = self._characters
        elif self._stack:
            made = self._stack.pop()
            if not self._stack:
                self._parser.CharacterDataHandler = None
                self._done.append(made)
                return
            # XML has no U+0000, and neither has PostgreSQL's JSON: nothing to clean here.
            self._stack[-1].setdefault(tag, []).append(made or "".join(self._text).strip())
            self._text.clear()

    def _refuse_bounds(self) -> None:
        raise ImportFileError("xml_bounds", f"expected fiches of a reasonable size in {self._name}",
                              name=self._name, row=self._parser.CurrentLineNumber)  # fmt: skip
