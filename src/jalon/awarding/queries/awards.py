"""Awards and their credentials, by organisation, by link, by reference."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from jalon.awarding.models import Award, Credential
from jalon.awarding.rules.award_states import AwardState
from jalon.foundation import clock
from jalon.foundation.identifiers import REFERENCE_LENGTH, folded, read_reference
from jalon.people.models import Organisation, Person, User
from jalon.people.permissions import organisations_where
from jalon.people.rules import Capability

_WITH_AWARD = (
    "award",
    "award__organisation",
    "award__specification",
    "award__specification__micro_credential",
    "award__replaced_by",
    "status_list",
)


def credential_by_token(token: str) -> Credential | None:
    """The credential behind an unguessable link."""
    return Credential.objects.select_related(*_WITH_AWARD).filter(link_token=token).first()


def credential_by_reference(reference: str) -> Credential | None:
    """
    The credential with a reference as a person typed it: spaces, dashes and look-alike letters are mended.
    """
    read = read_reference(reference)
    if len(read) != REFERENCE_LENGTH:
        return None
    return Credential.objects.select_related(*_WITH_AWARD).filter(reference=read).first()


def awards_of(
    organisation: Organisation, *, text: str = "", state: AwardState | None = None
) -> QuerySet[Award]:
    """
    The awards of *organisation*, newest first, with what a list shows already loaded.

    Args:
        text: Part of a name, whatever its case and accents; or a whole reference.
        state: Only those that are so now.
    """
    found = (
        Award.objects.filter(organisation=organisation)
        .select_related("specification__micro_credential", "person", "replaced_by")
        .prefetch_related("credentials")
    )
    if text.strip():
        found = found.filter(
            Q(holder_key__contains=folded(text))
            | Q(credentials__reference=read_reference(text)[:REFERENCE_LENGTH] or "-")
        ).distinct()
    return found.filter(_in_state(state)) if state else found


def _in_state(state: AwardState) -> Q:
    """`rules.award_states.state`, as a question to the database."""
    now = clock.now()
    replaced, revoked = Q(replaced_by__isnull=False), Q(revoked_at__isnull=False, revoked_at__lte=now)
    expired = Q(valid_until__isnull=False, valid_until__lte=now)
    return {
        AwardState.REPLACED: replaced,
        AwardState.REVOKED: ~replaced & revoked,
        AwardState.EXPIRED: ~replaced & ~revoked & expired,
        AwardState.VALID: ~replaced & ~revoked & ~expired,
    }[state]


def award_for(user: User, award_id: UUID) -> Award | None:
    """An award that *user* may see, or None: a stranger is not told that it exists."""
    return (
        Award.objects.filter(id=award_id, organisation__in=organisations_where(user, Capability.SEE_AWARDS))
        .select_related("organisation", "specification__micro_credential", "person", "replaced_by")
        .prefetch_related("credentials")
        .first()
    )


def live_awards_of(persons: Collection[Person], specification_id: UUID) -> dict[UUID, Award]:
    """
    For each person who was ever awarded this version, the award that says where they stand: person id to
    award.

    The current one where there is one, else the last that was revoked.
    """
    found: dict[UUID, Award] = {}
    ids = [person.id for person in persons]
    for start in range(0, len(ids), 500):
        awards = Award.objects.filter(
            specification_id=specification_id, person_id__in=ids[start : start + 500]
        ).order_by("is_current", "created_at")
        found.update({award.person_id: award for award in awards})
    return found
