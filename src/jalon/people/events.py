"""Facts about accounts and organisations that later contexts may listen to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class OrganisationCreated:
    """An organisation now exists; whoever made it holds `rules.FOUNDER_ROLES`."""

    organisation_id: UUID
    by_id: UUID


@dataclass(frozen=True)
class OrganisationChanged:
    """Facts of an organisation changed. Its slug never does."""

    organisation_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True)
class IdentityConfirmed:
    """The operator, or an authority, confirmed that the organisation is the one it says."""

    organisation_id: UUID


@dataclass(frozen=True)
class IdentityWithdrawn:
    """The confirmation no longer holds: the legal name, country or SIRET it was about has changed."""

    organisation_id: UUID


@dataclass(frozen=True)
class RolesChanged:
    """The roles of one member are now exactly `roles`; none when they left or were removed."""

    organisation_id: UUID
    user_id: UUID
    roles: tuple[str, ...]
