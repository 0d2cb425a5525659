"""What awarding announces."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class AwardIssued:
    """A person was awarded a published version, and its credential is signed."""

    award_id: UUID
    organisation_id: UUID
    person_id: UUID
    specification_id: UUID


@dataclass(frozen=True)
class AwardRevoked:
    """An award was revoked; `replaced_by` where a correction takes its place."""

    award_id: UUID
    organisation_id: UUID
    reason: str
    replaced_by: UUID | None = None


@dataclass(frozen=True)
class IssuerKeyRotated:
    """An organisation signs with a new key from now on."""

    organisation_id: UUID
    did: str
    fragment: str
