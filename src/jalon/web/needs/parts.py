"""What somebody typed as part of a territory: a commune, an intercommunal body or a department."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jalon.catalogue.rules.departments import DEPARTMENTS
from jalon.territory import labels, queries
from jalon.territory.models import PartKind
from jalon.territory.rules.communes import CODE
from jalon.territory.rules.places import place_key
from jalon.territory.rules.territories import is_code
from jalon.web.needs.places import read_place


@dataclass(frozen=True)
class Choice:
    """One part as it is shown; `name` is its code where no list says more."""

    kind: PartKind
    code: str
    name: str

    @property
    def value(self) -> str:
        """As a form sends it: ``"epci:200069144"``."""
        return f"{self.kind}:{self.code}"

    @property
    def kind_name(self) -> str:
        return str(labels.PART_KINDS[self.kind])


@dataclass(frozen=True)
class Read:
    """
    What a form says of parts.

    Attributes:
        parts: What is to be added.
        candidates: What was typed may be any of them, for the person to tick.
        refusal: Code of the sentence where there is nothing to add; else empty.
    """

    parts: tuple[tuple[PartKind, str], ...] = ()
    candidates: tuple[Choice, ...] = ()
    refusal: str = ""


def read(typed: str, ticked: Iterable[str]) -> Read:
    """What was ticked where something is; else what was typed, which one part has to answer to."""
    chosen = [part for value in ticked if (part := parse(value))]
    if chosen:
        return Read(parts=tuple(chosen))
    words = " ".join(typed.replace("\0", "").split())[:200]
    if not words:
        return Read(refusal="territory.part_missing")
    found = _exactly(words)
    if len(found) == 1:
        return Read(parts=((found[0].kind, found[0].code),))
    candidates = tuple(found or like(words))
    return Read(
        candidates=candidates,
        refusal="territory.part_several" if candidates else "territory.part_unknown",
    )


def parse(value: str) -> tuple[PartKind, str] | None:
    """``"epci:200069144"`` taken apart; None for what no page sends."""
    kind, _colon, code = value.partition(":")
    return (PartKind(kind), code) if is_code(kind, code) else None


def _exactly(words: str) -> list[Choice]:
    if re.fullmatch(r"\d{9}", words):
        name = next((name for code, name in queries.epci_like(words) if code == words), "")
        known = bool(name) or not queries.unknown_codes([(PartKind.EPCI, words)])
        return [Choice(PartKind.EPCI, words, name or words)] if known else []
    if words.upper() in DEPARTMENTS:
        return [department(words.upper())]
    key = place_key(words)
    found = [each for each in _departments_like(words) if key in {place_key(each.name), _bare(each)}]
    found += [each for each in _epci_like(words) if key == place_key(each.name)]
    place = read_place(words)
    if place.commune:
        found.append(Choice(PartKind.COMMUNE, place.commune.code, str(place.commune)))
    elif place.words and CODE.fullmatch(place.words.upper()):
        found.append(Choice(PartKind.COMMUNE, place.words.upper(), place.words.upper()))
    else:
        exact = [each for each in place.candidates if each.key == f" {key} "]
        found += [Choice(PartKind.COMMUNE, each.code, str(each)) for each in exact]
    return found


def _bare(choice: Choice) -> str:
    return place_key(DEPARTMENTS[choice.code])


def like(words: str, limit: int = 8) -> list[Choice]:
    """Parts for what somebody is typing, the larger kinds first."""
    communes = [
        Choice(PartKind.COMMUNE, each.code, str(each)) for each in queries.communes_like(words, limit=limit)
    ]
    return [*_departments_like(words), *_epci_like(words), *communes]


def department(code: str) -> Choice:
    """«Lozère (département 48)»."""
    name = f"{DEPARTMENTS[code]} (département {code})" if code in DEPARTMENTS else code
    return Choice(PartKind.DEPARTMENT, code, name)


def _departments_like(words: str) -> Sequence[Choice]:
    key = f" {place_key(words)}"
    if not key.strip():
        return []
    found = [department(code) for code, name in DEPARTMENTS.items() if key in f" {place_key(name)}"]
    found += [d for c in DEPARTMENTS if place_key((d := department(c)).name) == key.strip()]
    return list(dict.fromkeys(found))[:4]


def _epci_like(words: str) -> Sequence[Choice]:
    return [Choice(PartKind.EPCI, code, name or code) for code, name in queries.epci_like(words, limit=6)]
