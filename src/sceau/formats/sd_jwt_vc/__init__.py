"""
SD-JWT VC, the form of the European wallet: the attestation of a micro-credential, claim by claim.

Always to be seen:

    title, description  achievement_title, achievement_description, in one language
    country, body       issuing_country, issuing_authority; the issuer's id, or its https address, is iss
    date                date_of_issuance; until when it holds: date_of_expiry and exp
    languages           language_of_classes, that of the texts first

Seen if the holder wants it:

    learner             family_name, given_name, learner_identification
    outcomes            learning_outcomes, their words alone
    workload            expected_study_time: ``"35 h, 1.5 ECTS"``
    level               level_of_learning_experience: a number of the EQF; without it there is no attestation
    quality assurance   types_of_quality_assurance: ``"Assurance qualité de l’établissement (Qualiopi)"``
    the rest            assessment_grade, prerequisites_to_enroll, integration_stackability_options

Nothing says how the outcomes were assessed, nor how the learner took part; `losses` tells what else stays
behind. Attestations of others, and of other types, are read as far as they can be.

Source:
    IETF draft-ietf-oauth-sd-jwt-vc-18; the type metadata ``learning_credential.json`` of
    eu-digital-identity-wallet/eudi-srv-pid-issuer, commit 7c8ac094.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sceau.formats import losses as comparing
from sceau.formats.losses import Loss
from sceau.formats.sd_jwt_vc.issuer_metadata import issuer_metadata, metadata_url
from sceau.formats.sd_jwt_vc.reading import (
    end_of,
    from_claims,
    is_attestation,
    recognises,
    shown,
)
from sceau.formats.sd_jwt_vc.terms import LEARNING_CREDENTIAL, TYPE
from sceau.formats.sd_jwt_vc.type_metadata import integrity, is_intact, type_metadata
from sceau.formats.sd_jwt_vc.writing import issue, to_claims, to_document
from sceau.model.credential import Credential
from sceau.status.token_list import Reference

name = "sd_jwt_vc"
media_type = "application/dc+sd-jwt"
suffix = ".sd-jwt"


def from_document(document: Mapping[str, Any]) -> Credential:
    """
    As `from_claims`: all claims that are seen, as one JSON object.

    Raises:
        DataModelError: No type, or no date at all.
    """
    return from_claims(document)


def losses(credential: Credential, *, language: str = "") -> tuple[Loss, ...]:
    """
    What the attestation does not carry, once all of it is disclosed.

    The first status entry stands for the place that the attestation gets in a list of its own.

    Raises:
        DataModelError: There is no attestation of such a credential, and why.
    """
    place = next((Reference(entry.list_url, entry.index) for entry in credential.status), None)
    return comparing.losses(credential, from_claims(to_document(credential, status=place, language=language)))


__all__ = [
    "LEARNING_CREDENTIAL",
    "TYPE",
    "end_of",
    "from_claims",
    "from_document",
    "integrity",
    "is_attestation",
    "is_intact",
    "issue",
    "issuer_metadata",
    "losses",
    "media_type",
    "metadata_url",
    "name",
    "recognises",
    "shown",
    "suffix",
    "to_claims",
    "to_document",
    "type_metadata",
]
