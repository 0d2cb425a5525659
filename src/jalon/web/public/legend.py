"""The filters of the catalogue, drawn as the key of a map: symbol, word, count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from jalon.catalogue.queries import Results
from jalon.catalogue.rules.searching import Criteria
from jalon.design import labels
from jalon.design.rules.vocabularies import DOMAINS, PARTICIPATION_FORMS
from jalon.web.templatetags.jalon import CAPS, in_language
from sceau.model.micro_credential import RecognitionStatus

_FORM_ICONS = {
    "on_site": "map-pin",
    "online": "laptop",
    "blended": "layers",
    "work_based": "hammer",
    "project_based": "users",
    "laboratory": "eye",
}


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


def _shown(counts: Mapping[str, int], chosen: tuple[str, ...], code: str) -> bool:
    """An option that would give nothing is shown only while it is ticked."""
    return bool(counts.get(code)) or code in chosen


def groups(criteria: Criteria, results: Results) -> list[Group]:
    """The groups that have something to choose."""
    counts = results.counts
    domains = tuple(
        Option(code, in_language(name), CAPS[code], code, counts["domains"][code], code in criteria.domains)
        for code, name in DOMAINS.items()
        if _shown(counts["domains"], criteria.domains, code)
    )
    forms = tuple(
        Option(
            code,
            in_language(concept.label),
            _FORM_ICONS.get(code, "circle-help"),
            "",
            counts["participation"][code],
            code in criteria.participation,
        )
        for code, concept in PARTICIPATION_FORMS.concepts.items()
        if _shown(counts["participation"], criteria.participation, code)
    )
    cost = (Option("1", _("Sans frais pour moi"), "euro", "", counts["free"]["1"], criteria.free),)
    recognition = tuple(
        Option(
            status.value,
            labels.status_name(status),
            "shield-check",
            "",
            counts["recognition"][status.value],
            status.value in criteria.recognition,
        )
        for status in RecognitionStatus
        if _shown(counts["recognition"], criteria.recognition, status.value)
    )
    all_groups = (
        Group("domaine", _("Domaine"), domains),
        Group("forme", _("Comment"), forms),
        Group("sans_frais", _("Coût"), cost if counts["free"]["1"] or criteria.free else ()),
        Group("reconnaissance", _("Reconnaissance"), recognition),
    )
    return [group for group in all_groups if group.options]


def _without(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    return tuple(c for c in codes if c != code)


def in_force(criteria: Criteria) -> list[Filter]:
    """The filters asked for, each with the way to take it off."""
    first = criteria.at_page(1)
    found: list[Filter] = []
    if criteria.text:
        found.append(Filter(f"« {criteria.text} »", replace(first, text="").query_string()))
    if criteria.place:
        found.append(Filter(criteria.place, replace(first, place="").query_string()))
    for code in criteria.domains:
        kept = replace(first, domains=_without(criteria.domains, code))
        found.append(Filter(in_language(DOMAINS[code]), kept.query_string()))
    for code in criteria.participation:
        kept = replace(first, participation=_without(criteria.participation, code))
        found.append(Filter(in_language(PARTICIPATION_FORMS[code].label), kept.query_string()))
    for code in criteria.recognition:
        kept = replace(first, recognition=_without(criteria.recognition, code))
        found.append(Filter(labels.status_name(RecognitionStatus(code)), kept.query_string()))
    if criteria.free:
        found.append(Filter(_("Sans frais pour moi"), replace(first, free=False).query_string()))
    return found
