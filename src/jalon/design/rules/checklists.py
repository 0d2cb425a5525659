"""
Two checklists that a file is held against, each item answered by a person with the evidence for it.

Nothing here blocks publishing: the law asks for none of it. What the file already says is pointed out, so
that nobody writes it twice.

Source:
    Council Recommendation of 16 June 2022 (2022/C 243/02), Annex II: ten principles for the design and
    issuance of micro-credentials. Code du travail, art. R6113-11: six criteria for the Répertoire spécifique.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from jalon.design.rules.completeness import mandatory_gaps
from jalon.design.rules.content import SpecificationContent
from sceau.model.micro_credential import RecognitionStatus

EVIDENCE_LENGTH = 4000


class Checklist(StrEnum):
    """Which list."""

    ANNEX_II = "annex_ii"
    RS = "rs"


class Verdict(StrEnum):
    """What a person found; no answer is no row."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


def _whole(content: SpecificationContent) -> bool:
    return not mandatory_gaps(content)


def _outcomes_aligned(content: SpecificationContent) -> bool:
    outcomes = content.learning_outcomes
    return bool(outcomes) and all(outcome.alignments for outcome in outcomes)


def _assessed(content: SpecificationContent) -> bool:
    looked_at = {outcome for criterion in content.criteria for outcome in criterion.outcomes}
    return bool(content.learning_outcomes) and all(o.id in looked_at for o in content.learning_outcomes)


def _leads_on(content: SpecificationContent) -> bool:
    return bool(content.stackability or content.stacks_into)


def _identity_checked(content: SpecificationContent) -> bool:
    return bool(content.assessment.identity_check)


def _leads_to_blocs(content: SpecificationContent) -> bool:
    return any(step.code.startswith("RNCP") for step in content.stacks_into)


# What in the file speaks for an item by itself; an item without one needs a person's words.
_SHOWN: Mapping[str, Callable[[SpecificationContent], bool]] = {
    "quality": lambda content: bool(content.quality_assurance),
    "transparency": _whole,
    "relevance": _outcomes_aligned,
    "valid_assessment": _assessed,
    "learning_pathways": _leads_on,
    "recognition": lambda content: content.recognition.status is not None,
    "portable": _whole,
    "learner_centred": lambda content: bool(content.further_information),
    "authentic": _identity_checked,
    "information": lambda content: bool(content.prerequisites and content.description),
    "rs_reference_frames": _assessed,
    "rs_assessment_control": _identity_checked,
    "rs_correspondence": _leads_to_blocs,
}

ITEMS: Mapping[Checklist, tuple[str, ...]] = {
    Checklist.ANNEX_II: (
        "quality",
        "transparency",
        "relevance",
        "valid_assessment",
        "learning_pathways",
        "recognition",
        "portable",
        "learner_centred",
        "authentic",
        "information",
    ),
    Checklist.RS: (
        "rs_labour_market",
        "rs_reference_frames",
        "rs_assessment_control",
        "rs_legal_constraints",
        "rs_correspondence",
        "rs_branch",
    ),
}


@dataclass(frozen=True)
class Item:
    """One item of a list; `shown` says whether the file itself speaks for it."""

    code: str
    shown: bool


def lists_for(content: SpecificationContent) -> tuple[Checklist, ...]:
    """The lists that concern this file: the second only where a registration in the RS is aimed at."""
    aims = content.recognition.status is RecognitionStatus.RS or any(
        step.framework == "RS" or step.code.startswith("RS") for step in content.stacks_into
    )
    return (Checklist.ANNEX_II, Checklist.RS) if aims else (Checklist.ANNEX_II,)


def items(checklist: Checklist, content: SpecificationContent) -> tuple[Item, ...]:
    """The items of *checklist* in order, held against *content*."""
    return tuple(Item(code, code in _SHOWN and _SHOWN[code](content)) for code in ITEMS[checklist])
