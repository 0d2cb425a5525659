"""
How the official lists of communes are laid out, and what a row of theirs says.

Three lists of communes and one of intercommunal bodies, told apart by their headings:

    insee,name,type,dep,reg,epci,population,postcodes,…,lat,lon,…
    code_insee;nom;code_departement;code_region;siren_epci;nom_epci;…;population;densite_2024;frr_2025
    TYPECOM,COM,REG,DEP,…,LIBELLE,…                            (INSEE, Code officiel géographique)
    code,name,type,population                                  (intercommunal bodies)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

CODE = re.compile(r"\d{5}|2[AB]\d{3}")
_POSTCODE = re.compile(r"\d{5}")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


class Layout(StrEnum):
    """How a file is laid out."""

    WITH_PLACES = "with_places"
    WITH_DENSITY = "with_density"
    COG = "cog"
    EPCI = "epci"


_HEADINGS: dict[Layout, frozenset[str]] = {
    Layout.WITH_PLACES: frozenset({"insee", "name", "dep", "lat", "lon"}),
    Layout.WITH_DENSITY: frozenset({"code_insee", "nom", "code_departement", "siren_epci"}),
    Layout.COG: frozenset({"TYPECOM", "COM", "REG", "DEP", "LIBELLE"}),
    Layout.EPCI: frozenset({"code", "name", "type", "population"}),
}


def layout_of(columns: Collection[str]) -> Layout | None:
    """The layout that these headings are those of."""
    met = set(columns)
    # So few and so common words are a list of intercommunal bodies only where nothing else stands beside.
    if met == _HEADINGS[Layout.EPCI]:
        return Layout.EPCI
    return next(
        (each for each, wanted in _HEADINGS.items() if each is not Layout.EPCI and wanted <= met), None
    )


def edition_of(names: Collection[str]) -> str:
    """The year in the names of the files: ``"2026"``; the latest, or empty where none says."""
    return max((year for name in names for year in _YEAR.findall(name)), default="")


@dataclass(frozen=True)
class CommuneRow:
    """
    What a row says of a commune.

    Attributes:
        values: Columns of `models.Commune` that this list knows; what it leaves empty is not there.
    """

    code: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True)
class LeftOut:
    """
    A row that is no commune of today, or cannot be read.

    Attributes:
        reason: Key of `labels.LEFT_OUT`.
        code: The commune's all the same, where it can be read: it has not ended.
    """

    reason: str
    met: str
    code: str = ""


def read_row(layout: Layout, cells: Mapping[str, str]) -> CommuneRow | LeftOut:
    """What a row says, or why it is left out."""
    given = {name: text.strip() for name, text in cells.items()}
    match layout:
        case Layout.WITH_PLACES:
            return _with_places(given)
        case Layout.WITH_DENSITY:
            return _with_density(given)
        case Layout.COG:
            return _cog(given)
        case Layout.EPCI:
            raise ValueError("expected a list of communes, met one of intercommunal bodies")


def _with_places(given: Mapping[str, str]) -> CommuneRow | LeftOut:
    if given.get("type", "commune-actuelle") != "commune-actuelle":
        return LeftOut("not_a_commune", f"{given['insee']} {given['name']}")
    values: dict[str, str | int | float] = {"name": given["name"], "department": given["dep"]}
    _keep(values, region=given.get("reg", ""), epci_code=given.get("epci", ""))
    if codes := _POSTCODE.findall(given.get("postcodes", "")):
        values["postcodes"] = f" {' '.join(sorted(set(codes)))} "[:300]
    point = (given["lat"], given["lon"])
    if any(point):
        read = _point(*point)
        if read is None:
            return LeftOut("no_place", f"{given['insee']} {point[0]}, {point[1]}", given["insee"])
        values["latitude"], values["longitude"] = read
    return _checked(given["insee"], values, given.get("population", ""))


def _with_density(given: Mapping[str, str]) -> CommuneRow | LeftOut:
    values: dict[str, str | int | float] = {"name": given["nom"], "department": given["code_departement"]}
    _keep(
        values,
        region=given.get("code_region", ""),
        epci_code=given["siren_epci"],
        epci_name=given.get("nom_epci", ""),
        frr=next((text for name, text in given.items() if name.startswith("frr_")), ""),
    )
    level = next((text for name, text in given.items() if name.startswith("densite_")), "")
    if level in {"1", "2", "3", "4", "5", "6", "7"}:
        values["density"] = int(level)
    return _checked(given["code_insee"], values, given.get("population", ""))


def _cog(given: Mapping[str, str]) -> CommuneRow | LeftOut:
    if given["TYPECOM"] != "COM":
        return LeftOut("not_a_commune", f"{given['TYPECOM']} {given['COM']} {given['LIBELLE']}")
    values: dict[str, str | int | float] = {"name": given["LIBELLE"], "department": given["DEP"]}
    _keep(values, region=given["REG"])
    return _checked(given["COM"], values, "")


def _keep(values: dict[str, str | int | float], **texts: str) -> None:
    values.update({name: text for name, text in texts.items() if text})


def _checked(code: str, values: dict[str, str | int | float], population: str) -> CommuneRow | LeftOut:
    if not CODE.fullmatch(code):
        return LeftOut("no_code", code)
    if not values["name"] or len(str(values["name"])) > 120:
        return LeftOut("no_name", code, code)
    if not values["department"]:
        values["department"] = code[:3] if code.startswith("97") else code[:2]
    if len(str(values["department"])) > 3 or len(str(values.get("epci_code", ""))) > 9:
        return LeftOut("malformed", code, code)
    if population:
        if not (population.isascii() and population.isdigit() and len(population) < 9):
            return LeftOut("no_number", f"{code} {population}", code)
        values["population"] = int(population)
    return CommuneRow(code, values)


def _point(lat: str, lon: str) -> tuple[float, float] | None:
    try:
        north, east = float(lat), float(lon)
    except ValueError:
        return None
    # A NaN is in no range.
    return (north, east) if -90 <= north <= 90 and -180 <= east <= 180 else None


# A list from which more than this share of the known communes is missing was cut, or is of one region.
MOST_ENDED = 0.05


def may_end(*, known: int, missing: int) -> bool:
    """Whether the communes that a list no longer has may be taken to have ended."""
    return missing <= max(3, known * MOST_ENDED)
