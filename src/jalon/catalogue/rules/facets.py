"""
The facets of a row of the catalogue as bits of one integer, and their counts in one pass over the rows.

Each option of each group has its bit; a row holds the options that are true of it. To count, the rows that a
search meets come as (bits, how many have exactly these): a few thousand pairs stand for 100,000 rows.
Bits are only ever written by `of` and read here: a change of the layout asks for `rebuild`, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from jalon.catalogue.rules.offering import FUNDERS, Answer, OfferingFacts, Season
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.vocabularies import DOMAINS, PARTICIPATION_FORMS
from sceau.model.micro_credential import RecognitionStatus

HOURS: Mapping[str, tuple[int, int]] = {"7": (0, 7), "21": (7, 21), "70": (21, 70), "plus": (70, 10**9)}
"""Classes of length by their code: more than the first number of hours, up to the second."""

PRICES: Mapping[str, int] = {"100": 100, "300": 300, "1000": 1000}
"""«At most so many euros» by its code; these overlap, what costs 50 euros is in all three."""

ACCESS = ("transport", "equipement", "sans_connexion", "garde", "fauteuil")


@dataclass(frozen=True)
class Group:
    """A group of options. `every`: a row must have all that are asked, where elsewhere one will do."""

    codes: tuple[str, ...]
    every: bool = False


GROUPS: Mapping[str, Group] = {
    "domains": Group(tuple(DOMAINS)),
    "levels": Group(tuple(str(level) for level in range(1, 9))),
    "hours": Group(tuple(HOURS)),
    "participation": Group(tuple(PARTICIPATION_FORMS.concepts)),
    "recognition": Group(tuple(status.value for status in RecognitionStatus)),
    "free": Group(("1",)),
    "price": Group(tuple(PRICES)),
    "funding": Group(tuple(FUNDERS)),
    "access": Group(ACCESS, every=True),
    "seasons": Group(tuple(season.value for season in Season)),
}

Chosen = Mapping[str, Sequence[str]]
"""Options asked for, by group; a group that is absent or empty asks nothing."""


def _bits() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    place = 0
    for name, group in GROUPS.items():
        found[name] = {code: 1 << (place + n) for n, code in enumerate(group.codes)}
        place += len(group.codes)
    if place > 62:
        raise ValueError(f"expected 62 options at most, for a signed 64-bit column; met {place}")
    return found


BITS: Mapping[str, Mapping[str, int]] = _bits()


def mask(group: str, codes: Iterable[str]) -> int:
    """The bits of *codes* of one group; an unknown code has none."""
    found = 0
    for code in codes:
        found |= BITS[group].get(code, 0)
    return found


def of(content: SpecificationContent, offering: OfferingFacts | None) -> int:
    """The bits of a row: what the specification says, and the offer where there is one."""
    price = content.price_euros if offering is None or offering.price_euros is None else offering.price_euros
    level = content.level.value
    found = mask("domains", [content.domain]) | mask("participation", _forms(content, offering))
    found |= mask("levels", [str(level)] if level else [])
    found |= mask("hours", _hours(content.workload_hours))
    found |= mask("recognition", [content.recognition.status.value] if content.recognition.status else [])
    if price is not None:
        found |= mask("free", ["1"] if price == 0 else [])
        found |= mask("price", [code for code, most in PRICES.items() if price <= most])
    if offering is not None:
        found |= mask("funding", offering.funding)
        found |= mask("seasons", [season.value for season in offering.seasons])
        found |= mask("access", _access(offering))
    return found


def _forms(content: SpecificationContent, offering: OfferingFacts | None) -> list[str]:
    """The modality of the offer says more than the specification about being there or not."""
    if offering is None:
        return list(content.participation)
    of_modality = {"on_site": "on_site", "hybrid": "blended", "distance": "online"}[offering.modality.value]
    others = [code for code in content.participation if code not in {"on_site", "blended", "online"}]
    return [of_modality, *others]


def _hours(hours: Decimal | None) -> list[str]:
    if hours is None:
        return []
    return [code for code, (above, most) in HOURS.items() if above < hours <= most]


def _access(offering: OfferingFacts) -> list[str]:
    answers = {
        "transport": offering.public_transport is Answer.YES,
        "equipement": offering.equipment_provided is Answer.YES,
        "sans_connexion": offering.connection_needed is Answer.NO,
        "garde": offering.childcare is Answer.YES,
        "fauteuil": offering.wheelchair is Answer.YES,
    }
    return [code for code, holds in answers.items() if holds]


@dataclass(frozen=True)
class Counted:
    """How many rows meet all that is asked; and for each option, how many it would give."""

    total: int
    counts: Mapping[str, Mapping[str, int]]


def count(rows: Sequence[tuple[int, int]], chosen: Chosen) -> Counted:
    """
    Count *rows*, pairs of bits and of how many have them.

    An option of a group where one of several will do is counted as if it alone were asked in its group; an
    option of a group where all must hold, as if it were asked as well.
    """
    bits = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
    many = np.fromiter((row[1] for row in rows), dtype=np.int64, count=len(rows))
    holds = {name: _holds(bits, name, chosen.get(name, ())) for name in GROUPS}
    refusals = np.zeros(len(rows), dtype=np.int8)
    for name in GROUPS:
        refusals += ~holds[name]
    everything = refusals == 0
    counts = {}
    for name, group in GROUPS.items():
        kept = everything if group.every else (refusals - ~holds[name]) == 0
        of_group, numbers = bits[kept], many[kept]
        counts[name] = {code: int(numbers[(of_group & bit) != 0].sum()) for code, bit in BITS[name].items()}
    return Counted(int(many[everything].sum()), counts)


def _holds(bits: npt.NDArray[np.int64], name: str, codes: Sequence[str]) -> npt.NDArray[np.bool_]:
    wanted = mask(name, codes)
    if not codes:
        return np.ones(len(bits), dtype=bool)
    met = bits & wanted
    found: npt.NDArray[np.bool_] = (met == wanted) if GROUPS[name].every else (met != 0)
    return found
