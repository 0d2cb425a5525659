"""Reading: a JSON object of a stranger's, and the path to it, so that each error says where it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sceau.errors import DataModelError
from sceau.formats.open_badges_3 import pieces
from sceau.model.concepts import Concept
from sceau.model.texts import Text

UNKNOWN_LANGUAGE = "und"
_VALUE_KEYS = frozenset({"@value", "@language", "@direction"})


@dataclass(frozen=True)
class Node:
    """
    A JSON object. What is absent, or null, is empty; a value of another shape than JSON-LD allows is refused.

    Raises:
        DataModelError: From each method, for a malformed value.
    """

    entries: Mapping[str, Any]
    path: str = ""

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
        return Node(found[0].entries, f"{self.path}{key}.") if found else Node({}, f"{self.path}{key}.")

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
            found.append(Node(entries, f"{self.path}{key}[{number}]."))
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
