"""
From a JSON document to its statements, in safe mode: whatever would not become a statement is refused.

PyLD expands; by default it drops what it does not know, and what is dropped is not covered by a signature. So
undefined terms are errors here, the shape of the document is checked before expansion, and the statements are
written from the expanded form by code that knows no way to skip anything.
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Mapping
from typing import Any

import pyoxigraph
from pyld import jsonld
from pyld.context_resolver import ContextResolver

from sceau.canon.contexts import Contexts, pinned
from sceau.canon.rdfc import Quad
from sceau.errors import CanonicalisationError, ContextError, UndefinedTermError

MAX_VALUES = 20_000
"""Values in one document; expansion takes some thirty microseconds for each."""
MAX_OBJECTS = 1_000
"""Objects among them; each has contexts of its own to be processed, and takes about a millisecond."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_UNRESOLVED = "sceau-unresolved:/"
"""What relative IRIs and undefined types are resolved against; without a base PyLD makes them http://example.org/base/…"""
_I18N = "https://www.w3.org/ns/i18n#"
_VALUE_KEYS = {"@value", "@type", "@language", "@direction"}
_WITH_OWN_CONTEXTS = frozenset({"verifiableCredential", "proof", "endorsement"})
"""
Where contexts may be named again: a credential in a presentation, a proof over canonical JSON, an endorsement
inside a badge. Each is held against the same set, and PyLD refuses one that gives a word another meaning.
"""
_MAX_KEPT = 500
"""Letters of an IRI that is kept written: strangers choose them, and may send megabytes."""
_KEYWORD = re.compile(r"@[a-zA-Z]+\Z")
_MAX_CACHED = 64
"""Processed contexts that a thread keeps; only sets that allow contexts inside documents come near it."""


def to_quads(document: Mapping[str, Any], *, contexts: Contexts | None = None) -> list[Quad]:
    """
    The statements of a document.

    Args:
        document: Parsed JSON with an ``@context``; without its proof.
        contexts: The contexts that may be named; the pinned ones by default.

    Raises:
        ContextError: See `Contexts.check`; `UndefinedTermError` for anything a signature would not cover.
        CanonicalisationError: Too many values, or something JSON-LD does not allow.
    """
    known = contexts or pinned()
    known.check(document.get("@context"))
    _check_shape(document, known)
    writer = _Writer()
    for node in _expand(dict(document), known):
        writer.node(node, "")
    if not writer.quads:
        raise CanonicalisationError("expected a document that states something, met none")
    return writer.quads


def _check_shape(document: Mapping[str, Any], known: Contexts) -> None:
    """
    Refuse what JSON-LD allows but which says the same thing in another place or is silently lost.

    A property written as a full IRI would be signed but not seen by whoever reads the JSON: an expiry date
    could be hidden that way in a document that still verifies. So could one written on a second object with
    the same id.
    """
    count = objects = 0
    pending: list[tuple[Any, str]] = [
        ({key: value for key, value in document.items() if key != "@context"}, "")
    ]
    while pending:
        item, under = pending.pop()
        count += 1
        if count > MAX_VALUES:
            raise CanonicalisationError(f"expected at most {MAX_VALUES} values, met more")
        if item is None:
            raise UndefinedTermError("expected a value, met null, which no signature covers")
        if isinstance(item, dict):
            objects += 1
            if objects > MAX_OBJECTS:
                raise CanonicalisationError(f"expected at most {MAX_OBJECTS} objects, met more")
            for key in item:
                if key == "@context" and under in _WITH_OWN_CONTEXTS:
                    known.check(item[key])
                else:
                    _check_key(key, item)
            pending.extend((value, key) for key, value in item.items() if key != "@context")
        elif isinstance(item, list):
            if any(isinstance(child, list) for child in item):
                raise CanonicalisationError("expected flat arrays, met an array within an array")
            pending.extend((child, under) for child in item)


def _check_key(key: str, item: Mapping[str, Any]) -> None:
    if key.startswith("@"):
        if "@value" not in item or not _VALUE_KEYS.issuperset(item):
            raise UndefinedTermError(f"expected terms of the contexts, met the keyword {key[:80]!r}")
    elif ":" in key:
        raise UndefinedTermError(f"expected terms of the contexts, met {key[:80]!r}")
    elif key == "id" and str(item[key]).startswith("_:"):
        raise UndefinedTermError(f"expected a URL as id, met the blank node {str(item[key])[:80]!r}")


class _Resolvers(threading.local):
    """PyLD's cache of processed contexts is not made for several threads: each has its own."""

    def __init__(self) -> None:
        self.caches: dict[int, tuple[Contexts, dict[str, Any]]] = {}

    def of(self, contexts: Contexts) -> ContextResolver:
        # The set is kept beside its cache, so that its id cannot be given to another one meanwhile.
        _, cache = self.caches.setdefault(id(contexts), (contexts, {}))
        if len(cache) > _MAX_CACHED:
            cache.clear()
        return ContextResolver(cache, _loader(contexts))


_resolvers = _Resolvers()


def _loader(contexts: Contexts) -> Any:
    def load(url: str, options: object = None) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": contexts.document(url), "tag": "static"}

    return load


def _expand(document: dict[str, Any], contexts: Contexts) -> list[dict[str, Any]]:
    dropped: list[str] = []
    options = {
        "base": _UNRESOLVED,
        "documentLoader": _loader(contexts),
        "contextResolver": _resolvers.of(contexts),
    }
    try:
        expanded: list[dict[str, Any]] = jsonld.expand(
            document, options, on_property_dropped=lambda name: dropped.append(str(name))
        )
    except jsonld.JsonLdError as error:
        raise ContextError(f"expected JSON-LD, met {error.code or error.type}") from error
    if dropped:
        names = ", ".join(repr(name[:80]) for name in sorted(set(dropped))[:5])
        raise UndefinedTermError(f"expected terms that a context defines, met {names}")
    return expanded


def _iri(value: object) -> str:
    """
    An absolute IRI as N-Quads writes it.

    Raises:
        UndefinedTermError: A relative IRI, or a word that no context defines where an IRI is wanted.
    """
    # PyLD makes None of what looks like a keyword.
    if not isinstance(value, str) or value.startswith(_UNRESOLVED):
        met = "a keyword" if value is None else repr(str(value).removeprefix(_UNRESOLVED)[:120])
        raise UndefinedTermError(f"expected an absolute IRI or a term that a context defines, met {met}")
    return _kept_node(value) if len(value) <= _MAX_KEPT else _named_node(value)


def _named_node(value: str) -> str:
    try:
        return str(pyoxigraph.NamedNode(value))
    except ValueError:
        raise UndefinedTermError(f"expected an absolute IRI, met {value[:120]!a}") from None


_kept_node = functools.lru_cache(maxsize=4_096)(_named_node)


class _Writer:
    """Writes expanded JSON-LD as statements."""

    def __init__(self) -> None:
        self.quads: list[Quad] = []
        self._blank = 0

    def _new_blank(self) -> str:
        self._blank += 1
        return f"_:b{self._blank - 1}"

    def node(self, node: Mapping[str, Any], graph: str) -> str:
        """Write one node object and all below it; returns its term."""
        subject = _iri(node["@id"]) if "@id" in node else self._new_blank()
        for name, values in node.items():
            if name == "@id":
                continue
            if name == "@type":
                for value in values:
                    self.quads.append((subject, f"<{_RDF}type>", _iri(value), graph))
                continue
            if _KEYWORD.match(name):
                raise UndefinedTermError(f"expected properties, met the keyword {name}")
            predicate = _iri(name)
            for value in values:
                self.quads.append((subject, predicate, self._object(value, graph), graph))
        return subject

    def _object(self, value: Mapping[str, Any], graph: str) -> str:
        if "@value" in value:
            return _literal(value)
        if "@list" in value:
            return self._list(value["@list"], graph)
        if "@graph" in value:
            return self._graph(value)
        return self.node(value, graph)

    def _list(self, values: list[Mapping[str, Any]], graph: str) -> str:
        cells = [self._new_blank() for _ in values]
        for position, (cell, value) in enumerate(zip(cells, values, strict=True)):
            rest = cells[position + 1] if position + 1 < len(cells) else f"<{_RDF}nil>"
            self.quads.append((cell, f"<{_RDF}first>", self._object(value, graph), graph))
            self.quads.append((cell, f"<{_RDF}rest>", rest, graph))
        return cells[0] if cells else f"<{_RDF}nil>"

    def _graph(self, value: Mapping[str, Any]) -> str:
        if set(value) != {"@graph"}:
            raise UndefinedTermError("expected a graph alone, met one with other entries")
        name = self._new_blank()
        for node in value["@graph"]:
            self.node(node, name)
        return name


def _literal(value: Mapping[str, Any]) -> str:
    """
    One literal.

    Source:
        JSON-LD 1.1 Processing Algorithms and API, section 8.2.2, Object to RDF Conversion.
    """
    if not _VALUE_KEYS.issuperset(value):
        raise UndefinedTermError(f"expected a plain value, met one with {', '.join(sorted(value))}")
    content, datatype = value["@value"], value.get("@type")
    if datatype == "@json":
        raise CanonicalisationError("expected plain values, met a JSON literal, which is not read here")
    text, natural = _lexical(content, datatype)
    if "@direction" in value:
        return _directed(text, value)
    if (language := value.get("@language")) is not None:
        try:
            return str(pyoxigraph.Literal(text, language=language))
        except ValueError:
            raise CanonicalisationError(f"expected a language such as fr, met {language[:40]!a}") from None
    _iri(datatype or natural)
    return str(pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(datatype or natural)))


def _directed(text: str, value: Mapping[str, Any]) -> str:
    """
    Text with a base direction. RDF has no place for it, and leaving it out would leave it unsigned: it goes
    into the datatype, as the other implementations of the cryptosuites do.

    Source:
        JSON-LD 1.1 Processing Algorithms and API, section 8.2.2, step 13, ``rdfDirection`` i18n-datatype.
    """
    datatype = f"{_I18N}{str(value.get('@language', '')).lower()}_{value['@direction']}"
    _iri(datatype)
    return str(pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(datatype)))


def _lexical(content: Any, datatype: str | None) -> tuple[str, str]:
    """The lexical form of a JSON value, and the datatype it has by nature."""
    if isinstance(content, str):
        return content, f"{_XSD}string"
    if isinstance(content, bool):
        return ("true" if content else "false"), f"{_XSD}boolean"
    if isinstance(content, (int, float)):
        if float(content).is_integer() and datatype != f"{_XSD}double":
            return str(int(content)), f"{_XSD}integer"
        mantissa, _, exponent = f"{content:.15E}".partition("E")
        mantissa = mantissa.rstrip("0")
        return f"{mantissa}{'0' if mantissa.endswith('.') else ''}E{int(exponent)}", f"{_XSD}double"
    raise CanonicalisationError(f"expected a string, number or boolean, met a {type(content).__name__}")
