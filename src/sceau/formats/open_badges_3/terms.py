"""The names that writing and reading share."""

from __future__ import annotations

import re
import uuid

from sceau.canon.contexts import CREDENTIALS_V2, OPEN_BADGES_3
from sceau.errors import DataModelError

CONTEXT = (CREDENTIALS_V2, OPEN_BADGES_3)
TYPES = ("VerifiableCredential", "OpenBadgeCredential")
TYPE_NAMES = frozenset({"OpenBadgeCredential", "AchievementCredential"})
ENDORSEMENT = "EndorsementCredential"
ENDORSEMENT_TYPES = ("VerifiableCredential", ENDORSEMENT)
ENDORSEMENT_SUBJECT = "EndorsementSubject"
STATUS_ENTRY = "BitstringStatusListEntry"
MICRO_CREDENTIAL = "MicroCredential"
SVG_DATA = "data:image/svg+xml;base64,"

# Kinds of alignment.
EQF = "ext:EQF"
NQF = "ext:NQF"
ASSESSMENT_TYPE = "ext:AssessmentType"
SUPERVISION = "ext:Supervision"
PARTICIPATION = "ext:ParticipationForm"
QUALITY_ASSURANCE = "ext:QualityAssurance"
STACKS_INTO = "ext:StacksInto"
HAS_PART = "ext:HasPart"
OUTCOME_CONCEPT = "ext:Concept"

# Kinds of result.
OUTCOME = "Status"
RUBRIC_LEVEL = "RubricCriterionLevel"
GRADE = "Result"
COMPLETED = "Completed"

# Facts.
WORKLOAD_HOURS = "ext:WorkloadHours"
NO_LEVEL_REASON = "ext:NoLevelReason"
ASSESSMENT_DESCRIPTION = "ext:AssessmentDescription"
IDENTITY_CHECK = "ext:IdentityCheck"
PREREQUISITES = "ext:Prerequisites"
STACKABILITY = "ext:Stackability"
FURTHER_INFORMATION = "ext:FurtherInformation"
LANGUAGES = "ext:Languages"
RECOGNITION = "ext:Recognition"
RECOGNITION_CODE = "ext:RecognitionCode"
RECOGNITION_TITLE = "ext:RecognitionTitle"
RECOGNITION_BODY = "ext:RecognitionBody"
QUALITY_ASSURANCE_URL = "ext:QualityAssuranceUrl"

# Kinds of identifier of a person.
NAME = "name"
IDENTIFIER = "identifier"
GIVEN_NAME = "ext:givenName"
FAMILY_NAME = "ext:familyName"

LANGUAGE = re.compile(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", re.ASCII)
"""What Open Badges takes for a language code."""

_NAMESPACE = uuid.UUID("6f1d1b9e-0c61-5a5c-9d0b-2f6f6c0a4b7e")
_PLAIN = re.compile(rb"[^A-Za-z0-9]")
_ESCAPED = re.compile(rb"_([0-9A-F]{2})")


def derived_id(owner: str, *parts: str) -> str:
    """A ``urn:uuid:…`` that depends on nothing but its arguments."""
    return uuid.uuid5(_NAMESPACE, "\n".join((owner, *parts))).urn


def scheme_to_type(scheme: str) -> str:
    """
    ``"SIRET"`` → ``"ext:SIRET"``; other signs than letters and digits as ``_`` and two hexadecimal digits.
    """
    return "ext:" + _PLAIN.sub(lambda met: b"_%02X" % met.group()[0], scheme.encode()).decode()


def type_to_scheme(identifier_type: str) -> str:
    """
    The inverse of `scheme_to_type`; a type of the standard's own stays as it is.

    Raises:
        DataModelError: Escapes that are not UTF-8.
    """
    if not identifier_type.startswith("ext:"):
        return identifier_type
    try:
        return _ESCAPED.sub(
            lambda met: bytes.fromhex(met.group(1).decode()), identifier_type.removeprefix("ext:").encode()
        ).decode()
    except UnicodeDecodeError:
        raise DataModelError(f"expected an identifier type, met {identifier_type[:60]!a}") from None
