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


@dataclass(frozen=True)
class SignOffGiven:
    """
    An organisation answered about the text of a round.

    Attributes:
        specification_id: The version it was about; None where that draft was thrown away.
        organisation_id: The organisation, where it has an account here.
        answer: ``"yes"``, ``"reservations"`` or ``"no"``.
        wants_endorsement: It wishes a signed endorsement, and somebody who may sign for it asked for it.
    """

    sign_off_id: UUID
    specification_id: UUID | None
    organisation_id: UUID | None
    answer: str
    wants_endorsement: bool
