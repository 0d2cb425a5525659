"""Who may state a need under an organisation's name, and who may read, accept and follow needs."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from jalon.foundation.errors import NotAllowedError
from jalon.people.models import Organisation, User
from jalon.people.permissions import organisations_where
from jalon.people.rules import Capability
from jalon.territory.models import Need, PartKind, TerritoryPart


def organisations_moderating(user: User | AnonymousUser) -> list[Organisation]:
    """
    The organisations for which *user* moderates needs.

    Anybody may register an organisation; needs hold what askers said of themselves, so only one whose
    identity was confirmed reads them (decision 0017).
    """
    mine = organisations_where(user, Capability.MODERATE_NEEDS)
    return [organisation for organisation in mine if organisation.identity_confirmed_at]


def moderated_by(user: User | AnonymousUser) -> QuerySet[Need]:
    """
    The needs that *user* moderates: those in a territory of their organisations, those that these
    organisations stated, and those that no territory claims.
    """
    organisations = organisations_moderating(user)
    if not organisations:
        return Need.objects.none()
    ids = [organisation.id for organisation in organisations]
    parts = TerritoryPart.objects.filter(territory__organisation__identity_confirmed_at__isnull=False)
    claimed = Exists(parts.filter(_holds_the_need()))
    ours = Exists(parts.filter(_holds_the_need(), territory__organisation_id__in=ids))
    return Need.objects.filter(Q(organisation_id__in=ids) | ours | ~claimed)


def _holds_the_need() -> Q:
    epci = Q(kind=PartKind.EPCI, code=OuterRef("commune__epci_code")) & ~Q(code="")
    return (
        Q(kind=PartKind.COMMUNE, code=OuterRef("commune_id"))
        | epci
        | Q(kind=PartKind.DEPARTMENT, code=OuterRef("commune__department"))
    )


def can_moderate(user: User | AnonymousUser, need: Need) -> bool:
    """Whether *user* may accept, refuse, group and follow *need*."""
    return moderated_by(user).filter(id=need.id).exists()


def require_moderator(user: User | AnonymousUser, need: Need) -> None:
    """
    Raises:
        NotAllowedError: *user* does not moderate *need*.
    """
    if not can_moderate(user, need):
        raise NotAllowedError("expected somebody who moderates this need", capability="moderate_needs")
