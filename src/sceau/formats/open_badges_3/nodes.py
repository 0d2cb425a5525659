"""
Reading: a JSON object of a stranger's, and the path to it, so that each error says where it is.

What a document says of one thing it may say in several objects with the same id: to a signature over RDF they
are one. So each is read with all that is said of it anywhere, and nothing can be hidden by moving it.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sceau.errors import DataModelError
from sceau.formats import data_model
from sceau.formats.open_badges_3 import pieces, terms
from sceau.model.concepts import Concept
from sceau.model.texts import Text

UNKNOWN_LANGUAGE = "und"
_VALUE_KEYS = frozenset({"@value", "@language", "@direction"})
_NOT_SAID_OF_IT = frozenset({"@context", "proof"})
_SAID_BY_OTHERS = frozenset({"endorsementComment", "inLanguage", "type"})


@dataclass(frozen=True)
class Node:
    """
    A JSON object. What is absent, or null, is empty; a value of another shape than JSON-LD allows is refused.

    Raises:
        DataModelError: From each method, for a malformed value.
    """

    entries: Mapping[str, Any]
    path: str = ""
    things: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)

    @classmethod
    def root(cls, document: Mapping[str, Any]) -> Node:
        """A whole document, whose parts know what is said of them elsewhere in it."""
        return cls(document, things=_things(document))

    def _refused(self, key: str, expected: str, value: object) -> DataModelError:
        return DataModelError(f"expected {expected} at {self.path}{key}, met {type(value).__name__}")

    def text(self, key: str) -> str:
        """A string."""
        value = self.entries.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._refused(key, "str", value)
        return value

    def words(self, key: str, language: str = UNKNOWN_LANGUAGE) -> Text:
        """
        What people read: a string, which is in *language*, or strings that say theirs.

            [{"@value": "Tailler", "@language": "fr"}, {"@value": "Prune", "@language": "en"}]
        """
        value = self.entries.get(key)
        told: dict[str, str] = {}
        for item in value if isinstance(value, list) else [value]:
            if (
                isinstance(item, dict)
                and isinstance(item.get("@value"), str)
                and _VALUE_KEYS.issuperset(item)
            ):
                tag = item.get("@language", language)
                item = item["@value"]
            else:
                tag = language
            if not isinstance(tag, str) or not isinstance(item, str | None):
                raise self._refused(key, "text or language value objects", item)
            if item:
                told.setdefault(tag, item)
        return Text(tuple(told.items()))

    def link(self, key: str) -> str:
        """An address or a name that may be followed; empty where it is ``javascript:`` or the like."""
        value = self.text(key)
        return value if pieces.is_iri(value) else ""

    def node(self, key: str) -> Node:
        """The one object; its id alone may stand for it."""
        found = self.nodes(key)
        if len(found) > 1:
            raise DataModelError(f"expected one object at {self.path}{key}, met {len(found)}")
        return Node(found[0].entries if found else {}, f"{self.path}{key}.", self.things)

    def nodes(self, key: str) -> list[Node]:
        """Objects; one alone may stand without a list."""
        value = self.entries.get(key)
        if value is None:
            return []
        found = []
        for number, item in enumerate(value if isinstance(value, list) else [value]):
            entries = {"id": item} if isinstance(item, str) else item
            if not isinstance(entries, dict):
                raise self._refused(key, "objects", item)
            own_id = entries.get("id")
            told = self.things.get(own_id, entries) if isinstance(own_id, str) else entries
            found.append(Node(told, f"{self.path}{key}[{number}].", self.things))
        return found

    def flag(self, key: str) -> bool | None:
        """A boolean; None where it is not said."""
        value = self.entries.get(key)
        if value is not None and not isinstance(value, bool):
            raise self._refused(key, "true or false", value)
        return value

    def number(self, key: str) -> Decimal | None:
        """A number as it was written."""
        value = self.entries.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._refused(key, "a number", value)
        return Decimal(str(value))


def concept(alignment: Node, language: str) -> Concept:
    """The concept that an Alignment points to."""
    return Concept(
        iri=alignment.link("targetUrl"),
        label=alignment.words("targetName", language),
        framework=alignment.text("targetFramework"),
        code=alignment.text("targetCode"),
    )


def _things(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What is said of each thing that has an id: all of it together."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for item in _objects(document):
        if isinstance(item.get("id"), str):
            found.setdefault(item["id"], []).append(_without_comment(item))
    return {own_id: items[0] if len(items) == 1 else _united(items) for own_id, items in found.items()}


def _objects(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every object; those further down come later."""
    pending: deque[Any] = deque([document])
    while pending:
        item = pending.popleft()
        if isinstance(item, dict):
            yield item
            pending.extend(value for name, value in item.items() if name not in _NOT_SAID_OF_IT)
        elif isinstance(item, list):
            pending.extend(item)


def _without_comment(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """An endorsement's own words about its subject, in a language of their own, are not the subject's."""
    if terms.ENDORSEMENT_SUBJECT not in data_model.types_of(item):
        return item
    return {name: value for name, value in item.items() if name not in _SAID_BY_OTHERS}


def _united(items: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    """All of them in one; what has several values under one name keeps each of them once."""
    values: dict[str, dict[str, Any]] = {}
    for item in items:
        for name, value in item.items():
            known = values.setdefault(name, {})
            for each in value if isinstance(value, list) else [value]:
                known.setdefault(json.dumps(each, sort_keys=True), each)
    united = {name: list(known.values()) for name, known in values.items()}
    return {name: found[0] if len(found) == 1 else found for name, found in united.items()}
