"""Names of the countries that organisations come from, in French, for pages and for credentials."""

from __future__ import annotations

from collections.abc import Mapping

from jalon.foundation.marking import N_

# ISO 3166-1: the European Union, the European Economic Area, and their neighbours in its programmes.
NAMES: Mapping[str, str] = {
    "FR": N_("France"),
    "DE": N_("Allemagne"),
    "AT": N_("Autriche"),
    "BE": N_("Belgique"),
    "BG": N_("Bulgarie"),
    "CY": N_("Chypre"),
    "HR": N_("Croatie"),
    "DK": N_("Danemark"),
    "ES": N_("Espagne"),
    "EE": N_("Estonie"),
    "FI": N_("Finlande"),
    "GR": N_("Grèce"),
    "HU": N_("Hongrie"),
    "IE": N_("Irlande"),
    "IS": N_("Islande"),
    "IT": N_("Italie"),
    "LV": N_("Lettonie"),
    "LI": N_("Liechtenstein"),
    "LT": N_("Lituanie"),
    "LU": N_("Luxembourg"),
    "MT": N_("Malte"),
    "NO": N_("Norvège"),
    "NL": N_("Pays-Bas"),
    "PL": N_("Pologne"),
    "PT": N_("Portugal"),
    "RO": N_("Roumanie"),
    "GB": N_("Royaume-Uni"),
    "SK": N_("Slovaquie"),
    "SI": N_("Slovénie"),
    "SE": N_("Suède"),
    "CH": N_("Suisse"),
    "CZ": N_("Tchéquie"),
    "AL": N_("Albanie"),
    "BA": N_("Bosnie-Herzégovine"),
    "GE": N_("Géorgie"),
    "XK": N_("Kosovo"),
    "MK": N_("Macédoine du Nord"),
    "MD": N_("Moldavie"),
    "ME": N_("Monténégro"),
    "RS": N_("Serbie"),
    "TR": N_("Turquie"),
    "UA": N_("Ukraine"),
}
