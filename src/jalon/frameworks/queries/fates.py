"""What became of concepts, with what takes their place followed to its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from jalon.foundation import clock
from jalon.frameworks.models import Concept, Replacement
from jalon.frameworks.rules import fates
from jalon.frameworks.rules.fates import FateOf, Heir

_CHUNK = 500
# How far a line of replacements is followed; registers renew every three to five years.
_GENERATIONS = 12


def fate_of(uris: Collection[str]) -> dict[str, FateOf]:
    """
    Address → what became of it, for each of *uris*, whatever framework it is of.

    The keys, and the addresses that are told, are those that were asked; see `rules.fates.as_kept`.
    A bloc has no successor of its own in the registers: that of its certification is told.
    """
    asked = {uri: fates.as_kept(uri) for uri in uris}
    wanted = list(dict.fromkeys(asked.values()))
    rows = _rows(wanted)
    lines = {uri: _line_of(uri, rows.get(uri)) for uri in wanted}
    successors = _successors(lines.values())
    ends = {uri: _ends(line, successors) for uri, line in lines.items()}
    heirs = _rows({heir for found in ends.values() for heir in found})
    return {uri: _fate(uri, rows.get(kept), ends[kept], heirs) for uri, kept in asked.items()}


def _line_of(uri: str, row: Concept | None) -> str:
    """The address by which a successor is looked for: of a bloc, the fiche that holds it."""
    is_block = (row is None or "certification" in row.facts) and "francecompetences.fr/recherche/" in uri
    return uri.partition("#")[0] if is_block else uri


def _rows(uris: Iterable[str]) -> dict[str, Concept]:
    wanted = list(uris)
    found: dict[str, Concept] = {}
    for start in range(0, len(wanted), _CHUNK):
        found |= {row.uri: row for row in Concept.objects.filter(uri__in=wanted[start : start + _CHUNK])}
    return found


def _successors(lines: Iterable[str]) -> dict[str, list[str]]:
    """Old → new for all generations that follow *lines*: one query for each generation."""
    found: dict[str, list[str]] = defaultdict(list)
    generation = set(lines)
    for _ in range(_GENERATIONS):
        pending = sorted(generation - found.keys())
        if not pending:
            break
        generation = set()
        for start in range(0, len(pending), _CHUNK):
            some = pending[start : start + _CHUNK]
            pairs = Replacement.objects.filter(old_uri__in=some).order_by("new_uri")
            for old, new in pairs.values_list("old_uri", "new_uri"):
                found[old].append(new)
                generation.add(new)
    return found


def _ends(line: str, successors: dict[str, list[str]]) -> list[str]:
    """The last ones of the line: what has taken the place of *line*, and has no successor itself."""
    ends: list[str] = []
    met = {line}
    pending = list(successors.get(line, ()))
    while pending:
        uri = pending.pop(0)
        if uri in met:
            continue
        met.add(uri)
        if following := [each for each in successors.get(uri, ()) if each not in met]:
            pending += following
        else:
            ends.append(uri)
    return ends


def _fate(uri: str, row: Concept | None, ends: list[str], known: dict[str, Concept]) -> FateOf:
    today = clock.today()
    fate = fates.decide(
        status=row.status if row else None,
        is_active=row.facts.get("is_active", True) if row else True,
        valid_until=row.valid_until if row else None,
        today=today,
        heirs=len(ends),
    )
    over = row.valid_until if row and row.valid_until and row.valid_until < today else None
    return FateOf(
        uri,
        fate,
        framework=row.framework_id if row else "",
        label=row.label() if row else "",
        code=row.code if row else "",
        heirs=tuple(_heir(end, known.get(end)) for end in ends),
        ended_on=over,
    )


def _heir(uri: str, row: Concept | None) -> Heir:
    return Heir(uri, row.label(), row.code, row.is_current) if row else Heir(uri)
