"""The field of ISCED-F that each of our domains lies in, as broad as the domain is."""

from __future__ import annotations

from collections.abc import Mapping

from jalon.design.rules.content import Alignment, SpecificationContent
from sceau.model.concepts import Concept
from sceau.model.texts import Text

ISCED_F = "http://data.europa.eu/snb/isced-f/"


def _field(code: str, fr: str, en: str) -> Concept:
    return Concept(f"{ISCED_F}{code}", Text.of({"fr": fr, "en": en}), "ISCED-F", code)


_BY_DOMAIN: Mapping[str, Concept] = {
    "terre": _field("081", "Agriculture", "Agriculture"),
    "foret": _field("082", "Sylviculture", "Forestry"),
    "bati": _field("073", "Architecture et bâtiment", "Architecture and construction"),
    "soin": _field("092", "Protection sociale", "Welfare"),
    "numer": _field(
        "061", "Technologies de l'information", "Information and Communication Technologies (ICTs)"
    ),
    "": _field("009", "Programmes non classés ailleurs", "Generic programmes not elsewhere classified"),
}


def fields_of_study(content: SpecificationContent) -> tuple[Concept, ...]:
    """
    The fields that somebody linked an outcome to, else that of the domain; at least one.

    Source:
        ISCED Fields of Education and Training 2013 (ISCED-F 2013), in the codes of data.europa.eu.
    """
    links = [link for outcome in content.learning_outcomes for link in outcome.alignments]
    found = {
        link.uri: Concept(link.uri, Text.of({"fr": _words(link)}), link.framework, link.code)
        for link in links
        if link.uri.startswith(ISCED_F)
    }
    return tuple(found.values()) or (_BY_DOMAIN.get(content.domain, _BY_DOMAIN[""]),)


def _words(link: Alignment) -> str:
    """What somebody wrote of a link, its address where they wrote nothing."""
    return link.label or link.code or link.uri
