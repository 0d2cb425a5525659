"""Credentials as plain values, with every element of Annex I."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from jalon.design.rules.vocabularies import (
    ASSESSMENT_TYPES,
    EQF_LEVELS,
    PARTICIPATION_FORMS,
    QUALITY_ASSURANCE_KINDS,
    SUPERVISION,
)
from sceau.model.credential import Credential, Holder, Identifier, Issuer
from sceau.model.micro_credential import (
    Assessment,
    LearningOutcome,
    Level,
    MicroCredential,
    QualityAssurance,
    Recognition,
    RecognitionStatus,
    Workload,
)
from sceau.model.texts import Text


def a_micro_credential(**changes: Any) -> MicroCredential:
    """«Bâtir un mur en pierre sèche», complete; *changes* replace its attributes."""
    content = MicroCredential(
        id="urn:uuid:0b0f6e0e-0000-4000-8000-000000000001",
        version="3",
        title=Text.of({"fr": "Bâtir un mur en pierre sèche", "en": "Build a dry-stone wall"}),
        description=Text.of({"fr": "La personne remonte seule un mur de moins d'un mètre cinquante."}),
        outcomes=(
            LearningOutcome(
                "urn:uuid:0b0f6e0e-0000-4000-8000-000000000002", Text.of({"fr": "Choisir les pierres"})
            ),
            LearningOutcome(
                "urn:uuid:0b0f6e0e-0000-4000-8000-000000000003", Text.of({"fr": "Couronner le mur"})
            ),
        ),
        workload=Workload(Decimal("35"), Decimal("1.4")),
        level=Level(EQF_LEVELS["3"]),
        assessment=Assessment(
            (ASSESSMENT_TYPES["practical"],),
            Text.of({"fr": "Trois mètres de mur observés"}),
            SUPERVISION["supervised_id"],
            Text.of({"fr": "pièce d'identité présentée sur place"}),
        ),
        participation=(PARTICIPATION_FORMS["blended"],),
        quality_assurance=(
            QualityAssurance(QUALITY_ASSURANCE_KINDS["institutional"], Text.of({"fr": "Qualiopi"})),
        ),
        languages=("fr",),
        recognition=Recognition(RecognitionStatus.ATTESTATION),
        prerequisites=Text.of({"fr": "Porter une charge de 20 kg"}),
    )
    return replace(content, **changes)


def a_credential(*, name: str = "Inès Rouvière", **changes: Any) -> Credential:
    """The award of it to *name*; *changes* replace attributes of the credential."""
    content = Credential(
        id="urn:uuid:0b0f6e0e-0000-4000-8000-000000000004",
        holder=Holder(name),
        issuer=Issuer(
            id="did:web:jalon.example:o:atelier",
            name="Atelier rural des Cévennes",
            country_code="FR",
            country="France",
            region="Occitanie",
            locality="Florac",
            identifiers=(Identifier("SIRET", "12345678200010"),),
        ),
        micro_credential=a_micro_credential(),
        awarded_on=date(2026, 6, 1),
        valid_from=datetime(2026, 6, 1, 9, 0, 7, 1234, tzinfo=UTC),
        grade="16/20",
    )
    return replace(content, **changes)
