"""Specifications for tests: complete ones, drafts and published versions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from jalon.design.models import MicroCredential, Specification, SpecificationState, digest
from jalon.design.rules import plain
from jalon.design.rules.content import (
    AssessmentContent,
    LevelContent,
    OutcomeContent,
    QualityAssuranceContent,
    RecognitionContent,
    SpecificationContent,
)
from jalon.foundation import clock
from jalon.people.models import Organisation
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text

_numbers = count(1)

FIRST_OUTCOME = UUID(int=1).urn
SECOND_OUTCOME = UUID(int=2).urn
THIRD_OUTCOME = UUID(int=3).urn


def complete_content(**changes: Any) -> SpecificationContent:
    """A specification that may be published as it is; *changes* replaces fields."""
    content = SpecificationContent(
        title=Text.of({"fr": "Plesser une haie", "en": "Laying a hedge"}),
        description=Text.of(
            {
                "fr": "Remettre en état une haie de bocage, à la main.",
                "en": "Restoring a field hedge by hand.",
            }
        ),
        domain="foret",
        learning_outcomes=(
            OutcomeContent(
                FIRST_OUTCOME, Text.of({"fr": "Choisir les brins à coucher", "en": "Choose the stems to lay"})
            ),
            OutcomeContent(
                SECOND_OUTCOME,
                Text.of({"fr": "Entailler et coucher un brin sans le rompre", "en": "Cut and lay a stem"}),
            ),
            OutcomeContent(
                THIRD_OUTCOME, Text.of({"fr": "Régler et affûter ses outils", "en": "Set and sharpen tools"})
            ),
        ),
        workload_hours=Decimal(21),
        level=LevelContent("eqf", 3),
        assessment=AssessmentContent(
            types=("practical", "oral"),
            description=Text.of({"fr": "Dix mètres de haie plessée devant deux évaluateurs."}),
            supervision="supervised_id",
            identity_check=Text.of({"fr": "Pièce d'identité montrée à l'arrivée."}),
        ),
        participation=("on_site", "work_based"),
        quality_assurance=(QualityAssuranceContent("institutional", Text.of({"fr": "Qualiopi"})),),
        prerequisites=Text.of({"fr": "Pouvoir travailler dehors une journée."}),
        recognition=RecognitionContent(RecognitionStatus.ATTESTATION),
        languages=("fr",),
        price_euros=Decimal(0),
    )
    return replace(content, **changes)


def a_specification(
    organisation: Organisation,
    *,
    published: bool = False,
    content: SpecificationContent | None = None,
    micro_credential: MicroCredential | None = None,
    **fields: Any,
) -> Specification:
    """Version 1 (or the next one of *micro_credential*) with `complete_content` unless told otherwise."""
    if content is None:
        content = complete_content()
    if micro_credential is None:
        micro_credential = MicroCredential.objects.create(
            organisation=organisation, slug=f"plesser-une-haie-{next(_numbers)}"
        )
    fields.setdefault("number", micro_credential.specifications.count() + 1)
    if published:
        fields.setdefault("published_at", clock.now())
        fields |= {"state": SpecificationState.PUBLISHED, "content_sha256": digest(content)}
    return Specification.objects.create(
        micro_credential=micro_credential, content=plain.write(content), **fields
    )
