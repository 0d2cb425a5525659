"""The filters of the catalogue, drawn as the key of a map: symbol, word, count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from jalon.catalogue import labels
from jalon.catalogue.queries import Results
from jalon.catalogue.rules.departments import DEPARTMENTS, REGIONS
from jalon.catalogue.rules.facets import GROUPS
from jalon.catalogue.rules.offering import Season
from jalon.catalogue.rules.searching import NAMES, USUAL_RADIUS_KM, Criteria
from jalon.design import labels as design_labels
from jalon.design.rules.vocabularies import DOMAINS, PARTICIPATION_FORMS
from jalon.web.templatetags.jalon import CAPS, day, in_language
from sceau.model.micro_credential import RecognitionStatus

_ICONS = {
    "levels": "layers",
    "hours": "clock",
    "recognition": "shield-check",
    "price": "euro",
    "free": "euro",
    "funding": "euro",
    "access": "check",
    "seasons": "calendar",
}
_FORM_ICONS = {
    "on_site": "map-pin",
    "online": "laptop",
    "blended": "layers",
    "work_based": "hammer",
    "project_based": "users",
    "laboratory": "eye",
}
# Seen at once; the others are folded until one of them is asked for.
_FIRST = ("domains", "participation", "free")


@dataclass(frozen=True)
class Option:
    """One box to tick."""

    value: str
    label: Any
    icon: str
    cap: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Group:
    """A group of boxes under one title; `name` is what the address says."""

    name: str
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Filter:
    """A filter in force, and the query string without it."""

    label: Any
    without: str


def word(group: str, code: str) -> Any:
    """What an option is called."""
    if group == "domains":
        return in_language(DOMAINS[code])
    if group == "participation":
        return in_language(PARTICIPATION_FORMS[code].label)
    if group == "levels":
        return _("Niveau {n} sur 8").format(n=code)
    if group == "recognition":
        return design_labels.status_name(RecognitionStatus(code))
    if group == "seasons":
        return labels.SEASONS[Season(code)]
    if group == "free":
        return _("Sans frais pour moi")
    tables = {
        "hours": labels.HOURS,
        "price": labels.PRICES,
        "funding": labels.FUNDERS,
        "access": labels.ACCESS,
    }
    return tables[group][code]


def _titles() -> dict[str, str]:
    return {
        "domains": _("Domaine"),
        "participation": _("Comment"),
        "free": _("Coût"),
        "levels": _("Niveau"),
        "hours": _("Durée"),
        "price": _("Prix"),
        "funding": _("Financement possible"),
        "access": _("Conditions d'accès"),
        "seasons": _("Saison"),
        "recognition": _("Reconnaissance"),
    }


def _group(name: str, title: str, criteria: Criteria, results: Results) -> Group:
    chosen, counts = criteria.chosen[name], results.counts[name]
    # An option that would give nothing is shown only while it is ticked.
    shown = [code for code in GROUPS[name].codes if counts[code] or code in chosen]
    options = tuple(
        Option(
            code,
            word(name, code),
            CAPS[code] if name == "domains" else _FORM_ICONS.get(code, _ICONS.get(name, "circle-help")),
            code if name == "domains" else "",
            counts[code],
            code in chosen,
        )
        for code in shown
    )
    return Group(NAMES.get(name, "sans_frais"), title, options)


def groups(criteria: Criteria, results: Results) -> tuple[list[Group], list[Group], bool]:
    """Groups to choose from: those seen at once, those folded, and whether these are in use."""
    all_groups = {name: _group(name, title, criteria, results) for name, title in _titles().items()}
    first = [group for name, group in all_groups.items() if name in _FIRST and group.options]
    rest = [group for name, group in all_groups.items() if name not in _FIRST and group.options]
    return first, rest, any(option.chosen for group in rest for option in group.options)


def in_force(criteria: Criteria, results: Results) -> list[Filter]:
    """The filters asked for, each with the way to take it off."""
    first = criteria.at_page(1)
    found: list[Filter] = []

    def off(label: Any, **changes: Any) -> None:
        found.append(Filter(label, replace(first, **changes).query_string()))

    if criteria.text:
        off(f"« {criteria.text} »", text="")
    if criteria.place or results.place.centre:
        off(_place(criteria, results), place="", commune_code="", radius_km=USUAL_RADIUS_KM)
    if criteria.department:
        off(DEPARTMENTS[criteria.department], department="")
    if criteria.region:
        off(REGIONS[criteria.region], region="")
    for name, codes in criteria.chosen.items():
        for code in codes:
            if name == "free":
                off(word(name, code), free=False)
            else:
                off(word(name, code), **{name: tuple(c for c in codes if c != code)})
    if criteria.starts_from:
        off(_("à partir du {day}").format(day=day(criteria.starts_from)), starts_from=None)
    if criteria.starts_before:
        off(_("jusqu'au {day}").format(day=day(criteria.starts_before)), starts_before=None)
    if criteria.with_seats:
        off(_("avec des places"), with_seats=False)
    return found


def _place(criteria: Criteria, results: Results) -> str:
    centre = results.place.centre
    if centre is None:
        return criteria.place
    if criteria.radius_km == 0:
        return _("à {name}").format(name=centre)
    return _("{name} et {km} km autour").format(km=criteria.radius_km, name=centre)
