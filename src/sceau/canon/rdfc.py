"""
RDFC-1.0: one order and one set of labels for the statements of a document, with a budget of work.

Written out here because the budget must stop the search from inside: its worst case is exponential, and a
library call cannot be interrupted. Terms are written by pyoxigraph, which also serves the tests as an
independent second opinion.

Source:
    W3C RDF Dataset Canonicalization (RDFC-1.0), Recommendation of 21 May 2024, section 4.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sceau.errors import CanonicalisationError

Quad = tuple[str, str, str, str]
"""Subject, predicate, object, graph as canonical N-Quads writes them; the default graph is ``""``."""

MAX_BLANK_NODES = 2_000
MAX_WORK = 500_000
"""Steps of the search among blank nodes that look alike: about half a second at most."""
MAX_RECURSION = 150


@dataclass(frozen=True)
class Canonical:
    """
    The result.

    Attributes:
        nquads: The canonical document: sorted lines, each ended by a line feed.
        labels: The canonical label of each blank node, without ``_:``: ``{"b0": "c14n0"}``.
    """

    nquads: str
    labels: dict[str, str]


def canonicalise(
    quads: Iterable[Quad],
    *,
    algorithm: str = "sha256",
    max_blank_nodes: int = MAX_BLANK_NODES,
    max_work: int = MAX_WORK,
) -> Canonical:
    """
    Canonicalise a set of statements.

    Args:
        algorithm: A name that `hashlib.new` knows.

    Raises:
        CanonicalisationError: More blank nodes, or more of them alike, than the limits allow.
    """
    statements = set(quads)
    search = _Search(algorithm, max_work)
    for quad in statements:
        for node in {term for term in (quad[0], quad[2], quad[3]) if term.startswith("_:")}:
            search.statements[node].append(quad)
    if len(search.statements) > max_blank_nodes:
        raise CanonicalisationError(
            f"expected at most {max_blank_nodes} blank nodes, met {len(search.statements)}"
        )
    search.run()
    issued = search.canonical.issued
    lines = sorted(_line(quad, issued) for quad in statements)
    return Canonical("".join(lines), {node[2:]: label[2:] for node, label in issued.items()})


def _line(quad: Quad, labels: dict[str, str]) -> str:
    subject, predicate, object_, graph = (labels.get(term, term) for term in quad)
    return f"{subject} {predicate} {object_} {graph} .\n" if graph else f"{subject} {predicate} {object_} .\n"


@dataclass
class _Issuer:
    """Issues labels in order and remembers them."""

    prefix: str
    issued: dict[str, str] = field(default_factory=dict)

    def issue(self, node: str) -> str:
        return self.issued.setdefault(node, f"{self.prefix}{len(self.issued)}")

    def copy(self) -> _Issuer:
        return _Issuer(self.prefix, dict(self.issued))


class _Search:
    def __init__(self, algorithm: str, max_work: int) -> None:
        self.statements: dict[str, list[Quad]] = defaultdict(list)
        self.canonical = _Issuer("_:c14n")
        self._algorithm = algorithm
        self._max_work = max_work
        self._work = 0
        self._first_degree: dict[str, str] = {}

    def run(self) -> None:
        """Steps 3 to 5 of the canonicalisation algorithm."""
        by_hash: dict[str, list[str]] = defaultdict(list)
        for node in self.statements:
            self._first_degree[node] = self._hash_first_degree(node)
            by_hash[self._first_degree[node]].append(node)
        alike = []
        for value in sorted(by_hash):
            if len(by_hash[value]) == 1:
                self.canonical.issue(by_hash[value][0])
            else:
                alike.append(by_hash[value])
        for nodes in alike:
            self._label_alike(nodes)

    def _label_alike(self, nodes: list[str]) -> None:
        paths: list[tuple[str, _Issuer]] = []
        for node in nodes:
            if node not in self.canonical.issued:
                issuer = _Issuer("_:b")
                issuer.issue(node)
                paths.append(self._hash_n_degree(node, issuer, 0))
        for _, issuer in sorted(paths, key=lambda path: path[0]):
            for issued in issuer.issued:
                self.canonical.issue(issued)

    def _hash(self, text: str) -> str:
        return hashlib.new(self._algorithm, text.encode()).hexdigest()

    def _spend(self, steps: int) -> None:
        self._work += steps
        if self._work > self._max_work:
            raise CanonicalisationError(
                f"expected blank nodes that can be told apart in {self._max_work} steps, met a harder graph"
            )

    def _hash_first_degree(self, node: str) -> str:
        lines = []
        for quad in self.statements[node]:
            labels = {
                term: "_:a" if term == node else "_:z"
                for term in (quad[0], quad[2], quad[3])
                if term.startswith("_:")
            }
            lines.append(_line(quad, labels))
        return self._hash("".join(sorted(lines)))

    def _hash_related(self, related: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        label = (
            self.canonical.issued.get(related) or issuer.issued.get(related) or self._first_degree[related]
        )
        return self._hash(position + (quad[1] if position != "g" else "") + label)

    def _hash_n_degree(self, node: str, issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        if depth > MAX_RECURSION:
            raise CanonicalisationError(
                f"expected chains of at most {MAX_RECURSION} alike blank nodes, met more"
            )
        by_hash: dict[str, list[str]] = defaultdict(list)
        self._spend(len(self.statements[node]))
        for quad in self.statements[node]:
            for related, position in ((quad[0], "s"), (quad[2], "o"), (quad[3], "g")):
                if related != node and related.startswith("_:"):
                    by_hash[self._hash_related(related, quad, issuer, position)].append(related)
        data = ""
        for value in sorted(by_hash):
            path, issuer = self._shortest_path(by_hash[value], issuer, depth)
            data += value + path
        return self._hash(data), issuer

    def _shortest_path(self, nodes: list[str], issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """Step 5.4: try the orders in which alike nodes could be visited, and keep the least path."""
        chosen = ""
        chosen_issuer = issuer
        for order in itertools.permutations(nodes):
            self._spend(len(order) + len(issuer.issued) // 8)
            attempt = self._path(order, issuer.copy(), chosen, depth)
            if attempt is not None and (not chosen or attempt[0] < chosen):
                chosen, chosen_issuer = attempt
        return chosen, chosen_issuer

    def _path(
        self, order: tuple[str, ...], issuer: _Issuer, chosen: str, depth: int
    ) -> tuple[str, _Issuer] | None:
        """The path of one order, or None as soon as it cannot be the least."""
        path = ""
        pending = []
        for related in order:
            known = self.canonical.issued.get(related)
            if known is None:
                if related not in issuer.issued:
                    pending.append(related)
                known = issuer.issue(related)
            path += known
            if chosen and len(path) >= len(chosen) and path > chosen:
                return None
        for related in pending:
            value, after = self._hash_n_degree(related, issuer, depth + 1)
            path += f"{issuer.issue(related)}<{value}>"
            issuer = after
            if chosen and len(path) >= len(chosen) and path > chosen:
                return None
        return path, issuer
