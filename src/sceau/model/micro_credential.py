"""
The micro-credential itself: what Annex I of the Council Recommendation asks to be said of it.

Source:
    Council Recommendation of 16 June 2022 on a European approach to micro-credentials (2022/C 243/02),
    Annex I. Nine of the eleven mandatory elements are here; the learner and the date belong to
    `sceau.model.credential`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sceau.model.concepts import Concept
from sceau.model.texts import NO_TEXT, Text


class RecognitionStatus(StrEnum):
    """What a micro-credential is worth in a national register; nothing may be claimed beyond it."""

    NONE = "none"
    ATTESTATION = "attestation"
    BADGE = "badge"
    BLOC = "bloc"
    RS = "rs"
    RNCP = "rncp"
    BRANCHE = "branche"


@dataclass(frozen=True)
class Recognition:
    """
    The recognition a specification states.

    Attributes:
        code: ``"RNCP38093BC05"`` for a bloc, ``"RNCP38093"``, ``"RS6396"``; empty for the others.
        title: The title of the certification or bloc in its register.
        certifying_body: The certificateur, or the branch.
    """

    status: RecognitionStatus
    code: str = ""
    title: str = ""
    certifying_body: str = ""


@dataclass(frozen=True)
class RubricLevel:
    """
    One step of the scale by which an outcome is assessed.

    Attributes:
        id: An absolute IRI.
        points: As the scale counts them (``"3"``), or empty.
    """

    id: str
    name: Text
    description: Text = NO_TEXT
    points: str = ""


@dataclass(frozen=True)
class LearningOutcome:
    """
    What the holder knows or can do.

    Attributes:
        id: An absolute IRI that stays the same from version to version: ``"urn:uuid:…"``.
        alignments: Concepts of ESCO, ROME, RNCP blocs… that somebody accepted for it.
        rubric: The steps of its assessment, from the least; empty where it is reached or not.
    """

    id: str
    statement: Text
    alignments: tuple[Concept, ...] = ()
    rubric: tuple[RubricLevel, ...] = ()


@dataclass(frozen=True)
class Part:
    """
    A smaller micro-credential that a larger one is made of.

    Attributes:
        id: Absolute IRI of its version.
    """

    id: str
    title: Text


@dataclass(frozen=True)
class Level:
    """
    A level, or the stated reason why there is none; exactly one of the two.

    Attributes:
        concept: EQF ``http://data.europa.eu/snb/eqf/1`` … ``8``, with code ``"1"`` … ``"8"``, or a national
            level.
        none_reason: Why no level is given, where the micro-credential has none.
    """

    concept: Concept | None = None
    none_reason: Text = NO_TEXT


@dataclass(frozen=True)
class Workload:
    """
    The notional work to reach the outcomes.

    Attributes:
        hours: Hours of the learner's work, more than 0.
        credits_ects: ECTS where a body that may grant them does, else None.
    """

    hours: Decimal
    credits_ects: Decimal | None = None


@dataclass(frozen=True)
class Assessment:
    """
    How it is known that the outcomes were reached.

    Attributes:
        types: At least one; Europass assessment types.
        supervision: How the assessment is supervised and identity verified, where stated.
        identity_check: How the person's identity is checked, in words.
    """

    types: tuple[Concept, ...]
    description: Text = NO_TEXT
    supervision: Concept | None = None
    identity_check: Text = NO_TEXT


@dataclass(frozen=True)
class QualityAssurance:
    """
    One kind of quality assurance that stands behind the micro-credential.

    Attributes:
        kind: Europass accreditation type, such as Institutional Quality Assurance.
        name: ``"Qualiopi"``; who reviewed, by which scheme.
        url: Where it can be looked up, or empty.
    """

    kind: Concept
    name: Text
    url: str = ""


@dataclass(frozen=True)
class MicroCredential:
    """
    One immutable version of a micro-credential.

    Attributes:
        id: Absolute IRI of this version, ``urn:uuid:…`` or https.
        version: ``"3"``.
        languages: BCP 47 tags of the languages it is taught and assessed in.
        participation: Forms of participation (Europass modes), at least one.
        stackability: How it adds up, in words; empty where it stands alone.
        stacks_into: Certifications, blocs or larger micro-credentials it can count towards.
        parts: The smaller micro-credentials that it is made of; empty where it stands by itself.
        url: The public page of the specification, or empty.
        image_svg: The drawn stone, as an SVG document, or empty.
    """

    id: str
    version: str
    title: Text
    description: Text
    outcomes: tuple[LearningOutcome, ...]
    workload: Workload
    level: Level
    assessment: Assessment
    participation: tuple[Concept, ...]
    quality_assurance: tuple[QualityAssurance, ...]
    languages: tuple[str, ...]
    recognition: Recognition
    prerequisites: Text = NO_TEXT
    stackability: Text = NO_TEXT
    stacks_into: tuple[Concept, ...] = ()
    parts: tuple[Part, ...] = ()
    further_information: Text = NO_TEXT
    url: str = ""
    image_svg: str = ""
