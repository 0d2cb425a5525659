"""
What an export does not carry: found by writing a record, reading it back, and comparing the two.

No format says of itself what it keeps. Each element of the record is compared with what came back, so that a
report of losses can be wrong only where reading is.

    losses(credential, read_back) -> (Loss("assessment", Kept.NOT), Loss("title", Kept.PARTLY))
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sceau.model.concepts import Concept
from sceau.model.credential import Credential
from sceau.model.texts import Text


class Kept(StrEnum):
    """How much of an element came back."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True)
class Loss:
    """
    One element that an export does not carry as it was.

    Attributes:
        element: A name of `ELEMENTS`.
        kept: `Kept.PARTLY` where a language, or some of several values, stayed behind; else `Kept.NOT`.
    """

    element: str
    kept: Kept


Getter = Callable[[Credential], Any]

ELEMENTS: dict[str, Getter] = {
    # The eleven mandatory elements of Annex I, in its order.
    "learner": lambda c: (c.holder.name, c.holder.given_name, c.holder.family_name),
    "title": lambda c: c.micro_credential.title,
    "country": lambda c: c.issuer.country_code,
    "awarding_body": lambda c: c.issuer.name,
    "date": lambda c: c.awarded_on,
    "outcomes": lambda c: tuple(
        dataclasses.replace(each, alignments=(), rubric=()) for each in c.micro_credential.outcomes
    ),
    "workload": lambda c: c.micro_credential.workload.hours,
    "level": lambda c: c.micro_credential.level,
    "assessment": lambda c: c.micro_credential.assessment.types,
    "participation": lambda c: c.micro_credential.participation,
    "quality_assurance": lambda c: c.micro_credential.quality_assurance,
    # The optional ones.
    "prerequisites": lambda c: c.micro_credential.prerequisites,
    "supervision": lambda c: (
        c.micro_credential.assessment.supervision,
        c.micro_credential.assessment.identity_check,
    ),
    "grade": lambda c: c.grade,
    "stackability": lambda c: (c.micro_credential.stackability, c.micro_credential.stacks_into),
    "further_information": lambda c: c.micro_credential.further_information,
    # Beyond the Annex.
    "description": lambda c: c.micro_credential.description,
    "alignments": lambda c: tuple(each.alignments for each in c.micro_credential.outcomes),
    "rubrics": lambda c: tuple(each.rubric for each in c.micro_credential.outcomes),
    "results": lambda c: c.results,
    "evidence": lambda c: c.evidence,
    "parts": lambda c: c.micro_credential.parts,
    "credits": lambda c: c.micro_credential.workload.credits_ects,
    "assessment_description": lambda c: c.micro_credential.assessment.description,
    "languages": lambda c: c.micro_credential.languages,
    "recognition": lambda c: c.micro_credential.recognition,
    "awarding_body_details": lambda c: dataclasses.replace(c.issuer, name="", country_code="", id=""),
    "holder_number": lambda c: c.holder.identifier,
    "validity": lambda c: (c.valid_from.replace(microsecond=0), c.valid_until),
    "status": lambda c: c.status,
    "version": lambda c: (c.micro_credential.id, c.micro_credential.version),
    "page": lambda c: c.micro_credential.url,
    "picture": lambda c: c.micro_credential.image_svg,
}
"""Each part of a record that an export may carry or lose."""


def losses(credential: Credential, read_back: Credential) -> tuple[Loss, ...]:
    """The elements that *read_back* does not have as they were, in the order of `ELEMENTS`."""
    found = ((name, kept(get(credential), get(read_back))) for name, get in ELEMENTS.items())
    return tuple(Loss(name, how) for name, how in found if how is not Kept.WHOLLY)


def kept(before: Any, after: Any) -> Kept:
    """
    How much of a value came back.

    A text that lost some of its languages is kept partly, and so is a tuple or a record of which some members
    came back; the order of a tuple counts for nothing, since a set of statements has none.
    """
    if _is_empty(before) or before == after:
        return Kept.WHOLLY
    if _is_empty(after) or type(before) is not type(after):
        return Kept.NOT
    if isinstance(before, Text):
        return _text(before, after)
    if isinstance(before, Concept) and before.iri and after.iri and before.iri != after.iri:
        return Kept.NOT  # another level of the same framework is no part of this one
    if dataclasses.is_dataclass(before) and not isinstance(before, type):
        names = [field.name for field in dataclasses.fields(before)]
        return _members([kept(getattr(before, name), getattr(after, name)) for name in names], before, names)
    if isinstance(before, tuple):
        return _tuple(before, after)
    return Kept.NOT


def _is_empty(value: Any) -> bool:
    if value is None or value == "" or value == ():
        return True
    if isinstance(value, Text):
        return not value
    if isinstance(value, tuple):
        return all(_is_empty(each) for each in value)
    return False


def _text(before: Text, after: Text) -> Kept:
    had, has = before.as_dict(), after.as_dict()
    same = [tag for tag, text in had.items() if has.get(tag) == text]
    return Kept.WHOLLY if len(same) == len(had) else Kept.PARTLY if same else Kept.NOT


def _members(found: list[Kept], before: Any, names: list[str]) -> Kept:
    said = [how for how, name in zip(found, names, strict=True) if not _is_empty(getattr(before, name))]
    return _together(said)


def _tuple(before: tuple[Any, ...], after: tuple[Any, ...]) -> Kept:
    """Each member by the one of *after* that keeps most of it."""
    left = list(after)
    found = []
    for member in before:
        if _is_empty(member):
            continue
        ranked = sorted(left, key=lambda other, mine=member: _RANK[kept(mine, other)])  # type: ignore[misc] # a default
        best = kept(member, ranked[0]) if ranked else Kept.NOT
        if best is not Kept.NOT:
            left.remove(ranked[0])
        found.append(best)
    return _together(found)


_RANK = {Kept.WHOLLY: 0, Kept.PARTLY: 1, Kept.NOT: 2}


def _together(found: list[Kept]) -> Kept:
    if all(how is Kept.WHOLLY for how in found):
        return Kept.WHOLLY
    return Kept.NOT if all(how is Kept.NOT for how in found) else Kept.PARTLY
