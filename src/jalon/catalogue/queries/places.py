"""Which commune is meant: by an organisation's address, or by what a visitor typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jalon.catalogue.rules.searching import Criteria
from jalon.people.models import Organisation
from jalon.territory.models import Commune
from jalon.territory.queries import commune, communes_like, communes_named
from jalon.territory.rules.places import place_key

_MOST_OTHERS = 12
# As a list offers them: «Florac Trois Rivières (48)».
_FROM_THE_LIST = re.compile(r"(.+) \((\w{2,3})\)")


def commune_of(organisation: Organisation) -> Commune | None:
    """The commune of a French organisation's address; None where it is not known, or not certain."""
    if organisation.country_code != "FR" or not organisation.locality:
        return None
    found = communes_named(organisation.locality)
    if organisation.postal_code:
        exact = [place for place in found if organisation.postal_code in place.postcode_list]
        # A CEDEX has a postal code of its own: the department, its first two or three signs, must do.
        found = exact or [p for p in found if organisation.postal_code.startswith(p.department)]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class Asked:
    """
    What a visitor's place came down to.

    Attributes:
        centre: The commune that distances are counted from; None: no place was asked, or it is not known.
        others: Communes that may have been meant instead: of the same name or postal code.
        as_words: No commune is known by that name: the words are looked for in the addresses.
    """

    centre: Commune | None = None
    others: tuple[Commune, ...] = ()
    as_words: bool = False


def asked(criteria: Criteria) -> Asked:
    """The commune that *criteria* mean: the one chosen, else the best known by that name or postal code."""
    chosen = commune(criteria.commune_code) if criteria.commune_code else None
    if chosen is not None and _has_point(chosen) and _is_still_meant(chosen, criteria.place):
        return Asked(chosen)
    if not criteria.place:
        return Asked()
    found = [place for place in _meant(criteria.place) if _has_point(place)]
    if not found:
        return Asked(as_words=True)
    return Asked(found[0], tuple(found[1 : 1 + _MOST_OTHERS]))


def _has_point(place: Commune) -> bool:
    return place.latitude is not None and place.longitude is not None


def _is_still_meant(chosen: Commune, typed: str) -> bool:
    """Whoever types another name after having chosen from the list means the new one."""
    return not typed or place_key(typed) == place_key(chosen.name) or typed in chosen.postcode_list


def _meant(typed: str) -> list[Commune]:
    """Communes of exactly that name or number, the most peopled first; else those that begin so."""
    if chosen := _FROM_THE_LIST.fullmatch(typed):
        return [place for place in communes_named(chosen[1]) if place.department == chosen[2].upper()]
    if typed.replace(" ", "").isdigit() and len(typed.replace(" ", "")) == 5:
        found = communes_like(typed.replace(" ", ""), _MOST_OTHERS)
        return [place for place in found if typed.replace(" ", "") in (*place.postcode_list, place.code)]
    exact = sorted(communes_named(typed), key=lambda place: -(place.population or 0))
    if exact:
        return exact
    return communes_like(typed, _MOST_OTHERS) if len(typed) >= 3 else []
