"""Facts that the writing of micro-certifications announces to later contexts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class SpecificationPublished:
    """A version became final and public."""

    specification_id: UUID
    micro_credential_id: UUID
    organisation_id: UUID
    number: int
