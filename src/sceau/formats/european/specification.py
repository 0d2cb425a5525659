"""
A specification that stands alone: nobody's credential, in the same terms as inside one.

    {"@context": […], "id": "https://…", "type": "LearningAchievementSpecification",
     "title": {"fr": "Plesser une haie"}, "learningOutcome": […], "provenBy": […],
     "awardingOpportunity": [{"awardingBody": [{"legalName": …}], …}], …}

It is a ``Qualification`` only where a register says so (`RecognitionStatus.RNCP` and ``RS``): that word
claims a level in a national framework.

What this form has no place for, as opposed to a credential: the drawing of the stone. The types of quality
assurance stand with the awarding body, except those of a training in a ``Qualification``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sceau.errors import DataModelError
from sceau.formats.european import linked_data, names, terms
from sceau.formats.european.organisations import accreditations, awarding_body
from sceau.formats.european.qualifications import described, foreseen
from sceau.formats.european.reading import from_specification
from sceau.formats.european.things import Thing, Words, check_told_once, filled, page
from sceau.model import characters
from sceau.model.concepts import Concept
from sceau.model.credential import Issuer
from sceau.model.micro_credential import MicroCredential, RecognitionStatus

KINDS = (terms.SPECIFICATION, terms.QUALIFICATION)
_REGISTERED = frozenset({RecognitionStatus.RNCP, RecognitionStatus.RS})
LICENCE_TITLE = {"fr": "Licence", "en": "Licence"}


@dataclass(frozen=True)
class Found:
    """
    One specification read from a document.

    Attributes:
        bodies: Who awards it, as the document says.
        others: How many more specifications with outcomes of their own the document holds.
    """

    micro_credential: MicroCredential
    bodies: tuple[Issuer, ...]
    others: int = 0


def to_document(
    micro: MicroCredential,
    *,
    awarded_by: Issuer,
    thematic_areas: Sequence[Concept] = (),
    licence_url: str = "",
) -> dict[str, Any]:
    """
    The specification in JSON-LD; the same arguments always give the same document.

    Args:
        thematic_areas: ISCED-F fields; the profile of learning opportunities wants one.
        licence_url: Under which its words may be reused.

    Raises:
        DataModelError: No title, no outcome, or a value that cannot be written.
        ForbiddenCharacterError: A control character, noncharacter or lone surrogate in any text.
    """
    if not micro.title or not micro.outcomes:
        raise DataModelError("expected a title and a learning outcome, met none")
    kind = terms.QUALIFICATION if micro.recognition.status in _REGISTERED else terms.SPECIFICATION
    words = Words(micro.title.language)
    of_training, of_body = _accreditations(micro, awarded_by, words, kind)
    document = described(micro, words, kind=kind, accreditation=of_training)
    opportunity = {
        "id": terms.derived_id(micro.id, "awardingOpportunity"),
        "type": "AwardingOpportunity",
        "awardingBody": [awarding_body(awarded_by, words, of_body)],
        "learningAchievementSpecification": {"id": micro.id, "type": kind},
    }
    licence = page(licence_url, micro.id, "licence")
    document |= filled(
        {
            "thematicArea": [words.concept(each) for each in thematic_areas],
            "provenBy": [foreseen(micro, words, with_supervision=True)],
            "awardingOpportunity": [opportunity],
            "supplementaryDocument": [{**licence, "title": dict(LICENCE_TITLE)}] if licence else [],
        }
    )
    document = {"@context": list(names.CONTEXT), **document}
    characters.check_all(document)
    terms.check(document)
    check_told_once(document)
    return document


def _accreditations(
    micro: MicroCredential, awarded_by: Issuer, words: Words, kind: str
) -> tuple[list[Thing], list[Thing]]:
    """Of the specification, where it has a place for them, and of the body."""
    of_programme, of_body = (
        accreditations(micro.id, micro.quality_assurance, words, of_programme=which)
        for which in (True, False)
    )
    for each in (*of_programme, *of_body):
        each["organisation"] = {"id": awarded_by.id, "type": "Organisation"}
    return (of_programme, of_body) if kind == terms.QUALIFICATION else ([], [*of_body, *of_programme])


def recognises(document: object) -> bool:
    """Does it hold a specification of the European Learning Model, alone or among others?"""
    return linked_data.mentions(document, KINDS)


def from_document(document: object) -> Found:
    """
    Read the first specification that says outcomes, else the first: of ours or others', nested or as a list
    of nodes, in terms, in whole addresses of either release, or with prefixes.

    Raises:
        DataModelError: None in it, more than this reads, or a value of a wrong type.
    """
    tree = linked_data.Nodes(document)
    found = tree.of_kinds(KINDS)
    if not found:
        raise DataModelError("expected a LearningAchievementSpecification or Qualification, met none")
    whole = [node for node in found if "learningOutcome" in node]
    chosen = tree.nested((whole or found)[0])
    micro, bodies = from_specification(chosen, _bodies(chosen))
    return Found(micro, bodies, max(len(whole) - 1, 0))


def _bodies(specification: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Who awards it, or at least publishes it."""
    opportunities = _all(specification.get("awardingOpportunity"))
    named = [body for each in opportunities for body in _all(each.get("awardingBody"))]
    return named or _all(specification.get("publisher"))


def _all(value: object) -> list[Mapping[str, Any]]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, Mapping)]
