"""The small things that a document is made of: texts, addresses, notes, and concepts told once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sceau.errors import DataModelError
from sceau.formats.european import codes, terms
from sceau.formats.european.terms import Note
from sceau.model.concepts import Concept
from sceau.model.texts import Text

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f]+")
# Any other could be read as a prefix of the context, and so become another address.
_SCHEMES = frozenset({"urn", "did", "https", "http", "mailto"})

Thing = dict[str, Any]


class Words:
    """
    The texts and concepts of one document.

    A concept may occur in several places and is one thing in RDF, which must not have two labels in one
    language: what the first place says of it holds.

    Args:
        language: Of what the record holds in no stated language.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._concepts: dict[str, Thing] = {}

    def text(self, words: str) -> Text:
        """What the record holds in no stated language is in that of the title."""
        return Text(((self.language, words),)) if words else Text(())

    def words(self, words: str) -> dict[str, str]:
        return by_language(self.text(words))

    def notes(self, owner: str, told: Mapping[Note, Text]) -> list[Thing]:
        return [self.note(owner, kind, text) for kind, text in told.items() if text]

    def note(self, owner: str, kind: Note, text: Text, which: str = "") -> Thing:
        subject = self.known(kind.iri, terms.NOTE_WORDS[kind])
        return {**plain_note(owner, f"{kind}{which}", text), "subject": subject}

    def language_concept(self, tag: str) -> Thing:
        iri = codes.language_iri(tag)
        return self.known(iri, codes.NAMES.get(iri.rpartition("/")[2], {}))

    def known(self, iri: str, words: Mapping[str, str]) -> Thing:
        """A concept of the tables here."""
        framework = next((name for start, (_, name) in terms.SCHEMES.items() if iri.startswith(start)), "")
        return self.concept(Concept(iri, Text.of(words), framework))

    def concept(self, concept: Concept) -> Thing:
        """As it was told where it first occurred."""
        if concept.iri not in self._concepts:
            self._concepts[concept.iri] = filled(
                {
                    **bare_concept(iri(concept.iri, "a concept")),
                    "prefLabel": by_language(concept.label),
                    "notation": concept.code,
                    "inScheme": self._scheme(concept),
                }
            )
        return dict(self._concepts[concept.iri])

    def _scheme(self, concept: Concept) -> Thing | None:
        start = next((start for start in terms.SCHEMES if concept.iri.startswith(start)), "")
        known, name = terms.SCHEMES.get(start, ("", ""))
        if not known and not concept.framework:
            return None
        own_name = concept.framework if concept.framework != name else ""
        scheme = known or terms.derived_id("scheme", concept.framework)
        return filled({"id": scheme, "type": "ConceptScheme", "prefLabel": self.words(own_name)})


def bare_concept(iri: str) -> Thing:
    concept: Thing = {"id": iri, "type": "Concept"}
    for start, (scheme, _) in terms.SCHEMES.items():
        if iri.startswith(start):
            concept["inScheme"] = {"id": scheme, "type": "ConceptScheme"}
    return concept


def plain_note(owner: str, key: str, text: Text) -> Thing:
    return {"id": terms.derived_id(owner, "note", key), "type": "Note", "noteLiteral": by_language(text)}


def identifier(owner: str, scheme: str, value: str) -> Thing:
    return {
        "id": terms.derived_id(owner, "identifier", scheme),
        "type": "Identifier",
        "notation": value,
        "schemeName": scheme,
    }


def by_language(text: Text) -> dict[str, str]:
    """
    A text by language.

    Raises:
        DataModelError: A language twice but for its letters' case, which is one language, or no language tag.
    """
    written = text.as_dict()
    if len({tag.lower() for tag in written}) != len(text.versions):
        raise DataModelError(f"expected each language once, met {list(written)}")
    for tag, words in written.items():
        if not codes.TAG.fullmatch(tag) or not words:
            raise DataModelError(f"expected words with a language tag such as fr, met {tag[:40]!a}")
    return written


def iri(value: str, where: str) -> str:
    if not _IRI.fullmatch(value) or value.partition(":")[0].lower() not in _SCHEMES:
        raise DataModelError(f"expected an absolute URL or URN in {where}, met {value[:120]!a}")
    return value


def listed(thing: Thing | None) -> list[Thing]:
    return [] if thing is None else [thing]


def once(things: Iterable[Thing]) -> list[Thing]:
    return list({thing["id"]: thing for thing in things}.values())


def filled(entries: Thing) -> Thing:
    """Without the empty ones: an empty value says nothing, and would be sealed as if it did."""
    return {key: value for key, value in entries.items() if value not in ("", None, [], {})}


def page(url: str, owner: str, key: str) -> Thing | None:
    if not url:
        return None
    return {
        "id": terms.derived_id(owner, key),
        "type": "WebResource",
        "contentURL": iri(url, key),
    }


def check_told_once(document: Mapping[str, Any]) -> None:
    """
    One id, one thing. In RDF two objects with one id are one thing that says both; a reader of the JSON sees
    two.
    """
    seen: dict[tuple[str, bool], Any] = {}
    for siblings in terms.things(document):
        ids = [thing["id"] for thing in siblings]
        if len(ids) != len(set(ids)):
            raise DataModelError("expected each thing once in a list, met an id twice")
        for thing in siblings:
            if thing.keys() <= {"id", "type"}:
                continue  # points to what is told elsewhere, and says nothing against it
            # A whole may have the id of a concept of an outcome; a scheme may have several names.
            key = (thing["id"], thing["type"] == "Concept")
            if thing["type"] != "ConceptScheme" and seen.setdefault(key, thing) != thing:
                raise DataModelError(f"expected each id to name one thing, met {thing['id'][:120]!a} twice")
