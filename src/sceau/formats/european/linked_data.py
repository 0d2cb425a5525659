"""
Documents of others, whatever JSON-LD makes of them, in the terms that are read here.

What the tools of Europe publish is one graph in many shapes: nested or a list of nodes, in bare terms, with
prefixes or in whole addresses, of either release of the model. No context is fetched: a name is known by the
table of terms, and what is not known is left out, as JSON-LD would.

    [{"@id": "https://a/1", "@type": ["…/elm/Qualification"], "http://purl.org/dc/terms/title":
        [{"@value": "Haie", "@language": "fr"}]}]
    → {"id": "https://a/1", "type": ["Qualification"], "title": {"fr": "Haie"}}
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sceau.errors import DataModelError
from sceau.formats.european import names, terms
from sceau.formats.european.terms import Kind

MOST_NODES = 20_000
"""In a document, and in the tree that is made of one of them: a graph may point to one node from many."""
MOST_DEEP = 12

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_PREFIXES = {
    "dc": ("http://purl.org/dc/terms/",),
    "dcterms": ("http://purl.org/dc/terms/",),
    "dct": ("http://purl.org/dc/terms/",),
    "foaf": ("http://xmlns.com/foaf/0.1/",),
    "skos": ("http://www.w3.org/2004/02/skos/core#",),
    "adms": ("http://www.w3.org/ns/adms#",),
    "rov": ("http://www.w3.org/ns/regorg#",),
    "rdf": ("http://www.w3.org/1999/02/22-rdf-syntax-ns#",),
    "elm": tuple(release.namespace for release in names.KNOWN),
}


def _full(short: str) -> Iterator[str]:
    prefix, _, name = short.partition(":")
    yield from (start + name for start in _PREFIXES.get(prefix, ()))


def _named(table: Mapping[str, str]) -> dict[str, str]:
    """Each way of writing a name, to the term."""
    found = {term: term for term in table}
    for term, short in table.items():
        found[short] = term
        found |= dict.fromkeys(_full(short), term)
        prefix, _, local = short.partition(":")
        if prefix == "dc":
            found |= {f"{other}:{local}": term for other in ("dcterms", "dct")}
        # The name in the model, where the context gives it another one: EQFLevel, contentUrl.
        found.setdefault(local, term)
    return found


_TERM_OF = _named({term: short for term, (short, _kind) in terms.TERMS.items()})
# «type» is the word of contexts for the kind of a thing, and `dc:type` is another.
_TERM_OF |= {_RDF_TYPE: "type", "rdf:type": "type", "@type": "type", "type": "type", "@id": "id", "id": "id"}
_TYPE_OF = _named(terms.TYPES)

_POINTERS = {"id", "@id", "type", "@type"}

Node = dict[str, Any]


def mentions(document: object, kinds: Sequence[str]) -> bool:
    """Is there a thing of one of *kinds* at the top of it, or among its nodes?"""
    try:
        return bool(Nodes(document).of_kinds(kinds))
    except DataModelError:
        return False


class Nodes:
    """
    The things that a document speaks of.

    Raises:
        DataModelError: More than `MOST_NODES`.
    """

    def __init__(self, document: object) -> None:
        self._by_id: dict[str, Node] = {}
        self._met: list[Node] = []
        self._left = MOST_NODES
        self._gather(document)

    def of_kinds(self, kinds: Sequence[str]) -> list[Node]:
        """Those of one of *kinds* that say a title, in the order of the document."""
        found = {id(node): node for node in self._met if set(node.get("type", ())) & set(kinds)}
        return [node for node in found.values() if "title" in node]

    def nested(self, node: Node) -> Node:
        """*node* with all that it points to inside; what would go round in a circle is named only."""
        self._left = MOST_NODES
        return self._tree(node, ())

    def _tree(self, node: Node, above: tuple[str, ...]) -> Node:
        self._left -= 1
        if self._left < 0:
            raise DataModelError(f"expected at most {MOST_NODES} things in a specification, met more")
        above = (*above, str(node.get("id", "")))
        return {key: self._inside(value, above) for key, value in node.items()}

    def _inside(self, value: Any, above: tuple[str, ...]) -> Any:
        if not isinstance(value, list):
            return value
        return [self._thing(item, above) if isinstance(item, _Held) else item for item in value]

    def _thing(self, held: _Held, above: tuple[str, ...]) -> Node:
        node = held.node or self._by_id.get(held.id)
        if node is None or (held.id and held.id in above) or len(above) > MOST_DEEP:
            return {"id": held.id}
        return self._tree(node, above)

    def _gather(self, document: object) -> None:
        """Every object that says something we know, what stands higher before what stands inside it."""
        pending: _Pending = deque([(document, None)])
        while pending:
            item, node = pending.popleft()
            if isinstance(item, list):
                pending.extend((each, None) for each in item)
            elif isinstance(item, Mapping):
                self._keep(item, node, pending)

    def _keep(self, item: Mapping[str, Any], node: Node | None, pending: _Pending) -> None:
        """
        One object. What stands by itself adds to what was said under its id: writers of lists tell a thing in
        several pieces. What stands inside another (*node*) is told as it is there.
        """
        known = {key: term for key in item if (term := _TERM_OF.get(key))}
        # Whatever hangs at a name that we do not know is looked through for specifications.
        pending.extend((value, None) for key, value in item.items() if key not in known and key != "@context")
        if not known:
            return
        if len(self._met) >= MOST_NODES:
            raise DataModelError(f"expected at most {MOST_NODES} things in a document, met more")
        own = _id_of(item)
        if node is None:
            node = self._by_id.setdefault(own, {}) if own else {}
        elif own:
            self._by_id.setdefault(own, node)
        if own:
            node["id"] = own
        self._met.append(node)
        for key, term in known.items():
            if term == "type":
                node["type"] = list(dict.fromkeys([*node.get("type", ()), *_types(item[key])]))
            elif term != "id":
                _add(node, term, item[key], pending)


@dataclass(frozen=True)
class _Held:
    """What a property points to: a thing told there, or the id of one told elsewhere."""

    id: str
    node: Node | None = None


_Pending = deque[tuple[object, Node | None]]


def _add(node: Node, term: str, value: Any, pending: _Pending) -> None:
    kind = terms.TERMS[term][1]
    if kind is Kind.WORDS:
        words = node.setdefault(term, {})
        for tag, text in _words(value):
            if text not in words.setdefault(tag, []):
                words[tag].append(text)
    elif kind is Kind.VALUE:
        for each in value if isinstance(value, list) else [value]:
            node.setdefault(term, _plain(each))
    else:
        held = node.setdefault(term, [])
        held.extend(each for each in _things(value, pending) if each.node is not None or each not in held)


def _things(value: Any, pending: _Pending) -> Iterator[_Held]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str) and each:
            yield _Held(each)
        elif isinstance(each, Mapping) and "@value" not in each:
            own = _id_of(each)
            if own and not each.keys() - _POINTERS:
                yield _Held(own)
            else:
                told: Node = {}
                pending.append((each, told))
                yield _Held(own, told)


def _id_of(item: Mapping[str, Any]) -> str:
    stated = item.get("@id", item.get("id"))
    return stated if isinstance(stated, str) else ""


def _plain(value: Any) -> Any:
    return value.get("@value", value.get("@id", "")) if isinstance(value, Mapping) else value


def _types(value: object) -> list[str]:
    stated = value if isinstance(value, list) else [value]
    said = [each.get("@id") if isinstance(each, Mapping) else each for each in stated]
    return [_TYPE_OF.get(each, each) for each in said if isinstance(each, str)]


def _words(value: Any) -> Iterator[tuple[str, str]]:
    """``{"fr": "…"}``, ``{"fr": ["…"]}``, ``[{"@value": "…", "@language": "fr"}]`` or a bare string."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield "und", each
        elif isinstance(each, Mapping) and "@value" in each:
            yield str(each.get("@language") or "und"), str(each["@value"])
        elif isinstance(each, Mapping):
            for tag, text in each.items():
                told = text if isinstance(text, list) else [text]
                yield from ((str(tag), one) for one in told if isinstance(one, str))
