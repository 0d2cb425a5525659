"""
The content of a specification: every element of Annex I under a plain name.

The same shape everywhere: a YAML file given to `jalon issue`, the form of the studio, the database.
A draft may lack anything; what is missing is said by `completeness.gaps`.

    {"title": {"fr": "Tailler une haie", "en": "Laying a hedge"},
     "description": {"fr": "…"},
     "domain": "foret",
     "learning_outcomes": [{"id": "urn:uuid:…", "statement": {"fr": "…"},
                            "alignments": [{"framework": "ESCO", "uri": "http://data.europa.eu/esco/skill/…",
                                            "label": "…", "code": ""}]}],
     "workload_hours": "35", "credits_ects": null,
     "level": {"framework": "eqf", "value": 3}            or {"none_reason": {"fr": "…"}},
     "assessment": {"types": ["practical"], "description": {"fr": "…"},
                    "supervision": "supervised_id", "identity_check": {"fr": "…"},
                    "evidence": {"fr": "…"}},
     "criteria": [{"id": "urn:uuid:…", "statement": {"fr": "…"}, "outcomes": ["urn:uuid:…"]}],
     "modules": [{"id": "urn:uuid:…", "title": {"fr": "…"}, "hours": "7", "participation": "on_site",
                  "outcomes": ["urn:uuid:…"]}],
     "participation": ["blended"],
     "quality_assurance": [{"kind": "institutional", "name": {"fr": "Qualiopi"}, "url": ""}],
     "prerequisites": {"fr": "…"}, "stackability": {"fr": "…"},
     "stacks_into": [{"framework": "RNCP", "uri": "https://…", "label": "…", "code": "RNCP38093"}],
     "recognition": {"status": "attestation", "code": "", "title": "", "certifying_body": ""},
     "validity_months": null, "languages": ["fr"],
     "price_euros": "0", "price_note": {"fr": "…"}, "further_information": {"fr": "…"}}
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text

NO_TEXT = Text(())

LevelFramework = str
"""``"eqf"`` or ``"nqf_fr"``."""


@dataclass(frozen=True)
class Alignment:
    """A concept of a framework that somebody linked: `uri` is absolute, `label` is what a person reads."""

    framework: str
    uri: str
    label: str
    code: str = ""


@dataclass(frozen=True)
class OutcomeContent:
    """One learning outcome; `id` (``urn:uuid:…``) stays when it is reworded or moved."""

    id: str
    statement: Text
    alignments: tuple[Alignment, ...] = ()


@dataclass(frozen=True)
class CriterionContent:
    """What is looked at to know that an outcome is there; `outcomes` holds identifiers of outcomes."""

    id: str
    statement: Text
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModuleContent:
    """
    One step of the outline of the training.

    Attributes:
        hours: More than 0, or None when not said.
        participation: A code of `vocabularies.PARTICIPATION_FORMS`, or ``""``.
        outcomes: Identifiers of the outcomes that it works towards.
    """

    id: str
    title: Text
    hours: Decimal | None = None
    participation: str = ""
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LevelContent:
    """A level of a framework, or the reason why there is none. All empty: not said yet."""

    framework: LevelFramework = ""
    value: int | None = None
    none_reason: Text = NO_TEXT


@dataclass(frozen=True)
class AssessmentContent:
    """`types` and `supervision` hold codes of `vocabularies`; `evidence` is what the person has to show."""

    types: tuple[str, ...] = ()
    description: Text = NO_TEXT
    supervision: str = ""
    identity_check: Text = NO_TEXT
    evidence: Text = NO_TEXT


@dataclass(frozen=True)
class QualityAssuranceContent:
    """`kind` is a code of `vocabularies.QUALITY_ASSURANCE_KINDS`."""

    kind: str
    name: Text
    url: str = ""


@dataclass(frozen=True)
class RecognitionContent:
    """`status` None: not said yet."""

    status: RecognitionStatus | None = None
    code: str = ""
    title: str = ""
    certifying_body: str = ""


@dataclass(frozen=True)
class SpecificationContent:
    """
    All that a specification says.

    Attributes:
        domain: Key of `vocabularies.DOMAINS`.
        workload_hours: More than 0, or None when not said yet.
        validity_months: Months that an award stays valid, or None for ever.
        languages: BCP 47 tags.
        price_euros: What a learner may have to pay at most, or None when not said.
    """

    title: Text = NO_TEXT
    description: Text = NO_TEXT
    domain: str = ""
    learning_outcomes: tuple[OutcomeContent, ...] = ()
    workload_hours: Decimal | None = None
    credits_ects: Decimal | None = None
    level: LevelContent = field(default_factory=LevelContent)
    assessment: AssessmentContent = field(default_factory=AssessmentContent)
    criteria: tuple[CriterionContent, ...] = ()
    modules: tuple[ModuleContent, ...] = ()
    participation: tuple[str, ...] = ()
    quality_assurance: tuple[QualityAssuranceContent, ...] = ()
    prerequisites: Text = NO_TEXT
    stackability: Text = NO_TEXT
    stacks_into: tuple[Alignment, ...] = ()
    recognition: RecognitionContent = field(default_factory=RecognitionContent)
    validity_months: int | None = None
    languages: tuple[str, ...] = ()
    price_euros: Decimal | None = None
    price_note: Text = NO_TEXT
    further_information: Text = NO_TEXT

    def places(self, outcomes: Collection[str]) -> tuple[int, ...]:
        """The places of *outcomes* (identifiers) in the list, from 1; what is no longer there is left out."""
        return tuple(n for n, o in enumerate(self.learning_outcomes, start=1) if o.id in outcomes)

    @property
    def placed_criteria(self) -> tuple[tuple[CriterionContent, tuple[int, ...]], ...]:
        """Each criterion with the places of its outcomes."""
        return tuple((criterion, self.places(criterion.outcomes)) for criterion in self.criteria)

    @property
    def placed_modules(self) -> tuple[tuple[ModuleContent, tuple[int, ...]], ...]:
        """Each step of the outline with the places of its outcomes."""
        return tuple((module, self.places(module.outcomes)) for module in self.modules)


PlainContent = Mapping[str, object]
"""The JSON shape shown at the top of this module."""
